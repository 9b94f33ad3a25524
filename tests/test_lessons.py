"""What the lessons say under their plots is what the numbers in the plots say, and the plots reach everybody.

A lesson sets its own random state, so the bounds are wide enough for any other. Each is run once: the numbers come
first, and the pictures have been looked at by then.
"""

from __future__ import annotations

import ast

import pytest

from tests.lessons import SETTINGS, by_colour_alone, cells_of, found_by

TOLD = "In the picture: "
LEAST = 60
"""Characters; a title says less than that."""
EVERY_LESSON = pytest.mark.parametrize("assignment", SETTINGS.assignments)


def test_the_best_step_of_a_numeric_gradient_lies_between_and_farther_right_in_float32() -> None:
    steps, central, one_sided, single = found_by(
        "hw1_tensors",
        "steps",
        *(
            f"[float(error) for error in {name}]"
            for name in ("central_errors", "one_sided_errors", "single_errors")
        ),
        through="numeric_gradient",
    )

    def best(errors: list[float]) -> float:
        step: float = steps[errors.index(min(errors))]
        return step

    assert 1e-7 < best(central) < 1e-3 < best(single)
    assert min(central) < 1e-2 * min(one_sided)
    last = len(steps) - 1
    tenth = next(
        i for i, step in enumerate(steps) if step > 0.099
    )  # a tenth of the step, on the straight part
    assert 50 < central[last] / central[tenth] < 200
    assert 5 < one_sided[last] / one_sided[tenth] < 20


def test_a_walk_arrives_where_the_formula_says_unless_its_steps_are_too_short_or_too_long() -> None:
    curves, walked, solved, scratch, concise = found_by(
        "hw2_linear",
        "list(learning_curves.values())",
        "walked",
        "solved",
        "[float(loss) for loss in scratch]",
        "[float(loss) for loss in concise]",
    )
    noise = 0.01**2 / 2
    too_short, *good, too_long = curves
    assert too_short[-1] > 10 * noise
    assert all(curve[-1] < 1.5 * noise for curve in good)
    assert max(too_long[-4:]) > 2 * noise
    assert all(abs(a - b) < 0.003 for a, b in zip(walked, solved))
    assert 1.8 < concise[-1] / scratch[-1] < 2.2  # different heights, on the same noise


def test_softmax_regression_learns_real_pictures_from_the_first_guess_on() -> None:
    slope, nudged, losses, guess, accuracy, cloud = found_by(
        "hw3_softmax",
        "(gradient * V).sum()",
        "nudged",
        "losses",
        "initial_loss",
        "test_accuracy",
        "share",
    )
    assert abs(slope - nudged) < 1e-6
    assert (
        0.4 < losses[0] / guess < 0.9
    )  # the mean over the first epoch begins at the guess and falls
    assert 0.3 < losses[-1] < losses[4] < losses[0]
    assert 0.7 < accuracy < 0.9
    assert cloud > 0.85


def test_a_backward_pass_by_hand_agrees_and_long_steps_kill_units() -> None:
    difference, slope, nudged, dead, right = found_by(
        "hw4_mlp",
        "max((a - b).abs().max().item() for a, b in zip(mine, by_autograd))",
        "sum((g * v).sum() for g, v in zip(mine, V))",
        "nudged",
        "dead",
        "[float(share) for share in right_answers]",
        through="dead_units",
    )
    assert difference < 1e-12
    assert abs(slope - nudged) < 1e-5
    assert (
        max(dead[:3]) < 16 and dead[-1] > 32
    )  # short steps cost few of 64 units, far too long ones most
    assert min(right[:5]) > 0.9 and dead[4] > 2  # all is well to look at, and units have died


def test_hidden_units_pay_on_real_pictures_and_learn_them_by_heart() -> None:
    linear, mlp, difference = found_by(
        "hw4_mlp", "errors_of['linear']", "errors_of['MLP']", "from_scratch", through="make_mlp"
    )

    def late(errors: list[list[float]]) -> tuple[float, float]:
        known, fresh = (sum(last) / 5 for last in zip(*errors[-5:]))
        return known, fresh

    (linear_known, linear_fresh), (mlp_known, mlp_fresh) = late(linear), late(mlp)
    assert difference < 1e-4  # from scratch or from layers, it is one network
    # Over 14 random states these differ by 0.025 (standard deviation 0.004), have a ratio of 0.50 (0.03), and gaps with
    # a ratio of 2.8 (0.3, to the right only): each bound is six deviations off, a false alarm of one in 10 ** 8.
    assert mlp_fresh < linear_fresh
    assert mlp_known < 0.7 * linear_known
    assert mlp_fresh - mlp_known > 1.4 * (linear_fresh - linear_known)


def test_decay_helps_and_too_much_of_it_hurts() -> None:
    polynomial, houses, test_error = found_by(
        "hw5_generalization",
        "[decay_errors[decay] for decay in (0.0, 0.1, 3.0)]",
        "[house_errors[decay] for decay in (0.0, 3.0, 30.0)]",
        "log_rmse(final_net, test_features, test_prices)",
    )
    for without, some, much in (polynomial, houses):
        assert without[0] < some[0] < much[0]  # the training error only grows
        assert some[1] < without[1]  # the error that counts falls first
        assert some[1] < much[1]
        gaps = [fresh - known for known, fresh in (without, some, much)]
        assert gaps[0] > gaps[1] > gaps[2]
    assert polynomial[0][1] > 1.5 * polynomial[1][1]
    assert 0.1 < test_error < 0.2


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


# Pictures are told in words, and nothing in them is told apart by its colour alone


@EVERY_LESSON
def test_every_picture_is_told_in_words(assignment: str) -> None:
    """JupyterLab gives an image no alternative text, so a screen reader reads what stands above it."""
    for place, source in cells_of(assignment):
        before = ""
        for statement in ast.parse(source).body:
            code = ast.unparse(statement)
            if code == "plt.show()":
                assert before.startswith(TOLD), f"{place}: print what is {TOLD.lower()}first"
                assert len(before) > LEAST, f"{place}: say what one sees, not only what it is"
            before = printed(statement)


def printed(statement: ast.stmt) -> str:
    """Return the text that a statement prints, if it prints one that stands there."""
    match statement:
        case ast.Expr(ast.Call(ast.Name("print"), [ast.Constant(str(text))])):
            return text
    return ""


@pytest.mark.slow
@EVERY_LESSON
def test_nothing_in_a_picture_is_told_apart_by_its_colour_alone(assignment: str) -> None:
    assert by_colour_alone(assignment) == []
