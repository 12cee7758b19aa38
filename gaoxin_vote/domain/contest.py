"""Which ratings are there, and which words does a voter choose from?"""

from enum import Enum


class Contest(Enum):
    """One kind of rating put to one body of voters (notice, part 3 (1) 2)."""

    LEADERSHIP = "领导评议"
    PEER = "部门互评"


class Grade(Enum):
    """The four grades of the notice, best first; 及格 and 不及格 are labels of 合格 and 不合格 (A1)."""

    EXCELLENT = "优秀"
    GOOD = "良好"
    PASS = "合格"
    FAIL = "不合格"


GRADES: tuple[Grade, ...] = tuple(Grade)
"""All grades, best first: the order of the answers on every ballot and of every count."""
