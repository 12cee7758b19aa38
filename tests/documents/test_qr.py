"""Is the printed code the one that was asked for?"""

import io

import pytest
from PIL import Image

from gaoxin_vote.documents.canvas import new_canvas
from gaoxin_vote.documents.preview import pages
from gaoxin_vote.documents.qr import draw_qr, qr_modules
from tests.documents.papers import shows_qr


def test_sixteen_digits_make_the_smallest_code() -> None:
    modules = qr_modules("1234567890123456")
    assert len(modules) == len(modules[0]) == 21
    finder = tuple(row[:7] for row in modules[:7])
    ring, gap, core = (True,) * 7, (True, *(False,) * 5, True), (True, False, True, True, True, False, True)
    assert finder == (ring, gap, core, core, core, gap, ring)


def test_printed_as_encoded() -> None:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, "试")
    draw_qr(canvas, "1234567890123456", 100, 300, 80)
    canvas.showPage()
    canvas.save()
    pdf = buffer.getvalue()
    where = (90.0, 290.0, 190.0, 390.0)
    assert shows_qr(pdf, "1234567890123456", page=0, region=where)
    assert not shows_qr(pdf, "1234567890123457", page=0, region=where)


def test_the_blank_margin_is_four_modules_on_every_side() -> None:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, "试")
    draw_qr(canvas, "1234567890123456", 100, 300, 87)
    canvas.showPage()
    canvas.save()
    picture = Image.open(io.BytesIO(pages(buffer.getvalue(), dpi=72)[0])).convert("L")
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    step = 87 / (21 + 8)
    expected = (100 + 4 * step, 842 - 387 + 4 * step, 187 - 4 * step, 842 - 300 - 4 * step)
    assert ink == pytest.approx(expected, abs=1.1)
