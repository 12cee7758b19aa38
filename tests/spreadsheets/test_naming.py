"""Units are known by code, name and alias."""

import pytest

from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.naming import UnitNames


def unit(code: str, name: str, *aliases: str) -> Unit:
    return Unit(UnitCode(code), name, "机关部门", 9, aliases)


OFFICE = unit("U01", "办公室", "管委会办公室")
PERSONNEL = unit("U02", "组织人事局")
FIRE = unit("U03", "消防大队", "大队")
CITY = unit("U04", "城管大队", "大队", "办公室")
NAMES = UnitNames((OFFICE, PERSONNEL, FIRE, CITY), (("人事局", "组织人事局"), ("外单位", "不存在")))


@pytest.mark.parametrize("text", ["U01", "u01", "Ｕ０１", " 办公室 ", "办 公室", "管委会办公室"])
def test_every_spelling_is_understood(text: str) -> None:
    assert NAMES.called(text) is OFFICE


def test_aliases_of_the_scheme() -> None:
    assert NAMES.called("人事局") is PERSONNEL
    assert NAMES.called("外单位") is None


def test_a_shared_alias_names_nobody() -> None:
    assert NAMES.called("大队") is None
    assert NAMES.find("", "大队").ambiguous


def test_a_name_goes_before_an_alias() -> None:
    assert NAMES.find("", "办公室").by_name is OFFICE
    assert not NAMES.find("", "办公室").ambiguous


def test_the_name_of_a_code() -> None:
    assert NAMES.name_of("U02") == "组织人事局"
    assert NAMES.name_of("U99") == ""
    assert NAMES.name_of(None) == ""


def test_a_code_that_lost_its_zeros_is_found() -> None:
    names = UnitNames(
        [Unit(UnitCode("07"), "甲局", "机关部门", 9), Unit(UnitCode("70"), "乙局", "机关部门", 9)]
    )
    found = names.find("7", "").by_code
    assert found is not None and found.code == "07"
    assert names.find("700", "").by_code is None
