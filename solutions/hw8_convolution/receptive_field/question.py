# %% [raw]
# # BEGIN QUESTION
# name: receptive_field

# %% [markdown]
# ## 13 · The receptive field (12 min)
#
# The **receptive field** of an output entry is the part of the input that can change it. Let us count in one
# dimension. Without layers, an entry sees itself: $r = 1$. A layer with a kernel of $k$ entries adds $k - 1$
# neighbours. How far apart those lie in the input depends on the layers *before* it: each stride $s$ there
# makes neighbours lie $s$ times as far apart. A layer's own stride has no part in this; it only spreads the layers that
# follow.
#
# **Example.** Two layers with $k = 3$ see $1 + 2 + 2 = 5$ pixels. If the first one has stride 2, they see
# $1 + 2 + 2 \cdot 2 = 7$. With a third layer of $k = 4$ behind these two, they see $7 + 3 \cdot 2 = 13$ if the second
# has stride 1, and more if it has another.
#
# **Your task.** Write `receptive_field(kernel_sizes, strides=None)`. Both are lists with one number per layer, from the
# input to the output. `strides=None` means that every stride is 1. Pooling layers count like
# convolutions. No layers at all give 1. Leave the two lists as they are: the caller may need them again.
#
# <details><summary>Hint: I get 9 for two layers of kernel 3</summary>
#
# Two windows of 3 that lie side by side overlap. Draw three output entries of the first layer over the input and count
# the pixels below them: each further entry adds one pixel, not three.
#
# <details><summary>The next line</summary>
#
# A layer adds `k - 1` neighbours to the field, and not `k`.
# </details></details>
#
# <details><summary>Hint: with stride 2 first I get 5, 8 or 9 instead of 7</summary>
#
# Go through the layers in order and keep two numbers, the field so far and the distance between neighbours. Which of
# them do you update first?
#
# <details><summary>The next line</summary>
#
# The field grows first, by the distance from *before* this layer. Only then `distance *= s`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def receptive_field(kernel_sizes: list[int], strides: list[int] | None = None) -> int:
    """Return how many input entries one output entry of the stacked layers depends on, in one dimension.

    strides=None: every stride is 1.
    """
    # BEGIN SOLUTION
    if strides is None:
        strides = [1] * len(kernel_sizes)
    field, distance = 1, 1
    for k, s in zip(kernel_sizes, strides):
        field += (k - 1) * distance
        distance *= s
    return field
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_receptive_field_gives_the_examples(receptive_field):
    assert receptive_field([3, 3]) == 5, "Two layers with kernel 3 see 5 entries."
    assert receptive_field([3, 3], [2, 1]) == 7, "With stride 2 in the first one they see 7."
    seen = receptive_field([3, 2, 4], [3, 2, 2])
    assert seen == 24, f"Kernels 3, 2 and 4 with strides 3, 2 and 2 see 24 entries, got {seen}."

# %%
def test_receptive_field_without_layers_is_one(receptive_field):
    assert receptive_field([]) == 1, "Without layers an entry sees itself."

# %%
def test_receptive_field_leaves_its_lists_as_they_are(receptive_field):
    kernel_sizes, strides = [3, 2, 4], [2, 1, 3]
    receptive_field(kernel_sizes, strides)
    assert kernel_sizes == [3, 2, 4], "The list of kernel sizes has changed."
    assert strides == [2, 1, 3], "The list of strides has changed."

# %%
# HIDDEN
def test_receptive_field_changes_neither_list(receptive_field, judge):
    import torch

    def measure(receptive_field, kernel_sizes, strides):
        with_strides, without = receptive_field(kernel_sizes, strides), receptive_field(kernel_sizes)
        return with_strides, without, kernel_sizes, strides

    # Again: another product may be the same for one choice of numbers in twenty.
    for _ in range(5):
        # No stride is 1, and no two are equal: which of them multiply, and in which order, always shows.
        sizes, steps = (torch.randperm(4) + 2).tolist(), (torch.randperm(4) + 2).tolist()
        field = 1 + sum((k - 1) * distance for k, distance in zip(sizes, [1, *torch.tensor(steps).cumprod(0).tolist()]))
        with_strides, without, kernel_sizes, strides = judge.probe(measure, receptive_field, sizes[:], steps[:])
        assert with_strides == field, "Strides before a layer spread its window."
        assert without == 1 + sum(sizes) - 4, "Each layer adds its kernel size less one."
        assert kernel_sizes == sizes, "The list of kernel sizes has changed."
        assert strides == steps, "The list of strides has changed."


# %%
# HIDDEN
def test_receptive_field_adds_up_over_different_kernels(receptive_field):
    assert receptive_field([7]) == 7, "One layer sees its kernel."
    assert receptive_field([5, 2, 4]) == 9, "Each layer adds its kernel size less one."
    assert receptive_field([1, 6, 1]) == 6, "A kernel of one entry adds nothing."
    assert receptive_field([3] * 12) == 25, "Each layer adds its kernel size less one."

# %%
# HIDDEN
# CORE
def test_receptive_field_spreads_with_the_strides_before(receptive_field):
    assert receptive_field([5, 2, 5, 2], [1, 2, 1, 2]) == 16, "Strides before a layer spread its window."
    assert receptive_field([2, 3, 4], [3, 5, 2]) == 53, "Strides before a layer spread its window."
    assert receptive_field([1, 3], [4, 1]) == 9, "Strides before a layer spread its window."
    assert receptive_field([3, 2] * 6, [2, 1] * 6) == 253, "Strides before a layer spread its window."

# %%
# HIDDEN
def test_receptive_field_does_not_depend_on_the_last_stride(receptive_field):
    assert receptive_field([4], [3]) == 4, "A layer's own stride does not widen its own window."
    assert receptive_field([3, 5], [2, 7]) == 11, "A layer's own stride does not widen its own window."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Following one entry back to the picture
#
# Three layers with kernels 3, 2 and 3; the middle one has stride 2. The drawing follows one output entry
# back through the layers: every line is a weight on its way, and the filled squares are what the entry sees.

# %% tags=["otter_ignore"]
field_kernels, field_strides = [3, 2, 3], [1, 2, 1]
widths = [12]
for k, s in zip(field_kernels, field_strides):
    widths.append((widths[-1] - k) // s + 1)

fig, ax = plt.subplots(figsize=(10, 3.6))
centres = {(0, j): float(j) for j in range(widths[0])}
for layer, (k, s) in enumerate(zip(field_kernels, field_strides), start=1):
    for j in range(widths[layer]):
        below = [centres[layer - 1, j * s + a] for a in range(k)]
        centres[layer, j] = sum(below) / k
seen = {(3, 0)}
for layer in (3, 2, 1):
    k, s = field_kernels[layer - 1], field_strides[layer - 1]
    for j in [j for depth, j in sorted(seen) if depth == layer]:
        for a in range(k):
            below = (layer - 1, j * s + a)
            seen.add(below)
            ax.plot([centres[layer, j], centres[below]], [layer, layer - 1], color="#1f5fa5", lw=1)
for entry, x in centres.items():
    fill = "full" if entry in seen else "none"
    ax.plot(x, entry[0], "s", ms=15, fillstyle=fill, color="#1f5fa5" if entry in seen else "0.6")
ax.set(xticks=[], yticks=range(4), ylim=(-0.5, 3.5))
ax.set_yticklabels(["input", "kernel 3", "kernel 2, stride 2", "kernel 3"])
ax.set_title(f"the output entry on the left sees {receptive_field(field_kernels, field_strides)} pixels")
ax.spines[:].set_visible(False)
plt.tight_layout()
print("In the picture: four rows of squares, the input below. From one entry on top lines go down to 3, then 6, then 8 squares;\n"
      "these are filled. All other squares are hollow.")
plt.show()
