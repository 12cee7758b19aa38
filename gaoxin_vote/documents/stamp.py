"""What does the visible mark of an electronic signature say?

Another look makes older sheets seem forged, unless `tally_report.VERSION` is raised.
"""

import io
from datetime import datetime

from gaoxin_vote.documents.canvas import MM, draw_line
from gaoxin_vote.documents.typeface import Face, Font, register_faces, text_width
from gaoxin_vote.domain.fingerprint import CHECK_DIGITS, grouped
from gaoxin_vote.domain.spoken import spoken_time

STAMP_LEFT, STAMP_BOTTOM = 28 * MM, 8.5 * MM
"""In the foot of the first page, left of the page number, where no sheet prints anything."""
STAMP_WIDTH, STAMP_HEIGHT = 104 * MM, 16 * MM
STAMP_BOX = (
    round(STAMP_LEFT),
    round(STAMP_BOTTOM),
    round(STAMP_LEFT + STAMP_WIDTH),
    round(STAMP_BOTTOM + STAMP_HEIGHT),
)
"""The same in whole points: left, bottom, right, top."""
_INK = (0.11, 0.31, 0.54)


def draw_stamp(office: str, reason: str, when: datetime, fingerprint: str) -> bytes:
    """A PDF page of the stamp's size. Raises `Refused` for a character that the fonts lack."""
    from reportlab.pdfgen.canvas import Canvas

    register_faces()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pagesize=(STAMP_WIDTH, STAMP_HEIGHT), invariant=1, initialFontName=Face.LABEL.value
    )
    canvas.setStrokeColorRGB(*_INK)
    canvas.setFillColorRGB(*_INK)
    canvas.setLineWidth(0.7)
    canvas.roundRect(0.5, 0.5, STAMP_WIDTH - 1, STAMP_HEIGHT - 1, 3)
    head, head_font = 15 * MM, Font(Face.HEAD, 12)
    canvas.line(head, 1, head, STAMP_HEIGHT - 1)
    draw_line(canvas, "校验", head / 2, STAMP_HEIGHT / 2 + 2.5, head_font, align="centre")
    draw_line(canvas, "签名", head / 2, STAMP_HEIGHT / 2 - 12.5, head_font, align="centre")
    lines = (
        f"签名单位：{office}",
        f"签名事由：{reason}",
        f"签名时间：{spoken_time(when)}",
        f"证书指纹：{grouped(fingerprint[:CHECK_DIGITS])}（前{CHECK_DIGITS}位）",
    )
    for number, text in enumerate(lines):
        font = Font(Face.LABEL, 7.0)
        room = STAMP_WIDTH - head - 4 * MM
        font = font.at(min(font.size, font.size * room / text_width(text, font)))
        draw_line(canvas, text, head + 2 * MM, STAMP_HEIGHT - 11 - number * 9.6, font)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
