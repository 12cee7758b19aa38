"""How is a workspace file made and opened?"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.stretching import FULL_COSTS, StretchingCosts
from gaoxin_vote.workflow.setup.passphrase import require_strength
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.years import SetupReason

Clock = Callable[[], datetime]


def create_workspace(
    path: Path, passphrase: str, office: str, clock: Clock, costs: StretchingCosts = FULL_COSTS
) -> Workspace:
    """Make a new workspace file and open it. Raises `Refused` for a weak passphrase or an existing file."""
    require_strength(passphrase)
    if not office.strip():
        raise Refused(SetupReason.NO_OFFICE, "请填写考核办名称，它将印在各种报表上。")
    require_printable(office.strip())
    workspace = Workspace.create(path, passphrase, office=office.strip(), clock=clock, costs=costs)
    AuditLog(workspace).append(Act.CREATE_WORKSPACE, {"office": office.strip()})
    return workspace


def open_workspace(
    path: Path, passphrase: str, clock: Clock, costs: StretchingCosts = FULL_COSTS
) -> Workspace:
    """Open a workspace file. Raises `Refused` for a wrong passphrase or a foreign file."""
    return Workspace.open(path, passphrase, clock=clock, costs=costs)


def check_passphrase(workspace: Workspace, passphrase: str) -> None:
    """Raise `Refused` unless this is the officer's passphrase. Takes about a second on purpose."""
    workspace.check_passphrase(passphrase)


def today(workspace: Workspace) -> date:
    """The date on the workspace's clock."""
    return workspace.clock().date()
