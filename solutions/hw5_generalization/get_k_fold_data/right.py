import torch

from autograder.authoring.marks import right


@right
def first_and_last_row_of_the_fold():
    def get_k_fold_data(k, i, X, y):
        n = len(X)
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        size, rest = divmod(n, k)
        start = i * size + min(i, rest)
        stop = start + size + (1 if i < rest else 0)
        X_train = torch.cat([X[:start], X[stop:]], dim=0)
        y_train = torch.cat([y[:start], y[stop:]], dim=0)
        return X_train, y_train, X[start:stop], y[start:stop]


@right
def a_mask_over_the_rows():
    def get_k_fold_data(k, i, X, y):
        n = X.size(0)
        if not (2 <= k <= n and 0 <= i < k):
            raise ValueError(f"fold {i} of {k} does not exist for {n} rows")
        fold_of_row = torch.cat(
            [torch.full((len(part),), j) for j, part in enumerate(torch.arange(n).tensor_split(k))]
        )
        valid = fold_of_row == i
        return X[~valid], y[~valid], X[valid], y[valid]


@right
def textbook_loop_with_sizes():
    def get_k_fold_data(k, i, X, y):
        if k <= 1:
            raise ValueError("k is at least 2")
        if k > X.shape[0]:
            raise ValueError("there are not enough rows")
        if i not in range(k):
            raise ValueError("i counts the folds from 0")
        sizes = [X.shape[0] // k + (j < X.shape[0] % k) for j in range(k)]
        X_train, y_train = None, None
        for j, (X_part, y_part) in enumerate(zip(X.split(sizes), y.split(sizes))):
            if j == i:
                X_valid, y_valid = X_part, y_part
            elif X_train is None:
                X_train, y_train = X_part, y_part
            else:
                X_train = torch.cat([X_train, X_part], 0)
                y_train = torch.cat([y_train, y_part], 0)
        return X_train, y_train, X_valid, y_valid
