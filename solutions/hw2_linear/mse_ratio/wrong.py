from autograder.authoring.marks import wrong


@wrong(hint="This is the ratio the other way round. nn.MSELoss() is the numerator.")
def other_way_round():
    mse_ratio = 0.5


@wrong(hint="The two losses are not the same. Look at the factor in front of the square.")
def no_difference():
    mse_ratio = 1


@wrong(hint="Both losses square the error once, and only one of them halves it. Nothing is halved before the square.")
def half_squared():
    mse_ratio = 4


@wrong(hint="This is a text. Set mse_ratio to a number, without quotes.")
def ratio_as_text():
    mse_ratio = "2"
