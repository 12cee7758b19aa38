"""Which entries of the log are shown, and how?"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from gaoxin_vote.workflow.reports.audit_export import UNTIMED
from gaoxin_vote.workflow.reports.audit_log import AuditLine as AuditLine


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty: everything."""

    words: str = ""
    """Words that all stand in the entry; blanks part them, width and case do not matter."""
    act: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AuditState:
    """What the page shows, newest first."""

    lines: tuple[AuditLine, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """What was done, each once, in the order in which it was done first."""
        return tuple(dict.fromkeys(line.act for line in reversed(self.lines)))

    def shown(self, wanted: Wanted) -> tuple[AuditLine, ...]:
        """The entries that are wanted.

        One without time lies between two with a time: it counts for the day of the one before.
        """
        words = _plain(wanted.words).split()
        return tuple(line for line in self.lines if _fits(line, wanted, words))


def cells(line: AuditLine, traces: bool) -> tuple[str, ...]:
    """A row of the table."""
    shown = (str(line.number), line.time_text or UNTIMED, line.act, line.words)
    return (*shown, line.traces, line.hash) if traces else shown


def whole(line: AuditLine, traces: bool) -> tuple[str, str]:
    """One entry to be read: its heading, and each of its facts in a line."""
    told = [line.words, *((line.traces, f"校验码：{line.hash}") if traces else ())]
    heading = f"第{line.number}条　{line.time_text or UNTIMED}　{line.act}"
    return heading, "\n".join(filter(None, told)).replace("；", "\n")


def count_words(shown: int, all_lines: int) -> str:
    """How many entries are shown."""
    return f"共{all_lines}条" if shown == all_lines else f"找到{shown}条，共{all_lines}条"


def _fits(line: AuditLine, wanted: Wanted, words: list[str]) -> bool:
    if wanted.act and line.act != wanted.act:
        return False
    day = line.day
    if (wanted.first or wanted.last) and (
        day is None or not (wanted.first or day) <= day <= (wanted.last or day)
    ):
        return False
    text = _plain(" ".join((line.time_text, line.act, line.words, line.traces, line.hash))) if words else ""
    return all(word in text for word in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
