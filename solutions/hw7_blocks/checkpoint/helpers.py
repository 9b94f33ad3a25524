def three_blocks(n, *more, norm=(2, 3)):
    """Return a network with two linear layers, the first with n outputs, and a norm before each."""
    from torch import nn

    return nn.Sequential(nn.LayerNorm(4), nn.Linear(4, n), nn.LayerNorm(norm), nn.Linear(n, 3), *more)


def states_of_other_architectures():
    """Return states that do not fit `three_blocks(8)`, each for another reason."""
    from torch import nn

    def plain(*layers):
        return nn.Sequential(nn.LayerNorm(4), layers[0], nn.LayerNorm((2, 3)), *layers[1:])

    return [
        three_blocks(1).state_dict(),
        plain(nn.Linear(4, 8)).state_dict(),  # a layer is missing
        three_blocks(8, nn.Linear(3, 3)).state_dict(),
        plain(nn.Linear(4, 8), nn.Linear(8, 3, bias=False)).state_dict(),
        three_blocks(8, nn.BatchNorm1d(3, affine=False)).state_dict(),  # buffers beyond the network's
        plain(nn.Linear(8, 4), nn.Linear(3, 8)).state_dict(),  # transposed
        three_blocks(8, norm=(3, 2)).state_dict(),  # as many numbers
        three_blocks(8, norm=(1, 1)).state_dict(),
        {"layer " + name: value for name, value in three_blocks(8).state_dict().items()},
    ]
