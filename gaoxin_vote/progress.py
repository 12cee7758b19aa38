"""How does long work tell how far it is, and how is it stopped?"""

from collections.abc import Callable
from typing import Protocol


class Cancelled(Exception):
    """The person cancelled: not a failure, shown nowhere, nothing half-done stays behind."""


class Progress(Protocol):
    """Called with steps done, steps in all and a few Chinese words; raises `Cancelled` to stop the work."""

    def __call__(self, done: int, total: int, words: str) -> None: ...


def silent(done: int, total: int, words: str) -> None:
    """The progress of work that nobody watches."""


def cancellable(progress: Progress, cancelled: Callable[[], bool]) -> Progress:
    """`progress` that raises `Cancelled` at the next step once `cancelled()` is true."""

    def step(done: int, total: int, words: str) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total, words)

    return step
