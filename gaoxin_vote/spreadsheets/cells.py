"""Which number, day or yes does a cell mean?"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from gaoxin_vote.domain.spelling import matching as matching
from gaoxin_vote.domain.spelling import normal as normal
from gaoxin_vote.domain.spelling import visible_text
from gaoxin_vote.spreadsheets.reading.markup import CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_TIME = r"(?:[ T]*(?:上午|下午)?\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:\.\d+)?)?[分秒Z]?)?"
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?" + _TIME)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NARROW = {0xFF01 + step: 0x21 + step for step in range(0x5E)} | {0x3000: 0x20}
_YES = frozenset({"是", "对", "有", "√", "✓", "y", "yes", "true", "1"})
_NO = frozenset({"否", "不", "无", "×", "✗", "x", "n", "no", "false", "0"})


def text_of(content: Content) -> str:
    """What the cell shows, for a text column: a number plainly, a day as 2017-12-28."""
    if isinstance(content, str):
        return content
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, Decimal):
        return f"{content:f}"
    if isinstance(content, dt.datetime):
        return str(content.date() if content.time() == dt.time() else content)
    if isinstance(content, CellFault):
        return ""
    return content.isoformat()


def narrow(text: str) -> str:
    """`text` with full-width signs made ordinary and nothing else: 3² and ½, unlike in `normal`, stay."""
    return text if text.isascii() else visible_text(text).translate(_NARROW).strip()


@lru_cache(maxsize=2**16)
def number_of(text: str) -> Decimal | None:
    """The number a text spells, such as ``35.50``, ``1,200``, ``８.5`` or ``3分``; None if it spells none."""
    if _PLAIN.fullmatch(text) and text.isascii():
        return Decimal(text)
    plain = narrow(text).replace("\u2212", "-").removesuffix("分").rstrip()
    if not plain.isascii():
        return None
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    return Decimal(plain.replace(",", "")) if _GROUPED.fullmatch(plain) else None


def share_of(text: str) -> Decimal | None:
    """The fraction that a percentage such as ``95%`` spells; None for anything else."""
    plain = narrow(text)
    if not plain.endswith("%"):
        return None
    number = number_of(plain[:-1].rstrip())
    return None if number is None else number / 100


def day_of(content: Content) -> dt.date | None:
    """The day a cell names (2018-01-10, 2018年1月10日, 2018/1/10, 2018.1.10, 20180110), or None.

    A time beside it says nothing of the day.
    """
    if isinstance(content, dt.datetime):
        return content.date()
    if isinstance(content, dt.date):
        return content
    plain = narrow(text_of(content))
    found = _DATE.fullmatch(plain) or _COMPACT_DATE.fullmatch(plain)
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes or no; None if neither."""
    word = matching(text)
    return True if word in _YES else False if word in _NO else None
