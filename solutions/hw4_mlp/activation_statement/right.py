from autograder.authoring.marks import right


@right
def upper_case():
    activation_statement = "B"
