"""How is an empty PDF begun, so that equal sheets are equal files?"""

import io
from typing import TYPE_CHECKING, Literal

from gaoxin_vote.documents.typeface import Face, Font, register_faces, require_glyphs, set_line

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
"""Points in a millimetre."""
A4 = (210 * MM, 297 * MM)


def new_canvas(buffer: io.BytesIO, title: str) -> "Canvas":
    """An empty A4 document: no clock, no random id, no font but the bundled ones."""
    from reportlab.pdfgen.canvas import Canvas

    register_faces()
    canvas = Canvas(
        buffer,
        pagesize=A4,
        invariant=1,
        initialFontName=Face.TEXT.value,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("")
    return canvas


def draw_line(
    canvas: "Canvas",
    text: str,
    x: float,
    y: float,
    font: Font,
    *,
    align: Literal["left", "centre", "right"] = "left",
) -> None:
    """Draw one line, its baseline at `y`; `align` says what `x` is: left, centre or right edge.

    Raises `Refused` for a character that the fonts lack.
    """
    require_glyphs(text)
    pieces, width = set_line(text, font)
    if align != "left":
        x -= width if align == "right" else width / 2
    for piece in pieces:
        canvas.setFont(piece.font, font.size)
        canvas.drawString(x + piece.left, y, piece.text, charSpace=font.gap)


def draw_watermark(canvas: "Canvas", text: str, x: float, y: float, size: float, angle: float) -> None:
    """Draw a pale word across (x, y); draw it first, so that it lies under everything."""
    require_glyphs(text)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.setFillGray(0.92)
    canvas.setFont(Face.HEAD.value, size)
    canvas.drawCentredString(0, -size * 0.35, text)
    canvas.restoreState()
