"""The one application object there is while windows stand."""

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The application; there is one before any window."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
