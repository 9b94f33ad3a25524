import copy

from autograder.authoring.marks import wrong


@wrong(hint="The last parameters are kept, not the best. Copy the tensors (state_dict() does not), and put them back.")
def kept_by_reference():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, net.state_dict(), 0
            else:
                bad += 1
                if bad >= patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The count of waiting epochs never goes back to 0. After a new best epoch the waiting starts anew.")
def counter_never_reset():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state = valid_loss, copy.deepcopy(net.state_dict())
            else:
                bad += 1
                if bad >= patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The loss is compared with that of the epoch before. Compare it with the lowest one so far.")
def compared_with_the_epoch_before():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        previous, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < previous:
                best_state, bad = copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad >= patience:
                    break
            previous = valid_loss
        net.load_state_dict(best_state)
        return history


@wrong(hint="The last parameters are kept, not the best. Copy the tensors (state_dict() does not), and put them back.")
def last_parameters_kept():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, bad, history = float("inf"), 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            best, bad = min(best, valid_loss), 0 if valid_loss < best else bad + 1
            if bad == patience:
                break
        return history


@wrong(hint="The best parameters are put back only when patience runs out. They are also due after max_epochs.")
def put_back_only_when_stopped():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    net.load_state_dict(best_state)
                    return history
        return history


@wrong(hint="This waits one epoch too long. Stop as soon as `patience` epochs in a row were no better.")
def waits_one_more():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad > patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="Patience 1 is built in: training stops at the first epoch that is no better.")
def patience_ignored():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, history = float("inf"), None, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss >= best:
                break
            best, best_state = valid_loss, copy.deepcopy(net.state_dict())
        net.load_state_dict(best_state)
        return history


@wrong(hint="Training never stops early: every call runs max_epochs epochs.")
def never_stops():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, history = float("inf"), None, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state = valid_loss, copy.deepcopy(net.state_dict())
        net.load_state_dict(best_state)
        return history


@wrong(hint="An equal loss counts as an improvement here. Only a lower one is.")
def equal_counts_as_lower():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss <= best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The training loss decides here. It falls and falls; the validation loss is to be watched.")
def training_loss_watched():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if train_loss < best:
                best, best_state, bad = train_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="train_epoch runs over the validation data, so the network learns from it. Measure with evaluate_loss.")
def validation_data_trained_on():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss, _ = train_epoch(net, valid_iter, loss, optimizer)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The history holds the lowest loss so far. Record the validation loss of each epoch as it was measured.")
def lowest_loss_recorded():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, low, wait = [], float("inf"), 0
        for e in range(1, max_epochs + 1):
            a, b = train_epoch(net, train_iter, loss, optimizer)
            v = evaluate_loss(net, valid_iter, loss)
            if v < low:
                low, best, wait = v, copy.deepcopy(net.state_dict()), 0
            else:
                wait += 1
            history.append({"epoch": e, "train_loss": a, "train_acc": b, "valid_loss": low})
            if wait >= patience:
                break
        net.load_state_dict(best)
        return history


@wrong(hint="This stops one epoch too early: `patience` epochs in a row without a lower loss are waited for.")
def waits_one_less():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad >= patience - 1:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The lowest validation loss does not count as the best here: it is as if a higher one were better.")
def higher_is_better():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = 0.0, None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss > best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The loss of the training data is measured here. valid_iter holds what the network does not learn from.")
def measured_on_the_training_data():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, train_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@wrong(hint="The history lacks the last epoch. Every epoch that was run belongs into it, also the one that ends the training.")
def last_record_missing():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
        net.load_state_dict(best_state)
        return history


@wrong(hint="All epochs are counted, the better ones too. Patience counts those in a row that brought no lower loss.")
def patience_over_all_epochs():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, history = float("inf"), None, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(dict(epoch=epoch + 1, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss))
            if valid_loss < best:
                best, best_state = valid_loss, copy.deepcopy(net.state_dict())
            if epoch + 1 >= patience:
                break
        net.load_state_dict(best_state)
        return history
