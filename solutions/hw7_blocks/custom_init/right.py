import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def data_and_type():
    def custom_init(m):
        if type(m) == nn.Linear:  # noqa: E721
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@right
def where_and_signs():
    def custom_init(m):
        if not isinstance(m, nn.Linear):
            return
        shape, dtype = m.weight.shape, m.weight.dtype
        u = torch.rand(shape)
        size = 5 + 5 * torch.rand(shape, dtype=dtype)
        w = torch.where(u < 0.25, size, torch.where(u < 0.5, -size, torch.zeros_like(size)))
        m.weight.data = w


@right
def masks_and_draws():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            with torch.no_grad():
                case = torch.multinomial(torch.tensor([0.25, 0.5, 0.25]), m.weight.numel(), replacement=True)
                sign = (case - 1).reshape(m.weight.shape).to(m.weight.dtype)
                m.weight.copy_(sign * torch.empty_like(m.weight).uniform_(5, 10))


@right
def threshold():
    def custom_init(m):
        if m.__class__.__name__ == "Linear":
            w = nn.init.uniform_(torch.empty_like(m.weight), -10, 10)
            m.weight.data[...] = F.hardshrink(w.detach(), 5.0)


@right
def one_entry_at_a_time():
    import random

    def draw():
        case = random.random()
        if case < 0.25:
            return random.uniform(5, 10)
        return 0.0 if case < 0.75 else random.uniform(-10, -5)

    def custom_init(m):
        if isinstance(m, nn.Linear):
            rows, columns = m.weight.shape
            m.weight.data.copy_(torch.tensor([[draw() for _ in range(columns)] for _ in range(rows)]))
