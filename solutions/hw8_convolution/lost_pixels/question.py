# %% [raw]
# # BEGIN QUESTION
# name: lost_pixels

# %% [markdown]
# ## 14 · Pixels lost at the border (4 min)
#
# A square picture of 32×32 pixels passes through convolutions with 5×5 kernels, one after the other, without
# padding and with stride 1.
#
# **Your task.** Fill in the dict `lost_pixels`. Its keys are the numbers of layers, `1` and `7`. Its values are
# **the side lengths of what is left** after so many layers.
#
# <details><summary>Hint: I am off by a few pixels</summary>
#
# Put the numbers of one layer into your `conv_output_shape`. How many rows does *each* layer take away?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
lost_pixels = {1: 28, 7: 4}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_lost_pixels_has_a_side_length_for_one_and_seven_layers(lost_pixels):
    assert isinstance(lost_pixels, dict), "Give a dict such as {1: …, 7: …}."
    assert set(lost_pixels) == {1, 7}, "The keys are the numbers of layers, 1 and 7."
    for side in lost_pixels.values():
        try:
            number = float(side)
        except (TypeError, ValueError, RuntimeError):
            number = None
        assert number is not None and not isinstance(side, (str, bool)), "The values are numbers."
        assert 0 <= number <= 32, "A side length lies between 0 and that of the picture."

# %%
# HIDDEN
def test_lost_pixels_is_right_after_one_layer(lost_pixels):
    assert isinstance(lost_pixels, dict) and 1 in lost_pixels, "The dict has the key 1."
    assert lost_pixels[1] == 28, "The side length after one layer is not right."

# %%
# HIDDEN
def test_lost_pixels_is_right_after_seven_layers(lost_pixels):
    assert isinstance(lost_pixels, dict) and 7 in lost_pixels, "The dict has the key 7."
    assert lost_pixels[7] == 4, "The side length after seven layers is not right."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
