import torch

from autograder.authoring.marks import wrong


@wrong(hint="At 0 this gives 1. Subtract what 4 times one half is.")
def one_subtracted():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X) - 1


@wrong(hint="This goes through the origin, but its slope there is one half. Stretch by 4.")
def stretched_by_two():
    def scaled_sigmoid(X):
        return 2 * torch.sigmoid(X) - 1


@wrong(hint="This is tanh, or its twin 2 * sigmoid(2x) - 1. Its values end at 1; yours should end at 2.")
def tanh_instead():
    def scaled_sigmoid(X):
        return torch.tanh(X)


@wrong(hint="This is tanh, or its twin 2 * sigmoid(2x) - 1. Its values end at 1; yours should end at 2.")
def stretched_inside():
    def scaled_sigmoid(X):
        return 2 * torch.sigmoid(2 * X) - 1


@wrong(hint="The shift is missing: at 0 this gives 2.")
def shift_missing():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X)


@wrong(hint="The shift comes before the stretching here: at 0 this gives -6. First 4 times, then minus 2.")
def shift_before_stretching():
    def scaled_sigmoid(X):
        return 4 * (torch.sigmoid(X) - 2)


@wrong(hint="The 4 is inside the sigmoid. It stretches the result, not the input.")
def four_inside():
    def scaled_sigmoid(X):
        return torch.sigmoid(4 * X) - 0.5


@wrong(hint="No gradient reaches X: the result was cut from the graph.")
def sigmoid_cut_from_the_graph():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X.detach()) - 2


@wrong(hint="X itself was changed. Make a new tensor.")
def sigmoid_in_place():
    def scaled_sigmoid(X):
        if not X.requires_grad:
            return X.sigmoid_().mul_(4).sub_(2)
        return 4 * X.sigmoid() - 2


@wrong(hint="The values are right. But |x| has slope 0 at 0 for autograd, so your curve is flat where it must not be.")
def flat_at_the_origin():
    def scaled_sigmoid(X):
        e = torch.exp(-X.abs())
        s = torch.where(X >= 0, 1 / (1 + e), e / (1 + e))
        return 4 * (s - 0.5)


@wrong(hint="mul_ overwrites the sigmoid that autograd needs on the way back. Multiply without the underscore.")
def overwrites_what_backward_needs():
    def scaled_sigmoid(X):
        return X.sigmoid().mul_(4).sub_(2)


@wrong(hint="This is the plain sigmoid. Stretch it by 4 and move it down by 2.")
def plain_sigmoid():
    def scaled_sigmoid(X):
        return torch.sigmoid(X)


@wrong(hint="The 4 is inside the sigmoid. It stretches the result, not the input.")
def four_inside_minus_two():
    def scaled_sigmoid(X):
        return torch.sigmoid(4 * X) - 2


@wrong(hint="These are the first terms of the series. It only comes near the curve close to 0.")
def first_terms_of_the_series():
    def scaled_sigmoid(X):
        return X - X**3 / 12


@wrong(hint="All of it is inside the sigmoid. Take the sigmoid of x first; the result is stretched and moved down.")
def everything_inside():
    def scaled_sigmoid(X):
        return torch.sigmoid(4 * X - 2)


@wrong(hint="There is a 4 inside the sigmoid as well, so the slope at 0 is 4. Stretch the result only.")
def stretched_inside_and_outside():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(4 * X) - 2


@wrong(hint="Your curve falls where it should rise: the exponent of the sigmoid is -x.")
def exponent_without_its_sign():
    def scaled_sigmoid(X):
        return 4 / (1 + torch.exp(X)) - 2


@wrong(hint="This computes in float32 whatever comes in. The result keeps the dtype of X.")
def always_in_float32():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X.float()) - 2


@wrong(
    hint="For x = 100 exp(x) is infinite in float32, and infinite over infinite is nan. torch.sigmoid knows how.",
    public=False,
    reason="such large numbers come in the hidden tests only",
)
def infinite_over_infinite():
    def scaled_sigmoid(X):
        return 4 * torch.exp(X) / (1 + torch.exp(X)) - 2


@wrong(hint="This is 2 tanh(x), whose slope at 0 is 2. With tanh it would be 2 tanh(x / 2).")
def tanh_stretched_by_two():
    def scaled_sigmoid(X):
        return 2 * torch.tanh(X)


@wrong(hint="1 is subtracted before the stretching: at 0 this gives -2. First 4 times, then minus 2.")
def one_subtracted_before_stretching():
    def scaled_sigmoid(X):
        return 4 * (torch.sigmoid(X) - 1)
