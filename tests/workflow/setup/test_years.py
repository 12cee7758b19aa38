"""How does a year begin, and by which scheme?"""

from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import FileReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.setup.years import (
    SetupReason,
    add_year,
    add_year_from,
    is_sample,
    mark_sample,
    scheme,
    set_scheme,
    shipped_schemes,
    years,
)
from tests.workflow.conftest import refused

Bare = tuple[Workspace, int, Path]
TEXT = shipped_scheme_text("2017")


def test_the_notice_is_offered_first_and_every_shipped_scheme_opens_a_year() -> None:
    offered = shipped_schemes()
    assert offered[0].name == "2017"
    assert len({one.title for one in offered}) == len(offered) >= 4


def test_a_year_begins_once(bare: Bare) -> None:
    workspace, year, _ = bare
    assert years(workspace)[0] == year
    with refused(workspace, YearReason.EXISTS):
        add_year(workspace, TEXT)
    with refused(workspace, SchemeReason.FAULTY):
        add_year(workspace, TEXT.replace("cap = 10 ", "cap = -1 "))


def test_a_scheme_comes_from_a_file_too(bare: Bare, tmp_path: Path) -> None:
    workspace, _, _ = bare
    path = tmp_path / "方案.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("year = 2017", "year = 2041").encode())
    assert add_year_from(workspace, path) == 2041
    assert scheme(workspace, 2041).year == 2041
    path.write_bytes(TEXT.replace("year = 2017", "year = 2042").encode().ljust(2**20 + 1, b"\n"))
    with refused(workspace, FileReason.TOO_LARGE):
        add_year_from(workspace, path)


def test_the_scheme_of_another_year_does_not_replace_this_ones(bare: Bare) -> None:
    workspace, year, _ = bare
    with refused(workspace, SetupReason.UNKNOWN, "此方案是2042年度的，不能用于2017年度"):
        set_scheme(workspace, year, TEXT.replace("year = 2017", "year = 2042"))
    changed = set_scheme(workspace, year, TEXT.replace("cap = 10 ", "cap = 8 "))
    assert changed.bonus.cap == scheme(workspace, year).bonus.cap == 8


def test_a_sample_is_marked(bare: Bare) -> None:
    workspace, year, _ = bare
    assert not is_sample(workspace)
    mark_sample(workspace, year)
    assert is_sample(workspace)


def test_a_file_that_is_no_scheme_is_refused(bare: Bare, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("title = ", encoding="utf-8")
    with pytest.raises(Refused) as error:
        add_year_from(bare[0], path)
    assert error.value.reason is SchemeReason.FAULTY
