"""What is written is read again as the same, and always alike."""

import pytest

from gaoxin_vote.domain.scheme_file import load_scheme, scheme_from_table, shipped_scheme_text, toml_table
from gaoxin_vote.domain.scheme_writer import scheme_text

from .cases import toml_scheme
from .factory import manual

AWKWARD: tuple[dict[str, object], ...] = (
    {"title": 'a"b\\c\n[score]\n\x7f\t#'},
    {"document": "甲\n乙 = 1"},
    {"barring.kinds": []},
    {"aliases": {}},
    {"aliases": {'a.b "c"': "组织人事局", "": "区纪委"}},
    manual(机关部门=(2, 3), **{"a b": (0, 0)}),
    {"quota.mode": "manual", "quota.manual": {}},
    {"quota.excellent_min": 60},
    {"quota.excellent_min": "85.50", "quota.good_min": 70},
    {"leader.weights": {"主 要": "0.25", "a.b": "0.75"}},
    {"peer.trim": 3, "leader.min_turnout": "4/5", "leader.max_excellent": 7},
    {"bonus.cap": "10.00", "score.pass_line": "59.5"},
    {"bonus.level_points": {}},
)


@pytest.mark.parametrize("patch", AWKWARD)
def test_a_scheme_written_and_read_is_the_same_and_is_written_alike(patch: dict[str, object]) -> None:
    scheme = toml_scheme(patch)
    text = scheme_text(scheme)
    again = scheme_from_table(toml_table(text))
    assert again == scheme
    assert scheme_text(again) == text


def test_what_is_not_the_notices_is_said() -> None:
    lines = scheme_text(toml_scheme({"bonus.cap": 12})).splitlines()
    (cap,) = [line for line in lines if line.startswith("cap = ")]
    assert cap.endswith("；本方案，A19")
    (days,) = [line for line in lines if line.startswith("season_days = ")]
    assert days.endswith("；通知未规定，默认，A39")
    plain = shipped_scheme_text("plain")
    assert "；通知未规定" not in plain.partition("\n\n")[2]


def test_a_key_of_all_contests_stands_in_one_only_where_it_differs() -> None:
    table = toml_table(scheme_text(toml_scheme({"leader.trim": 2, "peer.abstain": "exclude"})))
    rating, contests = table["rating"], table["contests"]
    assert isinstance(rating, dict)
    assert isinstance(contests, list)
    assert (rating["trim"], contests[0]["trim"]) == (0, 2)
    assert "trim" not in contests[1]
    assert "abstain" not in contests[1]


def test_a_lower_pass_line_does_not_leave_the_old_one_as_the_least_of_the_upper_grades() -> None:
    text = scheme_text(load_scheme(shipped_scheme_text())).replace("pass_line = 60", "pass_line = 50")
    assert load_scheme(text).quota.good_min == 50
