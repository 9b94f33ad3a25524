import torch

from autograder.authoring.marks import right


@right
def norm_squared():
    def l2_penalty(w):
        return torch.linalg.vector_norm(w) ** 2 / 2


@right
def product_with_itself():
    def l2_penalty(w):
        flat = w.reshape(-1)
        return 0.5 * flat.dot(flat)


@right
def textbook_pow():
    def l2_penalty(w):
        return torch.sum(w.pow(2)) / 2
