import torch

from autograder.authoring.marks import right


@right
def differences_of_the_inputs():
    def xor_params():
        W1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
        return [W1, torch.zeros(2), torch.full((2, 1), 4.0), torch.tensor([-2.0])]


@right
def trained():
    def xor_params():
        X = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
        y = torch.tensor([[-1.0], [1], [1], [-1]])
        while True:
            params = init_mlp_params(2, 8, 1, sigma=1.0)
            optimizer = torch.optim.SGD(params, lr=0.05)
            for _ in range(400):
                optimizer.zero_grad()
                ((mlp_forward(X, params) - y) ** 2).sum().backward()
                optimizer.step()
            if (mlp_forward(X, params) * y).min() > 0.5:
                return params


@right
def three_units_in_float64():
    def xor_params():
        W1 = torch.tensor([[2.0, 2.0, 0.0], [2.0, 2.0, 0.0]], dtype=torch.float64)
        b1 = torch.tensor([0.0, -2.0, 1.0], dtype=torch.float64)
        W2 = torch.tensor([[3.0], [-6.0], [-1.0]], dtype=torch.float64)
        return W1, b1, W2, torch.tensor([-1.5], dtype=torch.float64)


@right
def detectors_of_two_corners():
    def xor_params():
        W1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]).requires_grad_()
        b1 = torch.tensor([-0.5, -0.5]).requires_grad_()
        return [W1, b1, torch.tensor([[2.0], [2.0]]), torch.tensor([-0.4])]
