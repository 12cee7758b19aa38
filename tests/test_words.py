"""Does every text that people read call a thing by the one word that docs/words.md gives it?"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import gaoxin_vote

PACKAGE = Path(gaoxin_vote.__file__).parent
HOUSE = PACKAGE.parent
WORDS = HOUSE / "docs" / "words.md"
READ_WHOLE = sorted((*HOUSE.glob("resources/manual/*.md"), *HOUSE.glob("resources/schemes/*.toml")))
HAN = re.compile("[\u4e00-\u9fff]")
CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{1,3}(?![A-Za-z0-9])")
"""Such as A34, R12 or D5: the developers' rules, an event's code."""
LATIN = re.compile(r"[A-Za-z][A-Za-z_.-]*[A-Za-z]")
FILLED_IN = re.compile(r"\{\w+\}|\[[^]]+\]")
"""What a text is given later, and the signs that a pattern takes."""
KNOWN = frozenset(
    [
        "Base64",
        "Base",
        "CSV",
        "Ctrl",
        "Excel",
        "MB",
        "ODF",
        "ODS",
        "OPC",
        "PDF",
        "RTF",
        "SHA",
        "UTC",
        "UTF",
        "WPS",
        "Word",
        "Numbers",
        "XML",
    ]
)
"""Names of formats, programs, keys and measures that offices use as they are."""
ENDINGS = frozenset(
    [
        ".bel",
        ".pdf",
        ".gxv",
        ".gxk",
        "bel",
        "cer",
        "csv",
        "et",
        "fods",
        "gxk",
        "gxv",
        "mht",
        "ods",
        "pdf",
        "xls",
        "xlsb",
        "xlsx",
        "zip",
        "toml",
        "txt",
    ]
)

NOT_MEANT = re.compile("[发废]票码")
"""Where two words meet, as in 补发|票码条."""

OTHERS_WORDS = {
    "spreadsheets/folder_listing.py": "what offices call their files",
    "spreadsheets/kinds/adjustments.py": "headings of other people's tables",
    "spreadsheets/kinds/sessions.py": "headings of other people's tables",
    "spreadsheets/kinds/standings.py": "headings of other people's tables",
    "spreadsheets/kinds/supervision.py": "headings of other people's tables",
    "spreadsheets/kinds/tallies.py": "headings of other people's tables",
    "spreadsheets/kinds/wide.py": "headings of other people's tables",
    "spreadsheets/table.py": "what stands under other people's tables",
    "spreadsheets/reading/spreadsheet.py": "the password of a workbook is Excel's word",
    "domain/record.py": "废票 is the name of a figure in the record, as in the tables that are read",
}
"""Where words may stand that are recognised, never said; and why."""
DATA_CODES = ("spreadsheets/kinds/", "spreadsheets/layout.py")
"""Where an example shows how the codes of a table look (如 U01)."""
FOR_TERMINALS = ("cli.py", "domain/config.py", "domain/scheme_", "belenios/")
"""Who reads these has typed the English word, or looks into the archive or the scheme file itself."""
KEYS = {"gui/shell/rail.py": "F1", "gui/shell/start_page.py": "F1"}
"""Keys of the keyboard that look like codes."""


def forbidden() -> dict[str, str]:
    """What a thing is not to be called, with the word that it is called by."""
    table = WORDS.read_text(encoding="utf-8").split("## 用词\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return {wrong: row[0] for row in rows[1:] for wrong in row[2].split("、") if wrong != "—"}


def shown(text: ast.AST) -> str:
    """The text of a literal with … for what is filled in."""
    if isinstance(text, ast.JoinedStr):
        return "".join(shown(part) if isinstance(part, ast.Constant) else "…" for part in text.values)
    return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""


def called(words: str) -> str:
    return NOT_MEANT.sub("…", words)


@cache
def texts() -> tuple[tuple[str, int, str], ...]:
    """Place, line and words of each Chinese literal of the program, but not of its docstrings."""
    return tuple(
        text
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in texts_of(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
    )


def texts_of(place: str, source: str) -> Iterator[tuple[str, int, str]]:
    tree = ast.parse(source)
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in passed | parts:
            words = shown(node)
            if HAN.search(words):
                yield place, node.lineno, words


def test_nothing_is_called_by_two_names() -> None:
    wrong = forbidden()
    assert len(wrong) > 40
    found = {
        f"{place}:{line}: {bad}, say {wrong[bad]}"
        for place, line, words in texts()
        if place not in OTHERS_WORDS
        for bad in wrong
        if bad in called(words)
    }
    assert found == set()


@pytest.mark.parametrize("path", READ_WHOLE, ids=lambda path: path.name)
def test_manual_and_schemes_use_the_same_words(path: Path) -> None:
    wrong, text = forbidden(), called(path.read_text(encoding="utf-8"))
    assert {f"{bad}, say {wrong[bad]}" for bad in wrong if bad in text} == set()


def test_the_exceptions_are_needed() -> None:
    """A place that no longer holds another's word is taken off the list."""
    wrong = forbidden()
    needed = {place for place, _, words in texts() if any(bad in called(words) for bad in wrong)}
    assert needed == set(OTHERS_WORDS)


def test_no_word_is_both_right_and_wrong() -> None:
    wrong = forbidden()
    right = set(wrong.values())
    assert {(bad, word) for bad in wrong for word in right if bad in word} == set()


def test_no_codes_of_rules_stand_in_sentences() -> None:
    found = {
        f"{place}:{line}: {words[:60]}"
        for place, line, words in texts()
        if not place.startswith((*DATA_CODES, *FOR_TERMINALS))
        and set(CODE.findall(words)) - {KEYS.get(place, "")}
    }
    assert found == set()


def test_no_english_stands_in_sentences() -> None:
    """Keys, commands and file names of the program mean nothing to an officer."""
    found = {
        f"{place}:{line}: {sorted(foreign)} in {words[:60]}"
        for place, line, words in texts()
        if not place.startswith(FOR_TERMINALS)
        and (foreign := set(LATIN.findall(FILLED_IN.sub("", words))) - KNOWN - ENDINGS)
    }
    assert found == set()


def test_literals_are_found_with_what_is_filled_in_and_without_docstrings() -> None:
    source = 'def f(a):\n    """说明"""\n    return f"共{a}张（A34）", "次序", "plain"\n'
    assert [words for _, _, words in texts_of("f.py", source)] == ["共…张（A34）", "次序"]
    assert CODE.findall("共…张（A34）") == ["A34"] and LATIN.findall("填 counts_as") == ["counts_as"]
