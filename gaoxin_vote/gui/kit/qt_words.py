"""What does Qt itself say in Chinese: file dialogs, menus of fields, message boxes?

Its own translation (`qtbase_zh_CN`) comes first; it lags behind its texts, and what it lacks stands here.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_LACKING = {
    ("QFileDialog", "&Look in:"): "位置(&L)：",
    ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "File Folder"): "文件夹",
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QAbstractFileIconProvider", "Shortcut"): "快捷方式",
    ("QAbstractFileIconProvider", "Alias"): "快捷方式",
    ("QAbstractFileIconProvider", "File"): "文件",
    ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
    ("QAbstractFileIconProvider", "Unknown"): "未知",
    ("QFileSystemModel", "%1 File"): "%1 文件",
    ("QFileSystemModel", "Folder"): "文件夹",
}


class QtWords(QTranslator):
    """Answers what Qt's own translation does not."""

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Qt: the words, or none."""
        return _LACKING.get((context, source_text))

    def isEmpty(self) -> bool:
        """Qt: an empty one would not be installed."""
        return False


def speak_chinese(app: QCoreApplication) -> None:
    """Dates, numbers and Qt's own texts in Chinese from now on, whatever the system speaks."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    # The one installed last is asked first.
    app.installTranslator(QtWords(app))
    own = QTranslator(app)
    if own.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)
