# %% [raw]
# # BEGIN QUESTION
# name: dropout_scale

# %% [markdown]
# ## 10 · The survivors' share (2 min)
#
# Dropout with $p = 0.2$: **by what factor** is a surviving entry multiplied?
#
# **Your task.** Set `dropout_scale` to that number. You may write an expression.
#
# <details><summary>Hint: smaller or larger than 1?</summary>
#
# A fifth of all entries turns to zero. What do the others have to do for the mean to stay where it was?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
dropout_scale = 1 / (1 - 0.2)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dropout_scale_is_a_positive_number(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        number = None
    assert number is not None and not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert 0 < number < 100, "The factor lies between 0 and 100."

# %%
# HIDDEN
def test_dropout_scale_keeps_the_mean(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("Give a number.") from None
    assert not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert abs(number - 1.25) < 1e-3, "With this factor the mean would not stay what it was."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part F · House prices, cross-validated
#
# Everything comes together: your table preparation, your folds, your error. The model is as simple as can be,
# a single linear layer for the logarithm of the price, here with three weight decays.
#
# Two things keep the measurement honest. The model takes the mean and the spread of the features, and the
# mean price with which it begins, from the rows *that it is trained on*; the validation fold has no part in
# them. And the optimizer is *AdamW*: Adam's way of choosing the length of a step, with the decay of question
# 4, by the factor $1 - \eta\lambda$. (The `weight_decay` of plain `torch.optim.Adam` is something else. It
# adds $\lambda \mathbf w$ to the gradient, as a penalty does, and Adam then divides that sum by its usual
# size. Hence the same $\lambda$ means something different there, and weights with large gradients hardly
# decay at all.)

# %% tags=["otter_ignore"]
train_features, test_features, train_labels = prepare_houses(train_table, test_table)
print("features:", tuple(train_features.shape), tuple(test_features.shape))


class HouseNet(nn.Module):
    """A linear model of the logarithm of the price. X and y, the rows that train it, say where it starts."""

    def __init__(self, X, y):
        super().__init__()
        self.register_buffer("mean", X.mean(dim=0))
        self.register_buffer("spread", X.std(dim=0).clamp(min=0.5))  # a rare word stays a small column
        self.linear = nn.Linear(X.shape[1], 1)
        nn.init.zeros_(self.linear.weight)
        nn.init.constant_(self.linear.bias, y.log().mean().item())

    def forward(self, X):
        return self.linear((X - self.mean) / self.spread).exp()


def train_house_net(X, y, weight_decay, X_valid=None, y_valid=None, num_epochs=25, lr=3e-3):
    torch.manual_seed(0)
    net, history = HouseNet(X, y), []
    groups = [
        {"params": [net.linear.weight], "weight_decay": weight_decay},
        {"params": [net.linear.bias], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=lr)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(100):
            optimizer.zero_grad()
            F.mse_loss(net(X[batch]).log(), y[batch].log()).backward()
            optimizer.step()
        if X_valid is not None:
            history.append((log_rmse(net, X, y), log_rmse(net, X_valid, y_valid)))
    return net, history


house_errors = {}
fig, axes = plt.subplots(1, 3, figsize=(12, 3.4), sharey=True)
for ax, weight_decay in zip(axes, [0.0, 3.0, 30.0]):
    curves = []

    def train_fold(X_train, y_train, X_valid, y_valid):
        _, history = train_house_net(X_train, y_train, weight_decay, X_valid, y_valid)
        curves.append(history)
        return history[-1]

    train_error, valid_error = k_fold(5, train_features, train_labels, train_fold)
    train_curve, valid_curve = torch.tensor(curves).mean(dim=0).T
    house_errors[weight_decay] = train_error, valid_error
    ax.plot(range(1, 26), train_curve, label="training")
    ax.plot(range(1, 26), valid_curve, ls="--", label="validation")
    ax.set(xlabel="epoch", ylim=(0.08, 0.26))
    ax.set_title(f"λ = {weight_decay:g}: train {train_error:.3f}, valid {valid_error:.3f}")
axes[0].set_ylabel("log-rmse")
axes[0].legend()
plt.tight_layout()
print("In the picture: the errors over 25 epochs, training solid, validation dashed and above it. The gap is widest without decay\n"
      "and narrow with 30, where both lie higher.")
plt.show()

# %% [markdown]
# Look at the gap between the two curves. Without decay it is the widest. Some decay narrows it, and the
# validation error falls; a lot of it closes the gap, because now both errors are large. What else would you
# change: the number of epochs, a hidden layer, dropout? Try it, and let the *validation* error decide.
#
# At the very end, and only once, we look at the 930 houses whose prices nobody has looked at so far. (Their
# features went into the table's spread and its columns, as step 2 says.) Do not be surprised if the error is
# a little larger than the validation error, with which $\lambda$ was chosen.

# %% tags=["otter_ignore"]
final_net, _ = train_house_net(train_features, train_labels, weight_decay=3.0)
with torch.no_grad():
    predicted = final_net(test_features)
fig, ax = plt.subplots(figsize=(4.6, 4.4))
ax.loglog(test_prices[:, 0], predicted[:, 0], ".", ms=4, alpha=0.5)
ax.loglog([3e4, 7e5], [3e4, 7e5], color="#d1495b", lw=1)
ax.set(xlabel="true price in dollars", ylabel="predicted price", xlim=(1e4, 1e6), ylim=(1e4, 1e6))
ax.set_title(f"test houses: log-rmse {log_rmse(final_net, test_features, test_prices):.3f}")
plt.tight_layout()
print("In the picture: predicted over true price, both logarithmic: 930 dots along the diagonal, most of them close to it.")
plt.show()

# %% [markdown]
# ---
# **Done.** You can now tell whether a model has learned something or only remembers it, and you have two
# remedies against the latter.
#
# **A question to think about** (no points). Part A's polynomial of degree 12 would be harmless if it had seen
# a thousand points instead of fourteen. Why? So what is the third remedy against overfitting, which no line
# of this notebook buys?
#
# **Further reading.** *Dive into Deep Learning*:
# [Generalization](https://d2l.ai/chapter_linear-regression/generalization.html), [Weight
# Decay](https://d2l.ai/chapter_linear-regression/weight-decay.html),
# [Dropout](https://d2l.ai/chapter_multilayer-perceptrons/dropout.html) and [Predicting House
# Prices](https://d2l.ai/chapter_multilayer-perceptrons/kaggle-house-price.html). Srivastava and others,
# *Dropout: a simple way to prevent neural networks from overfitting* (2014). Loshchilov and Hutter,
# *Decoupled weight decay regularization* (2019), is AdamW. De Cock, *Ames, Iowa: alternative to the Boston
# housing data* (2011).
#
# Restart the kernel, run all cells once more from the top, save the notebook and hand it in.
