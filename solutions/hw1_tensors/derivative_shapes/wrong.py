from autograder.authoring.marks import wrong


@wrong(hint="The axes of the denominator come first here. In numerator layout the axes of the numerator come first.")
def denominators_first():
    derivative_shapes = {
        "vector/vector": (n, m),
        "scalar/vector": (n, 1),
        "scalar/matrix": (n, k),
        "vector/matrix": (n, k, m),
        "matrix/matrix": (n, k, l, m),
    }


@wrong(hint="The vectors have the axes of the denominator first. In numerator layout the numerator's axes come first.")
def denominators_first_for_vectors():
    derivative_shapes = {
        "vector/vector": (n, m),
        "scalar/vector": (n, 1),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@wrong(hint="The matrix in the denominator must be transposed: its axes come in reversed order.")
def matrix_not_transposed():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (n, k),
        "vector/matrix": (m, n, k),
        "matrix/matrix": (m, l, n, k),
    }


@wrong(hint="The derivative of a scalar by a matrix must be transposed too: it is not stored like .grad in PyTorch.")
def gradient_in_the_shape_of_the_matrix():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (n, k),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@wrong(
    hint="The derivative of a scalar by a column vector has two axes here: think of its matrix product with a column."
)
def scalar_by_vector_with_one_axis():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (n,),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@wrong(
    hint="Both matrices are transposed here. The axes of the numerator keep their order, those of the denominator turn."
)
def numerator_transposed_too():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (l, m, k, n),
    }


@wrong(hint="A scalar numerator adds no axis of its own to a matrix: two axes are enough.")
def extra_axis_for_the_scalar():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (1, k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@wrong(hint="These are names in quotes. Write the sizes themselves: m without quotes, or its number.")
def names_in_quotes():
    derivative_shapes = {
        "vector/vector": ("m", "n"),
        "scalar/vector": ("1", "n"),
        "scalar/matrix": ("k", "n"),
        "vector/matrix": ("m", "k", "n"),
        "matrix/matrix": ("m", "l", "k", "n"),
    }
