"""Which file of a folder is of which kind, and which only look like one?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.spelling import matching
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile

FORMATS = (".csv", ".xlsx", ".xls", ".ods", ".et")
"""The endings of the files that are read, in whatever capitals; of two files the first one is."""

_PASSED_OVER = ("~$", ".~", ".")
"""What programs lay beside an open file, and hidden files."""
_STEM_ENDS = re.compile(r"s?(?:[^a-z].*)?", re.DOTALL)
_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "events": ("取消资格情形", "取消评优资格情形"),
    "leaders": ("领导名单",),
    "history": ("历年结果", "历史结果"),
    "tie_decisions": ("并列裁定", "同分排序决定"),
    "place_decisions": ("名额裁定",),
    "count_decisions": ("计票裁定",),
    "overrides": ("等次调整", "等次审定调整"),
    "late_acceptances": ("逾期受理", "逾期申报受理决定"),
    "referrals": ("问责移送",),
}
"""What offices also call a kind in the names of their files."""
_TITLE_ENDS = re.compile(r"(?:情况|登记)?(?:统计表|登记表|申报表|得分表|名单|报告单?|表|台账)$")


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The files of a folder by the kind that their names say."""

    folder: Path
    by_stem: Mapping[str, Sequence[str]]
    """Of each kind the files that are called after it, the one that is read first."""
    others: Mapping[str, Sequence[str]]
    """Of each kind the files that look like it, but are called otherwise."""

    @classmethod
    def of(cls, folder: Path, kinds: Iterable[Kind[Any]]) -> "FolderListing":
        """The listing of a folder; what is no plain file is none of it."""
        names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        names = [name for name in names if not name.startswith(_PASSED_OVER)]
        stems = {kind.layout.stem: _titles(kind) for kind in kinds}
        called: dict[str, list[str]] = {}
        others: dict[str, list[str]] = {}
        for name in names:
            bare, dot, ending = name.lower().rpartition(".")
            if bare in stems and dot + ending in FORMATS:
                called.setdefault(bare, []).append(name)
            elif (stem := _looks_like(name, stems)) is not None:
                others.setdefault(stem, []).append(name)
        for found in called.values():
            found.sort(
                key=lambda name: (FORMATS.index(Path(name).suffix.lower()), name != name.lower(), name)
            )
        return cls(folder, called, others)

    def file(self, stem: str) -> SpreadsheetFile | None:
        """The file of a kind; None where there is none."""
        found = self.by_stem.get(stem)
        return SpreadsheetFile.at(self.folder / found[0]) if found else None

    def lookalikes(self, stem: str) -> tuple[str, ...]:
        """The files that may be meant, but are called otherwise."""
        return tuple(self.others.get(stem, ()))

    def unread(self, taken: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The files that look like inputs and are not read, if those of the stems `taken` are; and why."""
        read = frozenset(taken)
        for stem, names in self.by_stem.items():
            if stem not in read:
                yield from ((name, "这里不用这类文件") for name in names)
            else:
                yield from ((name, f"已读入“{names[0]}”，同一类只读一个文件") for name in names[1:])
        for stem, names in self.others.items():
            yield from ((name, f"文件名应为 {stem}.csv 或 {stem}.xlsx") for name in names)


def _titles(kind: Kind[Any]) -> tuple[str, ...]:
    """What a file of the kind may be called in Chinese, as names are compared."""
    title = matching(kind.layout.title)
    also = _ALSO_CALLED.get(kind.layout.stem, ())
    return title, _TITLE_ENDS.sub("", title), matching(kind.label), *map(matching, also)


def _looks_like(name: str, stems: Mapping[str, Sequence[str]]) -> str | None:
    """The kind that a name speaks of, such as ``events(1).csv`` or 历年结果.xlsx; None for none."""
    key = matching(name)
    for stem in sorted(stems, key=len, reverse=True):
        start = stem.removesuffix("s")
        if key.startswith(start) and _STEM_ENDS.fullmatch(key.removeprefix(start)):
            return stem
    return next((stem for stem, titles in stems.items() if any(title in key for title in titles)), None)
