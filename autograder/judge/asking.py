"""How the judge's side asks: what proxies, the codec and gradients need of a session."""

from __future__ import annotations

from typing import Any, Protocol

from autograder.border.requests import ToSnapshot


class Asks(Protocol):
    """Something that can be asked for what happens in the worker."""

    def ask(self, request: ToSnapshot) -> Any:
        """Do it in the worker and return what comes back."""
