import torch
from torch import nn

from autograder.authoring.marks import right


@right
def textbook_loss_function():
    def log_rmse(net, features, labels):
        clipped_preds = torch.clamp(net(features), 1, float("inf"))
        labels = labels.reshape(clipped_preds.shape)
        rmse = torch.sqrt(nn.MSELoss()(torch.log(clipped_preds), torch.log(labels)))
        return rmse.item()


@right
def ratio_of_prices():
    def log_rmse(net, features, labels):
        predictions = torch.maximum(net(features).detach().flatten(), torch.tensor(1.0))
        return float(torch.log(predictions / labels.flatten()).pow(2).mean() ** 0.5)


@right
def one_house_at_a_time():
    def log_rmse(net, features, labels):
        import math

        predictions = net(features).view(-1).tolist()
        prices = labels.reshape(-1).tolist()
        total = 0.0
        for y_hat, y in zip(predictions, prices):
            total += (math.log(max(y_hat, 1)) - math.log(y)) ** 2
        return math.sqrt(total / len(prices))
