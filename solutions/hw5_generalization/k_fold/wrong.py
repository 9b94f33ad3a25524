from autograder.authoring.marks import wrong


@wrong(hint="You return the losses of the last fold. Collect all of them and take the mean.")
def last_fold_only():
    def k_fold(k, X, y, train_fn):
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
        return train_loss, valid_loss


@wrong(hint="You return the sums over the folds. Divide them by the number of folds.")
def sums_instead_of_means():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0, 0
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_sum += train_loss
            valid_sum += valid_loss
        return train_sum, valid_sum


@wrong(hint="Only the last fold is divided by k: `=` forgets the folds before. Add up.")
def last_fold_divided():
    def k_fold(k, X, y, train_fn):
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_mean = train_loss / k
            valid_mean = valid_loss / k
        return train_mean, valid_mean


@wrong(hint="The same fold is held out every time. Let i run from 0 to k - 1.")
def same_fold_every_time():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, 0, X, y)) for _ in range(k)]
        return sum(t for t, _ in losses) / k, sum(v for _, v in losses) / k


@wrong(hint="The two results are exchanged: the training loss comes first.")
def validation_loss_first():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)]
        return sum(v for _, v in losses) / k, sum(t for t, _ in losses) / k


@wrong(hint="One fold is missing: there are k of them, numbered from 0.")
def one_fold_missing():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(1, k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_sum += train_loss
            valid_sum += valid_loss
        return train_sum / (k - 1), valid_sum / (k - 1)


@wrong(hint="Larger folds count for more in your means. Each fold counts the same.")
def weighted_by_the_fold():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(k):
            parts = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(*parts)
            train_sum += train_loss * len(parts[0])
            valid_sum += valid_loss * len(parts[2])
        return train_sum / (len(X) * (k - 1)), valid_sum / len(X)


@wrong(hint="train_fn gets all rows for training. Give it the training part of each fold.")
def trained_on_everything():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(k):
            _, _, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(X, y, X_valid, y_valid)
            train_sum += train_loss / k
            valid_sum += valid_loss / k
        return train_sum, valid_sum


@wrong(
    hint="The parts reach train_fn in the wrong places. It takes them as they come: X_train, y_train, X_valid, y_valid."
)
def both_inputs_first():
    def k_fold(k, X, y, train_fn):
        losses = []
        for i in range(k):
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            losses.append(train_fn(X_train, X_valid, y_train, y_valid))
        return sum(t for t, _ in losses) / k, sum(v for _, v in losses) / k


@wrong(hint="The parts reach train_fn in the wrong places. It takes them as they come: X_train, y_train, X_valid, y_valid.")
def validation_parts_first():
    def k_fold(k, X, y, train_fn):
        losses = []
        for i in range(k):
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            losses.append(train_fn(X_valid, y_valid, X_train, y_train))
        return sum(t for t, _ in losses) / k, sum(v for _, v in losses) / k


@wrong(hint="You return the losses of all folds. Two numbers are asked for: the mean of each list.")
def lists_of_losses():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)]
        return [train_loss for train_loss, _ in losses], [valid_loss for _, valid_loss in losses]


@wrong(hint="You return the smallest losses, those of a lucky fold. Take the means over all folds.")
def best_fold():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)]
        return min(train_loss for train_loss, _ in losses), min(valid_loss for _, valid_loss in losses)


@wrong(hint="You divide anew in every round, so early folds are divided again and again. Add up, and divide once at the end.")
def divided_in_every_round():
    def k_fold(k, X, y, train_fn):
        train_mean = valid_mean = 0.0
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_mean = (train_mean + train_loss) / (i + 1)
            valid_mean = (valid_mean + valid_loss) / (i + 1)
        return train_mean, valid_mean


@wrong(hint="You divide anew in every round, so early folds are divided again and again. Add up, and divide once at the end.")
def divided_by_k_in_every_round():
    def k_fold(k, X, y, train_fn):
        train_mean = valid_mean = 0.0
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_mean = (train_mean + train_loss) / k
            valid_mean = (valid_mean + valid_loss) / k
        return train_mean, valid_mean


@wrong(hint="One fold is missing: there are k of them, numbered from 0.")
def one_fold_missing_divided_by_k():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, i, X, y)) for i in range(1, k)]
        return sum(t for t, _ in losses) / k, sum(v for _, v in losses) / k


@wrong(hint="Both numbers are the mean of the validation losses. The first one is that of the training losses.")
def validation_losses_twice():
    def k_fold(k, X, y, train_fn):
        mean = sum(train_fn(*get_k_fold_data(k, i, X, y))[1] for i in range(k)) / k
        return mean, mean
