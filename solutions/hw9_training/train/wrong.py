import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The network moves to the device, the batches do not (`to` returns a copy). Each batch must follow.",
    public=False,
    reason="a second device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def batches_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in test_iter]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(
    hint="The inputs move to the device and the labels stay behind. The loss needs both in one place.",
    public=False,
    reason="a second device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def labels_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        move = lambda batches: ((X.to(device) if device else X, y) for X, y in batches)
        net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, move(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in move(test_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(
    hint="Training batches are moved, test batches are not. The network needs all its inputs on its own device.",
    public=False,
    reason="a second device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def test_batches_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net = net.to(device or "cpu")
        history = []
        for epoch in range(num_epochs):
            moved = ((X.to(device or "cpu"), y.to(device or "cpu")) for X, y in train_iter)
            train_loss, train_acc = train_epoch(net, moved, loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in test_iter]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(
    hint="The batches move to the device, but the network stays where it is. Move it once, before the first epoch.",
    public=False,
    reason="a second device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def network_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(hint="train_epoch runs over the test data as well, so the network learns from it. Test data is only looked at.")
def test_data_trained_on():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            _, test_acc = train_epoch(net, moved(test_iter), loss, optimizer)
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": test_acc})
        return history


@wrong(hint="Only the last epoch is returned. The history is a list with one record per epoch.")
def one_record_only():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
        return [{"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()}]


@wrong(hint="One dictionary is changed in each epoch and stands in every place of the list. Make a new one per epoch.")
def the_same_dictionary_again_and_again():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history, record = [], {}
        for epoch in range(num_epochs):
            record["epoch"] = epoch + 1
            record["train_loss"], record["train_acc"] = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            record["test_acc"] = hits.mean().item()
            history.append(record)
        return history


@wrong(hint="test_acc is measured in training mode: dropout is on and batch normalisation learns the test data.")
def test_accuracy_in_training_mode():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(hint="test_acc is measured on the training data. Use test_iter for it.")
def accuracy_of_the_training_data():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(train_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(hint="The test accuracy is measured before the epoch's training, so each record is one epoch behind.")
def tested_before_training():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(hint="Here the test accuracy is a mean over batches. It is a share over all test examples.")
def mean_of_batch_accuracies():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                shares = [(net(X).argmax(1) == y).float().mean().item() for X, y in moved(test_iter)]
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": sum(shares) / len(shares)})
        return history


@wrong(
    hint="The test inputs move to the device, but their labels do not. Both are needed there.",
    public=False,
    reason="a second device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def test_labels_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        history = []
        for epoch in range(1, num_epochs + 1):
            l, a = train_epoch(net, ((X.to(device), y.to(device)) for X, y in train_iter), loss, optimizer)
            net.eval()
            h = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    h, n = h + (net(X.to(device)).argmax(1) == y).sum().item(), n + len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


@wrong(
    hint="The test batches build a graph that nobody uses. Measure the accuracy without gradients.",
    public=False,
    reason="the accuracy is right; only the judge sees whether a graph is recorded",
)
def test_accuracy_with_a_graph():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(1, num_epochs + 1):
            l, a = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            h = n = 0
            for X, y in moved(test_iter):
                h, n = h + (net(X).argmax(1) == y).sum().item(), n + len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


@wrong(hint="A generator made before the loop is empty after the first epoch. Make a new one in each epoch.")
def a_generator_used_up():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        train_iter = ((X.to(device), y.to(device)) for X, y in train_iter)
        history = []
        for epoch in range(1, num_epochs + 1):
            l, a = train_epoch(net, train_iter, loss, optimizer)
            net.eval()
            h = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    h, n = h + (net(X.to(device)).argmax(1) == y.to(device)).sum().item(), n + len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


@wrong(hint="train_epoch runs over the test data as well, so the network learns from it. Test data is only looked at.")
def test_data_learned_and_measured():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            train_epoch(net, moved(test_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
        return history


@wrong(hint="test_acc is a number of right answers. It is their share: divide by the number of test examples.")
def hits_as_accuracy():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits, n = hits + (net(X).argmax(1) == y).sum().item(), n + len(y)
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits})
        return history


@wrong(hint="test_acc is that of the last batch. Add up hits and examples over all of test_iter.")
def last_test_batch():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                for X, y in moved(test_iter):
                    share = (net(X).argmax(1) == y).float().mean().item()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": share})
        return history


@wrong(hint="The `return` stands inside the loop, so training ends after one epoch. Return after the loop.")
def returns_after_one_epoch():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net.to(device)
        moved = lambda batches: ((X.to(device), y.to(device)) if device else (X, y) for X, y in batches)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                hits = torch.cat([net(X).argmax(1) == y for X, y in moved(test_iter)]).float()
            history.append({"epoch": epoch + 1, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits.mean().item()})
            return history
