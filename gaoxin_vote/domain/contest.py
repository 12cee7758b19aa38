"""Which ratings are there, and which words does a voter choose from?"""

from dataclasses import dataclass
from typing import NewType

from gaoxin_vote.domain.labelled import Labelled

ContestCode = NewType("ContestCode", str)
"""Code of a contest within its scheme, such as ``peer``: small letters, digits and _, at most 16 of them."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One kind of rating put to one body of raters (notice, part 3 (1) 2); the scheme lists it."""

    code: ContestCode
    """Stored and compared; the record's key for what a unit got."""
    title: str
    """Shown and printed, such as 部门互评."""


def session_title(contest: Contest, group: str, number: int) -> str:
    """Such as 领导评议, 领导评议·主要领导 or 部门互评（第2次）."""
    again = f"（第{number}次）" if number > 1 else ""
    return f"{contest.title}{'·' + group if group else ''}{again}"


def session_key(code: ContestCode, group: str, number: int) -> str:
    """Such as leader-1: what names a tally within its year; no two share it."""
    return f"{code}{'-' + group if group else ''}-{number}"


class Grade(Labelled):
    """The four grades of the notice, best first; 及格 and 不及格 are labels of 合格 and 不合格 (A1)."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


GRADES: tuple[Grade, ...] = tuple(Grade)
"""All grades, best first: the order of the answers on every ballot and of every count."""
