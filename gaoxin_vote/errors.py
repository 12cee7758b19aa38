"""What can go wrong on purpose, and what the person in front of the screen can do about it.

Three families, one policy each. Anything that is not a `GaoxinVoteError` is a bug.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial


class GaoxinVoteError(Exception):
    """A failure raised on purpose.

    `reason` is a member of an `Enum` of the module that raises it, for code;
    `message` is Simplified Chinese in the user's words and can be shown as it stands;
    `details` are further lines of the same kind (every fault of a file, say).
    """

    def __init__(self, reason: Enum, message: str, *, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.details = details

    def __reduce__(self) -> tuple[Callable[..., "GaoxinVoteError"], tuple[Enum, str]]:
        """Its parts, so that it comes whole out of a worker process."""
        return partial(type(self), details=self.details), (self.reason, self.message)

    def __str__(self) -> str:
        return "\n".join((self.message, *self.details))


class Refused(GaoxinVoteError):
    """The person can mend it: wrong stage, wrong passphrase, bad row in a file, slip already used."""


class Unavailable(GaoxinVoteError):
    """The surroundings failed (disk full, medium gone, printer off): nothing was changed, retry or move."""


class EvidenceBroken(GaoxinVoteError):
    """A seal, proof, chain or file does not verify: stop. There is no way to click past it."""
