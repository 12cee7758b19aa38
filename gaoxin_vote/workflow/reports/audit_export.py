"""How does the audit log get out of the program, for whoever inspects the office?"""

from collections.abc import Sequence

from gaoxin_vote.spreadsheets.exporting import csv_of, xlsx_of
from gaoxin_vote.spreadsheets.layout import Column, Format
from gaoxin_vote.workflow.reports.audit_log import AuditLine
from gaoxin_vote.workflow.results.handing_out import HandedOut

NAME = "审计日志"
UNTIMED = "不记时间"
_COLUMNS = (
    Column("number", "序号", "", Format.WHOLE),
    Column("time", "时间", ""),
    Column("act", "事项", ""),
    Column("content", "内容", ""),
)
_TRACES = (Column("traces", "编号和摘要", ""), Column("hash", "校验码", ""))


def log_workbook(lines: Sequence[AuditLine], traces: bool) -> HandedOut:
    """These entries as a worksheet; `traces` says whether with numbers, digests and links of the chain.

    Raises `Refused` where an entry is longer than a cell can hold.
    """
    rows = [_cells(line, traces) for line in lines]
    return HandedOut(f"{NAME}.xlsx", xlsx_of(NAME, (*_COLUMNS, *_TRACES * traces), rows))


def log_csv(lines: Sequence[AuditLine], traces: bool) -> HandedOut:
    """The same as text, under the same headings."""
    headings = [column.heading for column in (*_COLUMNS, *_TRACES * traces)]
    return HandedOut(f"{NAME}.csv", csv_of(headings, [_cells(line, traces) for line in lines]))


def _cells(line: AuditLine, traces: bool) -> tuple[int | str, ...]:
    shown = (line.number, line.time_text or UNTIMED, line.act, line.words)
    return (*shown, line.traces, line.hash) if traces else shown
