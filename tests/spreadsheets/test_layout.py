"""The columns of every kind, and the page that describes them."""

from pathlib import Path

import pytest

from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import kinds
from gaoxin_vote.spreadsheets.layout import heading_key
from tests.contests import CONTESTS

KINDS = kinds(CONTESTS)
PAGE = Path(__file__).parent.parent.parent / "docs" / "files.md"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_heading_means_two_columns(kind: Kind[object]) -> None:
    columns = kind.layout.columns
    names = [name for column in columns for name in column.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_page_names_every_column(kind: Kind[object]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    start = text.index(f"### `{kind.layout.stem}` {kind.layout.title}\n")
    section = text[start:].split("\n### ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (f"| `{column.field}`", column.heading, "、".join(column.synonyms)) for column in kind.layout.columns
    ]


@pytest.mark.parametrize(
    "text", ["得分", " 得 分 ", "*得分", "得分：", "得分(分)", "得分（必填）", "得\n分", "得分(40分)"]
)
def test_headings_are_compared_without_ornament(text: str) -> None:
    assert heading_key(text) == "得分"
