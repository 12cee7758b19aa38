"""How is an empty form, or what a table holds, saved as a workbook?"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.intake.presenter import HandedOut
from gaoxin_vote.gui.kit import choose_file, prompts
from gaoxin_vote.gui.kit.worker import Worker

WORKBOOK = "Excel 工作簿 (*.xlsx)"


def hand_out(
    parent: QWidget,
    worker: Worker,
    heading: str,
    make: Callable[[], HandedOut],
    saved: Callable[[Path], object] | None = None,
    kinds: str = WORKBOOK,
) -> None:
    """Make a workbook, ask where it is to be saved, save it and say so (or call `saved`).

    `kinds` as in `choose_file` where it is another kind of file.
    """
    failed = partial(prompts.show_error, parent)

    def told(path: Path) -> None:
        prompts.tell(parent, heading, f"已保存为“{path.name}”。")

    def ask(made: HandedOut) -> None:
        def save(path: Path) -> None:
            worker.submit(lambda _progress: made.save(path), saved or told, failed, owner=parent)

        choose_file.to_save(parent, heading, kinds, made.name, save)

    worker.submit(lambda _progress: make(), ask, failed, owner=parent)
