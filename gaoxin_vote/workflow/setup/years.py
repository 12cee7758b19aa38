"""How does a year begin, and by which scheme is it assessed?"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import SMALL, read_whole
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.register import OwnEntry


class SetupReason(Enum):
    """Why the setup refuses a step."""

    NO_OFFICE = "no office"
    NO_NAME = "no name"
    UNKNOWN = "unknown"
    IN_USE = "in use"


@dataclass(frozen=True, slots=True)
class ShippedScheme:
    """A scheme that ships with the program."""

    name: str
    title: str
    text: str


def shipped_schemes() -> tuple[ShippedScheme, ...]:
    """The schemes to choose from when a year begins; the 2017 notice first."""
    texts = ((name, shipped_scheme_text(name)) for name in ("2017", "plain", "weighted", "service"))
    return tuple(ShippedScheme(name, load_scheme(text).title, text) for name, text in texts)


def add_year(workspace: Workspace, scheme_text: str) -> int:
    """Begin the year of this scheme. Raises `Refused` with every fault, or when the year exists."""
    begun = load_scheme(scheme_text)
    require_printable(begun)
    with workspace.transaction():
        YearStore(workspace).add(begun.year, scheme_text)
        AuditLog(workspace).append(Act.ADD_YEAR, {"scheme": begun.title}, year=begun.year)
    return begun.year


def add_year_from(workspace: Workspace, path: Path) -> int:
    """Begin the year of the scheme in the file `path`. Raises as `add_year` and `read_whole` do."""
    return add_year(workspace, read_whole(path, SMALL).decode("utf-8-sig", errors="replace"))


def years(workspace: Workspace) -> tuple[int, ...]:
    """The years of the workspace, oldest first."""
    return YearStore(workspace).years()


def finalised_years(workspace: Workspace) -> frozenset[int]:
    """Those of them that are finalised."""
    return YearStore(workspace).finalised()


def scheme(workspace: Workspace, year: int) -> AssessmentScheme:
    """The year's scheme."""
    return load_scheme(YearStore(workspace).scheme_text(year))


def set_scheme(workspace: Workspace, year: int, scheme_text: str) -> AssessmentScheme:
    """Replace the year's scheme. Raises `Refused` with every fault, or once a session was prepared."""
    changed = load_scheme(scheme_text)
    require_printable(changed)
    if changed.year != year:
        raise Refused(SetupReason.UNKNOWN, f"此方案是{changed.year}年度的，不能用于{year}年度。")
    with workspace.transaction():
        require_no_session(workspace, year)
        known = {rules.contest for rules in changed.contests}
        for session in SessionStore(workspace).sessions(year):
            if session.contest not in known:
                words = f"{session.title}会议已作废，但留在档案中，新方案须保留“{session.contest.title}”。"
                raise Refused(SetupReason.IN_USE, words)
        YearStore(workspace).set_scheme_text(year, scheme_text)
        AuditLog(workspace).append(Act.REPLACE_SCHEME, {"scheme": changed.title}, year=year)
    return changed


def mark_sample(workspace: Workspace, year: int) -> None:
    """Mark the workspace as made of sample data: everything it prints carries 演示."""
    Register(workspace).put(year, OwnEntry.SAMPLE, "sample", "true")


def is_sample(workspace: Workspace) -> bool:
    """Whether the workspace holds sample data."""
    return bool(Register(workspace).years_with(OwnEntry.SAMPLE))


def require_no_session(workspace: Workspace, year: int) -> None:
    """Raise `Refused` when a session of the year stands on the present scheme, units and leaders."""
    for session in SessionStore(workspace).sessions(year):
        if session.stage is not Stage.VOIDED:
            raise Refused(
                SetupReason.IN_USE,
                f"{session.title}会议（{session.stage.label}）已按现有方案和名单筹备，不能修改；"
                "确需修改，请先作废这场会议。",
            )
