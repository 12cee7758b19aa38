"""Which assessment years does the workspace hold, and which of them are frozen?"""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearState, YearStore

from .conftest import YEAR


@pytest.fixture
def years(workspace: Workspace) -> YearStore:
    return YearStore(workspace)


def test_years_stand_in_order(years: YearStore) -> None:
    years.add(2019, "甲")
    years.add(2018, "乙")
    assert years.years() == (YEAR, 2018, 2019)
    assert years.scheme_text(2018) == "乙"


def test_a_year_begins_once(years: YearStore) -> None:
    with pytest.raises(Refused) as caught:
        years.add(YEAR, "别的")
    assert caught.value.reason is YearReason.EXISTS
    assert years.scheme_text(YEAR) == "方案文本"


def test_an_unknown_year_is_told(years: YearStore) -> None:
    for act in (years.scheme_text, years.state, years.record_json, years.require_draft):
        with pytest.raises(Refused) as caught:
            act(1999)
        assert caught.value.reason is YearReason.UNKNOWN
        assert "1999" in caught.value.message


def test_a_draft_changes(years: YearStore) -> None:
    years.set_scheme_text(YEAR, "修订")
    assert years.scheme_text(YEAR) == "修订"
    assert years.state(YEAR) is YearState.DRAFT
    with pytest.raises(Refused) as caught:
        years.record_json(YEAR)
    assert caught.value.reason is YearReason.NOT_FINALISED


def test_finalising_freezes(years: YearStore) -> None:
    years.finalise(YEAR, '{"units":[]}')
    assert years.state(YEAR) is YearState.FINALISED
    assert years.record_json(YEAR) == '{"units":[]}'
    for act in (years.set_scheme_text, years.finalise):
        with pytest.raises(Refused) as caught:
            act(YEAR, "{}")
        assert caught.value.reason is YearReason.FINALISED
    assert years.scheme_text(YEAR) == "方案文本"
    assert years.record_json(YEAR) == '{"units":[]}'
