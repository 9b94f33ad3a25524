import math

from autograder.authoring.marks import wrong


@wrong(hint="This is the logarithm to base 2. Cross entropy uses the natural logarithm.")
def logarithm_to_base_2():
    initial_loss = math.log2(10)


@wrong(hint="This is the logarithm to base 10. Cross entropy uses the natural logarithm.")
def logarithm_to_base_10():
    initial_loss = math.log10(10)


@wrong(hint="This is the probability that each class gets. The loss is its negative logarithm.")
def the_probability():
    initial_loss = 0.1


@wrong(hint="0.9 is the share of wrong answers of a guess. The question asks for the cross entropy.")
def the_error_rate():
    initial_loss = 0.9


@wrong(hint="The loss is of one example on average, not the sum over the ten classes.")
def summed_over_the_classes():
    initial_loss = 10 * math.log(10)


@wrong(hint="A loss of 0 needs a model that is sure and right. This one knows nothing yet.")
def nothing():
    initial_loss = 0


@wrong(hint="This is the loss with 2 classes. Here there are 10.")
def two_classes():
    initial_loss = 0.693


@wrong(hint="This is a text. Set initial_loss to a number, without quotes.")
def loss_as_text():
    initial_loss = "2.303"
