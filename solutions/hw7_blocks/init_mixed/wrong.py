from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="net[0] is the first module, not the first Linear layer. Look for Linear layers at any place.")
def fixed_places():
    def init_mixed(net):
        nn.init.xavier_uniform_(net[0].weight)
        nn.init.constant_(net[2].weight, 42)
        nn.init.zeros_(net[0].bias)
        nn.init.zeros_(net[2].bias)


@wrong(hint="Only children at the top level are looked at. Linear layers inside nested blocks count, too.")
def top_level_only():
    def init_mixed(net):
        layers = [m for m in net.children() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The first layer is drawn from Xavier's normal law. The question asks for the uniform one.")
def xavier_normal():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_normal_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The first weight is uniform with the bound 1 / sqrt(n_in). Xavier's bound uses inputs and outputs.")
def bound_from_inputs_only():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        a = (1 / layers[0].in_features) ** 0.5
        nn.init.uniform_(layers[0].weight, -a, a)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The bound of the uniform law is taken from the standard deviation: sqrt(2 / ...) and not sqrt(6 / ...).")
def std_as_bound():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        a = (2 / (layers[0].in_features + layers[0].out_features)) ** 0.5
        nn.init.uniform_(layers[0].weight, -a, a)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The biases keep their old values. The biases of all Linear layers become 0.")
def biases_forgotten():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)


@wrong(hint="Only the first and the last bias become 0. The layers in between have biases, too.")
def biases_of_the_ends_only():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        nn.init.zeros_(layers[0].bias)
        nn.init.zeros_(layers[-1].bias)


@wrong(hint="Every layer but the last gets Xavier's start. Weights in between should keep their values.")
def xavier_for_the_middle_too():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(layers[-1].weight, 42)


@wrong(hint="Every layer but the first becomes 42. Only the last one should.")
def constant_for_the_middle_too():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.constant_(layer.weight, 42)
            nn.init.zeros_(layer.bias)
        nn.init.xavier_uniform_(layers[0].weight)


@wrong(hint="First and last layer are exchanged: the first gets Xavier's start, the last one 42.")
def ends_exchanged():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[-1].weight)
        nn.init.constant_(layers[0].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The biases of the last layer become 42 as well. Biases are 0 everywhere.")
def bias_42():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.zeros_(layer.bias)
        nn.init.xavier_uniform_(layers[0].weight)
        for p in layers[-1].parameters():
            nn.init.constant_(p, 42)


@wrong(hint="A copy of the network is initialised. The question asks to do it in place.")
def initialises_a_copy():
    def init_mixed(net):
        import copy

        net = copy.deepcopy(net)
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)
        return net


@wrong(hint="The layers are sorted by name. First and last follow the order of net.modules().")
def order_of_the_alphabet():
    def init_mixed(net):
        layers = [m for _, m in sorted(net.named_modules()) if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="Biases of other modules, such as a LayerNorm, become 0 as well. Only those of Linear layers do.")
def every_bias():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for name, p in net.named_parameters():
            if "bias" in name:
                nn.init.zeros_(p)


@wrong(hint="The first weight is uniform between 0 and 1. Xavier's law is uniform between -a and a.")
def uniform_between_zero_and_one():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@wrong(hint="The last layer keeps its weights. They become 42 everywhere.")
def last_layer_forgotten():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        for layer in layers:
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


@wrong(hint="This is Kaiming's start, from the inputs alone. Xavier's looks at inputs and outputs.")
def kaiming_uniform():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.kaiming_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


@wrong(
    hint="No first weight is negative: the interval begins at 0. It goes from -a to a.",
    public=False,
    reason="the law as a whole is left to the hidden tests: it takes statistics",
)
def half_of_the_interval():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        a = (6 / sum(layers[0].weight.shape)) ** 0.5
        nn.init.uniform_(layers[0].weight, 0, a)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


@wrong(hint="The second Linear layer becomes 42. It is the last one that should, wherever it stands.")
def second_for_last():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[1].weight, 42)
        for layer in layers:
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
