import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(hint="These are probabilities. The question asks for the label: the place of the largest score.")
def probabilities():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            y_hat = F.softmax(net(X), dim=1)
        net.train(mode)
        return y_hat


@wrong(hint="This is the largest score itself. The question asks where it is.")
def largest_scores():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            scores = net(X).max(dim=1).values
        net.train(mode)
        return scores


@wrong(hint="The network stays in eval mode afterwards (nothing runs after a `return`). Put the mode back as it was.")
def mode_left_in_eval_after_predict():
    def predict(net, X):
        net.eval()
        with torch.no_grad():
            return net(X).argmax(dim=1)


@wrong(hint="The network answers in training mode: dropout deletes entries. Switch to eval mode first.")
def answers_in_training_mode():
    def predict(net, X):
        with torch.no_grad():
            return net(X).argmax(dim=1)


@wrong(hint="The network ends in training mode even if it was in eval mode. Remember the mode and put that one back.")
def training_mode_afterwards():
    def predict(net, X):
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1)
        net.train()
        return labels


@wrong(
    hint="A graph is recorded while the network runs. Run it inside no_grad.",
    public=False,
    reason="the labels are right; only the judge sees whether a graph is recorded",
)
def graph_while_predicting():
    def predict(net, X):
        mode = net.training
        net.eval()
        labels = net(X).argmax(dim=1)
        net.train(mode)
        return labels


@wrong(hint="The largest entry of each column was looked up. Each row is one example: look along the row.")
def along_the_wrong_axis():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=0)
        net.train(mode)
        return labels


@wrong(hint="The labels stand in a column of shape (n, 1). Asked for is the shape (n,).")
def column_of_labels():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1, keepdim=True)
        net.train(mode)
        return labels


@wrong(hint="For a single input squeeze removes the only axis as well. One input gives the shape (1,).")
def squeezed_labels():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).topk(1).indices.squeeze()
        net.train(mode)
        return labels


@wrong(hint="The network stays in eval mode afterwards (nothing runs after a `return`). Put the mode back as it was.")
def mode_put_back_after_the_return():
    def predict(net, X):
        was = net.training
        net.eval()
        with torch.no_grad():
            return net(X).argmax(1)
        net.train(was)


@wrong(hint="These are the scores as they come from the network. The question asks which one of each row is the largest.")
def scores_returned():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X)
        net.train(mode)
        return labels


@wrong(hint="This is a single place for the whole batch. Look along each row, with `dim=1`.")
def one_place_for_the_batch():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax()
        net.train(mode)
        return labels


@wrong(hint="This is a Python list. Asked for is a tensor of labels.")
def list_of_labels():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1).tolist()
        net.train(mode)
        return labels


@wrong(hint="The labels are floats. Classes are counted, so leave the whole numbers that argmax gives.")
def labels_as_floats():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1).float()
        net.train(mode)
        return labels


@wrong(hint="This is the place of the smallest score. The largest one names the class.")
def smallest_score():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmin(dim=1)
        net.train(mode)
        return labels


@wrong(hint="The classes are counted from 0, as argmax does: nothing is to be added.")
def counted_from_one():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1) + 1
        net.train(mode)
        return labels


@wrong(hint="These rows hold a 1 in the place of the class. Asked for is the place itself: one number for each input.")
def one_hot_rows():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = F.one_hot(net(X).argmax(dim=1), net(X).shape[1])
        net.train(mode)
        return labels


@wrong(
    hint="Setting `training` by hand reaches the outermost module only. `net.train(mode)` reaches all of them.",
    public=False,
    reason="the checks in the notebook look at the mode of the network as a whole",
)
def mode_of_the_outermost_layer_put_back():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1)
        net.training = mode
        return labels


@wrong(
    hint="Gradients stay switched off for the rest of the notebook. A `with` block switches them on again.",
    public=False,
    reason="the labels are right; only the judge sees what is left behind",
)
def gradients_left_off():
    def predict(net, X):
        mode = net.training
        net.eval()
        torch.set_grad_enabled(False)
        labels = net(X).argmax(dim=1)
        net.train(mode)
        return labels
