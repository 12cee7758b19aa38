"""Is the printed code the one that was asked for?"""

import io

from gaoxin_vote.documents.canvas import new_canvas
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
