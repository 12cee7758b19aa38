"""Is everything large enough on the two screens the booth is made for?"""

import pytest
from PySide6.QtCore import QSize

from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.kit.look import SCALES, Look

SCREENS = ((QSize(1366, 768), 34), (QSize(1920, 1080), 48))


@pytest.mark.parametrize(("size", "least"), SCREENS)
@pytest.mark.parametrize("scale", SCALES)
def test_no_row_is_lower_than_a_finger(size: QSize, least: int, scale: int) -> None:
    look = BoothLook.on(size, Look(scale))
    assert look.least_row() >= least
    assert look.least_row() >= 1.7 * look.text_px(17), "nor than its type"


@pytest.mark.parametrize(("size", "_least"), SCREENS)
def test_type_is_of_sixteen_to_twenty_two_pixels(size: QSize, _least: int) -> None:
    look = BoothLook.on(size, Look())
    assert 16 <= look.text_px(16) <= look.text_px(17) <= 22


def test_larger_type_is_larger_and_contrast_has_thick_frames() -> None:
    sizes = [BoothLook.on(QSize(1366, 768), Look(scale)).text_px(17) for scale in SCALES]
    assert sizes == sorted(set(sizes))
    assert BoothLook(Look(high_contrast=True)).frame == 3
    assert BoothLook(Look(high_contrast=True)).focus_frame > BoothLook(Look()).focus_frame
