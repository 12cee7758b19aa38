"""Is a tracker spelled so that it can be copied by hand, read back and found?"""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.belenios.compact import sha256_base64
from gaoxin_vote.domain.tracker import ALPHABET, as_base64, find, groups, groups_that_differ, respelled

LOOK_ALIKES = ("0OQD", "1IlLJ", "2Z", "5S", "8B", "UVY", "6G", "CG", "MN", "HN", "EF", "3E")
ONE, TWO = sha256_base64("one"), sha256_base64("two")


def test_no_two_signs_look_alike() -> None:
    assert len(set(ALPHABET)) == 16
    for alike in LOOK_ALIKES:
        assert len(set(alike) & set(ALPHABET)) <= 1, alike
    assert not set(ALPHABET) & set("0O1Il2Z5S8BUV")


@given(st.binary(min_size=32, max_size=32))
def test_the_spellings_are_two_ways_to_write_one_digest(digest: bytes) -> None:
    tracker = base64.b64encode(digest).decode().rstrip("=")
    spelling = respelled(tracker)
    assert as_base64(spelling) == tracker
    values = [ALPHABET.index(sign) for sign in spelling]
    assert [sixteen for byte in digest for sixteen in divmod(byte, 16)] == values
    assert "".join(groups(tracker, 16)) == spelling
    assert all(len(group) == 4 for group in groups(tracker, 16))


def test_a_known_one() -> None:
    digest = hashlib.sha256(b"one").hexdigest()
    assert digest.startswith("7692c3ad3540bb80")
    assert groups(ONE) == ("FCK6", "R7MT", "7A93", "PPH3")


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_they_sort_as_the_digests(digests: list[bytes]) -> None:
    trackers = [base64.b64encode(digest).decode().rstrip("=") for digest in digests]
    spelled = sorted(map(respelled, trackers))
    assert [as_base64(each) for each in spelled] == [
        base64.b64encode(digest).decode().rstrip("=") for digest in sorted(digests)
    ]


@pytest.mark.parametrize("text", ["", ONE[:-1], ONE + "A", "?" * 43, ONE[:-1] + "B", "-" * 43])
def test_what_is_no_tracker_is_refused(text: str) -> None:
    assert text != ONE
    with pytest.raises(ValueError):
        respelled(text)


@pytest.mark.parametrize("text", ["", "3" * 63, "3" * 65, "0" * 64, "3" * 60 + "3a3a"])
def test_what_is_no_respelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        as_base64(text)


def test_a_list_goes_on_until_all_differ() -> None:
    assert groups_that_differ(()) == groups_that_differ((ONE, TWO)) == groups_that_differ((ONE,)) == 4
    spelling = respelled(ONE)
    for place in (16, 19, 20, 63):
        other = "3" if spelling[place] != "3" else "4"
        twin = as_base64(spelling[:place] + other + spelling[place + 1 :])
        assert groups_that_differ((ONE, TWO, twin)) == place // 4 + 1
        count = groups_that_differ((ONE, twin))
        assert groups(ONE, count) != groups(twin, count)


def test_a_part_finds_its_tracker_however_it_is_typed() -> None:
    both = (ONE, TWO)
    second = respelled(TWO)[4:12]
    for typed in (second, second.lower(), f"{second[:4]} {second[4:]}", f"{second[:4]}-{second[4:]}"):
        assert find(typed, both) == (TWO,)
    wide = second.translate({ord(sign): ord(sign) + 0xFEE0 for sign in second})
    assert find(wide, both) == (TWO,)
    assert find(ONE[5:13], both) == (ONE,)
    assert find(ONE[5:12], both) == (), "too short to mean the Base64"
    assert find(respelled(ONE), both) == find(respelled(ONE)[:23], both) == (ONE,)
    assert find(respelled(ONE)[20:26], both) == (), "not in what a voter has seen"
    assert find(f" {ONE} ", both) == (ONE,)
    assert find("", both) == both
    assert find(respelled(ONE) + "3", both) == ()
