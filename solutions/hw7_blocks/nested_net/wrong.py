from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="One and the same block stands at four places. Make a new one for each: call block1() four times.")
def one_block_four_times():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net, block = nn.Sequential(), block1()
        for i in range(4):
            net.add_module(f"block {i}", block)
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="One and the same block stands at four places. Make a new one for each: call block1() four times.")
def list_times_four():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        from collections import OrderedDict

        return nn.Sequential(OrderedDict((f"block {i}", b) for i, b in enumerate([block1()] * 4)))

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="All networks share one set of blocks, made outside the functions. Each call should make new ones.")
def blocks_made_outside():
    the_blocks = [nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU()) for _ in range(4)]

    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", the_blocks[i])
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint='The four blocks have no names of their own, only "0" to "3". Use add_module.')
def default_names():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        return nn.Sequential(*[block1() for _ in range(4)])

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint='The names count from 1. The blocks are called "block 0" to "block 3".')
def names_from_one():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(1, 5):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="Every block gets the same name, so each replaces the one before. Put the number into the name.")
def same_name_four_times():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module("block i", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="block1() ends without a ReLU. It is Linear, ReLU, Linear, ReLU.")
def block_without_last_relu():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4))

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="There is a ReLU after the last layer. The network ends with Linear(4, 1).")
def relu_after_the_last_layer():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1), nn.ReLU())


@wrong(hint="nested_net() uses a single block1(). It should start with block2(), the four blocks.")
def only_one_block():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block1(), nn.Linear(4, 1))


@wrong(hint="The blocks run in reverse order: block 3 comes first.")
def blocks_in_reverse():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in reversed(range(4)):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="nested_net() hands out one and the same network at every call. Each call should build a new one.")
def one_network_built_once():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    built = nn.Sequential(block2(), nn.Linear(4, 1))

    def nested_net():
        return built


@wrong(hint="block2() has three blocks. The question asks for four, block 0 to block 3: range(4).")
def three_blocks():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(3):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="The last layer is missing: nested_net() is block2() and then a Linear(4, 1).")
def without_the_last_layer():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2())


@wrong(hint="block1() has no ReLU at all. It is Linear, ReLU, Linear, ReLU.")
def block_without_relu():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 4))

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="The names are nearly right: there is a space between the word and the number, as in \"block 0\".")
def names_with_an_underscore():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block_{i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@wrong(hint="The four blocks stand directly in the network. They belong into block2(), which stands there as one.")
def blocks_not_nested():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(*block2(), nn.Linear(4, 1))
