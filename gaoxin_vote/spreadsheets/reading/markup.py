"""What does a workbook say about its cells beyond their values: hidden rows, errors, percentages, merges?

The fast reader gives an error cell, a formula that was never calculated and an empty cell all as an empty
text, and a percentage as a bare fraction. The difference matters for scores, so the file itself is asked.
"""

from dataclasses import dataclass, field
from enum import Enum
from xml.etree import ElementTree


class CellFault(Enum):
    """A cell that has no value although it is not empty; never a zero."""

    ERROR = "公式出错"
    UNCALCULATED = "公式没有计算结果"


class CellDoubt(Enum):
    """What makes it doubtful whether the value of a cell is meant; it is read, and somebody should look."""

    FORMULA_ZERO = "这个0是公式的结果，可能链接到空单元格，或者公式没有计算过"
    HIDDEN_ZERO = "这一格是0，在表格中却显示为空白"
    STRUCK = "这一格划了删除线"
    PARTLY_STRUCK = "这一格有一部分文字划了删除线"


Position = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(slots=True)
class SheetMarkup:
    """What a file says of one sheet."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    faults: dict[Position, CellFault] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    """The number formats that could show a percentage, or a zero as nothing."""
    formulas: set[Position] = field(default_factory=set)
    doubts: dict[Position, CellDoubt] = field(default_factory=dict)
    hides_zeros: bool = False
    """Whether the whole sheet shows zeros as empty cells."""
    merged: list[tuple[Position, Position]] = field(default_factory=list)
    """Top left and bottom right cell (ods; the reader itself knows those of the other formats)."""
    rows: int = 0
    columns: int = 0
    """The farthest row and column with content: the reader sets up every cell before them."""


def local_name(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: ElementTree.Element, name: str) -> str:
    """The attribute `name` whatever its namespace (transitional and strict files differ in it)."""
    direct = element.get(name)
    if direct is not None:
        return direct
    return next((value for key, value in element.attrib.items() if local_name(key) == name), "")


def is_on(value: str) -> bool:
    """Whether an attribute says yes."""
    return value.strip().lower() in ("1", "true", "on")
