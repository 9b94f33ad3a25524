from autograder.authoring.marks import wrong


@wrong(hint="The two words are exchanged: underfitting means that the model cannot even follow what it knows.")
def middle_ones_exchanged():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "overfitting",
        ("simple", "high"): "underfitting",
        ("complex", "high"): "normal",
    }


@wrong(hint="High capacity is not bad in itself: it depends on the data. The same holds for low capacity.")
def capacity_alone_decides():
    capacity_quiz = {
        ("simple", "low"): "underfitting",
        ("complex", "low"): "underfitting",
        ("simple", "high"): "overfitting",
        ("complex", "high"): "overfitting",
    }


@wrong(hint="Complex data with a strong model need not be overfitting: compare both with each other.")
def complex_and_high_overfits():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "underfitting",
        ("simple", "high"): "normal",
        ("complex", "high"): "overfitting",
    }


@wrong(hint="Two of the four cases are not normal: those in which data and capacity do not go together.")
def always_normal():
    capacity_quiz = {
        ("simple", "low"): "normal",
        ("complex", "low"): "normal",
        ("simple", "high"): "normal",
        ("complex", "high"): "normal",
    }
