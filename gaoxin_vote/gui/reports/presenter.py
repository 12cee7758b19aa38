"""Which sheets can be printed now, and which are still waiting for what?"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.reports.sheets import (
    ceremony_record_pdf,
    roll_sheet_pdf,
    tally_hash_pdf,
    tally_report_pdf,
)
from gaoxin_vote.workflow.results.assessing import is_final
from gaoxin_vote.workflow.session.turnout import sessions
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


class Sheet(Enum):
    """The sheets there are."""

    CEREMONY_RECORD = "密钥仪式记录"
    ROLL = "签到与发票登记表"
    TALLY_DIGEST = "开票摘要"
    TALLY_REPORT = "计票结果报告单"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet."""

    sheet: Sheet
    session_id: SessionId | None
    title: str
    words: str
    blocked: str


@dataclass(frozen=True, slots=True)
class ReportsState:
    """What the page shows."""

    lines: tuple[SheetLine, ...]
    package_blocked: str
    package_name: str
    next_step: str


class ReportsPresenter:
    """The sheets of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> ReportsState:
        """Which sheets there are."""
        held = self._workspace.call(ceremony_facts, self._year) is not None
        lines = [
            SheetLine(
                Sheet.CEREMONY_RECORD,
                None,
                Sheet.CEREMONY_RECORD.value,
                "密钥仪式的指纹，核验时用",
                "" if held else "尚未举行密钥仪式",
            )
        ]
        for state in self._workspace.call(sessions, self._year):
            session = state.session
            if session.stage is Stage.VOIDED:
                continue
            closed = "" if session.stage in (Stage.CLOSED, Stage.TALLIED) else "投票尚未结束"
            tallied = "" if session.stage is Stage.TALLIED else "尚未计票"
            kinds = (
                (Sheet.TALLY_REPORT, "签章，附计票统计表", tallied),
                (Sheet.TALLY_DIGEST, "开票前由监票密钥人签字", closed),
                (Sheet.ROLL, "手签用，不记时间", ""),
            )
            lines += [
                SheetLine(sheet, session.id, f"{session.title} {sheet.value}", words, blocked)
                for sheet, words, blocked in kinds
            ]
        final = self._workspace.call(is_final, self._year)
        package_blocked = "" if final else "综合考评定稿后才能生成记录包"
        next_step = (
            "下一步：生成记录包，任何人都可以在另一台电脑上核验。"
            if final
            else "选中一张表，预览后打印或保存。"
        )
        return ReportsState(tuple(lines), package_blocked, f"考核记录{self._year}.zip", next_step)

    def pdf(self, line: SheetLine, progress: Progress) -> bytes:
        """The sheet of this line."""
        if line.session_id is None:
            return self._workspace.call(ceremony_record_pdf, self._year)
        if line.sheet is Sheet.TALLY_REPORT:
            return self._workspace.call(tally_report_pdf, line.session_id, progress)
        if line.sheet is Sheet.TALLY_DIGEST:
            return self._workspace.call(tally_hash_pdf, line.session_id)
        return self._workspace.call(roll_sheet_pdf, line.session_id)

    def write_package(self, path: Path, progress: Progress) -> Path:
        """Write the record package."""
        return self._workspace.call(write_package, self._year, path, progress)
