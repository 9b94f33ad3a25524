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
