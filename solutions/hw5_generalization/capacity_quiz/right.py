from autograder.authoring.marks import right


@right
def item_by_item():
    capacity_quiz = {}
    capacity_quiz["complex", "high"] = "normal"
    capacity_quiz["simple", "low"] = "normal"
    capacity_quiz["simple", "high"] = "overfitting"
    capacity_quiz["complex", "low"] = "underfitting"
