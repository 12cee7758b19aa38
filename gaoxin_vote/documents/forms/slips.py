"""How do slips look on paper, ten to a page, ready to be cut?

The page with the codes exists in memory alone: the caller hands it to the printer or to one named file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaoxin_vote.documents.canvas import A4, MM, draw_line, draw_watermark, new_canvas
from gaoxin_vote.documents.qr import draw_qr
from gaoxin_vote.documents.typeface import Face, Font, break_lines, text_width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_COLUMNS, _ROWS = 2, 5
_MARGIN_X, _MARGIN_Y = 10 * MM, 11 * MM
_WIDTH = (A4[0] - 2 * _MARGIN_X) / _COLUMNS
_HEIGHT = (A4[1] - 2 * _MARGIN_Y) / _ROWS
_PADDING = 5 * MM
_QR = 25 * MM
_INSTRUCTIONS = ("在投票间输入票码或扫描二维码。", "一码一票，投后失效。请妥善保管，勿示他人。")


@dataclass(frozen=True, slots=True)
class SlipPrint:
    """What stands on one slip."""

    code: str
    """16 digits in four groups: ``1234 5678 9012 3456``."""
    label: str
    """The unit's name on a named slip; empty on a drawn one."""
    spare: bool


def render_slips(slips: Sequence[SlipPrint], *, title: str, watermark: str = "") -> bytes:
    """The PDF of these slips, in their order, ten to an A4 page with cutting lines.

    Raises `Refused` for a character that the fonts lack.
    """
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, f"{title} 票码条")
    per_page = _COLUMNS * _ROWS
    for start in range(0, max(len(slips), 1), per_page):
        page = slips[start : start + per_page]
        for place, slip in enumerate(page):
            row, column = divmod(place, _COLUMNS)
            left = _MARGIN_X + column * _WIDTH
            bottom = A4[1] - _MARGIN_Y - (row + 1) * _HEIGHT
            _draw_slip(canvas, slip, left, bottom, title, watermark)
        _draw_cuts(canvas, -(-len(page) // _COLUMNS))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_slip(
    canvas: "Canvas", slip: SlipPrint, left: float, bottom: float, title: str, watermark: str
) -> None:
    if watermark:
        draw_watermark(canvas, watermark, left + _WIDTH / 2, bottom + _HEIGHT / 2, 54, 24)
    canvas.setFillGray(0)
    inner = left + _PADDING
    qr_left = left + _WIDTH - _PADDING - _QR + 2 * MM
    top = bottom + _HEIGHT - _PADDING
    draw_qr(canvas, slip.code.replace(" ", ""), qr_left, top - _QR + 2 * MM, _QR)

    room = qr_left - inner - 2 * MM
    assessment, _, session = title.partition(" ")
    line = _draw_lines(canvas, assessment, inner, top - 7, room, Font(Face.LABEL, 8.5))
    _draw_lines(canvas, session, inner, line - 4, room, Font(Face.HEAD, 11))
    _draw_name(canvas, slip, inner, bottom + 25.5 * MM, room)
    _draw_code(canvas, slip.code, left + _WIDTH / 2, bottom + 15 * MM)
    for number, text in enumerate(_INSTRUCTIONS):
        y = bottom + 8.6 * MM - number * 11
        draw_line(canvas, text, left + _WIDTH / 2, y, Font(Face.LABEL, 7.5), align="centre")


def _draw_lines(canvas: "Canvas", text: str, x: float, y: float, room: float, font: Font) -> float:
    """Draw `text` from the baseline `y` down, smaller where that saves a line; returns the next baseline."""
    if not text:
        return y
    size = font.size
    font = font.at(max(size * 0.85, min(size, size * room / text_width(text, font))))
    while len(lines := break_lines(text, font, room)) > 2 and font.size > 5.5:
        font = font.at(font.size - 0.25)
    for part in lines[:2]:
        draw_line(canvas, part, x, y, font)
        y -= font.size * 1.3
    return y


def _draw_name(canvas: "Canvas", slip: SlipPrint, x: float, y: float, room: float) -> None:
    """票码条, or the unit's name, and behind it a box: 备用. The last line has its baseline at `y`."""
    heading = slip.label or "票码条"
    font = Font(Face.HEAD, 13.0)
    room -= 40 if slip.spare else 0
    while len(lines := break_lines(heading, font, room)) > (1 if font.size > 11 else 2) and font.size > 7:
        font = font.at(font.size - 0.5)
    for number, text in enumerate(lines):
        draw_line(canvas, text, x, y + (len(lines) - 1 - number) * font.size * 1.25, font)
    if slip.spare:
        start = x + max(text_width(text, font) for text in lines) + 8
        y += (len(lines) - 1) * font.size * 1.25 / 2
        canvas.setLineWidth(0.8)
        canvas.roundRect(start, y - 3.6, 32, 17, 2.5, stroke=1, fill=0)
        draw_line(canvas, "备用", start + 16, y + 0.8, Font(Face.HEAD, 11), align="centre")


def _draw_code(canvas: "Canvas", code: str, centre: float, y: float) -> None:
    """The four groups, wide apart; the blank between them stays in the text for who copies it."""
    font, gap = Font(Face.HEAD, 20.0), 9.0
    groups = code.split(" ")
    widths = [text_width(group, font) for group in groups]
    x = centre - (sum(widths) + gap * (len(groups) - 1)) / 2
    for number, (group, width) in enumerate(zip(groups, widths, strict=True), 1):
        draw_line(canvas, group + (" " if number < len(groups) else ""), x, y, font)
        x += width + gap


def _draw_cuts(canvas: "Canvas", rows: int) -> None:
    """Dashed lines around every slip of the page."""
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.45)
    canvas.setDash(3, 2.4)
    top = A4[1] - _MARGIN_Y
    for row in range(rows + 1):
        canvas.line(_MARGIN_X - 4 * MM, top - row * _HEIGHT, A4[0] - _MARGIN_X + 4 * MM, top - row * _HEIGHT)
    for column in range(_COLUMNS + 1):
        x = _MARGIN_X + column * _WIDTH
        canvas.line(x, top + 4 * MM, x, top - rows * _HEIGHT - 4 * MM)
    canvas.restoreState()
