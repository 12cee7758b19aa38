"""A real meeting: a workspace after its ceremony, with a worker thread that owns it and open sessions."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.sample import printed_codes
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import open_session
from gaoxin_vote.workflow.session.slip_desk import issue_slip
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import create_workspace
from gaoxin_vote.workflow.setup.years import add_year
from tests.stretching import CHEAP_COSTS

OFFICER = "officer passphrase 1"
_LEADERS = "code,title\nL1,党工委书记\nL2,管委会主任\nL3,纪工委书记\n"


@dataclass(frozen=True)
class Meeting:
    """An open workspace; everything here is for the thread that made it."""

    workspace: Workspace
    year: int

    def open(self, contest: Contest, **choices: object) -> tuple[SessionId, tuple[str, ...], tuple[str, ...]]:
        """An open session with every slip handed out: its id, those codes and the codes of the spares."""
        session_id = prepare_session(self.workspace, self.year, SessionPlan(contest, **choices))  # type: ignore[arg-type]
        codes = printed_codes(make_slips(self.workspace, session_id))
        open_session(self.workspace, session_id)
        electors = session_state(self.workspace, session_id).roll.electors
        for elector in electors:
            issue_slip(self.workspace, session_id, elector.code, True)
        return session_id, codes[: len(electors)], codes[len(electors) :]


def hold_meeting(folder: Path, names: tuple[str, ...]) -> Meeting:
    """Make a workspace with these units and three leaders, and hold its ceremony."""
    workspace = create_workspace(
        folder / "w.gxv", OFFICER, "高新区考核办", lambda: datetime.now(UTC), CHEAP_COSTS
    )
    year = add_year(workspace, shipped_scheme_text("2017"))
    lines = [f"U{number:02},{name},机关部门,{number + 5}" for number, name in enumerate(names, 1)]
    (folder / "units.csv").write_text("\n".join(("code,name,class,staff", *lines)) + "\n")
    (folder / "leaders.csv").write_text(_LEADERS)
    for kind, name in ((UNITS, "units.csv"), (LEADERS, "leaders.csv")):
        apply_import(workspace, year, preview_import(workspace, year, kind, folder / name))
    ceremony = begin_ceremony(workspace, year, ("考核办", "区纪委"), 2)
    for index in range(2):
        ceremony.hand_over(index, f"trustee {index} secret", folder / f"share-{index}.json")
    ceremony.complete()
    return Meeting(workspace, year)
