"""Does a key that is held down act on the next page?"""

from gaoxin_vote.gui.booth.held_keys import HeldKeys

ENTER = 13


def test_a_key_held_from_the_page_before_must_be_let_go_first() -> None:
    keys = HeldKeys()
    assert not keys.press(ENTER, 0)
    keys.turn_page()
    assert keys.press(ENTER, 30), "repeated without a flag"
    keys.release(ENTER, 60)
    assert keys.press(ENTER, 90), "repeated as pressed and let go"
    keys.release(ENTER, 95)
    assert not keys.press(ENTER, 300), "pressed anew"


def test_a_key_that_was_let_go_in_time_acts() -> None:
    keys = HeldKeys()
    keys.press(ENTER, 0)
    keys.release(ENTER, 50)
    keys.turn_page()
    assert not keys.press(ENTER, 70)


def test_other_keys_and_a_keyboard_that_was_away_are_not_held() -> None:
    keys = HeldKeys()
    keys.press(ENTER, 0)
    keys.turn_page()
    assert not keys.press(ENTER + 1, 10)
    keys.forget()
    assert not keys.press(ENTER, 20)
