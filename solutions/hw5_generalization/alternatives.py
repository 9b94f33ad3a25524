"""Other right answers of hw5_generalization. Each must earn full marks."""

from autograder.authoring.answers import alternative

# --- get_k_fold_data


@alternative("get_k_fold_data")
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


@alternative("get_k_fold_data")
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


@alternative("get_k_fold_data")
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


# --- k_fold


@alternative("k_fold")
def means_of_a_tensor():
    def k_fold(k, X, y, train_fn):
        losses = torch.tensor([train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)])
        train_loss, valid_loss = losses.double().mean(dim=0).tolist()
        return train_loss, valid_loss


@alternative("k_fold")
def two_lists():
    def k_fold(k, X, y, train_fn):
        train_losses, valid_losses = [], []
        for i in range(k):
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(X_train, y_train, X_valid, y_valid)
            train_losses.append(train_loss)
            valid_losses.append(valid_loss)
        return sum(train_losses) / len(train_losses), sum(valid_losses) / len(valid_losses)


@alternative("k_fold")
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


# --- l2_penalty


@alternative("l2_penalty")
def norm_squared():
    def l2_penalty(w):
        return torch.linalg.vector_norm(w) ** 2 / 2


@alternative("l2_penalty")
def product_with_itself():
    def l2_penalty(w):
        flat = w.reshape(-1)
        return 0.5 * flat.dot(flat)


@alternative("l2_penalty")
def textbook_pow():
    def l2_penalty(w):
        return torch.sum(w.pow(2)) / 2


# --- sgd_weight_decay


@alternative("sgd_weight_decay")
def gradient_of_the_whole_loss():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * (p.grad + weight_decay * p)


@alternative("sgd_weight_decay")
def built_in_optimizer():
    def sgd_weight_decay(params, lr, weight_decay):
        torch.optim.SGD(params, lr=lr, weight_decay=weight_decay).step()


@alternative("sgd_weight_decay")
def in_place_methods():
    def sgd_weight_decay(params, lr, weight_decay):
        for param in params:
            param.data.mul_(1 - lr * weight_decay).add_(param.grad, alpha=-lr)


@alternative("sgd_weight_decay")
def copy_of_the_new_value():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for param in params:
                param.copy_((1 - lr * weight_decay) * param - lr * param.grad)
                param.grad.zero_()


# --- dropout_layer


@alternative("dropout_layer")
def textbook_mask():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        mask = (torch.rand(X.shape) > dropout).float()
        return mask * X / (1.0 - dropout)


@alternative("dropout_layer")
def bernoulli_of_keeping():
    def dropout_layer(X, dropout):
        if dropout < 0 or dropout > 1:
            raise ValueError("not a probability")
        keep = 1 - dropout
        if keep == 0:
            return X * 0
        return X * torch.bernoulli(torch.full_like(X, keep)) / keep


@alternative("dropout_layer")
def masked_fill_after_scaling():
    def dropout_layer(X, dropout):
        if not (dropout >= 0 and dropout <= 1):
            raise ValueError("not a probability")
        if dropout == 0:
            return X
        dropped = torch.rand_like(X) < dropout
        scale = 1 / (1 - dropout) if dropout < 1 else 0.0
        return (X * scale).masked_fill(dropped, 0)


@alternative("dropout_layer")
def where_the_uniform_is_small():
    def dropout_layer(X, dropout):
        if dropout > 1 or dropout < 0:
            raise AssertionError("not a probability")
        zeros = torch.zeros_like(X)
        if dropout == 1:
            return zeros
        u = torch.empty(X.shape).uniform_()
        return torch.where(u < 1 - dropout, X.div(1 - dropout), zeros)


@alternative("dropout_layer")
def numpy_draws():
    import numpy as np

    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1, "no probability"
        if dropout == 1:
            return X * 0
        mask = torch.as_tensor(np.random.random_sample(tuple(X.shape)) >= dropout)
        return X * mask.to(X.dtype) / (1 - dropout)


@alternative("dropout_layer")
def a_function_with_its_own_backward():
    class Drop(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, p):
            mask = (torch.rand(X.shape) >= p).to(X.dtype) / (1 - p)
            ctx.save_for_backward(mask)
            return X * mask

        @staticmethod
        def backward(ctx, gradient):
            (mask,) = ctx.saved_tensors
            return gradient * mask, None

    def dropout_layer(X, dropout):
        if dropout < 0 or dropout > 1:
            raise ValueError("no probability")
        return torch.zeros_like(X) if dropout == 1 else Drop.apply(X, dropout)


# --- DropoutMLP


@alternative("DropoutMLP")
def layers_in_a_sequential():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            self.net = nn.Sequential(
                nn.Flatten(),
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )

        def forward(self, X):
            return self.net(X)


@alternative("DropoutMLP")
def dropout_before_relu():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super(DropoutMLP, self).__init__()
            sizes = [num_inputs, num_hiddens1, num_hiddens2]
            self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
            self.out = nn.Linear(num_hiddens2, num_outputs)
            self.rates = [dropout1, dropout2]

        def forward(self, X):
            for layer, rate in zip(self.hidden, self.rates):
                X = layer(X)
                X = F.relu(F.dropout(X, rate, training=self.training))
            return self.out(X)


@alternative("DropoutMLP")
def bare_parameters():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            self.num_inputs = num_inputs
            self.p1, self.p2 = dropout1, dropout2
            self.b3 = nn.Parameter(torch.zeros(num_outputs))
            self.W3 = nn.Parameter(0.01 * torch.randn(num_hiddens2, num_outputs))
            self.b2 = nn.Parameter(torch.zeros(num_hiddens2))
            self.W2 = nn.Parameter(0.01 * torch.randn(num_hiddens1, num_hiddens2))
            self.b1 = nn.Parameter(torch.zeros(num_hiddens1))
            self.W1 = nn.Parameter(0.01 * torch.randn(num_inputs, num_hiddens1))

        def forward(self, X):
            X = X.reshape(-1, self.num_inputs)
            p1, p2 = (self.p1, self.p2) if self.training else (0.0, 0.0)
            H1 = dropout_layer((X @ self.W1 + self.b1).clamp(min=0), p1)
            H2 = dropout_layer((H1 @ self.W2 + self.b2).clamp(min=0), p2)
            return H2 @ self.W3 + self.b3


@alternative("DropoutMLP")
def told_by_train_itself():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            sizes = [num_inputs, num_hiddens1, num_hiddens2, num_outputs]
            self.layers = nn.ModuleList(nn.Linear(*pair) for pair in zip(sizes, sizes[1:]))
            self.rates = [dropout1, dropout2]
            self.active = True

        def train(self, mode=True):
            self.active = mode
            return super().train(mode)

        def forward(self, X):
            for layer, rate in zip(self.layers, self.rates):
                X = layer(X).clamp(min=0)
                X = dropout_layer(X, rate if self.active else 0.0)
            return self.layers[-1](X)


# --- log_rmse


@alternative("log_rmse")
def textbook_loss_function():
    def log_rmse(net, features, labels):
        clipped_preds = torch.clamp(net(features), 1, float("inf"))
        labels = labels.reshape(clipped_preds.shape)
        rmse = torch.sqrt(nn.MSELoss()(torch.log(clipped_preds), torch.log(labels)))
        return rmse.item()


@alternative("log_rmse")
def ratio_of_prices():
    def log_rmse(net, features, labels):
        predictions = torch.maximum(net(features).detach().flatten(), torch.tensor(1.0))
        return float(torch.log(predictions / labels.flatten()).pow(2).mean() ** 0.5)


@alternative("log_rmse")
def one_house_at_a_time():
    def log_rmse(net, features, labels):
        import math

        predictions = net(features).view(-1).tolist()
        prices = labels.reshape(-1).tolist()
        total = 0.0
        for y_hat, y in zip(predictions, prices):
            total += (math.log(max(y_hat, 1)) - math.log(y)) ** 2
        return math.sqrt(total / len(prices))


# --- prepare_houses


@alternative("prepare_houses")
def textbook_with_number_columns():
    def prepare_houses(train, test):
        all_features = pd.concat((train.drop(columns=["Id", "SalePrice"]), test.drop(columns="Id")))
        numeric = all_features.select_dtypes(include="number").columns
        all_features[numeric] = all_features[numeric].apply(lambda x: (x - x.mean()) / x.std())
        all_features[numeric] = all_features[numeric].fillna(0)
        all_features = pd.get_dummies(all_features, dummy_na=True)
        values = all_features.values.astype("float32")
        n_train = train.shape[0]
        train_features = torch.tensor(values[:n_train], dtype=torch.float32)
        test_features = torch.tensor(values[n_train:], dtype=torch.float32)
        train_labels = torch.tensor(train.SalePrice.values.reshape(-1, 1), dtype=torch.float32)
        return train_features, test_features, train_labels


@alternative("prepare_houses")
def column_by_column_dividing_by_n():
    def prepare_houses(train, test):
        columns = []
        for name in test.columns[1:]:
            values = pd.concat([train[name], test[name]], ignore_index=True)
            if pd.api.types.is_numeric_dtype(values):
                centred = values - values.mean()
                spread = values.std(ddof=0)
                scaled = centred / spread if spread > 0 else centred * 0.0
                columns.append(torch.tensor(scaled.fillna(0).tolist()))
            else:
                for word in sorted(values.dropna().unique()):
                    columns.append(torch.tensor((values == word).tolist()).float())
                if values.isna().any():
                    columns.append(torch.tensor(values.isna().tolist()).float())
        features = torch.stack(columns, dim=1)
        labels = torch.tensor(train["SalePrice"].tolist(), dtype=torch.float32)[:, None]
        n = len(train)
        return features[:n], features[n:], labels


@alternative("prepare_houses")
def gaps_as_a_word():
    def prepare_houses(train, test):
        n = len(train)
        table = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], axis=0).reset_index(drop=True)
        numeric = [c for c in table.columns if pd.api.types.is_numeric_dtype(table[c])]
        words = [c for c in table.columns if c not in numeric]
        numbers = torch.tensor(table[numeric].to_numpy(dtype="float64"))
        known = ~numbers.isnan()
        mean = numbers.nanmean(0)
        variance = ((numbers - mean) ** 2).nansum(0) / (known.sum(0) - 1)
        numbers = torch.where(known & (variance > 0), (numbers - mean) / variance.sqrt(), 0.0)
        parts = [numbers.float()]
        if words:
            dummies = pd.get_dummies(table[words].fillna("(unknown)"), dtype="float32")
            parts.append(torch.tensor(dummies.to_numpy()))
        features = torch.cat(parts, 1)
        labels = torch.tensor(train.iloc[:, -1].to_numpy(dtype="float32")).unsqueeze(1)
        return features[:n], features[n:], labels


# --- quizzes


@alternative("capacity_quiz")
def item_by_item():
    capacity_quiz = {}
    capacity_quiz["complex", "high"] = "normal"
    capacity_quiz["simple", "low"] = "normal"
    capacity_quiz["simple", "high"] = "overfitting"
    capacity_quiz["complex", "low"] = "underfitting"


@alternative("dropout_scale")
def as_a_fraction():
    dropout_scale = 5 / 4


@alternative("dropout_scale")
def as_a_tensor():
    dropout_scale = 1 / (1 - torch.tensor(0.2))
