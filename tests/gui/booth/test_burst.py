"""Is a scanner told from a hand, however fast it types and however it ends?"""

from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.gui.booth.burst import APART, END, OTHER, BurstReader, Group, Reading
from gaoxin_vote.gui.booth.state import is_code
from gaoxin_vote.workflow.session.slip_code import check_digit

codes = st.text("0123456789", min_size=15, max_size=15).map(lambda digits: digits + check_digit(digits))
gaps = st.integers(0, APART - 1)
endings = st.sampled_from(["", END, END + END])


def groups(strokes: str, moments: list[int]) -> list[Group]:
    """What a reader makes of these strokes at these moments."""
    reader = BurstReader(is_code)
    found = [reader.take(stroke, moment) for stroke, moment in zip(strokes, moments, strict=True)]
    return [group for group in (*found, reader.end()) if group is not None]


def at_gaps(gaps: list[int], start: int = 1000) -> list[int]:
    """Moments that lie so far apart."""
    moments = [start]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    return moments


@given(codes, endings, st.data())
def test_a_scan_is_a_code_whatever_its_speed_and_ending(code: str, ending: str, data: st.DataObject) -> None:
    strokes = code + ending
    moments = at_gaps(data.draw(st.lists(gaps, min_size=len(strokes) - 1, max_size=len(strokes) - 1)))
    assert groups(strokes, moments) == [Group(Reading.CODE, code, moments[-1])]


@given(codes, st.integers(0, 3), endings)
def test_stray_keys_before_and_a_second_reading_change_nothing(code: str, stray: int, ending: str) -> None:
    strokes = "1" * stray + code + ending + code + ending
    (group,) = groups(strokes, [7] * len(strokes))
    assert (group.reading, group.code) == (Reading.CODE, code)


@given(codes, st.integers(1, 9), st.integers(0, 15), endings)
def test_a_wrong_digit_is_a_scan_but_no_code(code: str, by: int, place: int, ending: str) -> None:
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    strokes = wrong + ending
    (group,) = groups(strokes, [7] * len(strokes))
    assert (group.reading, group.code) == (Reading.SCAN, "")


@given(codes, st.lists(st.integers(APART, 500), min_size=16, max_size=16))
def test_a_hand_is_no_scanner(code: str, gaps: list[int]) -> None:
    found = groups(code + END, at_gaps(gaps))
    assert [group.reading for group in found] == [Reading.KEYS] * 17


@given(st.lists(gaps, min_size=1, max_size=2))
def test_a_rolled_finger_is_a_hand(gaps: list[int]) -> None:
    strokes = "12\r"[: len(gaps) + 1]
    assert [group.reading for group in groups(strokes, at_gaps(gaps))] == [Reading.KEYS]


@given(codes, st.integers(4, 12))
def test_a_scan_that_is_torn_is_no_key_either(code: str, place: int) -> None:
    moments = [1000] * place + [1100] * (16 - place)
    assert {group.reading for group in groups(code, moments)} == {Reading.SCAN}


def test_two_codes_letters_and_a_long_number_are_no_code() -> None:
    first, second = ("1" * 15 + check_digit("1" * 15)), ("2" * 15 + check_digit("2" * 15))
    for strokes in (first + END + second, OTHER + OTHER + first[1:], first + "1" * 8, first[:12]):
        (group,) = groups(strokes, [7] * len(strokes))
        assert group.reading is Reading.SCAN, strokes


def test_a_clock_that_goes_back_ends_a_group_and_nothing_says_a_code() -> None:
    assert len(groups("12", [1000, 5])) == 2
    code = "1" * 15 + check_digit("1" * 15)
    assert code not in repr(groups(code, [7] * 16))
    assert BurstReader(is_code).end() is None
