import copy

import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader

from autograder.authoring.marks import right


@right
def max_of_softmax():
    def predict(net, X):
        training = net.training
        net.eval()
        with torch.inference_mode():
            _, labels = torch.max(F.softmax(net(X), dim=-1), dim=-1)
        if training:
            net.train()
        return labels


@right
def try_and_finally():
    def predict(net, X):
        modes = {m: m.training for m in net.modules()}
        try:
            with torch.no_grad():
                return net.eval()(X).sort(dim=1, descending=True)[1][:, 0]
        finally:
            for m, mode in modes.items():
                m.training = mode


@right
def example_by_example():
    def predict(net, X):
        mode = net.training
        net.train(False)
        with torch.no_grad():
            labels = torch.tensor([int(net(X[i : i + 1]).argmax()) for i in range(len(X))])
        net.train(mode)
        return labels


@right
def through_a_loader():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            parts = [net(part).argmax(dim=1) for part in DataLoader(X, batch_size=16)]
        net.train(mode)
        return torch.cat(parts)


@right
def asked_of_a_copy():
    def predict(net, X):
        twin = copy.deepcopy(net)
        twin.eval()
        with torch.no_grad():
            return twin(X).argmax(1, keepdim=True).squeeze(1)


@right
def sorted_scores():
    def predict(net, X):
        modes = [m.training for m in net.modules()]
        net.eval()
        with torch.no_grad():
            s = net(X).sort(dim=1, descending=True)[1][:, 0].to(torch.int32)
        for m, t in zip(net.modules(), modes):
            m.training = t
        return s
