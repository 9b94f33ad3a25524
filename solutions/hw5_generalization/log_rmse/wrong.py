import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="A network may predict something below 1, and its logarithm is nan or hugely negative. Clamp the predictions "
    "first."
)
def no_clamp():
    def log_rmse(net, features, labels):
        predictions = net(features).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt().item()


@wrong(hint="The predictions are clamped at 0 or close to it. They count as at least 1.")
def clamped_near_zero():
    def log_rmse(net, features, labels):
        predictions = net(features).reshape(-1).clamp(min=1e-6)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt().item()


@wrong(
    hint="You average the roots of the squares, which is the mean absolute error. Average the squares, then take the "
    "root once."
)
def mean_of_the_roots():
    def log_rmse(net, features, labels):
        predictions = torch.clamp(net(features), 1, float("inf")).reshape(-1)
        return torch.sqrt((predictions.log() - labels.reshape(-1).log()) ** 2).mean().item()


@wrong(
    hint="A column of predictions minus a row of labels makes a square table of all pairs. Bring both to one shape "
    "first."
)
def all_pairs():
    def log_rmse(net, features, labels):
        predictions = torch.clamp(net(features), 1, float("inf"))
        return torch.sqrt(((torch.log(predictions) - torch.log(labels)) ** 2).mean()).item()


@wrong(
    hint="The predictions are flattened, the labels are not: a column of labels against them makes all pairs. Bring "
    "both to one shape."
)
def only_the_predictions_flattened():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.log()).square().mean().sqrt().item()


@wrong(hint="You compare the prices themselves. Compare their logarithms.")
def no_logarithm():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions - labels.reshape(-1)).square().mean().sqrt().item()


@wrong(hint="The root is missing at the end.")
def no_root():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().item()


@wrong(hint="You add the squares up. Average them.")
def sum_of_squares():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().sum().sqrt().item()


@wrong(hint="You return a tensor, perhaps with its graph. The result is a Python float.")
def a_tensor_returned():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt()


@wrong(hint="This is the logarithm of the error. Take the logarithms of the prices first.")
def logarithm_of_the_error():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return torch.log((predictions - labels.reshape(-1)).square().mean().sqrt()).item()


@wrong(hint="You take logarithms of the prices plus 1. Take those of the prices themselves.")
def log_of_one_plus():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log1p() - labels.reshape(-1).log1p()).square().mean().sqrt().item()


@wrong(hint="The labels are clamped as well. Only the predictions are; a label stays what it is.")
def labels_clamped_too():
    def log_rmse(net, features, labels):
        with torch.no_grad():
            logs = [prices.reshape(-1).clamp(min=1).log() for prices in (net(features), labels)]
            return (logs[0] - logs[1]).pow(2).mean().sqrt().item()


@wrong(hint="You take logarithms of the prices plus 1. Take those of the prices themselves.")
def log_of_one_plus_unclamped():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=0).reshape(-1)
        return (predictions.log1p() - labels.reshape(-1).log1p()).square().mean().sqrt().item()


@wrong(hint="`clamp(max=1)` makes every price at most 1. It is the other way round: predictions below 1 count as 1, `min=1`.")
def clamped_from_above():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(max=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().sqrt().item()


@wrong(hint="You clamp the logarithm. The prediction is clamped before its logarithm is taken.")
def logarithm_clamped():
    def log_rmse(net, features, labels):
        logs = net(features).log().clamp(min=1).reshape(-1)
        return (logs - labels.reshape(-1).log()).square().mean().sqrt().item()


@wrong(hint="These are logarithms to another base. `log` is the natural one: torch.log.")
def logarithm_to_base_10():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log10() - labels.reshape(-1).log10()).square().mean().sqrt().item()


@wrong(hint="There is a factor one half under the root. This error has none: it is the root of the mean square.")
def halved_under_the_root():
    def log_rmse(net, features, labels):
        predictions = net(features).clamp(min=1).reshape(-1)
        return (predictions.log() - labels.reshape(-1).log()).square().mean().div(2).sqrt().item()
