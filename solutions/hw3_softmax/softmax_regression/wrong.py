import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(hint="There is a softmax on top. The model ends with its logits: the loss does the rest.")
def softmax_on_top():
    def softmax_regression(X, W, b):
        return softmax(X.reshape(len(X), -1) @ W + b)


@wrong(hint="There is a log_softmax on top. The model ends with its logits: the loss does the rest.")
def log_softmax_on_top():
    def softmax_regression(X, W, b):
        return F.log_softmax(X.flatten(1) @ W + b, dim=1)


@wrong(hint="The examples of the batch were laid out in one row. Flatten each of them on its own.")
def flattens_the_batch_too():
    def softmax_regression(X, W, b):
        return X.flatten() @ W + b


@wrong(hint="The pictures were not flattened. Their axes after the first must become one.")
def pictures_not_flattened():
    def softmax_regression(X, W, b):
        return X @ W + b


@wrong(hint="The bias is missing.")
def no_bias():
    def softmax_regression(X, W, b):
        return FlattenLayer()(X) @ W


@wrong(hint="The pixels were counted from the back: pixels and examples trade places before the product.")
def pixels_of_several_pictures_in_a_row():
    def softmax_regression(X, W, b):
        return X.reshape(W.shape[0], -1).T @ W + b


@wrong(hint="The negative logits became 0. A score may well be negative: the model is linear up to its end.")
def relu_on_top():
    def softmax_regression(X, W, b):
        return F.relu(torch.flatten(X, 1) @ W + b)


@wrong(hint="view needs pictures that lie in order in memory. Turned ones do not; there is a sister of it that copies.")
def view_of_the_pictures():
    def softmax_regression(X, W, b):
        return torch.addmm(b, X.view(X.size(0), -1), W)


@wrong(hint="The graph is cut: no gradient reaches W and b. Leave .data, .detach() and no_grad out of this function.")
def detached():
    def softmax_regression(X, W, b):
        with torch.no_grad():
            return X.reshape(X.shape[0], -1) @ W + b


@wrong(hint="float64 went in and float32 came out. Keep the dtype of the arguments.")
def always_float32():
    def softmax_regression(X, W, b):
        return X.reshape(len(X), -1).float() @ W.float() + b.float()


@wrong(hint="squeeze removes every axis of length 1, and of a single picture the batch axis as well.")
def single_picture_squeezed():
    def softmax_regression(X, W, b):
        X = X.squeeze()
        return X.reshape(len(X), -1) @ W + b


@wrong(hint="The bias is subtracted. It is added.")
def minus_the_bias():
    def softmax_regression(X, W, b):
        return X.flatten(1) @ W - b


@wrong(hint="These are the classes with the largest logits. Return the logits themselves.")
def classes_in_place_of_logits():
    def softmax_regression(X, W, b):
        return (X.flatten(1) @ W + b).argmax(dim=1)


@wrong(hint="There is a sigmoid on top. The model ends with its logits: the loss does the rest.")
def sigmoid_on_top():
    def softmax_regression(X, W, b):
        return torch.sigmoid(X.flatten(1) @ W + b)
