"""How does an office begin: workspace, year, scheme, units and leaders?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import Leader, Unit, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace as Workspace  # what windows hold without touching storage
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.setup.passphrase import require_strength
from gaoxin_vote.workflow.setup.register import InputKind, keep, kept

Clock = Callable[[], datetime]

_SAMPLE = "SAMPLE"
"""The register's name for the mark of sample data."""


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


def create_workspace(path: Path, passphrase: str, office: str, clock: Clock) -> Workspace:
    """Make a new workspace file and open it. Raises `Refused` for a weak passphrase or an existing file."""
    require_strength(passphrase)
    if not office.strip():
        raise Refused(SetupReason.NO_OFFICE, "请填写单位（考核办）名称，它将印在各种表格上。")
    workspace = Workspace.create(path, passphrase, office=office.strip(), clock=clock)
    AuditLog(workspace).append("建立工作区", {"office": office.strip()})
    return workspace


def open_workspace(path: Path, passphrase: str, clock: Clock) -> Workspace:
    """Open a workspace file. Raises `Refused` for a wrong passphrase or a foreign file."""
    return Workspace.open(path, passphrase, clock=clock)


def check_passphrase(workspace: Workspace, passphrase: str) -> None:
    """Raise `Refused` unless this is the officer's passphrase. Takes about a second on purpose."""
    workspace.check_passphrase(passphrase)


def shipped_schemes() -> tuple[ShippedScheme, ...]:
    """The schemes to choose from when a year begins; the 2017 notice first."""
    texts = ((name, shipped_scheme_text(name)) for name in ("2017", "plain", "weighted"))
    return tuple(ShippedScheme(name, load_scheme(text).title, text) for name, text in texts)


def add_year(workspace: Workspace, scheme_text: str) -> int:
    """Begin the year of this scheme. Raises `Refused` with every fault, or when the year exists."""
    year = load_scheme(scheme_text).year
    with workspace.transaction():
        YearStore(workspace).add(year, scheme_text)
        AuditLog(workspace).append("建立年度", {"scheme": load_scheme(scheme_text).title}, year=year)
    return year


def years(workspace: Workspace) -> tuple[int, ...]:
    """The years of the workspace, oldest first."""
    return YearStore(workspace).years()


def scheme(workspace: Workspace, year: int) -> AssessmentScheme:
    """The year's scheme."""
    return load_scheme(YearStore(workspace).scheme_text(year))


def set_scheme(workspace: Workspace, year: int, scheme_text: str) -> AssessmentScheme:
    """Replace the year's scheme. Raises `Refused` with every fault, or once a session was prepared."""
    changed = load_scheme(scheme_text)
    if changed.year != year:
        raise Refused(SetupReason.UNKNOWN, f"此方案是{changed.year}年度的，不能用于{year}年度。")
    with workspace.transaction():
        require_no_session(workspace, year)
        YearStore(workspace).set_scheme_text(year, scheme_text)
        AuditLog(workspace).append("更换方案", {"scheme": changed.title}, year=year)
    return changed


def units(workspace: Workspace, year: int) -> tuple[Unit, ...]:
    """The year's units in the official order."""
    return kept(workspace, year, InputKind.UNITS)


def leaders(workspace: Workspace, year: int) -> tuple[Leader, ...]:
    """The year's leaders in the official order."""
    return kept(workspace, year, InputKind.LEADERS)


def mark_sample(workspace: Workspace, year: int) -> None:
    """Mark the workspace as made of sample data: everything it prints carries 演示."""
    Register(workspace).put(year, _SAMPLE, _SAMPLE, "true")


def is_sample(workspace: Workspace) -> bool:
    """Whether the workspace holds sample data."""
    return any(Register(workspace).rows(year, _SAMPLE) for year in years(workspace))


def rename_unit(workspace: Workspace, year: int, code: UnitCode, name: str) -> None:
    """Correct the name of a unit; the old one stays as an alias for imports."""
    if not name.strip():
        raise Refused(SetupReason.NO_NAME, "单位名称不能为空。")
    with workspace.transaction():
        require_no_session(workspace, year)
        everybody = units(workspace, year)
        if any(unit.name == name.strip() and unit.code != code for unit in everybody):
            raise Refused(SetupReason.NO_NAME, f"已有名为“{name.strip()}”的单位。")
        changed = tuple(
            replace(unit, name=name.strip(), aliases=tuple(dict.fromkeys((*unit.aliases, unit.name))))
            if unit.code == code and unit.name != name.strip()
            else unit
            for unit in everybody
        )
        if keep(workspace, year, InputKind.UNITS, changed):
            AuditLog(workspace).append("更正单位名称", {"unit": code, "name": name.strip()}, year=year)


def rename_leader(workspace: Workspace, year: int, code: str, title: str) -> None:
    """Correct the title of a leader."""
    if not title.strip():
        raise Refused(SetupReason.NO_NAME, "职务不能为空。")
    with workspace.transaction():
        require_no_session(workspace, year)
        changed = tuple(
            replace(leader, title=title.strip()) if leader.code == code else leader
            for leader in leaders(workspace, year)
        )
        if keep(workspace, year, InputKind.LEADERS, changed):
            AuditLog(workspace).append("更正领导职务", {"leader": code, "title": title.strip()}, year=year)


def require_no_session(workspace: Workspace, year: int) -> None:
    """Raise `Refused` when a session of the year stands on the present scheme, units and leaders."""
    for session in SessionStore(workspace).sessions(year):
        if session.stage is not Stage.VOIDED:
            raise Refused(
                SetupReason.IN_USE,
                f"{session.title}会议（{session.stage.value}）已按现有方案和名单筹备，不能再改；"
                "确需修改，请先作废该会议。",
            )
