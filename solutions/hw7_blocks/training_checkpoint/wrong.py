import torch

from autograder.authoring.marks import wrong


@wrong(hint="The optimizer's memory is not saved, so momentum and Adam begin anew. Its state_dict belongs in the file, too.")
def optimizer_left_out():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        if len(optimizer.param_groups[0]["params"]) != len(list(net.parameters())):
            raise ValueError("another optimizer")
        net.load_state_dict(saved["net"])
        return saved["epoch"]


@wrong(hint="The optimizer that was handed to you stays as it was: what it remembers is to be loaded into it, too.")
def optimizer_not_loaded():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        net.load_state_dict(saved["net"])
        return saved["epoch"]


@wrong(hint="The network's own numbers are not loaded: its state_dict belongs in the file, and back into net.")
def network_left_out():
    def save_training(net, optimizer, epoch, path):
        torch.save({"optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="The epoch that comes back is one further than the one that was saved. Return that very number; the loop adds one.")
def one_epoch_further():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"])
        return saved["epoch"] + 1


@wrong(hint="Nothing is returned, so the loop cannot know where to go on. Return the epoch that was saved.")
def no_epoch_returned():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"])


@wrong(hint="The epoch comes back as a tensor. Return an int: `int(…)` or `.item()` makes one of it.")
def epoch_as_a_tensor():
    import copy

    def save_training(net, optimizer, epoch, path):
        torch.save([net.state_dict(), optimizer.state_dict(), torch.tensor(epoch), epoch], path)

    def resume_training(net, optimizer, path):
        parameters, state, epoch, _ = torch.load(path, weights_only=True)
        copy.deepcopy(net).load_state_dict(parameters)
        optimizer.load_state_dict(state)
        net.load_state_dict(parameters)
        return epoch


@wrong(hint="The network is loaded before it is known whether the optimizer fits: after an error, one is new and the other is old.")
def network_first():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="`net.load_state_dict` raises the error only after everything that fits was copied. Compare names and shapes first.")
def half_loaded():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        groups = [len(group["params"]) for group in optimizer.param_groups]
        if [len(group["params"]) for group in saved["optimizer"]["param_groups"]] != groups:
            raise ValueError("another optimizer")
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="The optimizer is loaded before it is known whether the network fits: after an error, one is new and the other is old.",
    public=False,
    reason="What the optimizer holds afterwards is asked beside the student's code, which takes the judge.",
)
def optimizer_before_the_network_is_known_to_fit():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        optimizer.load_state_dict(saved["optimizer"])
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        net.load_state_dict(saved["net"])
        return saved["epoch"]


@wrong(hint="Whole objects are pickled. The file should hold two state_dicts and a number, so that it loads with weights_only=True.",
    public=False,
    reason="Only the judge reads the file that was written.",
)
def objects_pickled():
    import copy

    def save_training(net, optimizer, epoch, path):
        torch.save((net, optimizer, epoch), path)

    def resume_training(net, optimizer, path):
        old_net, old_optimizer, epoch = torch.load(path, weights_only=False)
        copy.deepcopy(net).load_state_dict(old_net.state_dict())
        optimizer.load_state_dict(old_optimizer.state_dict())
        net.load_state_dict(old_net.state_dict())
        return epoch


@wrong(hint="There are two files. One should hold everything, at the path that was given: two can be of different epochs.",
    public=False,
    reason="Only the judge looks which files were written.",
)
def two_files():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "epoch": epoch}, path)
        torch.save(optimizer.state_dict(), str(path) + ".optimizer")

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        optimizer.load_state_dict(torch.load(str(path) + ".optimizer", weights_only=True))
        net.load_state_dict(saved["net"])
        return saved["epoch"]


@wrong(hint="The names net and optimizer now mean other objects, and the ones that were passed in are unchanged. Load in place.")
def loads_into_copies():
    import copy

    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        net, optimizer = copy.deepcopy((net, optimizer))
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="The error is caught and forgotten. A file that does not fit should raise one.")
def error_swallowed():
    import copy

    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        try:
            trial = copy.deepcopy((net, optimizer))
            trial[0].load_state_dict(saved["net"])
            trial[1].load_state_dict(saved["optimizer"])
        except (RuntimeError, ValueError):
            return 0
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="The network's own numbers are not loaded: its state_dict belongs in the file, and back into net.")
def network_not_loaded():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        optimizer.load_state_dict(saved["optimizer"])
        return saved["epoch"]


@wrong(hint="More than the epoch comes back. Network and optimizer are loaded in place: return the epoch alone.")
def everything_returned():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        needed = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in saved["net"].items()} != needed:
            raise ValueError("another architecture")
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"])
        return net, optimizer, saved["epoch"]


@wrong(hint="The epoch that comes back is one less than the one that was saved. Save the very number that you were given.")
def one_epoch_back():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch - 1}, path)

    def resume_training(net, optimizer, path):
        import copy

        saved = torch.load(path, weights_only=True)
        copy.deepcopy(net).load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"])
        return saved["epoch"]


@wrong(hint="strict=False passes over entries that are missing or too many. A file that does not fit should be an error.")
def not_strict():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"], strict=False)
        return saved["epoch"]


@wrong(hint="`net.load_state_dict` raises the error only after everything that fits was copied. Compare names and shapes first.")
def optimizer_then_half_of_the_network():
    def save_training(net, optimizer, epoch, path):
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)

    def resume_training(net, optimizer, path):
        saved = torch.load(path, weights_only=True)
        optimizer.load_state_dict(saved["optimizer"])
        net.load_state_dict(saved["net"])
        return saved["epoch"]
