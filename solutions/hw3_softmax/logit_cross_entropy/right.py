import torch
import torch.nn.functional as F

from autograder.authoring.marks import right


@right
def built_in():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(logits, y, reduction="none")


@right
def logsumexp():
    def logit_cross_entropy(logits, y):
        return torch.logsumexp(logits, 1) - logits.gather(1, y.unsqueeze(-1)).squeeze(-1)


@right
def log_softmax():
    def logit_cross_entropy(logits, y):
        return -F.log_softmax(logits, dim=1)[range(len(y)), y]


@right
def distances_to_the_label():
    def logit_cross_entropy(logits, y):
        distances = logits - logits[torch.arange(len(y)), y][:, None]
        top = distances.amax(dim=1)
        return top + (distances - top[:, None]).exp().sum(dim=1).log()


@right
def shifted_logits():
    def logit_cross_entropy(logits, y):
        shifted = logits - logits.detach().max(1, keepdim=True)[0]
        log_probabilities = shifted - shifted.exp().sum(1, keepdim=True).log()
        return -(log_probabilities * F.one_hot(y, logits.shape[1])).sum(1)


@right
def folded_with_logaddexp():
    from functools import reduce

    def logit_cross_entropy(logits, y):
        of_the_label = (logits * F.one_hot(y, logits.shape[1])).sum(dim=1)
        return reduce(torch.logaddexp, logits.unbind(dim=1)) - of_the_label
