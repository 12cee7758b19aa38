"""How is an official page laid out: text block, headings, tables, lines to sign?

A4 with a text block of 156 × 225 mm, 28 mm from the left and 37 mm from the top, and the page number
7 mm below it (GB/T 9704-2012, 5.2 and 7.5). Tables carry their head on to every page, break between rows
only and leave no cell empty; what is to be signed never stands alone on a page.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from gaoxin_vote.documents.attachment import attach_figures
from gaoxin_vote.documents.canvas import A4, MM, draw_line, draw_watermark, new_canvas
from gaoxin_vote.documents.qr import draw_qr
from gaoxin_vote.documents.typeface import Face, Font, break_lines, text_width

LEFT, TOP = 28 * MM, A4[1] - 37 * MM
WIDTH, HEIGHT = 156 * MM, 225 * MM
RIGHT, BOTTOM = LEFT + WIDTH, TOP - HEIGHT
NOTHING = "—"
"""What stands in a cell that has nothing to say."""
TO_FILL = "　"
"""What stands in a cell that is filled in by hand."""
_QR = 27 * MM
_OUTER, _INNER = 1.0, 0.5
_PADDING = 1.4 * MM
_SMALLEST = 8.5
_LEAD = 1.28
"""Distance of the lines in a cell, as a multiple of the size of the type."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    width: float
    """In millimetres."""
    face: Face = Face.TEXT
    size: float = 11
    """In points; a text too long for one line is set smaller, then broken, a number smaller only."""
    align: Literal["left", "centre", "right", "spread"] = "centre"
    """`spread` sets two or three characters as wide as four."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, never split."""

    cells: tuple[Cell, ...]
    height: float = 7.5
    """At least so many millimetres."""
    heads: bool = False
    """It heads the rows below it and never ends a page."""


@dataclass(frozen=True, slots=True)
class _SetCell:
    lines: tuple[str, ...]
    size: float


class OfficialSheet:
    """A document under way: every call adds below what stands already."""

    def __init__(
        self, title: str, *, watermark: str = "", mark: str = "", qr_text: str = "", figures: bytes = b""
    ) -> None:
        """`mark` (记录编号) and `qr_text` stand in the head of every page; `figures` travel in the file."""
        self._buffer = io.BytesIO()
        self._canvas = new_canvas(self._buffer, title)
        self._watermark, self._mark, self._qr_text = watermark, mark, qr_text
        self._page = 0
        self._y = TOP
        if figures:
            attach_figures(self._canvas, figures)
        self._begin_page()

    def finish(self) -> bytes:
        """The PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._canvas.showPage()
        self._begin_page()

    def space(self, millimetres: float) -> None:
        """Leave a gap."""
        self._y -= millimetres * MM

    def title(self, *lines: str, size: float = 22, least: float = 16) -> None:
        """The title, 2号小标宋, centred; lines too long are set smaller, then broken."""
        font = Font(Face.TITLE, size)
        widest = max(text_width(text, font) for text in lines)
        font = font.at(min(size, max(least, size * WIDTH / widest)))
        for text in lines:
            for part in _even_lines(text, font):
                self._y -= font.size * 1.45
                draw_line(self._canvas, part, LEFT + WIDTH / 2, self._y, font, align="centre")

    def text(
        self, text: str, *, face: Face = Face.TEXT, size: float = 14, indent: int = 0, lead: float = 1.7
    ) -> None:
        """A paragraph; its first line is indented by so many characters."""
        first, font = "　" * indent, Font(face, size)
        for part in break_lines(first + text, font, WIDTH):
            self._keep(size * lead)
            self._y -= size * lead
            draw_line(self._canvas, part, LEFT, self._y + size * (lead - 1) / 2, font)

    def line(self, text: str, *, align: Literal["left", "centre", "right"], face: Face, size: float) -> None:
        """One line at the left, in the middle or at the right of the text block."""
        x = {"left": LEFT, "centre": LEFT + WIDTH / 2, "right": RIGHT}[align]
        self._y -= size * 1.5
        draw_line(self._canvas, text, x, self._y + size * 0.25, Font(face, size), align=align)

    def table(self, rows: Sequence[TableRow], *, head: Sequence[TableRow] = (), tail: float = 0) -> None:
        """A table; `tail` millimetres that follow stay on the page of the last two rows at least."""
        head_height = sum(_row_height(row) for row in head)
        self._keep(head_height + sum(_row_height(row) for row in rows[:1]))
        for number, (start, end) in enumerate(self._chunks(rows, head_height, tail * MM)):
            if number:
                self.new_page()
                self.line("（续）", align="right", face=Face.TEXT, size=11)
                self._y -= 1 * MM
            top = self._y
            for row in (*head, *rows[start:end]):
                self._draw_row(row)
            self._canvas.setLineWidth(_OUTER)
            self._canvas.rect(LEFT, self._y, WIDTH, top - self._y, stroke=1, fill=0)

    def signatures(self, labels: Sequence[str], *, step: float = 12, start: float = 42) -> None:
        """One below the other lines to be signed in ink, `start` millimetres in, and 年 月 日."""
        self._keep((len(labels) + 1) * step * MM)
        widest = max(len(label) for label in labels) * 14
        for label in labels:
            self._y -= step * MM
            x = LEFT + start * MM
            self._spread(label, x, self._y, Font(Face.TEXT, 14), widest)
            self._sign("（签字）：", x + widest, RIGHT - 8 * MM, 14)
        self.date(step=step)

    def signature_row(self, labels: Sequence[str], *, step: float = 10) -> None:
        """Lines to be signed in ink side by side, under a table that fills its page, and 年 月 日."""
        self._keep(2 * step * MM)
        share = WIDTH / len(labels)
        self._y -= step * MM
        for number, label in enumerate(labels):
            self._sign(f"{label}：", LEFT + number * share, LEFT + (number + 1) * share - 4 * MM, 12)
        self.date(step=step - 1, size=12)

    def date(self, *, step: float = 12, size: float = 14) -> None:
        """年 月 日, to be filled in by hand."""
        self._y -= step * MM
        text = f"年{TO_FILL * 3}月{TO_FILL * 3}日"
        draw_line(self._canvas, text, RIGHT - 8 * MM, self._y, Font(Face.TEXT, size), align="right")

    def _keep(self, points: float) -> None:
        """Go on to a new page unless `points` of room are left."""
        if self._room < points:
            self.new_page()

    @property
    def _room(self) -> float:
        """Points left in the text block."""
        return self._y - BOTTOM

    def _sign(self, label: str, x: float, end: float, size: float) -> None:
        font = Font(Face.TEXT, size)
        draw_line(self._canvas, label, x, self._y, font)
        self._canvas.setLineWidth(_INNER)
        self._canvas.line(x + text_width(label, font) + 2, self._y - 3, end, self._y - 3)

    def _spread(self, text: str, x: float, y: float, font: Font, width: float) -> None:
        """Draw a few characters evenly over `width`."""
        gap = (width - text_width(text, font)) / max(len(text) - 1, 1)
        draw_line(self._canvas, text, x, y, replace(font, gap=gap))

    def _chunks(self, rows: Sequence[TableRow], head: float, tail: float) -> list[tuple[int, int]]:
        """Which rows stand on which page, as (first, behind the last)."""
        heights = [_row_height(row) for row in rows]
        later = HEIGHT - head - 11 * 1.5 - 1 * MM
        breaks: list[int] = []
        start, room = 0, self._room - head
        for number, height in enumerate(heights):
            if height > room and number > start:
                start = _break_at(rows, start, number)
                breaks.append(start)
                room = later - sum(heights[start:number])
            room -= height
        wanted = len(rows) - _last_rows(rows)
        if room < tail and len(rows) - start > 1:
            start = _last_start(rows, heights, wanted, start, later - tail)
            breaks.append(start)
        before = breaks[-2] if len(breaks) > 1 else 0
        if breaks and start > wanted:
            breaks[-1] = min(start, _last_start(rows, heights, wanted, before, later - tail))
        return list(pairwise((0, *breaks, len(rows))))

    def _begin_page(self) -> None:
        self._page += 1
        self._y = TOP
        if self._watermark:
            draw_watermark(self._canvas, self._watermark, A4[0] / 2, A4[1] / 2, 150, 50)
        self._canvas.setFillGray(0)
        self._canvas.setStrokeGray(0)
        if self._mark:
            draw_line(self._canvas, self._mark, LEFT, TOP + 5 * MM, Font(Face.LABEL, 8.5))
        if self._qr_text:
            draw_qr(self._canvas, self._qr_text, RIGHT - _QR, TOP + 2 * MM, _QR, quiet=2)
        odd = self._page % 2 == 1
        x = RIGHT - 14 if odd else LEFT + 14
        y = BOTTOM - 7 * MM - 12
        draw_line(
            self._canvas, f"— {self._page} —", x, y, Font(Face.TEXT, 14), align="right" if odd else "left"
        )

    def _draw_row(self, row: TableRow) -> None:
        height = _row_height(row)
        self._y -= height
        x = LEFT
        for cell in row.cells:
            width = cell.width * MM
            self._canvas.setLineWidth(_INNER)
            self._canvas.rect(x, self._y, width, height, stroke=1, fill=0)
            self._draw_cell(cell, x, width, height)
            x += width

    def _draw_cell(self, cell: Cell, x: float, width: float, height: float) -> None:
        fitted = _set_cell(cell)
        font = Font(cell.face, fitted.size, tabular=True)
        lead = fitted.size * _LEAD
        edges = {"left": x + _PADDING, "right": x + width - _PADDING}
        edge = edges.get(cell.align, x + width / 2)
        block = len(fitted.lines) * lead
        y = self._y + (height + block) / 2
        for text in fitted.lines:
            y -= lead
            baseline = y + (lead - fitted.size) / 2 + fitted.size * 0.14
            if cell.align == "spread":
                whole = 4 * fitted.size
                start = edge - whole / 2
                self._spread(text, start, baseline, font, whole)
            else:
                draw_line(self._canvas, text, edge, baseline, font, align=cell.align)


def _even_lines(text: str, font: Font) -> tuple[str, ...]:
    """A title in as few lines as it needs, about equally long: no word is left alone on the last one."""
    lines = break_lines(text, font, WIDTH)
    for share in range(50, 100, 5):
        even = break_lines(text, font, WIDTH * share / 100)
        if len(even) == len(lines):
            return even
    return lines


def _last_rows(rows: Sequence[TableRow]) -> int:
    """How many rows the last page of a long table has at least: one or two would look lost."""
    return min(6, max(2, len(rows) // 4))


def _break_at(rows: Sequence[TableRow], start: int, end: int) -> int:
    """The last place at or above `end`, but below `start`, where a page may end: not behind a heading row."""
    while end - 1 > start and rows[end - 1].heads:
        end -= 1
    return end


def _last_start(
    rows: Sequence[TableRow], heights: Sequence[float], wanted: int, before: int, room: float
) -> int:
    """Where the last page begins: at `wanted`, or further down where its rows would not fit into `room`.

    `before`: where the page before begins, which keeps two rows if it can. Rather a heading ends a page than
    a row stands alone on the last one.
    """
    wanted = max(wanted, before + 1, min(before + 2, len(rows) - 2))
    fitting = [start for start in range(wanted, len(rows) - 1) if sum(heights[start:]) <= room]
    whole = [start for start in (_break_at(rows, before, wanted), *fitting) if sum(heights[start:]) <= room]
    return next((start for start in whole if not rows[start - 1].heads), (*fitting, len(rows) - 1)[0])


def _set_cell(cell: Cell) -> _SetCell:
    """The lines of a cell: as large as asked if they fit, else smaller, else broken."""
    text = cell.text or NOTHING
    room = cell.width * MM - 2 * _PADDING
    parts = text.split("\n")
    font = Font(cell.face, cell.size, tabular=True)
    widest = max(text_width(part, font) for part in parts)
    size = min(cell.size, max(min(_SMALLEST, cell.size), cell.size * room / widest if widest else cell.size))
    if widest * size / cell.size <= room + 0.01:
        return _SetCell(tuple(parts), size)
    size = min(cell.size, 9.5)
    numbers = [text_width(number, font.at(size)) for number in re.findall(r"[0-9]+", text)]
    if numbers and max(numbers) > room:
        size *= 0.999 * room / max(numbers)  # a number is never torn in two
    return _SetCell(break_lines(text, font.at(size), room), size)


def _row_height(row: TableRow) -> float:
    """In points."""
    needed = (
        len(cell.lines) * cell.size * _LEAD + (0.7 if len(cell.lines) == 1 else 1.8) * MM
        for cell in map(_set_cell, row.cells)
    )
    return max(row.height * MM, *needed)
