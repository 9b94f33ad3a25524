import torch

from autograder.authoring.marks import right


@right
def scaled_randn():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w.reshape(-1, 1) + b
        return X, y + noise_std * torch.randn_like(y)


@right
def distributions():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        normal = torch.distributions.Normal(0.0, 1.0)
        X = normal.sample((num_examples, w.numel()))
        noise = torch.distributions.Normal(0.0, noise_std).sample((num_examples,))
        y = (X * w).sum(dim=1) + b + noise
        return X, y[:, None]


@right
def numpy_draws():
    import numpy as np

    def synthetic_data(w, b, num_examples, noise_std=0.01):
        generator = np.random.default_rng()
        X = generator.standard_normal((num_examples, len(w)))
        y = X @ w.numpy() + b + generator.normal(scale=noise_std, size=num_examples)
        return torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.float32).view(-1, 1)


@right
def one_label_at_a_time():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.empty(num_examples, len(w)).normal_()
        y = torch.empty(num_examples, 1)
        for i in range(num_examples):
            y[i] = torch.dot(X[i], w) + b
        return X, y.add_(torch.empty_like(y).normal_(0, noise_std))
