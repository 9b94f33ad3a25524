import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="Only the first linear layer was initialised. `apply` reaches both if your function acts on every linear "
    "layer."
)
def first_layer_only():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net[1].apply(lambda layer: nn.init.normal_(layer.weight, std=0.01))
        return net


@wrong(
    hint="PyTorch's own start is still in the first layer. Call `net.apply`, with a function that acts on every linear layer."
)
def last_layer_only():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        nn.init.normal_(net[-1].weight, std=0.01)
        return net


@wrong(
    hint="PyTorch's own start is still in the first layer. Call `net.apply`, with a function that acts on every linear layer."
)
def type_compared_with_a_string():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if type(m) == "Linear":  # noqa: E721
                nn.init.normal_(m.weight, std=0.01)

        return nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        ).apply(init_weights)


@wrong(
    hint="PyTorch's own start is still in the first layer. Call `net.apply`, with a function that acts on every linear layer."
)
def not_initialised():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        return nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )


@wrong(hint="`apply` wants the function itself. With parentheses it was called at once, without a layer.")
def function_called_too_early():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights())
        return net


@wrong(
    hint="`apply` calls the function for Flatten and ReLU too, and they have no weight. Ask first whether the layer is"
    " linear.",
    raises=True,
)
def every_layer_is_taken_for_linear():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(lambda m: nn.init.normal_(m.weight, std=0.01))
        return net


@wrong(
    hint="The second argument of `nn.init.normal_` is the mean. Here the weights have mean 0.01 and standard deviation"
    " 1."
)
def standard_deviation_as_mean():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0.01)

        return nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        ).apply(init_weights)


@wrong(
    hint="The standard deviation is 0.1 here, which makes the variance 0.01. The standard deviation itself should be "
    "0.01."
)
def variance_instead_of_standard_deviation():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01**0.5)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@wrong(hint="The weights are drawn evenly from an interval. A normal distribution is asked for.")
def uniform_weights():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.uniform_(m.weight, -0.01 * 3**0.5, 0.01 * 3**0.5)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@wrong(hint="This is Xavier's start, whose spread depends on the sizes. Here the standard deviation is 0.01 for both.")
def xavier_weights():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.xavier_normal_(m.weight)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(hint="There is no activation between the linear layers, so the network is one linear layer.")
def relu_left_out():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(hint="There is a layer on top of the output. The last layer is the second linear one.")
def softmax_layer_on_top():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(num_inputs, num_hiddens),
            nn.ReLU(),
            nn.Linear(num_hiddens, num_outputs),
            nn.Softmax(dim=1),
        )
        return net.apply(init_weights)


@wrong(hint="The images are not flattened. The first layer must do that.")
def flatten_left_out():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(hint="The activation is tanh. The exercise asks for ReLU.")
def tanh_layer():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.Tanh(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(hint="The sizes 784, 256 and 10 are fixed. Take them from the arguments.")
def fixed_sizes():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
        return net.apply(init_weights)


@wrong(hint="The weights start at zero, so all hidden units stay equal for ever. Draw them at random.")
def weights_start_at_zero():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.zeros_(m.weight)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(
    hint="Every call returns the same weights (seeded inside, or a network kept from before). Each call must draw anew."
)
def seeded_network():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                torch.manual_seed(0)
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@wrong(
    hint="Every call returns the same weights (seeded inside, or a network kept from before). Each call must draw anew."
)
def one_network_for_all():
    nets = {}

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        sizes = (num_inputs, num_hiddens, num_outputs)
        if sizes not in nets:
            nets[sizes] = nn.Sequential(
                nn.Flatten(),
                nn.Linear(num_inputs, num_hiddens),
                nn.ReLU(),
                nn.Linear(num_hiddens, num_outputs),
            ).apply(init_weights)
        return nets[sizes]


@wrong(hint="The network is not returned. The last line of the function must do that.")
def network_not_returned():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(lambda m: nn.init.normal_(m.weight, std=0.01) if isinstance(m, nn.Linear) else None)


@wrong(hint="The activation is the sigmoid. The exercise asks for ReLU.")
def sigmoid_between():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        linears = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        net = nn.Sequential(nn.Flatten(), linears[0], nn.Sigmoid(), linears[1])
        return net.apply(lambda m: nn.init.normal_(m.weight, std=0.01) if isinstance(m, nn.Linear) else None)


@wrong(hint="This is Kaiming's start, whose spread depends on the inputs. Here the standard deviation is 0.01 for both.")
def kaiming_weights():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        linears = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        net = nn.Sequential(nn.Flatten(), linears[0], nn.ReLU(), linears[1])
        return net.apply(lambda m: nn.init.kaiming_normal_(m.weight) if isinstance(m, nn.Linear) else None)


@wrong(hint="The ReLU stands before the linear layers. It belongs between them.")
def relu_first():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        linears = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        net = nn.Sequential(nn.Flatten(), nn.ReLU(), *linears)
        return net.apply(lambda m: nn.init.normal_(m.weight, std=0.01) if isinstance(m, nn.Linear) else None)


@wrong(hint="There is a layer on top of the output. The last layer is the second linear one.")
def relu_on_top():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        linears = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        net = nn.Sequential(nn.Flatten(), linears[0], nn.ReLU(), linears[1], nn.ReLU())
        return net.apply(lambda m: nn.init.normal_(m.weight, std=0.01) if isinstance(m, nn.Linear) else None)
