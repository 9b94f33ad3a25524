from autograder.authoring.marks import wrong


@wrong(hint="This statement is right: products of matrices are one matrix. Look for the wrong one.")
def linear_layers_collapse():
    activation_statement = "a"


@wrong(hint="This statement is right: compare the slopes for positive inputs. Look for the wrong one.")
def relu_is_cheap():
    activation_statement = "c"


@wrong(hint="This statement is right: the sigmoid's values lie in that interval. Look for the wrong one.")
def sigmoid_for_probabilities():
    activation_statement = "d"
