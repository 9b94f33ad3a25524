# %% [raw]
# # BEGIN QUESTION
# name: derivative_shapes

# %% [markdown]
# ## 10 · Shapes of derivatives (10 min)
#
# **Your task.** The sizes `m`, `l`, `n` and `k` are set in the cell above. Give the shape of each derivative
# **in numerator layout**, as a tuple, in a dictionary `derivative_shapes` with these five keys:
#
# | key | numerator | denominator |
# |---|---|---|
# | `"vector/vector"` | $\mathbf{y}\in\mathbb{R}^m$ | $\mathbf{x}\in\mathbb{R}^n$ |
# | `"scalar/vector"` | $y\in\mathbb{R}$ | $\mathbf{x}\in\mathbb{R}^n$ |
# | `"scalar/matrix"` | $y\in\mathbb{R}$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
# | `"vector/matrix"` | $\mathbf{y}\in\mathbb{R}^m$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
# | `"matrix/matrix"` | $\mathbf{Y}\in\mathbb{R}^{m\times l}$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
#
# **Example.** Use the names or the numbers, as you like. The three rows that are given above would be
# written `{"vector/scalar": (m, 1), "matrix/scalar": (m, l), "matrix/vector": (m, l, n)}`.
#
# <details><summary>Hint: is the derivative of a scalar with respect to a vector a row or a column?</summary>
#
# Let the shapes decide. For a small change $d\mathbf{x}$, a column like $\mathbf{x}$, the change of a scalar
# $y$ is the matrix product $dy = \frac{\partial y}{\partial \mathbf{x}}\, d\mathbf{x}$, and it must come out
# as one number. In the same way, for a vector $\mathbf{y}$ the product $\frac{\partial \mathbf{y}}{\partial
# \mathbf{x}}\, d\mathbf{x}$ must be a column with $m$ entries. For a matrix in the denominator, the change is
# a trace, $dy = \operatorname{tr}\big(\frac{\partial y}{\partial \mathbf{X}}\, d\mathbf{X}\big)$: the product
# must exist and be square.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
derivative_shapes = {"vector/vector": (m, n), "scalar/vector": (1, n), "scalar/matrix": (k, n), "vector/matrix": (m, k, n), "matrix/matrix": (m, l, k, n)}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_derivative_shapes_has_five_shapes(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    keys = {"vector/vector", "scalar/vector", "scalar/matrix", "vector/matrix", "matrix/matrix"}
    assert set(derivative_shapes) == keys, f"The keys must be exactly {sorted(keys)}."
    for key, shape in derivative_shapes.items():
        listed = hasattr(shape, "__len__") and not isinstance(shape, str)
        assert listed, f"{key}: give a tuple, such as (m, 1)."
        for size in shape:
            assert hasattr(size, "__index__"), f"{key}: the sizes are whole numbers."
            assert 1 <= size <= 5, f"{key}: the sizes are 1, m, l, n or k."

# %%
# HIDDEN
def test_derivative_shapes_by_a_vector(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    vector, scalar = derivative_shapes.get("vector/vector", ()), derivative_shapes.get("scalar/vector", ())
    assert list(vector) == [2, 4], "Vector by vector: check which axis comes first in numerator layout."
    assert list(scalar) == [1, 4], "Scalar by vector: the product with a column must be one number."

# %%
# HIDDEN
def test_derivative_shapes_by_a_matrix(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    scalar, vector = derivative_shapes.get("scalar/matrix", ()), derivative_shapes.get("vector/matrix", ())
    assert list(scalar) == [5, 4], "Scalar by matrix: check the order of the axes of the denominator."
    assert list(vector) == [2, 5, 4], "Vector by matrix: check the order of the axes."

# %%
# HIDDEN
def test_derivative_shapes_of_a_matrix_by_a_matrix(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    matrix = derivative_shapes.get("matrix/matrix", ())
    assert list(matrix) == [2, 3, 5, 4], "Matrix by matrix: check the order of the axes."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# One warning for practice. PyTorch follows another custom: the field `.grad` always has **the shape of the
# tensor itself**, so that an update `w -= lr * w.grad` just works. The gradient of a scalar loss
# with respect to a weight matrix of shape $(n, k)$ is stored as $(n, k)$, the transpose of what the numerator
# layout says.
# The numbers are the same. When you follow a derivation on paper, ask first which layout it uses.
#
# **A question to think about** (no points). A network has a million weights and one loss. How many calls of
# the network does `numeric_gradient` need for one gradient, and how many does `backward`? So why does anybody
# still use the former?
#
# **Further reading.** *Dive into Deep Learning*: [Data
# Manipulation](https://d2l.ai/chapter_preliminaries/ndarray.html) and [Automatic
# Differentiation](https://d2l.ai/chapter_preliminaries/autograd.html). Baydin and others, *Automatic
# differentiation in machine learning: a survey* (2018). Petersen and Pedersen, *The Matrix Cookbook*, for
# derivatives with respect to vectors and matrices (mind its layout).
#
# Save the notebook and hand it in. In the next assignment these pieces learn something: linear regression,
# first with nothing but tensors and `backward`, then with PyTorch's own layers.
