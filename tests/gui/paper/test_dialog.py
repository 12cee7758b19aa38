"""Is a sheet looked at before it is printed, and written to the one place named only?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper import presenter
from gaoxin_vote.gui.paper.dialog import NO_PRINTER, PaperDialog, show_paper
from gaoxin_vote.gui.paper.presenter import PaperState


@pytest.fixture
def pdf() -> bytes:
    import io

    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for number in (1, 2):
        canvas.drawString(100, 700, f"page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def parent(qtbot: QtBot, dressed: None) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def _open(parent: QWidget, worker: Worker, pdf: bytes, qtbot: QtBot) -> PaperDialog:
    dialog = show_paper(parent, worker, "报告单", pdf, "报告单.pdf")
    qtbot.waitUntil(lambda: not worker.busy, timeout=20_000)
    return dialog


def test_pages_are_shown(worker: Worker, pdf: bytes, qtbot: QtBot, parent: QWidget) -> None:
    dialog = _open(parent, worker, pdf, qtbot)
    sheets = [label for label in dialog.preview.findChildren(QLabel) if label.accessibleName()]
    assert [sheet.accessibleName() for sheet in sheets] == ["第1页，共2页", "第2页，共2页"]
    assert all(not sheet.pixmap().isNull() for sheet in sheets)


def test_without_a_printer_the_reason_is_said(
    worker: Worker, pdf: bytes, qtbot: QtBot, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "printers", lambda: ())
    dialog = _open(parent, worker, pdf, qtbot)
    assert not dialog.print.isEnabled()
    assert dialog.print.toolTip() == NO_PRINTER
    assert dialog.save.isEnabled()
    assert dialog.save.property("role") == "primary"


def test_printed_on_the_printer_chosen(
    worker: Worker, pdf: bytes, qtbot: QtBot, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[bytes, str]] = []
    monkeypatch.setattr(presenter, "printers", lambda: ("一楼", "三楼"))
    monkeypatch.setattr(presenter, "print_pdf", lambda pdf, printer, secret: printed.append((pdf, printer)))
    dialog = _open(parent, worker, pdf, qtbot)
    dialog.printers.setCurrentText("三楼")
    dialog.print.click()
    qtbot.waitUntil(lambda: not worker.busy)
    assert printed == [(pdf, "三楼")]
    assert "三楼" in dialog.outcome.text()


def test_saved_to_the_one_place(
    worker: Worker, pdf: bytes, qtbot: QtBot, parent: QWidget, tmp_path: Path
) -> None:
    dialog = _open(parent, worker, pdf, qtbot)
    dialog.save_to(tmp_path / "报告单.pdf")
    qtbot.waitUntil(lambda: not worker.busy)
    assert (tmp_path / "报告单.pdf").read_bytes() == pdf
    assert [path.name for path in tmp_path.glob("*.pdf*")] == ["报告单.pdf"]
    dialog.save_to(tmp_path / "没有的文件夹" / "报告单.pdf")
    qtbot.waitUntil(lambda: not worker.busy)
    assert dialog.findChildren(Message)[-1].windowTitle() == "暂时无法完成"


def test_the_state_has_what_the_page_needs(pdf: bytes) -> None:
    state = presenter.look(pdf)
    assert isinstance(state, PaperState)
    assert len(state.pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in state.pages)
