import torch

from autograder.authoring.marks import wrong


@wrong(hint="Every label lies exactly on the plane. Add the noise: it is part of the data.")
def noise_missing():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        return X, y.reshape((-1, 1))


@wrong(hint="The noise has standard deviation 1 here. Scale it, so that its standard deviation is noise_std.")
def noise_of_std_one():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@wrong(hint="y has shape (n,) here. It should be a column, of shape (n, 1).")
def labels_without_a_column():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        y += torch.normal(0, noise_std, y.shape)
        return X, y


@wrong(hint="The noise is 0.01, whatever noise_std says. Use the argument.")
def noise_std_ignored():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        y += torch.normal(0, 0.01, y.shape)
        return X, y.reshape(-1, 1)


@wrong(hint="noise_std was squared or rooted. It is the standard deviation already, not the variance.")
def noise_std_taken_as_variance():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        noise = torch.randn(num_examples) * noise_std**0.5
        return X, (X @ w + b + noise).unsqueeze(1)


@wrong(hint="noise_std was squared or rooted. It is the standard deviation already, not the variance.")
def noise_std_squared():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b
        y = y + noise_std**2 * torch.randn_like(y)
        return X, y.view(-1, 1)


@wrong(hint="The features lie between 0 and 1: they come from a uniform distribution. Draw them from N(0, 1).")
def uniform_features():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.rand(num_examples, len(w))
        y = X @ w + b + torch.normal(0.0, noise_std, (num_examples,))
        return X, y.reshape(-1, 1)


@wrong(hint="The bias is missing from the labels.")
def bias_forgotten():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = torch.mv(X, w) + noise_std * torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@wrong(hint="All labels are shifted by the same number. Draw the noise once for each example.")
def one_noise_for_all():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.randn(1)
        return X, y.reshape(-1, 1)


@wrong(
    hint="The noise comes from a uniform distribution, so its mean or its shape is wrong. Draw it from N(0, "
    "noise_std**2)."
)
def uniform_noise():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.rand(num_examples)
        return X, y.reshape(-1, 1)


@wrong(hint="A fixed seed inside the function makes every data set the same. Remove it.")
def seed_inside():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        torch.manual_seed(42)
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@wrong(hint="The noise was added to the features, so the weights scale it. Add it to the label.")
def noise_on_the_features():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X + torch.normal(0, noise_std, X.shape), w) + b
        return X, y.reshape(-1, 1)


@wrong(hint="y has n times n entries: (n,) plus a noise of shape (n, 1) broadcasts. Give both one shape.")
def noise_broadcast_to_a_square():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        return X, torch.matmul(X, w) + b + torch.normal(0, noise_std, (num_examples, 1))
