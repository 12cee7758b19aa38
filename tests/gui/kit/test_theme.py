"""Is every text readable on its ground, and does the look follow the font setting and contrast?"""

import itertools

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QApplication

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import CALM, CONTRAST, SCALES, Colours, Look
from gaoxin_vote.gui.kit.stylesheet import stylesheet


def _light(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: str, other: str) -> float:
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [CALM, CONTRAST], ids=["calm", "contrast"])
def test_text_stands_out_by_4_5_to_1(colours: Colours) -> None:
    grounds = (colours.ground, colours.card, colours.tint, colours.head, colours.focus_ground)
    for ink, ground in itertools.product((colours.ink, colours.muted, colours.blue), grounds):
        assert _ratio(ink, ground) >= 4.5, (ink, ground)
    for ink, ground in (
        (colours.on_blue, colours.blue),
        (colours.rail_ink, colours.rail),
        (colours.rail_muted, colours.rail),
        (colours.rail_muted, colours.rail_chosen),
        (colours.green, colours.green_ground),
        (colours.green, colours.card),
        (colours.amber, colours.amber_ground),
        (colours.amber, colours.card),
        (colours.red, colours.red_ground),
        (colours.red, colours.card),
    ):
        assert _ratio(ink, ground) >= 4.5, (ink, ground)
    assert _ratio(colours.field_line, colours.card) >= 3


def test_sizes_follow_the_font_setting() -> None:
    assert [Look(scale).px(20) for scale in SCALES] == [20, 23, 26, 30]
    assert Look(SCALES[-1]).larger() == Look(SCALES[-1])
    assert Look(100).larger().smaller() == Look(100)
    assert "font-size: 20px" in stylesheet(Look(150))


def test_high_contrast_is_black_on_white_with_thick_frames() -> None:
    sheet = stylesheet(Look(high_contrast=True))
    assert "3px solid #000000" in sheet
    assert CALM.blue not in sheet


def test_no_token_is_left_open() -> None:
    assert "$" not in stylesheet(Look())


def test_the_bundled_font_has_our_characters(qapp: QApplication, dressed: None) -> None:
    assert theme.family() in QFontDatabase.families()
    metrics = QFontMetrics(qapp.font())
    for character in "高新投票✓●‖×…：，。？！（）“”·—＋−喆堃玥":
        assert metrics.inFontUcs4(ord(character)), character


def test_a_rare_name_is_on_the_screen(qapp: QApplication) -> None:
    theme.start(qapp)
    layout = QTextLayout("王𠮷昞", qapp.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = {run.rawFont().familyName(): run.glyphIndexes() for run in layout.glyphRuns()}
    assert set(drawn) == set(theme.families())
    assert all(all(glyphs) for glyphs in drawn.values())
