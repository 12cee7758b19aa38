"""What is no table is called by its name."""

import io
import zipfile

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.foreign import foreign_message
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "单个文件网页（mht）"),
        (b"<!DOCTYPE html>\n<html><body/></html>", "网页"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML电子表格2003",
        ),
        (b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "平面XML"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "平面OPC"),
        (b"<?xml version='1.0'?><x/>", "XML文件"),
        (b"{\\rtf1 x}", "RTF文档"),
        (b"%PDF-1.7", "PDF文件"),
        (archive("_rels/.rels", "word/document.xml"), "Word文档"),
        (archive("a/b.csv"), "压缩包"),
    ],
)
def test_a_file_that_is_no_table_is_named(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=f"其实是“?{words}"):
        read_workbook(SpreadsheetFile("得分.xlsx", content))


def test_what_may_be_a_table_is_none_of_them() -> None:
    assert foreign_message("单位,得分\n甲局,5\n".encode()) == ""
