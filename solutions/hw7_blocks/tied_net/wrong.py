from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="There are two 8 to 8 layers, different or equal at first, each trained on its own. Use one object twice.")
def two_layers():
    def tied_net():
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1)
        )


@wrong(hint="There are two 8 to 8 layers, different or equal at first, each trained on its own. Use one object twice.")
def equal_copies():
    def tied_net():
        import copy

        shared = nn.Linear(8, 8)
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), copy.deepcopy(shared), nn.ReLU(), nn.Linear(8, 1)
        )


@wrong(hint="There are two 8 to 8 layers, different or equal at first, each trained on its own. Use one object twice.")
def loaded_copies():
    def tied_net():
        one, two = nn.Linear(8, 8), nn.Linear(8, 8)
        two.load_state_dict(one.state_dict())
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), one, nn.ReLU(), two, nn.ReLU(), nn.Linear(8, 1))


@wrong(hint="Only the weight is shared; each place has a bias of its own. Use the same layer object twice.")
def weight_only():
    def tied_net():
        one, two = nn.Linear(8, 8), nn.Linear(8, 8)
        two.weight = one.weight
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), one, nn.ReLU(), two, nn.ReLU(), nn.Linear(8, 1))


@wrong(hint="The shared layer is used once only. It should stand at two places.")
def shared_once():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1))


@wrong(hint="There is no ReLU between the two uses of the shared layer.")
def no_relu_between():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, shared, nn.ReLU(), nn.Linear(8, 1))


@wrong(hint="The shared layer is made outside the function, so all networks share it. Make it inside.")
def shared_by_all_networks():
    the_shared = nn.Linear(8, 8)

    def tied_net():
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), the_shared, nn.ReLU(), the_shared, nn.ReLU(), nn.Linear(8, 1)
        )


@wrong(hint="There is a ReLU after the last layer. The network ends with Linear 8 to 1.")
def relu_last():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1), nn.ReLU()
        )


@wrong(
    hint="The second place uses the numbers without their history, so it adds nothing to the gradient.",
    public=False,
    reason="That the gradients of both places add up is left to think of.",
)
def second_place_detached():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.shared, self.last = nn.Linear(4, 8), nn.Linear(8, 8), nn.Linear(8, 1)

        def forward(self, X):
            H = F.relu(self.shared(F.relu(self.first(X))))
            H = F.linear(H, self.shared.weight.detach(), self.shared.bias.detach())
            return self.last(F.relu(H))

    def tied_net():
        return Tied()


@wrong(hint="Only the weight is shared; each place has a bias of its own. Use the same layer object twice.")
def weight_tied_afterwards():
    def tied_net():
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))
        net[4].weight = net[2].weight
        return net


@wrong(hint="The shared layer stands at three places. There are two.")
def three_places():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.ReLU(), shared, nn.Linear(8, 1))


@wrong(hint="The shared layer stands at three places. There are two.")
def three_places_with_relu():
    def tied_net():
        shared = nn.Linear(8, 8)
        middle = [shared, nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU()]
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), *middle, nn.Linear(8, 1))
