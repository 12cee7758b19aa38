"""How does the program speak on a terminal: in Chinese, in columns, without anybody's control codes?"""

import argparse
import io
import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, NoReturn

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ERASE = "\r\033[K"
_ERRORS = (
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): expected .+", r"\1 后面缺少内容"),
    (r"argument (.+?): ignored explicit argument .+", r"\1 后面不带内容"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"没有 \2 这个\1，可用的有：\3"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
"""What argparse says, and what we say."""


class Parser(argparse.ArgumentParser):
    """A parser of the command line that explains itself in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **options | {"formatter_class": _Formatter, "add_help": False, "allow_abbrev": False}
        )
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end with 2."""
        for pattern, words in _ERRORS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        self.exit(2, f"{self.format_usage()}{visible(message)}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As usual, with a Chinese prefix."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def prepare_streams() -> None:
    """Let no character stop the program: what the terminal's encoding lacks is written as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush_streams() -> None:
    """Write out what was printed. Raises `OSError` where nobody takes it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def give_up_streams() -> None:
    """Nobody takes what is printed: print no more, so that the end of the program does not fail of it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            os.dup2(nowhere, stream.fileno())


def say(text: str) -> None:
    """A line on standard error; where there is none, nothing."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def visible(text: str) -> str:
    """`text` in one line, without any character that a terminal would obey instead of showing it."""
    return "".join("�" if unicodedata.category(character) in _UNSEEN else character for character in text)


def aligned(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The rows of a table as lines, each column as wide as its widest cell."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return tuple(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class ProgressLine:
    """The progress of long work as one line on a terminal; silent where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._line = ""

    def __call__(self, done: int, total: int, words: str) -> None:
        """Show how far the work is, as far as that is known."""
        line = visible(f"{words} {done}/{total}" if total else words)
        if line != self._line:
            self._line = line
            self._write(f"{_ERASE}{line}")

    def clear(self) -> None:
        """Give the line back."""
        self._line = ""
        self._write(_ERASE)

    def _write(self, text: str) -> None:
        try:
            if self._shown:
                print(text, end="", file=sys.stderr, flush=True)
        except OSError:
            # The terminal is gone; the work is not.
            self._shown = False
