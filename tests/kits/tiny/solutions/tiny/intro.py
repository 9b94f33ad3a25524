# %% [markdown]
# # A tiny assignment

# %%
from torch import nn

# %% tags=["otter_ignore"]
print("a demonstration")
