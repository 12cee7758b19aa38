"""Where is each thing settled that keeps a year from being finalised?"""

from dataclasses import dataclass

from gaoxin_vote.domain.record import AssessmentRecord, Blocker, BlockerKind
from gaoxin_vote.domain.session import Stage, VotingSession
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.stages import Destination, DestinationAct, YearStage
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.turnout import sessions

_HEADINGS = {
    BlockerKind.SESSION_MISSING: "计票结果",
    BlockerKind.NOT_RECONCILED: "票数核对",
    BlockerKind.GROUP_TOO_SMALL: "权重组人数",
    BlockerKind.NO_VALID_MARK: "有效票",
    BlockerKind.ABSTENTIONS_UNKNOWN: "弃权票数",
    BlockerKind.INDICATORS: "指标得分",
    BlockerKind.CLAIM_UNSETTLED: "加减分申报",
    BlockerKind.EVENT_UNSETTLED: "取消优良资格情形",
    BlockerKind.TIE_UNDECIDED: "并列",
    BlockerKind.SELF_RATED: "本单位票",
    BlockerKind.PLACES_MISSING: "名额",
    BlockerKind.PLACES_UNDECIDED: "名额",
    BlockerKind.TIE_HALF_DECIDED: "并列",
    BlockerKind.HISTORY_NOT_EARLIER: "历年考核结果",
    BlockerKind.UNKNOWN_UNIT: "名单以外的单位",
    BlockerKind.REPEATED: "重复的内容",
    BlockerKind.REASON_MISSING: "理由",
}
_VERBS = {
    BlockerKind.INDICATORS: "去补录",
    BlockerKind.CLAIM_UNSETTLED: "去审核",
    BlockerKind.EVENT_UNSETTLED: "去认定",
    BlockerKind.REASON_MISSING: "去填写",
}
_DECIDED = {
    BlockerKind.TIE_UNDECIDED,
    BlockerKind.TIE_HALF_DECIDED,
    BlockerKind.PLACES_UNDECIDED,
    BlockerKind.SELF_RATED,
}
"""What the leading group decides, and the office enters."""
_REHELD = {
    BlockerKind.NO_VALID_MARK,
    BlockerKind.ABSTENTIONS_UNKNOWN,
    BlockerKind.SELF_RATED,
    BlockerKind.SESSION_MISSING,
}
"""What goes away when the unit is rated again."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way to settle something."""

    words: str
    """As on a button."""
    destination: Destination


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What is settled at one and the same place."""

    heading: str
    messages: tuple[str, ...]
    ways: tuple[WayOut, ...]
    """The usual one first."""


def open_matters(workspace: Workspace, year: int, record: AssessmentRecord) -> tuple[OpenMatter, ...]:
    """All that blocks `record`, in its order, with where it is settled."""
    held = tuple(state.session for state in sessions(workspace, year)) if record.blockers else ()
    found: dict[tuple[str, tuple[WayOut, ...]], list[str]] = {}
    for blocker in record.blockers:
        key = _HEADINGS[blocker.kind], ways_out(blocker, held)
        found.setdefault(key, []).append(blocker.message)
    return tuple(OpenMatter(heading, tuple(messages), ways) for (heading, ways), messages in found.items())


def ways_out(blocker: Blocker, held: tuple[VotingSession, ...]) -> tuple[WayOut, ...]:
    """Where it is settled; `held` are the sessions of the year, in the order in which they were prepared."""
    ways = []
    if blocker.entries:
        ways.append(_entering(blocker))
    if blocker.poll is not None:
        ways.append(_voting(blocker, held))
    if not ways:
        ways.append(WayOut("去看方案", Destination(YearStage.SETUP)))
    return tuple(ways)


def _entering(blocker: Blocker) -> WayOut:
    kind = next((kind for kind in ENTERED if kind.inputs == blocker.entries), None)
    if kind is None:
        return WayOut("去看计票", Destination(YearStage.TALLY))
    if blocker.kind in _DECIDED:
        return WayOut("去决定…", Destination(YearStage.ENTRIES, kind.code, act=DestinationAct.IMPORT))
    return WayOut(_VERBS.get(blocker.kind, "去更正"), Destination(YearStage.ENTRIES, kind.code))


def _voting(blocker: Blocker, held: tuple[VotingSession, ...]) -> WayOut:
    """To the session that is under way for it, or that was counted; to the page where one is prepared."""
    of_poll = [
        session
        for session in held
        if (session.contest.code, session.group) == blocker.poll
        and session.stage is not Stage.VOIDED
        and (blocker.unit is None or blocker.unit in session.units)
    ]
    running = next((session for session in of_poll if session.stage is not Stage.TALLIED), None)
    if running is not None and running.stage is Stage.SEALED:
        return WayOut("去开箱", Destination(YearStage.TALLY, session=running.id))
    if running is not None:
        return WayOut("去测评会议", Destination(YearStage.SESSION, session=running.id))
    if not of_poll:
        return WayOut("去筹备会议", Destination(YearStage.SESSION))
    last = of_poll[-1].id
    if blocker.kind in _REHELD:
        return WayOut("重新测评…", Destination(YearStage.SESSION, session=last, act=DestinationAct.REHOLD))
    return WayOut("去看会议", Destination(YearStage.SESSION, session=last))
