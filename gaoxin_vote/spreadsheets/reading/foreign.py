"""What is a file that is no table, or one that cannot be read, in words that tell what to do?"""

import re
import zipfile
from io import BytesIO

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF文件"),
    (b"{\\rtf", "RTF文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"SQLite format 3", "数据库文件"),
)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet"), "“XML电子表格2003”文件"),
    (re.compile(r"<office:document[\s>]"), "“平面XML”的ODF文件（fods）"),
    (re.compile(r"<pkg:package[\s>]"), "“平面OPC”的XML文件"),
    (re.compile(r"<(?:!doctype html|html|table|head|body|meta|div)[\s>]", re.IGNORECASE), "网页"),
    (re.compile(r"<\?xml[\s>]"), "XML文件"),
)
_ARCHIVE = re.compile(r"^\s*(?:mime-version|content-type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE)
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/", "Word文档"),
    ("ppt/", "演示文稿"),
    ("index/document.iwa", "Numbers表格"),
)
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "Word文档"),
    ("PowerPoint Document", "演示文稿"),
)
_HEAD = 4096
_OPENED_BY_PROGRAMS = frozenset(
    {"网页", "单个文件网页（mht）", "Numbers表格", *(words for _, words in _MARKUP)}
)


def foreign_message(content: bytes) -> str:
    """What a file is that is known and no table to be read, and what to do; empty for all else."""
    words = foreign_words(content)
    if not words:
        return ""
    if words in _OPENED_BY_PROGRAMS:
        return f"其实是{words}，不能直接读取。请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。"
    return f"其实是{words}，不是表格文件。可导入 xlsx、xls、et、ods、csv，请重新选择。"


def foreign_words(content: bytes) -> str:
    """What the file is, in Chinese; empty where it may be a table."""
    for signature, words in _SIGNATURES:
        if content.startswith(signature):
            return words
    if content.startswith(b"PK"):
        return _in_archive(content)
    if content.startswith(_COMPOUND):
        return next((words for name, words in _STREAMS if name.encode("utf-16-le") in content), "")
    return _as_text(content[:_HEAD])


def _in_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError):
        return ""
    known = (words for start, words in _PARTS if any(name.startswith(start) for name in names))
    return next(known, "压缩包" if names else "")


def _as_text(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if _ARCHIVE.match(text) and "multipart/related" in text.lower():
        return "单个文件网页（mht）"
    if not text.startswith("<"):
        return ""
    return next((words for pattern, words in _MARKUP if pattern.search(text)), "网页")
