import torch
import torch.nn.functional as F

from autograder.authoring.marks import right


@right
def reshaped_by_the_weights():
    def softmax_regression(X, W, b):
        return X.reshape(-1, W.shape[0]) @ W + b


@right
def linear_layer_with_turned_weights():
    def softmax_regression(X, W, b):
        return F.linear(X.flatten(start_dim=1), W.T, b)


@right
def einsum():
    def softmax_regression(X, W, b):
        return torch.einsum("nd,dq->nq", X.reshape(X.shape[0], -1), W).add(b)


@right
def example_by_example():
    def softmax_regression(X, W, b):
        return torch.stack([(x.reshape(-1, 1) * W).sum(0) + b for x in X])
