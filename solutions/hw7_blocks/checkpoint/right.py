import torch

from autograder.authoring.marks import right


@right
def trial_on_a_copy():
    import copy

    def save_parameters(net, path):
        state = {name: value.cpu() for name, value in net.state_dict().items()}
        torch.save(state, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        copy.deepcopy(net).load_state_dict(state, strict=True)
        net.load_state_dict(state, strict=True)
        return net


@right
def way_back():
    def save_parameters(net, path):
        with open(path, "wb") as file:
            torch.save(net.state_dict(), file)

    def load_parameters(net, path):
        backup = {name: value.clone() for name, value in net.state_dict().items()}
        with open(path, "rb") as file:
            state = torch.load(file, weights_only=True)
        try:
            net.load_state_dict(state)
        except Exception:
            net.load_state_dict(backup)
            raise


@right
def check_then_copy():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        new, own = torch.load(path), net.state_dict()
        assert new.keys() == own.keys(), "other names"
        for name in own:
            assert new[name].size() == own[name].size(), "other shapes"
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(new[name])


@right
def copied_entry_by_entry():
    def save_parameters(net, path):
        with open(path, "wb") as file:
            torch.save({name: value.detach().clone() for name, value in net.state_dict().items()}, file)

    @torch.no_grad()
    def load_parameters(net, path):
        theirs, mine = torch.load(path), net.state_dict()
        assert list(theirs) == list(mine), "other names"
        assert all(theirs[name].shape == mine[name].shape for name in mine), "other shapes"
        for name, value in mine.items():
            value.copy_(theirs[name])
