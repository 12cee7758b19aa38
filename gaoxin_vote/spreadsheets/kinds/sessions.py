"""Which numbers does the report of a session hold, and which tallies follow from it?"""

from dataclasses import dataclass

from gaoxin_vote.domain.contest import Contest, session_title
from gaoxin_vote.domain.contest_rules import ContestRules, Raters
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.tally import Reconciliation, SessionTally, UnitCount
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import InFolder, Kind, WrittenRow, written
from gaoxin_vote.spreadsheets.kinds.tallies import GROUP, NUMBER, TallyLine, session_number
from gaoxin_vote.spreadsheets.layout import Column, Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Level, Problem, Spot
from gaoxin_vote.spreadsheets.row import Row


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One row of the session reports: the numbers of one session and what its sheet says of it."""

    reconciliation: Reconciliation
    minutes: SessionMinutes


SESSION_LAYOUT = Layout(
    "session",
    "计票结果报告",
    (
        Column(
            "session",
            "会议",
            "测评项目的名称，如 领导评议",
            Format.WORD,
            required=True,
            synonyms=("会议名称", "评议会议", "测评会议", "投票会议"),
            words_of=lambda scheme: [rules.contest.title for rules in scheme.contests],
        ),
        GROUP,
        NUMBER,
        Column("should_attend", "应到", "人数", Format.WHOLE, required=True, synonyms=("应到人数",)),
        Column("attended", "实到", "人数", Format.WHOLE, required=True, synonyms=("实到人数",)),
        Column("issued", "发出", "张", Format.WHOLE, required=True, synonyms=("发出票数", "发票数")),
        Column("returned", "收回", "张", Format.WHOLE, required=True, synonyms=("收回票数", "收票数")),
        Column("valid_ballots", "有效票", "张", Format.WHOLE, required=True, synonyms=("有效", "有效票数")),
        Column(
            "invalid_ballots",
            "无效票",
            "张",
            Format.WHOLE,
            required=True,
            synonyms=("无效", "废票", "无效票数"),
        ),
        Column("held_on", "日期", "如 2018-01-17", Format.DATE, synonyms=("会议日期", "时间", "会议时间")),
        Column("place", "地点", "会议地点", synonyms=("会议地点",), extra=True),
        Column("chair", "主持人", "姓名", synonyms=("会议主持人",), extra=True),
        Column("chief_scrutineer", "总监票人", "姓名"),
        Column("scrutineers", "监票人", "姓名，几个之间用“、”隔开"),
        Column("tellers", "计票人", "姓名，几个之间用“、”隔开"),
    ),
)


def contest_words(contests: tuple[ContestRules, ...]) -> dict[str, Contest]:
    """The contests by what tables call them; 互评 is the one in which units rate, where there is one only."""
    words: dict[str, Contest] = {}
    peers = [rules.contest for rules in contests if rules.raters is Raters.UNITS]
    if len(peers) == 1:
        words |= dict.fromkeys(("互评", "单位互评"), peers[0])
    for contest in (rules.contest for rules in contests):
        words |= dict.fromkeys((f"{contest.title}会议", contest.code), contest)
    return words | {contest.title: contest for contest in (rules.contest for rules in contests)}


def _session_key(line: SessionLine) -> str:
    minutes = line.minutes
    return f"{minutes.contest.code}/{minutes.group}/{minutes.number}"


def _read(row: Row, context: Context) -> SessionLine | None:
    contests = context.scheme.contests
    contest = row.one_of("session", [rules.contest.title for rules in contests], contest_words(contests))
    group, number = row.text("group"), session_number(row)
    numbers = Reconciliation(
        row.whole("should_attend"),
        row.whole("attended"),
        row.whole("issued"),
        row.whole("returned"),
        row.whole("valid_ballots"),
        row.whole("invalid_ballots"),
    )
    held_on, place, chair = row.day("held_on"), row.text("place"), row.text("chair")
    chief_scrutineer, scrutineers = row.text("chief_scrutineer"), row.words("scrutineers")
    tellers = row.words("tellers")
    if not contest:
        return None
    row.identify("session", f"{contest.code}/{group}/{number}", f"{contest.title}会议")
    minutes = SessionMinutes(
        contest=contest,
        group=group,
        number=number,
        held_on=held_on,
        place=place,
        chair=chair,
        chief_scrutineer=chief_scrutineer,
        scrutineers=scrutineers,
        tellers=tellers,
    )
    return SessionLine(numbers, minutes)


def _cells(line: SessionLine, names: UnitNames) -> tuple[WrittenRow, ...]:
    minutes, numbers = line.minutes, line.reconciliation
    return written(
        SESSION_LAYOUT,
        minutes,
        names,
        session=minutes.contest.title,
        number=None if minutes.number == 1 else minutes.number,
        should_attend=numbers.should_attend,
        attended=numbers.attended,
        issued=numbers.issued,
        returned=numbers.returned,
        valid_ballots=numbers.valid,
        invalid_ballots=numbers.invalid,
    )


SESSIONS = Kind(
    code="session",
    label="计票结果报告",
    meaning="各次会议的应到、实到、发出、收回和有效票数",
    value=SessionLine,
    layout=SESSION_LAYOUT,
    read=_read,
    key=_session_key,
    cells=_cells,
    folder=InFolder.REQUIRED,
    prefilled=lambda context: ({"session": rules.contest.title} for rules in context.scheme.contests),
)


def session_tallies(
    sessions: ImportResult[SessionLine], tallies: tuple[ImportResult[TallyLine], ...]
) -> ImportResult[SessionTally]:
    """The tallies of all sessions, in the order of `sessions`: the numbers of each joined to its counts.

    A session without counts, or counts without a session, is an error.
    """
    findings = Findings(sessions.file)
    counts: dict[tuple[Contest, str, int], list[UnitCount]] = {}
    for line in (line for tally in tallies for line in tally.values):
        counts.setdefault((line.contest, line.group, line.number), []).append(line.count)
    joined: list[SessionTally] = []
    for session in sessions.values:
        minutes = session.minutes
        found = counts.pop((minutes.contest, minutes.group, minutes.number), None)
        if found is None:
            _note_unmatched(minutes.contest, minutes.group, minutes.number, "没有计票统计", findings)
        else:
            joined.append(
                SessionTally(
                    minutes.contest, minutes.group, minutes.number, session.reconciliation, tuple(found)
                )
            )
    for contest, group, number in counts:
        _note_unmatched(contest, group, number, "有计票统计，却没有计票结果报告", findings)
    return findings.result(lambda: joined)


def _note_unmatched(contest: Contest, group: str, number: int, words: str, findings: Findings) -> None:
    which = session_title(contest, group, number)
    findings.add(
        Level.ERROR, Problem.SESSION_MISSING, f"{which}会议{words}。", Spot(field="session"), value=which
    )
