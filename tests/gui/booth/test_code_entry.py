"""Are the digits of a code typed, taken back and mended one by one? Without Qt."""

from gaoxin_vote.gui.booth.code_entry import CodeEntry

WHOLE = "1234567890123456"


def typed(digits: str, entry: CodeEntry | None = None) -> CodeEntry:
    """The entry after these digits."""
    entry = entry or CodeEntry()
    for digit in digits:
        assert entry.take(digit)
    return entry


def test_digits_come_one_after_the_other_and_no_more_than_sixteen() -> None:
    entry = typed(WHOLE)
    assert (entry.digits, entry.missing, entry.place) == (WHOLE, 0, 16)
    assert not entry.take("7")
    assert entry.digits == WHOLE
    entry.erase()
    assert (entry.digits, entry.place) == (WHOLE[:-1], 15)


def test_a_wrong_digit_of_a_whole_code_is_replaced_and_a_missing_one_put_in() -> None:
    entry = typed(WHOLE)
    entry.go_to(3)
    assert typed("99", entry).digits == f"123{99}{WHOLE[5:]}"
    short = typed("12456")
    short.go_to(2)
    assert typed("3", short).digits == "123456"
    short.erase()
    assert (short.digits, short.place) == ("12456", 2)


def test_what_was_mistyped_stays_until_another_digit_begins_anew() -> None:
    entry = CodeEntry(WHOLE, stale=True)
    entry.erase()
    assert entry.digits == WHOLE[:-1]
    again = typed("5", CodeEntry(WHOLE, stale=True))
    assert again.digits == "5"
    mended = CodeEntry(WHOLE, stale=True)
    mended.go_to(0)
    assert typed("9", mended).digits == "9" + WHOLE[1:]


def test_it_does_not_say_what_it_holds() -> None:
    assert WHOLE not in repr(typed(WHOLE))
