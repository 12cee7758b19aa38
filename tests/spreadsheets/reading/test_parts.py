"""A zip that lies about its parts, or unpacks to more than anybody means, is refused before it costs."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading import parts
from gaoxin_vote.spreadsheets.reading.parts import Locked, Parts, TooMuch
from gaoxin_vote.spreadsheets.reading.spreadsheet import ReadingReason, SpreadsheetFile, read_workbook
from tests.spreadsheets.workbooks import ods_file, ods_rows, xlsx_file

_SHEET = "xl/worksheets/sheet1.xml"


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members, whatever they are called."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(file: SpreadsheetFile) -> list[tuple[str, bytes]]:
    """The members of a file."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def saying(content: bytes, name: str, size: int) -> bytes:
    """The zip with another size of a member, wherever it stands: in front of it and in the directory."""
    told = bytearray(content)
    encoded = name.encode()
    for mark, at, head in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            if content[start + head : start + head + len(encoded)] == encoded:
                told[start + at : start + at + 4] = struct.pack("<I", size)
    return bytes(told)


def locked(content: bytes) -> bytes:
    """The zip with the mark of encryption on its first member."""
    told = bytearray(content)
    told[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(told)


BOOKS = {"xlsx": xlsx_file([["x", 5]]), "ods": ods_file({"a": ods_rows([["x", 5]])}, "表.ods")}
SHEETS = {"xlsx": _SHEET, "ods": "content.xml"}
LIES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "smaller than it is": (lambda kind: saying(BOOKS[kind].content, SHEETS[kind], 60), "已损坏"),
    "larger than it is": (lambda kind: saying(BOOKS[kind].content, SHEETS[kind], 90_000), "已损坏"),
    "larger than anybody means": (
        lambda kind: saying(BOOKS[kind].content, SHEETS[kind], 700 * 2**20),
        "文件展开后过大",
    ),
    "encrypted": (lambda kind: locked(BOOKS[kind].content), "设有打开密码"),
    "a part outside the file": (
        lambda kind: zipped(*members_of(BOOKS[kind]), (f"xl/../../{SHEETS[kind]}", b"")),
        "已损坏",
    ),
    "two parts of one name": (
        lambda kind: zipped(*members_of(BOOKS[kind]), (SHEETS[kind], b"<other/>")),
        "已损坏",
    ),
    "a compression of its own": (
        lambda kind: zipped(*members_of(BOOKS[kind]), method=zipfile.ZIP_LZMA),
        "已损坏",
    ),
    "more parts than a book has": (
        lambda kind: zipped(
            *members_of(BOOKS[kind]), *((f"{number}", b"") for number in range(10_001)), method=0
        ),
        "文件展开后过大",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize("lie", LIES)
def test_a_zip_that_lies_is_refused_in_one_sentence(kind: str, lie: str) -> None:
    content, words = LIES[lie]
    with pytest.raises(Refused, match=words):
        read_workbook(SpreadsheetFile("表", content(kind)))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = zipped((_SHEET, bytes(33 * 2**20)))
    begin = time.process_time()
    with pytest.raises(TooMuch):
        Parts(content)
    assert time.process_time() - begin < 0.5
    # Also where it says that it is packed less: there are no more bytes than the file has.
    lying = bytearray(content)
    where = content.find(b"PK\x01\x02") + 20
    lying[where : where + 4] = struct.pack("<I", 2**30)
    with pytest.raises(TooMuch):
        Parts(bytes(lying))


def test_what_says_little_and_holds_much_is_read_only_as_far_as_it_says() -> None:
    content = saying(zipped(("a", bytes(20 * 2**20))), "a", 100)
    known = Parts(content)
    tracemalloc.start()
    try:
        with pytest.raises(zipfile.BadZipFile):
            list(known.pieces("a"))
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()


def test_a_part_that_is_too_long_is_given_up_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_MOST_KEPT", 3 * 2**20)
    pieces = Parts(zipped(("a", bytes(9 * 2**20))))
    assert len(Parts(zipped(("a", bytes(3 * 2**20)))).read("a")) == 3 * 2**20
    with pytest.raises(TooMuch):
        pieces.read("a")


def test_a_locked_part_is_told() -> None:
    with pytest.raises(Locked):
        Parts(locked(zipped(("a", b"x"))))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_more_rows_than_any_table_has_are_too_many(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 3)

    def file(rows: int) -> SpreadsheetFile:
        lines = [["x"], [None], ["y"], *[["z"]] * (rows - 2)]
        if kind == "xlsx":
            return xlsx_file(lines)
        if kind == "ods":
            return ods_file({"a": ods_rows(lines)})
        return SpreadsheetFile("表.csv", "".join(f"{line[0] or ''},\n" for line in lines).encode())

    assert len(read_workbook(file(3)).sheets[0].rows) == 4
    with pytest.raises(Refused, match="有内容的行超过3行") as refused:
        read_workbook(file(4))
    assert refused.value.reason is ReadingReason.TOO_LARGE


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><worksheet>&a9;</worksheet>'.encode()
    content = [(name, bomb if name == _SHEET else part) for name, part in members_of(BOOKS["xlsx"])]
    with pytest.raises(Refused, match="已损坏"):
        read_workbook(SpreadsheetFile("表.xlsx", zipped(*content)))
