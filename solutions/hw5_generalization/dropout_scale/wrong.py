from autograder.authoring.marks import wrong


@wrong(hint="This is the probability to survive. The survivors are divided by it.")
def probability_to_survive():
    dropout_scale = 0.8


@wrong(hint="You divide by the probability to be dropped.")
def divided_by_the_dropped():
    dropout_scale = 1 / 0.2


@wrong(hint="This is the probability to be dropped.")
def probability_to_be_dropped():
    dropout_scale = 0.2


@wrong(hint="The survivors are scaled, otherwise the mean would shrink.")
def not_scaled():
    dropout_scale = 1.0


@wrong(hint="You add p where you should divide by what is left.")
def one_plus_p():
    dropout_scale = 1.2
