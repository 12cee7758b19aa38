"""Who is on the own rosters of contests, as a file lists them?"""

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import Kind, written
from gaoxin_vote.spreadsheets.layout import Column, Layout, group_words
from gaoxin_vote.spreadsheets.row import Row


def _rated(scheme: AssessmentScheme) -> tuple[Contest, ...]:
    """The contests that have a roster of their own."""
    return tuple(rules.contest for rules in scheme.contests if rules.raters is Raters.PERSONS)


RATER_LAYOUT = Layout(
    "raters",
    "评议人名单",
    (
        Column(
            "contest",
            "测评项目",
            "测评项目的名称或代码，如 代表评议；只填另有评议人名单的项目",
            required=True,
            synonyms=("评议", "评议项目", "测评"),
            words_of=lambda scheme: [contest.title for contest in _rated(scheme)],
        ),
        Column("code", "代码", "一个项目内不重复的代码，如 P1", required=True, synonyms=("编号", "编码")),
        Column("name", "姓名", "姓名或身份，印在应到名单上", required=True, synonyms=("评议人", "职务姓名")),
        Column(
            "group",
            "权重组",
            "仅在方案设权重时填写，须与方案中的组名一致",
            synonyms=("组别", "组"),
            words_of=group_words,
            extra=True,
            on_form=lambda scheme: bool(group_words(scheme)),
        ),
    ),
)


def _read(row: Row, context: Context) -> Rater | None:
    rated = _rated(context.scheme)
    words = {word: contest for contest in rated for word in (contest.title, contest.code)}
    contest = row.one_of("contest", [contest.title for contest in rated], words)
    code, name, group = row.text("code"), row.text("name"), row.text("group")
    if contest and code:
        row.identify("code", f"{contest.code}/{code_key(code)}", f"{contest.title}的代码{code}")
    if row.failed or not contest:
        return None
    return Rater(contest=contest.code, code=code, name=name, group=group)


RATERS = Kind(
    code="raters",
    label="评议人名单",
    meaning="另有评议人名单的测评项目由谁评价",
    value=Rater,
    layout=RATER_LAYOUT,
    read=_read,
    key=lambda rater: f"{rater.contest}/{rater.code}",
    cells=lambda rater, names: written(RATER_LAYOUT, rater, names),
    inputs="raters",
    subject=("name",),
    is_roster=True,
)
