"""Which ratings are there, and which words does a voter choose from?"""

from enum import Enum


class Contest(Enum):
    """One kind of rating put to one body of voters (notice, part 3 (1) 2)."""

    LEADERSHIP = "领导评议"
    PEER = "部门互评"


def session_title(contest: Contest, group: str, number: int) -> str:
    """Such as 领导评议, 领导评议·主要领导 or 部门互评（第2次）."""
    again = f"（第{number}次）" if number > 1 else ""
    return f"{contest.value}{'·' + group if group else ''}{again}"


class Grade(Enum):
    """The four grades of the notice, best first; 及格 and 不及格 are labels of 合格 and 不合格 (A1)."""

    EXCELLENT = "优秀"
    GOOD = "良好"
    PASS = "合格"
    FAIL = "不合格"


GRADES: tuple[Grade, ...] = tuple(Grade)
"""All grades, best first: the order of the answers on every ballot and of every count."""
