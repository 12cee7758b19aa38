"""What can be done with a sheet now, and why not with the rest?"""

from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.workflow.reports.sheets import SheetLine, SheetName

_BY_HAND = "此表不经签发，打印后手签"
_NOT_ISSUED = "尚未签发"
_KEPT = "已签发，以签发的为准"


class SheetAct(Enum):
    """What can be done with a sheet; the value is the word on the button."""

    DRAFT = "预览（草稿）…"
    ISSUE = "签发…"
    PAPER = "打印、另存…"
    REISSUE = "改版…"


@dataclass(frozen=True, slots=True)
class SheetState:
    """One sheet."""

    name: SheetName
    title: str
    purpose: str
    status: str
    edition: int
    """0 before it is issued."""
    draft: str
    """Why no draft can be had; empty when one can. The same of the three that follow."""
    issue: str
    paper: str
    reissue: str
    needed: bool
    """Whether it can be issued and is not."""
    minutes: SessionMinutes | None
    """What is corrected together with a sheet of a session that is issued again."""

    def blocked(self, act: SheetAct) -> str:
        """Why `act` cannot be done now; empty when it can."""
        return {
            SheetAct.DRAFT: self.draft,
            SheetAct.ISSUE: self.issue,
            SheetAct.PAPER: self.paper,
            SheetAct.REISSUE: self.reissue,
        }[act]


def sheet_state(line: SheetLine) -> SheetState:
    """What can be done with the sheet of this line."""
    waiting, certified, issued = line.readiness.waiting, line.form.certified, line.issued
    lacking = f"{line.readiness.words}。{line.readiness.where}".rstrip("。") if line.readiness.lacking else ""
    if not certified:
        status = waiting or "可打印"
        draft, issue, paper, reissue = _BY_HAND, _BY_HAND, waiting, _BY_HAND
    elif issued is not None:
        status = f"已签发（第{issued.edition}版）"
        draft, issue, paper, reissue = _KEPT, f"{_KEPT}；更正请用“改版”", "", ""
    else:
        status = line.readiness.words or "待签发"
        draft, issue, paper, reissue = waiting, waiting or lacking, _NOT_ISSUED, _NOT_ISSUED
    return SheetState(
        name=line.name,
        title=line.title,
        purpose=line.purpose,
        status=status,
        edition=issued.edition if issued else 0,
        draft=draft,
        issue=issue,
        paper=paper,
        reissue=reissue,
        needed=certified and issued is None and not waiting,
        minutes=line.minutes if certified else None,
    )
