"""Are the fingerprints of a file those of the key ceremony whose record lies beside it?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gaoxin_vote.domain.fingerprint import CHECK_DIGITS
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.verify.reason import VerifyReason

_DASHES = "‐‑‒–—―−﹣－"
_NAME = "核对指纹"


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints that a file carries, each of 64 hexadecimal digits."""

    trustees: tuple[str, ...]
    """SHA-256 of the public trustees text: one of each key ceremony in a package, one in an archive, one or
    none in a sheet."""
    certificate: str
    """SHA-256 of the signing certificate; empty for an archive, which has none."""
    whole_year: bool = False
    """Whether it is a record package: every ceremony record of the year is about it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found to agree with a ceremony record."""

    compared: tuple[str, ...] = ()
    """Which of ``trustees`` and ``certificate`` were compared; none where nothing was given."""
    matched: tuple[str, ...] = ()
    """Those of `Prints.trustees` that stand on a ceremony record that was given."""


NOTHING_COMPARED = Comparison()


def expectations(expect: str | Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """The two halves of each 核对指纹 that is given. Raises `Refused` like `expectation`."""
    if expect is None:
        return ()
    return tuple(map(expectation, (expect,) if isinstance(expect, str) else expect))


def expectation(expect: str) -> tuple[str, str]:
    """The two halves of a 核对指纹 as copied from paper.

    Blanks, dashes, wide digits, and the word 核对指纹 before it do not matter.
    Raises `Refused` unless each has `CHECK_DIGITS` digits, or they are the two whole fingerprints.
    """
    plain = unicodedata.normalize("NFKC", "".join(expect.split()).strip("\"'“”‘’")).lower()
    plain = plain.removeprefix(_NAME).removeprefix(":")
    halves = plain.translate(dict.fromkeys(map(ord, _DASHES), "-")).split("-")
    if len(halves) != 2 or any(
        len(half) not in (CHECK_DIGITS, 2 * CHECK_DIGITS) or set(half) - set("0123456789abcdef")
        for half in halves
    ):
        raise Refused(
            VerifyReason.BAD_EXPECTATION,
            f"指纹格式不对：请照抄密钥发放记录上的“核对指纹”（两组各{CHECK_DIGITS}位，中间一个“-”）。",
        )
    return halves[0], halves[1]


def compare(prints: Prints, wanted: Sequence[tuple[str, str]]) -> Comparison:
    """Every record that is given belongs to a package; to an archive or a sheet one of them does.

    Raises `EvidenceBroken` where that is not so.
    """
    if not wanted:
        return NOTHING_COMPARED
    flaws = [_strange(prints, right) for right in wanted]
    if any(flaws) if prints.whole_year else all(flaws):
        raise next(flaw for flaw in flaws if flaw is not None)
    compared = ("trustees",) * bool(prints.trustees) + ("certificate",) * bool(prints.certificate)
    own = [half for (half, _), flaw in zip(wanted, flaws, strict=True) if flaw is None]
    return Comparison(compared, tuple(found for found in prints.trustees if any(map(found.startswith, own))))


def _strange(prints: Prints, wanted: tuple[str, str]) -> EvidenceBroken | None:
    """Why this ceremony record is not that of the file; None where it is."""
    for words, found, right, reason in (
        ("开箱密钥", prints.trustees, wanted[0], VerifyReason.OTHER_TRUSTEES),
        (
            "签名证书",
            (prints.certificate,) * bool(prints.certificate),
            wanted[1],
            VerifyReason.OTHER_CERTIFICATE,
        ),
    ):
        if found and not any(each.startswith(right) for each in found):
            shown = "、".join(each[: len(right)] for each in found)
            return EvidenceBroken(
                reason, f"{words}指纹与密钥发放记录不符：文件中为{shown}，记录上为{right}。"
            )
    return None
