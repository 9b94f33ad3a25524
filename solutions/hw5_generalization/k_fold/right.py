import torch

from autograder.authoring.marks import right


@right
def means_of_a_tensor():
    def k_fold(k, X, y, train_fn):
        losses = torch.tensor([train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)])
        train_loss, valid_loss = losses.double().mean(dim=0).tolist()
        return train_loss, valid_loss


@right
def two_lists():
    def k_fold(k, X, y, train_fn):
        train_losses, valid_losses = [], []
        for i in range(k):
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(X_train, y_train, X_valid, y_valid)
            train_losses.append(train_loss)
            valid_losses.append(valid_loss)
        return sum(train_losses) / len(train_losses), sum(valid_losses) / len(valid_losses)


@right
def folds_of_its_own_from_the_last():
    def k_fold(k, X, y, train_fn):
        X_folds, y_folds = X.tensor_split(k), y.tensor_split(k)
        totals = [0, 0]
        for i in reversed(range(k)):
            X_train = torch.cat(X_folds[:i] + X_folds[i + 1 :])
            y_train = torch.cat(y_folds[:i] + y_folds[i + 1 :])
            for j, loss in enumerate(train_fn(X_train, y_train, X_folds[i], y_folds[i])):
                totals[j] += loss / k
        return tuple(totals)
