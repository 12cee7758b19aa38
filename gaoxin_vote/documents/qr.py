"""How is a QR code drawn on a sheet?"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET = 4
"""Blank modules that a reader needs on every side."""


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The square of dark and light modules, row by row from the top, error correction level M."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    widget = QrCodeWidget(text, barLevel="M")
    widget.qr.make()
    return tuple(tuple(bool(module) for module in row) for row in widget.qr.modules)


def draw_qr(canvas: "Canvas", text: str, x: float, y: float, side: float, *, quiet: int = QUIET) -> None:
    """Draw the code of `text` in a square of `side` points, lower left corner at (x, y), margin included.

    One filled path, so that no printer leaves hairlines between the modules.
    """
    modules = qr_modules(text)
    step = side / (len(modules) + 2 * quiet)
    path = canvas.beginPath()
    for number, row in enumerate(modules):
        bottom = y + side - (quiet + number + 1) * step
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                path.rect(x + (quiet + start) * step, bottom, (end - start) * step, step)
            start = end + 1
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
