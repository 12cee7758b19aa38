"""Bonus and deduction claims, and late ones that count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory, ClaimReason, adjust
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_acceptances, import_claims
from tests.spreadsheets.workbooks import csv_file, xlsx_file

HEAD = "编号,申报单位,类别,级别,事项编号,申报事项,授予日期,申报日期,申报分值,是否通过,核定分值\n"


def test_the_sample(inputs: AssessmentInputs) -> None:
    claims = {claim.claim_id: claim for claim in inputs.claims}
    assert len(claims) == 32
    assert claims["A10"] == BonusClaim(
        "A10",
        UnitCode("U07"),
        ClaimCategory.CITY_ITEM,
        "不合格",
        "S2",
        "市档案工作单项考核",
        "市考核办",
        date(2017, 12, 22),
        None,
        Decimal(-1),
        True,
        Decimal(-1),
        "考核办直接登记",
    )
    assert claims["A29"].approved is False


def test_other_words_and_no_decision_yet(names: UnitNames, scheme: AssessmentScheme) -> None:
    rows = "A1,经发局,单项工作考核,良好,,某考核,,2018年1月8日,0.5,同意,0.5\nA2,U01,重大创新,,,某创新,,,,,\n"
    rows = rows.replace("U01", "办公室")
    first, second = import_claims(csv_file(HEAD + rows), names, scheme).require_clean()
    assert (first.unit, first.category, first.level) == ("U10", ClaimCategory.CITY_ITEM, "良好")
    assert (first.declared_on, first.approved) == (date(2018, 1, 8), True)
    assert (second.category, second.approved, second.requested_points) == (
        ClaimCategory.INNOVATION,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("row", "problem", "field"),
    [
        ("A1,某局,荣誉,市级,M1,奖,,,1,是,1", Problem.UNKNOWN_UNIT, "unit_name"),
        ("A1,办公室,奖励,市级,M1,奖,,,1,是,1", Problem.UNKNOWN_WORD, "category"),
        ("A1,办公室,荣誉,县级,M1,奖,,,1,是,1", Problem.UNKNOWN_WORD, "level"),
        ("A1,办公室,荣誉,,M1,奖,,,1,是,1", Problem.UNKNOWN_WORD, "level"),
        ("A1,办公室,单项考核,市级,S1,奖,,,1,是,1", Problem.UNKNOWN_WORD, "level"),
        ("A1,办公室,荣誉,市级,,奖,,,1,是,1", Problem.VALUE_MISSING, "matter_id"),
        ("A1,办公室,荣誉,市级,M1,,,,1,是,1", Problem.VALUE_MISSING, "title"),
        ("A1,办公室,荣誉,市级,M1,奖,,1月8日,1,是,1", Problem.NOT_DATE, "declared_on"),
        ("A1,办公室,荣誉,市级,M1,奖,,,一分,是,1", Problem.NOT_NUMBER, "requested_points"),
        ("A1,办公室,荣誉,市级,M1,奖,,,50%,是,1", Problem.NOT_NUMBER, "requested_points"),
        ("A1,办公室,荣誉,市级,M1,奖,,,1,待定,1", Problem.UNKNOWN_WORD, "approved"),
        (",办公室,荣誉,市级,M1,奖,,,1,是,1", Problem.VALUE_MISSING, "claim_id"),
    ],
)
def test_each_fault_of_a_row(
    row: str, problem: Problem, field: str, names: UnitNames, scheme: AssessmentScheme
) -> None:
    result = import_claims(csv_file(HEAD + row), names, scheme)
    assert [(p.problem, p.field) for p in result.errors[:-1]] == [(problem, field)]


def test_the_levels_are_those_of_the_scheme(names: UnitNames, scheme: AssessmentScheme) -> None:
    other = replace(scheme, bonus=replace(scheme.bonus, level_points=(("县级", Decimal(1)),)))
    row = "A1,办公室,荣誉,县级,M1,奖,,,1,是,1"
    assert import_claims(csv_file(HEAD + row), names, other).require_clean()[0].level == "县级"


def test_a_number_twice(names: UnitNames, scheme: AssessmentScheme) -> None:
    row = "A1,办公室,荣誉,市级,M1,奖,,,1,是,1\n"
    result = import_claims(csv_file(HEAD + row + row), names, scheme)
    assert [(p.row, p.problem) for p in result.errors[:1]] == [(3, Problem.DUPLICATE)]


def test_odd_days_and_equal_claims_are_pointed_out(names: UnitNames, scheme: AssessmentScheme) -> None:
    rows = (
        "A1,办公室,荣誉,市级,M1,奖,2016-12-31,2018-04-11,1,是,1\n"
        "A2,办公室,荣誉,市级,M1,奖,2017-06-01,2018-01-08,1,是,1\n"
        "A3,办公室,荣誉,市级,M1,另奖,2017-06-01,,1,是,1\n"
        "A4,办公室,荣誉,市级,M1,奖,2017-06-01,,2,否,\n"
    )
    result = import_claims(csv_file(HEAD + rows), names, scheme)
    assert len(result.require_clean()) == 4
    assert [(p.row, p.problem, p.field) for p in result.warnings] == [
        (2, Problem.OUT_OF_SEASON, "issued_on"),
        (2, Problem.OUT_OF_SEASON, "declared_on"),
        (5, Problem.EQUAL_CLAIMS, "claim_id"),
    ]
    assert "第3行的A2" in result.warnings[2].message


def test_late_claims_must_be_known(inputs: AssessmentInputs) -> None:
    text = "编号,理由,决定日期\nａ19,情况特殊,2018-01-18\nA99,无,\nA20,,\nA19,再来,\n"
    result = import_acceptances(csv_file(text), inputs.claims)
    assert [(p.row, p.problem) for p in result.errors[:-1]] == [
        (3, Problem.UNKNOWN_CLAIM),
        (4, Problem.VALUE_MISSING),
        (5, Problem.DUPLICATE),
    ]
    good = import_acceptances(csv_file(text.split("A99")[0]), inputs.claims).require_clean()
    assert (good[0].claim_id, good[0].decided_on) == ("A19", date(2018, 1, 18))


@pytest.mark.parametrize("other", ["Ｋ1", "k1", "K 1"])
def test_a_matter_is_one_however_it_is_spelled(
    names: UnitNames, scheme: AssessmentScheme, other: str
) -> None:
    first = "A1,组织人事局,荣誉,省级,K1,某奖,2017-06-21,2017-12-28,2,是,2\n"
    second = f"A2,组织人事局,荣誉,市级,{other},某奖（市）,2017-06-21,2017-12-28,1,是,1\n"
    result = import_claims(csv_file(HEAD + first + second), names, scheme)
    claims = result.require_clean()
    assert Problem.SPELLED_OTHERWISE in [each.problem for each in result.warnings]
    outcomes = adjust(scheme.bonus, claims).claims
    assert [outcome.reason for outcome in outcomes] == [ClaimReason.COUNTED, ClaimReason.SAME_MATTER]


def test_the_same_title_under_two_matters_is_told(names: UnitNames, scheme: AssessmentScheme) -> None:
    head = "编号,单位代码,类别,级别,事项编号,申报事项\n"
    rows = "A1,U02,荣誉,省级,K1,某奖\nA2,U02,荣誉,市级,K2,某 奖\n"
    result = import_claims(csv_file(head + rows), names, scheme)
    assert [(each.problem, each.row) for each in result.warnings] == [(Problem.EQUAL_CLAIMS, 3)]


def test_points_merged_over_two_claims_are_an_error(names: UnitNames, scheme: AssessmentScheme) -> None:
    rows = [
        ["编号", "单位代码", "类别", "申报事项", "是否通过", "核定分值"],
        ["A1", "U02", "创新", "甲", "是", 3],
        ["A2", "U02", "创新", "乙", "是", None],
    ]
    file = xlsx_file(rows, lambda book, sheet: sheet.merge_cells("F2:F3"))
    result = import_claims(file, names, scheme)
    assert [(each.problem, each.row, each.column) for each in result.errors[:-1]] == [
        (Problem.CELL_MERGED, 3, 6)
    ]


def test_a_level_that_is_not_filled_in_is_told_as_such(names: UnitNames, scheme: AssessmentScheme) -> None:
    error = import_claims(csv_file(f"{HEAD}A1,办公室,荣誉,,M1,奖,,,1,是,1"), names, scheme).errors[0]
    assert error.message == "“级别”没有填写，应为以下之一：“市级”、“省级”、“国家级”。"
