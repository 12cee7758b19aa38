"""In which encoding was a text file saved?"""

import codecs
import re
from enum import Enum

from gaoxin_vote.errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAIR: re.Pattern[bytes] = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_SIGN = re.compile(rb"[\xa1-\xa3]|[\xa8\xa9][\x40-\x7e]")
_LOOKED_AT = 2**20


class EncodingReason(Enum):
    """Why a text file cannot be read."""

    UNKNOWN = "unknown encoding"
    NOT_TEXT = "not a text"


def decode(name: str, content: bytes) -> tuple[str, str]:
    """The text of a CSV file, and the name of its encoding where that had to be guessed (else empty).

    Byte order mark, then UTF-16 without one, then UTF-8, then Big5 where it looks like that, then GB18030: it
    seldom fails, so what it gives has to be looked at. Raises `Refused` when nothing fits or it is no text.
    """
    text, guessed = _decoded(name, content)
    if "\0" in text and not content.startswith(tuple(mark for mark, _ in _MARKS)):
        raise Refused(
            EncodingReason.NOT_TEXT,
            f"“{name}”不是表格文件。可导入 xlsx、xls、et、ods、csv，请用 Excel 或 WPS 另存后再导入。",
        )
    return text, guessed


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    certain = marked or _utf_16(content)
    for encoding in (
        (certain,) if certain else ("utf-8", *(("big5",) if _is_big5(content) else ()), "gb18030")
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "" if marked or encoding == "utf-8" else encoding.upper()
    raise Refused(
        EncodingReason.UNKNOWN,
        f"“{name}”的文字编码无法识别。请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
    )


def _is_big5(content: bytes) -> bool:
    """Whether the pairs of bytes are those of Big5: common hanzi there, rare ones in GB18030.

    The second byte of a common hanzi is above 0xA0 in GB18030, but in Big5 often below 0x80; the first one is
    0xA4 to 0xC6 for nine of ten in any Big5 text. What both have for signs and lines does not count.
    """
    found: list[bytes] = _PAIR.findall(content[:_LOOKED_AT])
    pairs = [pair for pair in found if not _SIGN.match(pair)]
    low = sum(pair[1] < 0x80 for pair in pairs)
    common = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs)
    return low * 8 > len(pairs) and common * 10 > 9 * len(pairs)


def _utf_16(content: bytes) -> str:
    """The byte order of UTF-16 without a mark: of a table, one half of the bytes is often zero, one never."""
    head = content[:4000]
    if len(head) < 2 or len(content) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if (even and odd) or max(even, odd) * 20 < len(head) // 2:
        return ""
    return "utf-16-le" if odd else "utf-16-be" if even else ""
