import torch

from autograder.authoring.marks import right


@right
def a_list_and_a_trial_on_copies():
    import copy

    def save_training(net, optimizer, epoch, path):
        with open(path, "wb") as file:
            torch.save([epoch, net.state_dict(), optimizer.state_dict()], file)

    def resume_training(net, optimizer, path):
        epoch, parameters, state = torch.load(path)
        twin, rehearsal = copy.deepcopy((net, optimizer))
        twin.load_state_dict(parameters)
        rehearsal.load_state_dict(state)
        net.load_state_dict(parameters)
        optimizer.load_state_dict(state)
        return epoch


@right
def a_way_back():
    import copy

    def save_training(net, optimizer, epoch, path):
        torch.save({"epoch": torch.tensor(epoch), "m": net.state_dict(), "o": optimizer.state_dict(), "n": epoch}, path)

    def resume_training(net, optimizer, path):
        checkpoint = torch.load(path, weights_only=True)
        before = copy.deepcopy((net.state_dict(), optimizer.state_dict()))
        try:
            net.load_state_dict(checkpoint["m"], strict=True)
            optimizer.load_state_dict(checkpoint["o"])
        except Exception:
            net.load_state_dict(before[0])
            optimizer.load_state_dict(before[1])
            raise
        return int(checkpoint["epoch"])


@right
def compared_first():
    def save_training(net, optimizer, epoch, path):
        state = {f"net.{name}": value.detach().clone() for name, value in net.state_dict().items()}
        torch.save((state, optimizer.state_dict(), epoch), path)

    def resume_training(net, optimizer, path):
        state, memory, epoch = torch.load(path, weights_only=True)
        state = {name.removeprefix("net."): value for name, value in state.items()}
        mine = net.state_dict()
        assert list(state) == list(mine), "other names"
        assert all(state[name].size() == mine[name].size() for name in mine), "other shapes"
        here = [len(group["params"]) for group in optimizer.state_dict()["param_groups"]]
        assert [len(group["params"]) for group in memory["param_groups"]] == here, "another optimizer"
        net.load_state_dict(state)
        optimizer.load_state_dict(memory)
        return epoch
