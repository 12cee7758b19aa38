"""Does a scheme go on in another year with all its rules, and is what names the old year moved or told?"""

from datetime import date

import pytest

from gaoxin_vote.domain.scheme_carried import carried
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.scheme_writer import scheme_text

from .cases import toml_scheme

NOTICE = load_scheme(shipped_scheme_text("2017"))


def test_only_what_names_the_year_changes() -> None:
    later = carried(NOTICE, 2018)
    assert [(change.key, change.before, change.after) for change in later.changes] == [
        ("title", "高新区2017年度目标任务考核", "高新区2018年度目标任务考核"),
        ("year", "2017", "2018"),
        ("bonus.deadline", "2018年1月10日", "2019年1月10日"),
    ]
    assert later.doubts == ("依据文件仍为“衡高新发〔2017〕189号”；本年度另有通知的，请更正。",)


@pytest.mark.parametrize("name", ["2017", "plain", "weighted", "service"])
def test_what_is_taken_over_can_be_written_and_read(name: str) -> None:
    later = carried(load_scheme(shipped_scheme_text(name)), 2030).scheme
    assert load_scheme(scheme_text(later)) == later
    assert later.year == 2030


def test_a_longer_number_is_no_year() -> None:
    scheme = toml_scheme({"title": "第12017号2017年考核，20170101", "document": ""})
    later = carried(scheme, 2019)
    assert later.scheme.title == "第12017号2019年考核，20170101"
    assert later.doubts == ()


def test_the_last_day_of_february_becomes_one_that_is_there() -> None:
    scheme = toml_scheme({"year": 2019, "bonus.deadline": date(2020, 2, 29)})
    assert carried(scheme, 2020).scheme.bonus.deadline == date(2021, 2, 28)
    assert carried(scheme, 2023).scheme.bonus.deadline == date(2024, 2, 29)


def test_what_still_says_the_old_year_is_told_with_its_place() -> None:
    scheme = toml_scheme(
        {"aliases": {"2017年综合组": "办公室"}, "document": "", "leader.title": "2017年评议"}
    )
    assert carried(scheme, 2018).doubts == (
        "方案中“2017年评议：名称”仍写有2017：2017年评议。",
        "方案中“其他名称：其他名称”仍写有2017：2017年综合组，即办公室。",
    )
