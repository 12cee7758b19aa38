"""Who is on the own rosters of contests, as a file lists them?"""

from gaoxin_vote.domain.contest_rules import ContestRules, Raters
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.layout import Column, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook

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
        ),
        Column("code", "代码", "一个项目内不重复的代码，如 P1", required=True, synonyms=("编号", "编码")),
        Column("name", "姓名", "姓名或身份，印在应到名单上", required=True, synonyms=("评议人", "职务姓名")),
        Column(
            "group",
            "权重组",
            "仅在方案设权重时填写，须与方案中的组名一致",
            synonyms=("组别", "组"),
            extra=True,
        ),
    ),
)


def _rater_rows(rater: Rater, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return ((rater.contest, rater.code, rater.name, rater.group),)


RATERS: Kind[Rater] = Kind(RATER_LAYOUT, lambda rater: f"{rater.contest}/{rater.code}", _rater_rows)


def import_raters(file: SpreadsheetFile, contests: tuple[ContestRules, ...]) -> ImportResult[Rater]:
    """The persons of a file, in its order. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    rated = [rules.contest for rules in contests if rules.raters is Raters.PERSONS]
    words = {word: contest for contest in rated for word in (contest.title, contest.code)}
    raters: list[Rater] = []
    codes = Seen()
    for row in rows_of(read_workbook(file), RATER_LAYOUT, findings):
        contest = row.one_of("contest", [contest.title for contest in rated], words)
        code, name, group = row.text("code"), row.text("name"), row.text("group")
        if contest and code:
            codes.is_new(f"{contest.code}/{matching(code)}", row, "code", f"{contest.title}的代码{code}")
        if contest and not row.failed:
            raters.append(Rater(contest.code, code, name, group))
    return findings.result(lambda: raters)
