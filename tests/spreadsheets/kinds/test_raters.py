"""Rosters of persons, each of one contest."""

from dataclasses import replace

from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.spreadsheets.problems import Problem
from tests.contests import LEADER_RULES, PEER_RULES
from tests.spreadsheets.importers import import_raters
from tests.spreadsheets.workbooks import csv_file

DEPUTIES = Contest(ContestCode("deputies"), "代表评议")
CONTESTS = (PEER_RULES, replace(LEADER_RULES, contest=DEPUTIES, raters=Raters.PERSONS))


def test_a_contest_is_named_by_title_or_code() -> None:
    file = csv_file("测评项目,代码,姓名,组别\n代表评议,P1,甲,\ndeputies,P2,乙,人大\n")
    assert import_raters(file, CONTESTS).require_clean() == (
        Rater(DEPUTIES.code, "P1", "甲"),
        Rater(DEPUTIES.code, "P2", "乙", "人大"),
    )


def test_faults_of_a_roster() -> None:
    rows = "代表评议,P1,甲\n代表评议,p1,乙\n部门互评,P2,丙\n,P3,丁\n代表评议,P4,\n"
    result = import_raters(csv_file("contest,code,name\n" + rows), CONTESTS)
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "code"),
        (4, Problem.UNKNOWN_WORD, "contest"),
        (5, Problem.VALUE_MISSING, "contest"),
        (6, Problem.VALUE_MISSING, "name"),
    ]
