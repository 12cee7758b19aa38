"""Does the log come out of the program as it stands in it?"""

import io
from datetime import date

import openpyxl
import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.reports.audit_export import log_csv, log_workbook
from gaoxin_vote.workflow.reports.audit_log import AuditLine

LINES = (
    AuditLine(2, 2017, "", date(2018, 1, 17), "开始投票", "=1+1", "会议编号：x", "ab" * 32),
    AuditLine(1, None, "2018-01-17 09:00:00", date(2018, 1, 17), "新建工作区", "单位：甲", "", "cd" * 32),
)


def _rows(content: bytes) -> list[tuple[object, ...]]:
    return [*openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def test_a_worksheet_has_every_entry_and_no_formula() -> None:
    made = log_workbook(LINES, traces=False)
    title, head, *rows = _rows(made.content)
    assert (made.name, title[0]) == ("审计日志.xlsx", "审计日志")
    assert head == ("序号", "时间", "事项", "内容")
    assert rows == [(2, "不记时间", "开始投票", "=1+1"), (1, "2018-01-17 09:00:00", "新建工作区", "单位：甲")]
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet["D3"].data_type == "s" and sheet.print_title_rows == "$1:$2"


def test_numbers_digests_and_links_go_along_where_they_are_asked_for() -> None:
    _title, head, second, first = _rows(log_workbook(LINES, traces=True).content)
    assert head[4:] == ("编号和摘要", "校验码")
    assert second[4:] == ("会议编号：x", "ab" * 32) and first[4:] == (None, "cd" * 32)


def test_a_text_file_says_the_same() -> None:
    made = log_csv(LINES, traces=True)
    lines = made.content.decode("utf-8-sig").splitlines()
    assert made.name == "审计日志.csv" and lines[0] == "序号,时间,事项,内容,编号和摘要,校验码"
    assert lines[1].startswith("2,不记时间,开始投票,\t=1+1,") or "'=1+1" in lines[1]
    assert lines[2] == f"1,2018-01-17 09:00:00,新建工作区,单位：甲,,{'cd' * 32}"


def test_an_entry_longer_than_a_cell_goes_into_a_text_file() -> None:
    long = AuditLine(1, None, "", None, "导入", "甲" * 40_000, "", "")
    with pytest.raises(Refused, match="CSV"):
        log_workbook((long,), traces=False)
    assert "甲" * 40_000 in log_csv((long,), traces=False).content.decode("utf-8-sig")
