"""What would a new year take over, in words?"""

from collections.abc import Iterator
from dataclasses import dataclass

from gaoxin_vote.workflow.results.next_year import NextYear


@dataclass(frozen=True, slots=True)
class NextYearState:
    """What the dialog shows."""

    shown: NextYear
    """What will be begun."""
    year: int
    taken: tuple[tuple[str, str], ...]
    """Name and words of everything that is taken over."""
    look_at: tuple[str, ...]
    """What the office should look at in the new year, a sentence each."""


def in_words(shown: NextYear) -> NextYearState:
    """The same, to be read."""
    return NextYearState(shown, shown.year, tuple(_taken(shown)), tuple(_look_at(shown)))


def _taken(shown: NextYear) -> Iterator[tuple[str, str]]:
    scheme = shown.scheme.scheme
    yield "考核方案", f"{scheme.title}（各项规定同{shown.source}年度）"
    days = [change for change in shown.scheme.changes if change.key == "bonus.deadline"]
    for day in days:
        yield "申报截止日", f"由{day.before}改为{day.after}"
    yield "被考评单位", f"{len(shown.units)}个"
    if shown.leaders:
        yield "班子成员", f"{len(shown.leaders)}位"
    if shown.raters:
        yield "评议人", f"{len(shown.raters)}位"
    counts = dict.fromkeys(sorted({entry.year for entry in shown.history}), 0)
    for entry in shown.history:
        counts[entry.year] += 1
    results = "，".join(f"{year}年度{number}个单位" for year, number in counts.items())
    yield "历年考核结果", results or ("没有" if shown.final else f"暂不带入（{shown.source}年度尚未定稿）")


def _look_at(shown: NextYear) -> Iterator[str]:
    if not shown.final:
        yield (
            f"{shown.source}年度尚未定稿：名单带入，结果暂不带入。定稿后，"
            f"在{shown.year}年度的“方案与单位”页点“接续上年结果”。"
        )
    if any(change.key == "bonus.deadline" for change in shown.scheme.changes):
        yield "申报截止日请按本年度的通知核对。"
    yield from shown.doubts
