"""What hw1 to hw5 say under their plots is what the numbers in the plots say.

A lesson sets its own random state, so the bounds are wide enough for any other.
"""

from __future__ import annotations

from tests.lessons import found_by


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
