import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The survivors keep their size, so the mean shrinks. Divide them by the probability to survive.")
def survivors_not_scaled():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) >= dropout)


@wrong(hint="The mask is upside down: with your comparison an entry survives with probability p.")
def mask_upside_down():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if dropout == 0:
            return X
        mask = (torch.rand(X.shape) < dropout).float()
        return mask * X / (1.0 - dropout)


@wrong(hint="You divide by p. Divide by the probability to survive.")
def divided_by_p():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 0:
            return X
        mask = (torch.rand(X.shape) >= dropout).float()
        return mask * X / dropout


@wrong(hint="You multiply the survivors where they should be divided: they get smaller instead of larger.")
def multiplied_instead_of_divided():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) >= dropout) * (1 - dropout)


@wrong(hint="All rows share one mask, so whole columns vanish. Every entry needs a random number of its own.")
def one_mask_for_all_rows():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape[-1:]) >= dropout) / (1 - dropout)


@wrong(hint="Whole rows vanish together. Every entry needs a random number of its own.")
def one_number_per_row():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        rows = torch.rand(X.shape[:1]).reshape(-1, *[1] * (X.dim() - 1)) if X.dim() else torch.rand(())
        return X * (rows >= dropout) / (1 - dropout)


@wrong(hint="One random number decides over all entries at once. Every entry needs one of its own.")
def all_or_nothing():
    def dropout_layer(X, dropout):
        import random

        assert 0 <= dropout <= 1
        if dropout == 1 or random.random() < dropout:
            return torch.zeros_like(X)
        return X / (1 - dropout)


@wrong(hint="The mask is the same in every call (a fixed seed, or a mask that is kept). Each call must draw anew.")
def fixed_seed():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        generator = torch.Generator().manual_seed(42)
        return X * (torch.rand(X.shape, generator=generator) >= dropout) / (1 - dropout)


@wrong(hint="The mask is the same in every call (a fixed seed, or a mask that is kept). Each call must draw anew.")
def mask_kept_for_later():
    masks = {}

    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if X.shape not in masks:
            masks[X.shape] = torch.rand(X.shape)
        return X * (masks[X.shape] >= dropout) / (1 - dropout)


@wrong(hint="The gradient flows as if nothing had been dropped. It must pass through the same mask as the values.")
def gradient_past_the_mask():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        Y = X.detach() * (torch.rand(X.shape) >= dropout) / (1 - dropout)
        return X + (Y - X.detach())


@wrong(hint="The backward pass draws a mask of its own. It must use the one of the forward pass.")
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


@wrong(
    hint="Exactly the share p of all entries is drawn, so one entry's fate depends on the others'. Each entry has a "
    "chance of its own.",
    public=False,
    reason="That entries are independent is left to the hidden tests: it takes statistics.",
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


@wrong(hint="A p that is no probability is accepted. It must raise a ValueError or an AssertionError.")
def any_p_accepted():
    def dropout_layer(X, dropout):
        if dropout == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= dropout) / (1 - dropout)


@wrong(hint="For p = 1 you divide 0 by 0 and get nan. Treat this case before you divide.")
def nan_for_one():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        return X * (torch.rand(X.shape) > dropout) / (1 - dropout)


@wrong(
    hint="You let torch do the dropping. Here the exercise is to write it: draw a mask, multiply, scale.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_dropout():
    def dropout_layer(X, dropout):
        return nn.Dropout(dropout)(X)


@wrong(
    hint="You let torch do the dropping, one level lower. Draw the mask yourself.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def native_dropout():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return torch.native_dropout(X, dropout, True)[0]


@wrong(hint="The random numbers are normal ones (randn). The share of normal numbers below p is not p: use rand.")
def normal_instead_of_uniform():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        if dropout == 0:
            return X
        return X * (torch.randn(X.shape) > dropout) / (1 - dropout)


@wrong(hint="The result is float32 whatever comes in. Keep the dtype of X.")
def cast_to_float32():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        return X.float() * (torch.rand(X.shape) >= dropout) / (1 - dropout)


@wrong(hint="Half of the entries are dropped whatever p is. Compare the random numbers with p.")
def rounded_random_numbers():
    def dropout_layer(X, dropout):
        if not 0 <= dropout <= 1:
            raise ValueError("no probability")
        if dropout == 1:
            return torch.zeros_like(X)
        return X * torch.rand_like(X).round() / (1 - dropout)


@wrong(hint="The mask is the same in every call (a fixed seed, or a mask that is kept). Each call must draw anew.")
def seeded_with_zero():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        torch.manual_seed(0)
        return X * (torch.rand(X.shape) >= dropout) / (1 - dropout)
