import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The training part grows by gluing X_train to itself, so the same rows appear again and again. Glue the new "
    "fold to it."
)
def training_glued_to_itself():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_train, y_train = None, None
        for j, (X_part, y_part) in enumerate(zip(X.tensor_split(k), y.tensor_split(k))):
            if j == i:
                X_valid, y_valid = X_part, y_part
            elif X_train is None:
                X_train, y_train = X_part, y_part
            else:
                X_train = torch.cat([X_train, X_train], 0)
                y_train = torch.cat([y_train, y_train], 0)
        return X_train, y_train, X_valid, y_valid


@wrong(hint="y_train is glued from X, or to itself. The labels go through the same steps as the rows, with y.")
def labels_glued_to_themselves():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_train, y_train = None, None
        for j, (X_part, y_part) in enumerate(zip(X.tensor_split(k), y.tensor_split(k))):
            if j == i:
                X_valid, y_valid = X_part, y_part
            elif X_train is None:
                X_train, y_train = X_part, y_part
            else:
                X_train = torch.cat([X_train, X_part], 0)
                y_train = torch.cat([y_train, y_train], 0)
        return X_train, y_train, X_valid, y_valid


@wrong(hint="The rows beyond k · (n // k) appear nowhere. Every row is used: the first folds take one row more.")
def last_rows_dropped():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > X.shape[0] or i < 0 or i >= k:
            raise ValueError("no such fold")
        fold_size = X.shape[0] // k
        X_train, y_train = None, None
        for j in range(k):
            idx = slice(j * fold_size, (j + 1) * fold_size)
            X_part, y_part = X[idx, :], y[idx]
            if j == i:
                X_valid, y_valid = X_part, y_part
            elif X_train is None:
                X_train, y_train = X_part, y_part
            else:
                X_train = torch.cat([X_train, X_part], 0)
                y_train = torch.cat([y_train, y_part], 0)
        return X_train, y_train, X_valid, y_valid


@wrong(hint="The last rows are always used for training and never for validation. Every row is validated exactly once.")
def last_rows_never_validated():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > X.shape[0] or i < 0 or i >= k:
            raise ValueError("no such fold")
        size = X.shape[0] // k
        start, stop = i * size, (i + 1) * size
        X_train = torch.cat([X[:start], X[stop:]])
        y_train = torch.cat([y[:start], y[stop:]])
        return X_train, y_train, X[start:stop], y[start:stop]


@wrong(
    hint="Rows are left over, and your last folds take them. The first n % k folds have one row more, all the others "
    "n // k rows."
)
def rest_in_the_last_fold():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        size = n // k
        start = i * size
        stop = n if i == k - 1 else start + size
        X_train = torch.cat([X[:start], X[stop:]])
        y_train = torch.cat([y[:start], y[stop:]])
        return X_train, y_train, X[start:stop], y[start:stop]


@wrong(
    hint="Your folds have ceil(n / k) rows, so the last one is too small or even empty. Sizes differ by at most one."
)
def chunks_of_the_rounded_up_size():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.chunk(k)), list(y.chunk(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(
    hint="The rows for validation are in the training part too. Then the model is judged on what it has learned by "
    "heart."
)
def validation_rows_in_training():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        return X, y, X.tensor_split(k)[i], y.tensor_split(k)[i]


@wrong(hint="You hold out the fold after the one that was asked for. i counts from 0.")
def off_by_one_fold():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop((i + 1) % k), y_folds.pop((i + 1) % k)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="You hold out the fold before the one that was asked for. i counts from 0.")
def folds_counted_from_one():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i - 1), y_folds.pop(i - 1)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="The folds are right, but requests that make no sense are answered. They must raise a ValueError.")
def nothing_refused():
    def get_k_fold_data(k, i, X, y):
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="You check k only. An i for which there is no fold must raise a ValueError as well, a negative one too.")
def any_i_accepted():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > X.shape[0]:
            raise ValueError("k must lie between 2 and n")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="A request that makes no sense raises an AssertionError. The question asks for a ValueError.")
def asserts_instead_of_value_errors():
    def get_k_fold_data(k, i, X, y):
        assert 2 <= k <= X.shape[0] and 0 <= i < k
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="Training and validation are exchanged: one fold is for validation, all the others are for training.")
def training_and_validation_exchanged():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_train, y_train = X_folds.pop(i), y_folds.pop(i)
        return X_train, y_train, torch.cat(X_folds), torch.cat(y_folds)


@wrong(hint="Your folds take every k-th row. Here a fold is made of consecutive rows.")
def every_kth_row():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        valid = torch.arange(n) % k == i
        return X[~valid], y[~valid], X[valid], y[valid]


@wrong(
    hint="Rows are left over, and your last folds take them. The first n % k folds have one row more, all the others "
    "n // k rows."
)
def cut_in_proportion():
    def get_k_fold_data(k, i, X, y):
        n = len(X)
        if not 2 <= k <= n or not 0 <= i < k:
            raise ValueError("k or i out of range")
        start, end = i * n // k, (i + 1) * n // k
        rest = [row for row in range(n) if row not in range(start, end)]
        return X[rest], y[rest], X[start:end], y[start:end]


@wrong(hint="With one fold nothing is left to train on: k = 1 must raise a ValueError as well.")
def one_fold_accepted():
    def get_k_fold_data(k, i, X, y):
        if k < 1 or k > len(X) or not 0 <= i < k:
            raise ValueError("k or i out of range")
        folds = [torch.tensor_split(each, k) for each in (X, y)]
        X_train, y_train = (torch.cat([each[0][:0], *each[:i], *each[i + 1 :]]) for each in folds)
        return X_train, y_train, folds[0][i], folds[1][i]


@wrong(hint="You check k, and i from above. Negative i make no sense either and must raise a ValueError.")
def negative_i_accepted():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > len(X) or i >= k:
            raise ValueError("k or i out of range")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@wrong(hint="y_train is glued from X, or to itself. The labels go through the same steps as the rows, with y.")
def rows_for_labels():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > len(X) or not 0 <= i < k:
            raise ValueError("k or i out of range")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(X_folds), X_valid, y_valid


@wrong(hint="The rows are shuffled. Here the folds are consecutive rows, and the rows keep their order.")
def rows_shuffled():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > len(X) or not 0 <= i < k:
            raise ValueError("k or i out of range")
        folds = list(torch.randperm(len(X)).tensor_split(k))
        valid = folds.pop(i)
        train = torch.cat(folds)
        return X[train], y[train], X[valid], y[valid]
