"""Are the drawings that can be named the drawings there are?"""

from typing import get_args

from gaoxin_vote.gui.kit.icons import IconColour, IconName, pixmap
from gaoxin_vote.gui.kit.look import Colours
from gaoxin_vote.resources import resource


def test_every_name_has_its_drawing() -> None:
    assert {path.stem for path in resource("icons").glob("*.svg")} == set(get_args(IconName))


def test_every_colour_is_a_token() -> None:
    assert set(get_args(IconColour)) <= set(Colours.__slots__)


def test_a_drawing_is_drawn_in_its_colour(qapp: object) -> None:
    image = pixmap("key", "#FF0000", 24).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha()
    }
    assert "#ff0000" in seen
