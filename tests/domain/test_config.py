"""A folder's `config.json` says the same as a scheme file, key by key."""

import json

import pytest

from gaoxin_vote.domain.config import CONFIG_KEYS, load_config, scheme_from_config
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.errors import Refused
from tests.contests import leadership, peer

from .cases import CASE, config_scheme

TEXT = (CASE / "config.json").read_text("utf-8")


def test_the_config_of_2017_is_the_scheme_of_2017() -> None:
    assert load_config(TEXT) == load_scheme(shipped_scheme_text())


def test_keys_are_mapped_one_to_one() -> None:
    assert len(set(CONFIG_KEYS.values())) == len(CONFIG_KEYS)
    config = json.loads(TEXT)
    dotted = set()
    for key, value in config.items():
        dotted |= {f"{key}.{inner}" for inner in value} if key in ("bonus", "quota") else {key}
    assert dotted == set(CONFIG_KEYS)


def test_what_the_config_does_not_say_is_the_notices() -> None:
    assert scheme_from_config({}) == load_scheme(shipped_scheme_text())
    assert scheme_from_config({"decimals": 3}).decimals == 3


def test_two_values_have_words_of_their_own() -> None:
    assert leadership(config_scheme({"leader_weights": {"甲": "0.5", "乙": "0.5"}})).group_names == (
        "甲",
        "乙",
    )
    assert leadership(config_scheme({"leader_weights": "equal"})).groups == ()
    assert peer(config_scheme({"one_ballot_per_unit": True})).ballots_per_unit == 1


def test_faults_carry_the_names_of_the_config() -> None:
    with pytest.raises(Refused) as caught:
        scheme_from_config(
            {
                "vacancy": "shared",
                "one_ballot_per_unit": False,
                "grade_values": {"优秀": 100, "良好": 80, "合格": 60, "不合格": "x"},
                "bonus": {"cap": -1, "colour": 1},
                "colour": 1,
            }
        )
    keys = {line.partition("：")[0] for line in caught.value.details}
    assert keys == {
        "vacancy",
        "one_ballot_per_unit",
        "grade_values.不合格",
        "bonus.cap",
        "bonus.colour",
        "colour",
    }


@pytest.mark.parametrize("text", ["", "[]", "{", '{"year": 2017'])
def test_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"config\.json"):
        load_config(text)


def test_what_is_no_json_is_told_in_chinese_at_its_place() -> None:
    with pytest.raises(Refused) as refused:
        load_config('{"year": 2017,\n "x": }')
    assert refused.value.message == "config.json 不是正确的 JSON：第2行第7个字符处写法不对。"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert load_config("\ufeff" + TEXT) == load_config(TEXT)
