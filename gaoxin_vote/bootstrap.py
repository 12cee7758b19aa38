"""How are the parts wired together into a program with windows?

Imports are late on purpose: the first window must not wait for what only a later page needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote.gui.page import Page
    from gaoxin_vote.gui.shell.presenter import OpenWorkspace
    from gaoxin_vote.gui.shell.window import DeskWindow
    from gaoxin_vote.gui.worker import Worker


def local_time() -> datetime:
    """The clock of the program: this computer's, with its time zone."""
    return datetime.now().astimezone()


def run_gui(path: Path | None) -> int:
    """Open the application, asking for the passphrase of the workspace at `path` if given; its exit code."""
    app = make_application(sys.argv[:1])
    window = make_window()
    if path is not None:
        window.start.ask_passphrase(path)
    window.showMaximized()
    return app.exec()


def make_application(arguments: list[str]) -> QApplication:
    """The one application object, dressed, speaking Chinese."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote import __version__
    from gaoxin_vote.gui import theme
    from gaoxin_vote.gui.settings import Settings

    app = QApplication(arguments)
    app.setApplicationName("gaoxin-vote")
    app.setApplicationDisplayName("高新投票")
    app.setApplicationVersion(__version__)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.start(app, Settings().look)
    return app


def make_window(clock: Callable[[], datetime] = local_time, sample_path: Path | None = None) -> DeskWindow:
    """The officer's window with its worker thread, the pages of every stage and the booth."""
    from functools import partial

    from PySide6.QtCore import QStandardPaths
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote.gui import bugs, prompts
    from gaoxin_vote.gui.settings import Settings
    from gaoxin_vote.gui.shell.presenter import ShellPresenter
    from gaoxin_vote.gui.shell.window import DeskWindow
    from gaoxin_vote.gui.worker import Worker

    worker = Worker()
    presenter = ShellPresenter(clock)
    kept = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    window = DeskWindow(
        presenter,
        worker,
        Settings(),
        partial(make_page, worker),
        sample_path=sample_path or kept / "演示数据2017.gxv",
    )
    bugs.catch(partial(prompts.show_error, window))
    worker.submit(lambda _progress: presenter.warm_up())
    app = QApplication.instance()
    assert app is not None
    app.aboutToQuit.connect(worker.close)
    return window


def make_page(worker: Worker, key: str, opened: OpenWorkspace) -> Page:
    """The page of the stage `key`."""
    raise NotImplementedError
