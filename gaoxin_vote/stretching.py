"""What does it cost to try one passphrase or one slip code, and how is it stretched?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretching:
    """The cost of one guess: what Argon2id (RFC 9106) needs for one key."""

    memory_kib: int
    iterations: int
    lanes: int

    def key(self, words: bytes, salt: bytes, length: int) -> bytes:
        """The `length` bytes that `words` give under `salt` at this cost."""
        # Late on purpose: the first window names the costs and must not wait for the library.
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        argon2 = Argon2id(
            salt=salt,
            length=length,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return argon2.derive(words)


@dataclass(frozen=True, slots=True)
class StretchingCosts:
    """What each secret costs to guess. An open workspace carries it to everything that is done with it."""

    workspace: Stretching
    """The officer's passphrase. The file cannot carry it (it is needed before anything can be read), so it
    is part of the file format: whoever changes it must keep the old cost for opening old files."""
    share: Stretching
    """A trustee's passphrase. The share file states it; one that states another is refused."""
    slip: Stretching
    """A slip's code: a fifth of a second, many times over for 10^15 codes."""


FULL_COSTS = StretchingCosts(
    workspace=Stretching(memory_kib=256 * 1024, iterations=3, lanes=4),
    share=Stretching(memory_kib=256 * 1024, iterations=3, lanes=4),
    slip=Stretching(memory_kib=64 * 1024, iterations=3, lanes=4),
)
"""The costs of the program. Nothing but a test hands in others."""
