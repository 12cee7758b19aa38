"""Which counts stand though a unit rated itself or somebody voted twice (A42), as a file lists them?"""

from dataclasses import replace

from gaoxin_vote.domain.decision import CountDecision
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import Kind, written
from gaoxin_vote.spreadsheets.kinds.sessions import contest_words
from gaoxin_vote.spreadsheets.kinds.tallies import GROUP, NUMBER, session_number
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, REASON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.row import Row

COUNT_LAYOUT = Layout(
    "count_decisions",
    "计票决定",
    (
        Column(
            "contest",
            "测评项目",
            "测评项目的名称，如 部门互评",
            Format.WORD,
            required=True,
            synonyms=("会议", "会议名称", "评议"),
            words_of=lambda scheme: [rules.contest.title for rules in scheme.contests],
        ),
        GROUP,
        replace(NUMBER, on_form=lambda scheme: True),
        UNIT_CODE,
        UNIT_NAME,
        REASON,
        DECIDED_ON,
    ),
)


def _read(row: Row, context: Context) -> CountDecision | None:
    contests = context.scheme.contests
    contest = row.one_of("contest", [rules.contest.title for rules in contests], contest_words(contests))
    group, number, unit = row.text("group"), session_number(row), row.unit(context.names)
    reason, decided_on = row.text("reason"), row.day("decided_on")
    if contest and unit:
        key = f"{contest.code}/{group}/{number}/{unit.code}"
        row.identify("contest+unit_code", key, f"{contest.title}中单位“{unit.name}”")
    if row.failed or not contest or not unit:
        return None
    return CountDecision(contest.code, group, number, unit.code, reason, decided_on)


COUNTS = Kind(
    code="count_decisions",
    label="计票决定",
    meaning="领导小组对有人评了本单位、投了两次的计票结果是否计入的决定",
    value=CountDecision,
    layout=COUNT_LAYOUT,
    read=_read,
    key=lambda each: f"{each.contest}/{each.group}/{each.number}/{each.unit}",
    cells=lambda decision, names: written(COUNT_LAYOUT, decision, names),
    inputs="count_decisions",
)
