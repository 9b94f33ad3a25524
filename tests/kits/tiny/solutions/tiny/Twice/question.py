# %% [raw]
# # BEGIN QUESTION
# name: Twice

# %% [raw]
# # BEGIN SOLUTION

# %%
class Twice(nn.Module):
    """Doubles."""

    def forward(self, X):
        # BEGIN SOLUTION
        return _by_two * X
        # END SOLUTION


# BEGIN SOLUTION NO PROMPT
_by_two = 2
# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_twice_is_a_module(Twice):
    from torch import nn

    assert isinstance(Twice(), nn.Module)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
