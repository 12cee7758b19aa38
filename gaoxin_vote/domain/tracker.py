"""How is a tracker 查询码 written, so that a voter can copy it by hand and find it again?

A tracker is the SHA-256 of a sealed ballot. Archives and other verifiers of Belenios write it in Base64, 43
characters in which O and 0, I, l and 1 look alike. For people it is respelled: 64 letters and digits in
groups of four, each of which is four bits of the same digest. So each spelling follows from the other, and
whoever has the digest in hexadecimal digits needs nothing but a table of sixteen signs.
"""

import base64
import unicodedata
from collections.abc import Sequence

ALPHABET = "3467" + "9ACF" + "HKMP" + "RTWX"
"""For the hexadecimal digits 0 to F in turn; trackers sort alike in both spellings.

Left out is whatever is taken for something else in print or handwriting: 0 O D Q, 1 I L J, 2 Z, 5 S, 8 B,
U V Y, G (6, C), N (M, H) and E (F, 3).
"""
GROUP = 4
SHOWN_GROUPS = 4
"""What the booth shows, and a list unless two ballots begin alike: 16 characters, 64 bits.

Among 1,000 ballots two begin alike with a probability of 3·10⁻¹⁴; then the list goes on until they differ
(`groups_that_differ`). The digest as a whole never repeats: two ballots have different credentials.
"""
_DIGEST_BYTES = 32
_LEAST_BASE64 = 8
_HEX = "0123456789abcdef"
_SPELL = str.maketrans(_HEX, ALPHABET)
_READ = str.maketrans(ALPHABET, _HEX)


def respelled(tracker: str) -> str:
    """The 64 signs of a tracker in Base64 (43 characters). Raises `ValueError` for anything else."""
    digest = base64.b64decode(f"{tracker}=", validate=True)
    if len(digest) != _DIGEST_BYTES or _base64(digest) != tracker:
        raise ValueError("no tracker")
    return digest.hex().translate(_SPELL)


def as_base64(spelling: str) -> str:
    """The tracker in Base64 of its 64 signs: the inverse of `respelled`. Raises `ValueError`."""
    if len(spelling) != 2 * _DIGEST_BYTES or not set(spelling) <= set(ALPHABET):
        raise ValueError("no respelled tracker")
    return _base64(bytes.fromhex(spelling.translate(_READ)))


def groups(tracker: str, count: int = SHOWN_GROUPS) -> tuple[str, ...]:
    """The first `count` groups of four signs."""
    spelling = respelled(tracker)
    return tuple(spelling[start : start + GROUP] for start in range(0, count * GROUP, GROUP))


def groups_that_differ(trackers: Sequence[str]) -> int:
    """How many groups a list shows: as the booth does, more only where two of `trackers` begin alike."""
    most, whole = 2 * _DIGEST_BYTES // GROUP, len(set(trackers))
    return next(
        (
            count
            for count in range(SHOWN_GROUPS, most)
            if len({groups(tracker, count) for tracker in trackers}) == whole
        ),
        most,
    )


def find(typed: str, trackers: Sequence[str]) -> tuple[str, ...]:
    """Those of `trackers` that have `typed` in what a list shows of them; all where nothing is typed.

    Blanks, dashes, small letters and full-width signs do not matter. More than a list shows must be the
    beginning of the 64 signs; Base64 is compared as it is, from 8 signs on.
    """
    exact = "".join(unicodedata.normalize("NFKC", typed).split())
    spelled, count = exact.replace("-", "").upper(), groups_that_differ(trackers)
    return tuple(
        tracker
        for tracker in trackers
        if spelled in "".join(groups(tracker, count))
        or respelled(tracker).startswith(spelled)
        or (len(exact) >= _LEAST_BASE64 and exact in tracker)
    )


def found_rows(typed: str, trackers: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those that `find` finds: the signs that voters see, and the Base64."""
    count = groups_that_differ(trackers)
    return tuple((" ".join(groups(each, count)), each) for each in find(typed, trackers))


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode().rstrip("=")
