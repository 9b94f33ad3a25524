"""Wrong answers of hw5_generalization that students really give, each with the hint it earns."""

from autograder.authoring.answers import misconception

# --- get_k_fold_data


@misconception(
    "get_k_fold_data",
    hint="The training part grows by gluing X_train to itself, so the same rows appear again and again. Glue "
    "the new fold to it.",
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


@misconception(
    "get_k_fold_data",
    hint="y_train is glued from X, or to itself. The labels go through the same steps as the rows, with y.",
)
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


@misconception(
    "get_k_fold_data",
    hint="The rows beyond k · (n // k) appear nowhere. Every row is used: the first folds take one row more.",
)
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


@misconception(
    "get_k_fold_data",
    hint="The last rows are always used for training and never for validation. Every row is validated exactly "
    "once.",
)
def last_rows_never_validated():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > X.shape[0] or i < 0 or i >= k:
            raise ValueError("no such fold")
        size = X.shape[0] // k
        start, stop = i * size, (i + 1) * size
        X_train = torch.cat([X[:start], X[stop:]])
        y_train = torch.cat([y[:start], y[stop:]])
        return X_train, y_train, X[start:stop], y[start:stop]


@misconception(
    "get_k_fold_data",
    hint="The last fold takes all the rows that are left over, so it may be much larger. Sizes differ by at most "
    "one, and the larger folds come first.",
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


@misconception(
    "get_k_fold_data",
    hint="Your folds have ceil(n / k) rows, so the last one is too small or even empty. Sizes differ by at most "
    "one.",
)
def chunks_of_the_rounded_up_size():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.chunk(k)), list(y.chunk(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="The rows for validation are in the training part too. Then the model is judged on what it has "
    "learned by heart.",
)
def validation_rows_in_training():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        return X, y, X.tensor_split(k)[i], y.tensor_split(k)[i]


@misconception(
    "get_k_fold_data",
    hint="You hold out the fold after the one that was asked for. i counts from 0.",
)
def off_by_one_fold():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop((i + 1) % k), y_folds.pop((i + 1) % k)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="You hold out the fold before the one that was asked for. i counts from 0.",
)
def folds_counted_from_one():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i - 1), y_folds.pop(i - 1)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="The folds are right, but requests that make no sense are answered. They must raise a ValueError.",
)
def nothing_refused():
    def get_k_fold_data(k, i, X, y):
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="You check k only. An i for which there is no fold must raise a ValueError as well, a negative one too.",
)
def any_i_accepted():
    def get_k_fold_data(k, i, X, y):
        if k < 2 or k > X.shape[0]:
            raise ValueError("k must lie between 2 and n")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="A request that makes no sense raises an AssertionError. The question asks for a ValueError.",
)
def asserts_instead_of_value_errors():
    def get_k_fold_data(k, i, X, y):
        assert 2 <= k <= X.shape[0] and 0 <= i < k
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
        return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid


@misconception(
    "get_k_fold_data",
    hint="Training and validation are exchanged: one fold is for validation, all the others are for training.",
)
def training_and_validation_exchanged():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        X_folds, y_folds = list(X.tensor_split(k)), list(y.tensor_split(k))
        X_train, y_train = X_folds.pop(i), y_folds.pop(i)
        return X_train, y_train, torch.cat(X_folds), torch.cat(y_folds)


@misconception(
    "get_k_fold_data",
    hint="Your folds take every k-th row. Here a fold is made of consecutive rows.",
)
def every_kth_row():
    def get_k_fold_data(k, i, X, y):
        n = X.shape[0]
        if k < 2 or k > n or i < 0 or i >= k:
            raise ValueError("no such fold")
        valid = torch.arange(n) % k == i
        return X[~valid], y[~valid], X[valid], y[valid]


# --- k_fold


@misconception("k_fold", hint="You return the losses of the last fold. Collect all of them and take the mean.")
def last_fold_only():
    def k_fold(k, X, y, train_fn):
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
        return train_loss, valid_loss


@misconception("k_fold", hint="You return the sums over the folds. Divide them by the number of folds.")
def sums_instead_of_means():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0, 0
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_sum += train_loss
            valid_sum += valid_loss
        return train_sum, valid_sum


@misconception("k_fold", hint="Only the last fold is divided by k: `=` forgets the folds before. Add up.")
def last_fold_divided():
    def k_fold(k, X, y, train_fn):
        for i in range(k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_mean = train_loss / k
            valid_mean = valid_loss / k
        return train_mean, valid_mean


@misconception("k_fold", hint="The same fold is held out every time. Let i run from 0 to k - 1.")
def same_fold_every_time():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, 0, X, y)) for _ in range(k)]
        return sum(t for t, _ in losses) / k, sum(v for _, v in losses) / k


@misconception("k_fold", hint="The two results are exchanged: the training loss comes first.")
def validation_loss_first():
    def k_fold(k, X, y, train_fn):
        losses = [train_fn(*get_k_fold_data(k, i, X, y)) for i in range(k)]
        return sum(v for _, v in losses) / k, sum(t for t, _ in losses) / k


@misconception("k_fold", hint="One fold is missing: there are k of them, numbered from 0.")
def one_fold_missing():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(1, k):
            train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
            train_sum += train_loss
            valid_sum += valid_loss
        return train_sum / (k - 1), valid_sum / (k - 1)


@misconception("k_fold", hint="Larger folds count for more in your means. Each fold counts the same.")
def weighted_by_the_fold():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(k):
            parts = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(*parts)
            train_sum += train_loss * len(parts[0])
            valid_sum += valid_loss * len(parts[2])
        return train_sum / (len(X) * (k - 1)), valid_sum / len(X)


@misconception("k_fold", hint="train_fn gets all rows for training. Give it the training part of each fold.")
def trained_on_everything():
    def k_fold(k, X, y, train_fn):
        train_sum, valid_sum = 0.0, 0.0
        for i in range(k):
            _, _, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            train_loss, valid_loss = train_fn(X, y, X_valid, y_valid)
            train_sum += train_loss / k
            valid_sum += valid_loss / k
        return train_sum, valid_sum


# --- l2_penalty


@misconception("l2_penalty", hint="This is half the norm. The penalty takes its square.")
def norm_not_squared():
    def l2_penalty(w):
        return torch.norm(w) / 2


@misconception("l2_penalty", hint="The factor one half is missing.")
def half_missing():
    def l2_penalty(w):
        return (w**2).sum()


@misconception("l2_penalty", hint="This is the L1 norm. Square the weights instead of taking magnitudes.")
def l1_norm():
    def l2_penalty(w):
        return w.abs().sum() / 2


@misconception("l2_penalty", hint="You average over the weights. Add the squares up.")
def mean_of_squares():
    def l2_penalty(w):
        return (w**2).mean() / 2


@misconception("l2_penalty", hint="This is the norm itself: neither squared nor halved.")
def plain_norm():
    def l2_penalty(w):
        return torch.linalg.norm(w)


@misconception("l2_penalty", hint="You add up first and square then, so weights of opposite signs cancel.")
def square_of_the_sum():
    def l2_penalty(w):
        return w.sum() ** 2 / 2


@misconception(
    "l2_penalty",
    hint="`view` flattens only tensors whose entries lie in order. A transposed weight is a weight too: `reshape`, "
    "or no flattening at all.",
)
def view_of_any_layout():
    def l2_penalty(w):
        flat = w.view(-1)
        return flat @ flat / 2


@misconception("l2_penalty", hint="No gradient can flow through a plain number. Return a tensor of the graph.")
def penalty_without_a_graph():
    def l2_penalty(w):
        return torch.tensor((w.detach() ** 2).sum().item() / 2, dtype=w.dtype)


# --- sgd_weight_decay


@misconception(
    "sgd_weight_decay",
    hint="The weight decays after the step, so the gradient part shrinks as well. Both parts start from the weight "
    "before the step.",
)
def decays_after_the_step():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
                p *= 1 - lr * weight_decay


@misconception("sgd_weight_decay", hint="Your weights grow by the decay: check the sign of its term.")
def decay_with_the_wrong_sign():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 + lr * weight_decay) * p - lr * p.grad)


@misconception("sgd_weight_decay", hint="The step climbs: the gradient is subtracted, not added.")
def ascends():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p + lr * p.grad)


@misconception(
    "sgd_weight_decay",
    hint="The decay lacks the learning rate. It belongs to the gradient of the loss like everything else in "
    "the step.",
)
def decay_without_the_learning_rate():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p *= 1 - weight_decay
                p -= lr * p.grad


@misconception("sgd_weight_decay", hint="The weights do not decay: weight_decay has no effect in your step.")
def no_decay():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad


@misconception(
    "sgd_weight_decay",
    hint="`param = …` makes a new tensor; the parameter itself stays as it was. Change it in place.",
)
def name_rebound():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for param in params:
                param = (1 - lr * weight_decay) * param - lr * param.grad


@misconception(
    "sgd_weight_decay",
    hint="The new values are put into the list; the parameters themselves stay as they were. Change them in place.",
)
def list_entries_replaced():
    def sgd_weight_decay(params, lr, weight_decay):
        for i, p in enumerate(params):
            params[i] = (1 - lr * weight_decay) * p - lr * p.grad


@misconception(
    "sgd_weight_decay",
    hint="Autograd is watching the step, and forbids changing a leaf that way. Put the step in torch.no_grad().",
)
def step_inside_the_graph():
    def sgd_weight_decay(params, lr, weight_decay):
        for p in params:
            p -= lr * (p.grad + weight_decay * p)


@misconception("sgd_weight_decay", hint="Only the first parameter makes the step. Go through all of them.")
def first_parameter_only():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p - lr * p.grad)
                return


@misconception("sgd_weight_decay", hint="The gradient's part lacks the learning rate.")
def gradient_without_the_learning_rate():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p - p.grad)


# --- dropout_layer


@misconception(
    "dropout_layer",
    hint="The survivors keep their size, so the mean shrinks. Divide them by the probability to survive.",
)
def survivors_not_scaled():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) >= dropout)


@misconception(
    "dropout_layer",
    hint="The mask is upside down: with your comparison an entry survives with probability p.",
)
def mask_upside_down():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if dropout == 0:
            return X
        mask = (torch.rand(X.shape) < dropout).float()
        return mask * X / (1.0 - dropout)


@misconception(
    "dropout_layer",
    hint="You divide by p. Divide by the probability to survive.",
)
def divided_by_p():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 0:
            return X
        mask = (torch.rand(X.shape) >= dropout).float()
        return mask * X / dropout


@misconception(
    "dropout_layer",
    hint="You multiply the survivors where they should be divided: they get smaller instead of larger.",
)
def multiplied_instead_of_divided():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) >= dropout) * (1 - dropout)


@misconception(
    "dropout_layer",
    hint="All rows share one mask, so whole columns vanish. Every entry needs a random number of its own.",
)
def one_mask_for_all_rows():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape[-1:]) >= dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="Whole rows vanish together. Every entry needs a random number of its own.",
)
def one_number_per_row():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        rows = torch.rand(X.shape[:1]).reshape(-1, *[1] * (X.dim() - 1)) if X.dim() else torch.rand(())
        return X * (rows >= dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="One random number decides over all entries at once. Every entry needs one of its own.",
)
def all_or_nothing():
    def dropout_layer(X, dropout):
        import random

        assert 0 <= dropout <= 1
        if dropout == 1 or random.random() < dropout:
            return torch.zeros_like(X)
        return X / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="The mask is the same in every call, since the random numbers start from a fixed seed. Each call must "
    "draw anew.",
)
def fixed_seed():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        generator = torch.Generator().manual_seed(42)
        return X * (torch.rand(X.shape, generator=generator) >= dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="The mask is made once and kept for all later calls. Each call must draw anew.",
)
def mask_kept_for_later():
    masks = {}

    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if X.shape not in masks:
            masks[X.shape] = torch.rand(X.shape)
        return X * (masks[X.shape] >= dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="The gradient flows as if nothing had been dropped. It must pass through the same mask as the values.",
)
def gradient_past_the_mask():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        Y = X.detach() * (torch.rand(X.shape) >= dropout) / (1 - dropout)
        return X + (Y - X.detach())


@misconception(
    "dropout_layer",
    hint="The backward pass draws a mask of its own. It must use the one of the forward pass.",
)
def new_mask_in_the_backward_pass():
    class Drop(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, dropout):
            ctx.dropout = dropout
            return X * (torch.rand(X.shape) >= dropout) / (1 - dropout)

        @staticmethod
        def backward(ctx, gradient):
            mask = torch.rand(gradient.shape) >= ctx.dropout
            return gradient * mask / (1 - ctx.dropout), None

    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return Drop.apply(X, dropout)


@misconception(
    "dropout_layer",
    hint="Exactly the share p of all entries is drawn, so one entry's fate depends on the others'. Each entry has a "
    "chance of its own.",
)
def exact_count_shuffled():
    def dropout_layer(X, dropout):
        if not 0 <= dropout <= 1:
            raise ValueError("no probability")
        if dropout == 1:
            return torch.zeros_like(X)
        mask = torch.ones(X.numel(), dtype=X.dtype)
        mask[torch.randperm(X.numel())[: round(dropout * X.numel())]] = 0
        return X * mask.reshape(X.shape) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="A p that is no probability is accepted. It must raise a ValueError or an AssertionError.",
)
def any_p_accepted():
    def dropout_layer(X, dropout):
        if dropout == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="For p = 1 you divide 0 by 0 and get nan. Treat this case before you divide.",
)
def nan_for_one():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) > dropout) / (1 - dropout)


@misconception(
    "dropout_layer",
    hint="You let torch do the dropping. Here the exercise is to write it: draw a mask, multiply, scale.",
)
def built_in_dropout():
    def dropout_layer(X, dropout):
        return nn.Dropout(dropout)(X)


@misconception(
    "dropout_layer",
    hint="You let torch do the dropping, one level lower. Draw the mask yourself.",
)
def native_dropout():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return torch.native_dropout(X, dropout, True)[0]


@misconception(
    "dropout_layer",
    hint="The random numbers are normal ones (randn). The share of normal numbers below p is not p: use rand.",
)
def normal_instead_of_uniform():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if dropout == 0:
            return X
        return X * (torch.randn(X.shape) > dropout) / (1 - dropout)


@misconception("dropout_layer", hint="The result is float32 whatever comes in. Keep the dtype of X.")
def cast_to_float32():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return X.float() * (torch.rand(X.shape) >= dropout) / (1 - dropout)


# --- DropoutMLP


@misconception(
    "DropoutMLP",
    hint="The dropouts obey a flag of the constructor, and net.eval() cannot switch that off. Ask "
    "self.training in forward.",
)
def flag_of_the_constructor():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
            is_training=True,
        ):
            super().__init__()
            self.is_training = is_training
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.dropout1, self.dropout2 = dropout1, dropout2

        def forward(self, X):
            H1 = torch.relu(self.lin1(X))
            if self.is_training:
                H1 = dropout_layer(H1, self.dropout1)
            H2 = torch.relu(self.lin2(H1))
            if self.is_training:
                H2 = dropout_layer(H2, self.dropout2)
            return self.lin3(H2)


@misconception(
    "DropoutMLP",
    hint="self.training is read once, in the constructor, and remembered. Ask it in forward, each time.",
)
def mode_remembered_in_the_constructor():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.rates = (dropout1, dropout2) if self.training else (0.0, 0.0)

        def forward(self, X):
            H1 = dropout_layer(torch.relu(self.lin1(X)), self.rates[0])
            H2 = dropout_layer(torch.relu(self.lin2(H1)), self.rates[1])
            return self.lin3(H2)


@misconception(
    "DropoutMLP",
    hint="F.dropout does not know the mode of your network and drops in evaluation too. Tell it, or ask "
    "self.training.",
)
def functional_dropout_without_the_mode():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.p1, self.p2 = dropout1, dropout2

        def forward(self, X):
            H1 = F.dropout(F.relu(self.lin1(X)), self.p1)
            H2 = F.dropout(F.relu(self.lin2(H1)), self.p2)
            return self.lin3(H2)


@misconception(
    "DropoutMLP",
    hint="The output is dropped too. Only the hidden layers have dropout.",
)
def dropout_on_the_output():
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
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
                nn.Dropout(dropout2),
            )

        def forward(self, X):
            return self.net(X)


@misconception(
    "DropoutMLP",
    hint="The dropouts come one layer late: the input of the second layer is whole, and the output is dropped.",
)
def dropout_one_layer_late():
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
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens2, num_outputs),
                nn.Dropout(dropout2),
            )

        def forward(self, X):
            return self.net(X)


@misconception(
    "DropoutMLP",
    hint="The second dropout acts on the output. It belongs after the second hidden layer's relu.",
)
def second_dropout_after_the_output():
    class DropoutMLP(nn.Sequential):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__(
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs),
                nn.Dropout(dropout2),
            )


@misconception(
    "DropoutMLP",
    hint="The default rates have changed places. It is the layer near the input that drops less.",
)
def default_rates_exchanged():
    class DropoutMLP(nn.Sequential):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.5,
            dropout2=0.2,
        ):
            super().__init__(
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )


@misconception(
    "DropoutMLP",
    hint="The input is dropped. The dropouts belong after the two hidden layers.",
)
def dropout_on_the_input():
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
                nn.Dropout(dropout1),
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs),
            )

        def forward(self, X):
            return self.net(X)


@misconception("DropoutMLP", hint="The two rates are exchanged: dropout1 belongs to the first hidden layer.")
def rates_exchanged():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.drop1, self.drop2 = nn.Dropout(dropout1), nn.Dropout(dropout2)

        def forward(self, X):
            H1 = self.drop2(torch.relu(self.lin1(X)))
            H2 = self.drop1(torch.relu(self.lin2(H1)))
            return self.lin3(H2)


@misconception("DropoutMLP", hint="The rates are fixed in your code. Use the arguments dropout1 and dropout2.")
def fixed_rates():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.drop = nn.Dropout()

        def forward(self, X):
            H1 = self.drop(torch.relu(self.lin1(X)))
            H2 = self.drop(torch.relu(self.lin2(H1)))
            return self.lin3(H2)


@misconception("DropoutMLP", hint="Nothing is ever dropped. Each hidden layer has its dropout in training mode.")
def no_dropout_at_all():
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
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs),
            )

        def forward(self, X):
            return self.net(X)


@misconception(
    "DropoutMLP",
    hint="It drops in evaluation and not in training: the question about the mode is upside down.",
)
def mode_upside_down():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.p1, self.p2 = dropout1, dropout2

        def forward(self, X):
            H1 = F.dropout(torch.relu(self.lin1(X)), self.p1, not self.training)
            H2 = F.dropout(torch.relu(self.lin2(H1)), self.p2, not self.training)
            return self.lin3(H2)


@misconception(
    "DropoutMLP",
    hint="There is no relu between the layers, so the whole network is one linear layer.",
)
def relu_missing():
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
                nn.Linear(num_inputs, num_hiddens1),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )

        def forward(self, X):
            return self.net(X)


@misconception("DropoutMLP", hint="The output passes through relu. The output layer is linear.")
def relu_on_the_output():
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
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
                nn.ReLU(),
            )

        def forward(self, X):
            return self.net(X)


@misconception("DropoutMLP", hint="The second dropout is missing: both hidden layers have one.")
def second_dropout_missing():
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
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.dropout1 = dropout1

        def forward(self, X):
            H1 = torch.relu(self.lin1(X))
            if self.training:
                H1 = dropout_layer(H1, self.dropout1)
            return self.lin3(torch.relu(self.lin2(H1)))


@misconception("DropoutMLP", hint="The default of dropout1 is not right: less is dropped near the input.")
def default_rates_wrong():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.5,
            dropout2=0.5,
        ):
            super().__init__()
            self.net = nn.Sequential(
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


# --- log_rmse


@misconception(
    "log_rmse",
    hint="A network may predict something below 1, and its logarithm is nan or hugely negative. Clamp the "
    "predictions first.",
)
def no_clamp():
    def log_rmse(net, features, labels):
        predictions = net(features).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt().item()


@misconception(
    "log_rmse",
    hint="The predictions are clamped at 0 or close to it. They count as at least 1.",
)
def clamped_near_zero():
    def log_rmse(net, features, labels):
        predictions = net(features).reshape(-1).clamp(min=1e-6)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt().item()


@misconception(
    "log_rmse",
    hint="You average the roots of the squares, which is the mean absolute error. Average the squares, then take "
    "the root once.",
)
def mean_of_the_roots():
    def log_rmse(net, features, labels):
        predictions = torch.clamp(net(features), 1, float("inf")).reshape(-1)
        return torch.sqrt((predictions.log() - labels.reshape(-1).log()) ** 2).mean().item()


@misconception(
    "log_rmse",
    hint="A column of predictions minus a row of labels makes a square table of all pairs. Bring both to one "
    "shape first.",
)
def all_pairs():
    def log_rmse(net, features, labels):
        predictions = torch.clamp(net(features), 1, float("inf"))
        return torch.sqrt(((torch.log(predictions) - torch.log(labels)) ** 2).mean()).item()


@misconception(
    "log_rmse",
    hint="The predictions are flattened, the labels are not: a column of labels against them makes all pairs. Bring "
    "both to one shape.",
)
def only_the_predictions_flattened():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.log()).square().mean().sqrt().item()


@misconception("log_rmse", hint="You compare the prices themselves. Compare their logarithms.")
def no_logarithm():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions - labels.reshape(-1)).square().mean().sqrt().item()


@misconception("log_rmse", hint="The root is missing at the end.")
def no_root():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().item()


@misconception("log_rmse", hint="You add the squares up. Average them.")
def sum_of_squares():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().sum().sqrt().item()


@misconception("log_rmse", hint="You return a tensor, perhaps with its graph. The result is a Python float.")
def a_tensor_returned():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt()


@misconception("log_rmse", hint="This is the logarithm of the error. Take the logarithms of the prices first.")
def logarithm_of_the_error():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return torch.log((predictions - labels.reshape(-1)).square().mean().sqrt() + 1e-9).item()


@misconception("log_rmse", hint="You take logarithms of the prices plus 1. Take those of the prices themselves.")
def log_of_one_plus():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log1p() - labels.reshape(-1).log1p()).square().mean().sqrt().item()


# --- prepare_houses


@misconception(
    "prepare_houses",
    hint="Id is among the features. It is a mere number of the row and tells nothing about a house.",
)
def id_kept():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, :-1], test], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="The price is among the features. A model that is given the answer learns nothing else.",
)
def price_among_the_features():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="Gaps are filled with 0 before standardising, so they count as real zeros in mean and spread. Standardise "
    "first.",
)
def gaps_filled_with_zero_first():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        filled = features[numeric].fillna(0)
        scaled = filled.apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="Gaps are filled with the mean before standardising. The mean stays right, but the spread comes out too "
    "small. Standardise first.",
)
def gaps_filled_with_the_mean_first():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        filled = features[numeric].fillna(features[numeric].mean())
        scaled = filled.apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="get_dummies makes columns of bools, and together with numbers they become objects that no tensor can hold. "
    "Convert the table to float32.",
)
def dtypes_left_as_they_are():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        features[numeric] = features[numeric].apply(lambda x: (x - x.mean()) / x.std())
        features[numeric] = features[numeric].fillna(0)
        features = pd.get_dummies(features, dummy_na=True)
        n = len(train)
        train_features = torch.tensor(features[:n].values, dtype=torch.float32)
        test_features = torch.tensor(features[n:].values, dtype=torch.float32)
        labels = torch.tensor(train["SalePrice"].values.reshape(-1, 1), dtype=torch.float32)
        return train_features, test_features, labels


@misconception(
    "prepare_houses",
    hint="The tensors are float64. All three are asked for as float32.",
)
def float64_tensors():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float64"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float64")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="Words that are unknown get no column of their own. A gap is a case like any other: give it an indicator.",
)
def no_indicator_for_gaps():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="One word of each column has no indicator (drop_first). Here every word gets one.",
)
def first_word_dropped():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        dummies = [pd.get_dummies(rest, dummy_na=True, drop_first=True)] if len(rest.columns) else []
        values = torch.tensor(pd.concat([scaled] + dummies, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="The words are numbered. That says one street is twice another: give each word a column of its own.",
)
def words_numbered():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric).apply(lambda x: pd.factorize(x)[0])
        values = torch.tensor(pd.concat([scaled, rest], axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="Mean and spread come from the training table alone. Here both tables are standardised together.",
)
def standardised_by_the_training_table():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        known = train[numeric]
        scaled = ((features[numeric] - known.mean()) / known.std().replace(0, 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="The two tables are prepared apart: each has its own mean, and its own words for columns. Put them together "
    "first.",
)
def tables_prepared_apart():
    def prepare_houses(train, test):
        def prepare(features):
            numeric = features.select_dtypes("number").columns
            scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
            rest = features.drop(columns=numeric)
            parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
            return torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))

        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return prepare(train.iloc[:, 1:-1]), prepare(test.iloc[:, 1:]), labels


@misconception(
    "prepare_houses",
    hint="There are nans in the features: either gaps were not filled, or a column without variance was divided by 0 "
    "after filling.",
)
def nan_for_no_variance():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number")
        mean, spread = numeric.mean(), numeric.std()
        scaled = (numeric.fillna(mean) - mean) / spread
        rest = features.drop(columns=numeric.columns)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="The numbers are centred but not divided by their standard deviation.",
)
def centred_only():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = (features[numeric] - features[numeric].mean()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="You divide by the variance. Divide by its root, the standard deviation.",
)
def divided_by_the_variance():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.var()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="The labels have one axis only. Their shape is (n, 1).",
)
def labels_in_one_axis():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32"))
        return values[: len(train)], values[len(train) :], labels


@misconception(
    "prepare_houses",
    hint="Your function changes the tables that it is given. Work on a copy.",
)
def tables_changed():
    def prepare_houses(train, test):
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        for table in (train, test):
            table.drop(columns="Id", inplace=True)
        features = pd.concat([train.drop(columns="SalePrice"), test], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / x.std()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        return values[: len(train)], values[len(train) :], labels


# --- capacity_quiz


@misconception(
    "capacity_quiz",
    hint="The two words are exchanged: underfitting means that the model cannot even follow what it knows.",
)
def middle_ones_exchanged():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "overfitting",
        ("simple", "high"): "underfitting",
        ("complex", "high"): "normal",
    }


@misconception(
    "capacity_quiz",
    hint="High capacity is not bad in itself: it depends on the data. The same holds for low capacity.",
)
def capacity_alone_decides():
    capacity_quiz = {
        ("simple", "low"): "underfitting",
        ("complex", "low"): "underfitting",
        ("simple", "high"): "overfitting",
        ("complex", "high"): "overfitting",
    }


@misconception(
    "capacity_quiz",
    hint="Complex data with a strong model need not be overfitting: compare both with each other.",
)
def complex_and_high_overfits():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "underfitting",
        ("simple", "high"): "normal",
        ("complex", "high"): "overfitting",
    }


@misconception(
    "capacity_quiz",
    hint="Two of the four cases are not normal: those in which data and capacity do not go together.",
)
def always_normal():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "normal",
        ("simple", "high"): "normal",
        ("complex", "high"): "normal",
    }


# --- dropout_scale


@misconception("dropout_scale", hint="This is the probability to survive. The survivors are divided by it.")
def probability_to_survive():
    dropout_scale = 0.8


@misconception("dropout_scale", hint="You divide by the probability to be dropped.")
def divided_by_the_dropped():
    dropout_scale = 1 / 0.2


@misconception("dropout_scale", hint="This is the probability to be dropped.")
def probability_to_be_dropped():
    dropout_scale = 0.2


@misconception("dropout_scale", hint="The survivors are scaled, otherwise the mean would shrink.")
def not_scaled():
    dropout_scale = 1.0


@misconception("dropout_scale", hint="You add p where you should divide by what is left.")
def one_plus_p():
    dropout_scale = 1.2
