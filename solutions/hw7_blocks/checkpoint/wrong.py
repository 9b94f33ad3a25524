import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The whole module is pickled. The file should hold its state_dict, so that it loads with weights_only=True."
)
def pickles_the_module():
    def save_parameters(net, path):
        torch.save(net, path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=False).state_dict())


@wrong(
    hint="The whole module is pickled, with the pickle module. The file should be a state_dict written by torch.save."
)
def pickles_by_hand():
    def save_parameters(net, path):
        import pickle

        with open(path, "wb") as file:
            pickle.dump(net, file)

    def load_parameters(net, path):
        import pickle

        with open(path, "rb") as file:
            other = pickle.load(file)
        net.load_state_dict(other.state_dict())


@wrong(
    hint="strict=False passes over missing and additional entries in silence. A file that does not fit should be an "
    "error."
)
def not_strict():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=True), strict=False)


@wrong(hint="The file is read and returned, but its numbers never reach net.")
def returns_but_does_not_load():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        return torch.load(path, weights_only=True)


@wrong(
    hint="The name net now means another network, but the one that was passed in is unchanged. Load into it, in place."
)
def loads_into_a_copy():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        import copy

        net = copy.deepcopy(net)
        net.load_state_dict(torch.load(path, weights_only=True))
        return net


@wrong(
    hint="After the error net is a mixture: what fits was copied, and no copy of the tensors leads back. Compare names "
    "and shapes first."
)
def half_loaded():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=True))


@wrong(
    hint="After the error net is a mixture: what fits was copied, and no copy of the tensors leads back. Compare names "
    "and shapes first."
)
def shallow_backup():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        backup = dict(net.state_dict())
        try:
            net.load_state_dict(torch.load(path, weights_only=True))
        except RuntimeError:
            net.load_state_dict(backup)
            raise


@wrong(hint="The error is caught and forgotten. A file of another architecture should raise an error.")
def error_swallowed():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in state.items()} == expected:
            net.load_state_dict(state)
        else:
            print("wrong file")


@wrong(hint="Only the names are compared. A shape that differs is found too late, when half the network is loaded.")
def names_compared_only():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        if set(state) != set(net.state_dict()):
            raise ValueError("other architecture")
        net.load_state_dict(state)


@wrong(hint="Parameters are saved, but no buffers. The file should hold the whole state_dict.")
def buffers_forgotten():
    def save_parameters(net, path):
        torch.save(dict(net.named_parameters()), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        params = dict(net.named_parameters())
        if {n: p.shape for n, p in state.items()} != {n: p.shape for n, p in params.items()}:
            raise ValueError("other architecture")
        with torch.no_grad():
            for name, p in params.items():
                p.copy_(state[name])


@wrong(
    hint="The file holds a list without names. It should hold the state_dict.",
)
def list_of_tensors():
    def save_parameters(net, path):
        torch.save([p.detach() for p in net.parameters()], path)

    def load_parameters(net, path):
        saved = torch.load(path, weights_only=True)
        params = list(net.parameters())
        if [p.shape for p in params] != [q.shape for q in saved]:
            raise ValueError("other architecture")
        with torch.no_grad():
            for p, q in zip(params, saved):
                p.copy_(q)


@wrong(
    hint="Something is wrapped around the state_dict. The file should hold the state_dict and nothing else.",
    public=False,
    reason="Only the judge reads the file that was written.",
)
def wrapped():
    def save_parameters(net, path):
        torch.save({"model": net.state_dict(), "epoch": 0}, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)["model"]
        if {n: v.shape for n, v in state.items()} != {n: v.shape for n, v in net.state_dict().items()}:
            raise ValueError("other architecture")
        net.load_state_dict(state)


@wrong(
    hint="copy_ stretches smaller tensors by broadcasting, so a file with other shapes loads without an error. Compare"
    " shapes."
)
def broadcasts_other_shapes():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        own = net.state_dict()
        if set(state) != set(own):
            raise ValueError("other architecture")
        for name in own:
            own[name].copy_(state[name])


@wrong(hint="Two tensors of different shape can have equally many numbers. Compare the shapes.")
def counts_compared_only():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.numel() for name, value in net.state_dict().items()}
        if {name: value.numel() for name, value in state.items()} != expected:
            raise ValueError("another architecture")
        net.load_state_dict(state)


@wrong(hint="Everything is turned into float32 on the way to the file. The file should hold the state_dict as it is.")
def rounded_to_float32():
    def save_parameters(net, path):
        torch.save({name: value.float() for name, value in net.state_dict().items()}, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in state.items()} != expected:
            raise ValueError("another architecture")
        net.load_state_dict(state)


@wrong(
    hint="The file has a name of its own, whatever path says. Write to path, and read from it.",
    public=False,
    reason="Only the judge looks which file was written.",
)
def path_ignored():
    def save_parameters(net, path):
        torch.save(net.state_dict(), "net.params")

    def load_parameters(net, path):
        import copy

        saved = torch.load("net.params", weights_only=True)
        copy.deepcopy(net).load_state_dict(saved)
        net.load_state_dict(saved)


@wrong(
    hint="Entries of the file that net does not have are passed over. One too many is an error, too: compare the names.",
)
def additional_entries_pass():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        saved = torch.load(path, weights_only=True)
        mine = net.state_dict()
        for name, value in mine.items():
            if name not in saved or saved[name].shape != value.shape:
                raise ValueError(name)
        for name, value in mine.items():
            value.copy_(saved[name])


@wrong(hint="The numbers of elements are compared, not the shapes: (2, 3) and (3, 2) have equally many.")
def reshaped_to_fit():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        new, old = torch.load(path, weights_only=True), net.state_dict()
        if sorted(new) != sorted(old) or any(new[k].numel() != old[k].numel() for k in old):
            raise ValueError("the file does not fit")
        for name, value in old.items():
            value.copy_(new[name].reshape(value.shape))
