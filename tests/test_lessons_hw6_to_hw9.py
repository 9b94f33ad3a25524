"""What hw6 to hw9 say under their plots is what the numbers in the plots say.

A lesson sets its own random state, so the bounds are wide enough for any other.
"""

from __future__ import annotations

import pytest

from tests.lessons import cells_of, found_by


def test_a_start_decides_what_twenty_layers_let_through() -> None:
    clipped, signal, gradient, relu_signal, relu_gradient = found_by(
        "hw6_stability",
        "arrows.clamp(-1.5, 1.5)",
        "signal",
        "gradient",
        "relu_signal",
        "relu_gradient",
    )
    assert clipped[0] == clipped[1]  # arrows 1 and 2 become one
    falls = [below / above for above, below in zip(signal["std 0.01"], signal["std 0.01"][1:10])]
    assert all(0.004 < fall < 0.025 for fall in falls)  # a hundredth per layer
    assert all(1e-23 < norm < 1e-17 for norm in gradient["std 0.01"])
    assert all(0.6 < variance < 0.85 for variance in signal["std 0.3"])
    assert gradient["std 0.3"][0] > 100 * gradient["std 0.3"][-1]  # grows on its way down
    assert all(1e-3 < variance < 1 for variance in signal["Xavier"])
    assert max(gradient["Xavier"]) < 100 * min(gradient["Xavier"])
    assert gradient["sigmoid"][0] < 1e-6 * gradient["tanh"][0]
    assert gradient["scaled sigmoid"][0] > 0.1 * gradient["tanh"][0]
    assert relu_signal["Xavier"][-1] < 1e-4 * relu_signal["Xavier"][0]
    assert 0.1 < relu_signal["Kaiming"][-1] / relu_signal["Kaiming"][0] < 10
    assert all(
        1e-4 < x / k < 1e-2 for x, k in zip(relu_gradient["Xavier"], relu_gradient["Kaiming"])
    )


def test_training_goes_as_the_lesson_says() -> None:
    history, valid_losses, best_epoch, brought_back, last, distance, by_optimizer = found_by(
        "hw9_training",
        "mlp_history",
        "valid_losses",
        "best_epoch",
        "brought_back",
        "small_history[-1]['train_loss']",
        "list(distance.values())",
        "list(losses_by.values())",
        through="momentum_step",
    )
    apart = [record["train_acc"] - record["test_acc"] for record in history]
    assert apart[0] < 0.03 < apart[-1]  # the accuracies part company
    assert last < 0.01  # it knows its 500 pictures
    assert best_epoch <= 15 and len(valid_losses) == 50
    assert valid_losses[-1] > 1.2 * min(valid_losses)  # turns early and climbs
    assert brought_back == pytest.approx(min(valid_losses))
    without, with_momentum = distance
    assert with_momentum < without / 3
    plain, momentum, adam = (losses[-1] for losses in by_optimizer)
    assert max(momentum, adam) < 0.75 * plain


def test_only_the_last_cell_of_the_training_lesson_opens_the_test_set() -> None:
    opens = [
        source
        for _, source in cells_of("hw9_training")
        if "load_fashion_mnist(train=False)" in source
    ]
    assert len(opens) == 1 and opens[0].startswith("final = False\n")


def test_kernels_find_what_the_lesson_says() -> None:
    grey, blurred, vertical, flat, maps, pooled, shares, difference = found_by(
        "hw8_convolution",
        "(grey[:, 1:] - grey[:, :-1]).abs().mean()",
        "(blurred[:, 1:] - blurred[:, :-1]).abs().mean()",
        "[corr2d(edge_image, sobel).abs().max(), corr2d(edge_image.t(), sobel).abs().max()]",
        "[corr2d(edge_image, sobel.t()).abs().max(), corr2d(edge_image.t(), sobel.t()).abs().max()]",
        "[[maps[i][:, part].abs().max() for part in (slice(0, 20), slice(20, 39), slice(39, 59))] for i in (0, 1)]",
        "[pool2d(corr2d((torch.arange(9) < at).float()[None], edge_kernel), (1, 2))[0].nonzero().flatten() for at in (4, 5)]",
        "shares",
        "(results[0] - results[1]).abs().max()",
        through="make_lenet",
    )
    assert difference < 1e-5  # loops and layer do the same
    assert blurred < 0.7 * grey  # details go
    assert vertical[0] > 1 and vertical[1] == 0
    assert flat[0] == 0 and flat[1] > 1
    assert min(maps[0]) > 0.2  # edges in all channels
    assert min(maps[1][:2]) > 0.9 and maps[1][2] < 1e-6  # not the grey disc
    assert pooled == [[2, 3], [3, 4]]  # both answer in column 3
    assert abs(shares["LeNet"][0] - shares["perceptron"][0]) < 0.12
    assert shares["LeNet"][1] > shares["perceptron"][1] + 0.04  # moved, the perceptron falls behind


def test_what_is_in_no_book_is_neither_trained_nor_resumed() -> None:
    lists, runs, counts, deep, gradients = found_by(
        "hw7_blocks",
        "list_losses",
        "runs",
        "bin_counts",
        "deep_losses",
        "first_gradient",
        through="training_checkpoint",
    )
    assert gradients["plain"] < 1e-6 < 1 < gradients["residual"]
    assert deep["plain"][40] > 0.9 * deep["plain"][0]  # it has not begun
    assert deep["residual"][40] < 0.5 * deep["plain"][40] and deep["residual"][-1] < 0.05
    assert lists["ModuleList"][0] == pytest.approx(lists["plain list"][0])  # they start alike
    assert lists["plain list"][-1] > 20 * lists["ModuleList"][-1]
    straight, resumed, without = runs.values()
    assert resumed == pytest.approx(straight[40:], rel=1e-4)
    assert without[0] > 2 * straight[39]  # the loss jumps
    assert counts[21] > 15 * max(counts[:21] + counts[22:])  # a spike at 0
    assert sum(counts[12:21] + counts[22:31]) == 0  # nothing between it and the sides
