"""Which files follow from the table of keys? `python -m tests.domain.scheme_files` writes them anew."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.scheme_file import scheme_from_table, toml_table
from gaoxin_vote.domain.scheme_key import SchemeKey, Section, Unset
from gaoxin_vote.domain.scheme_keys.every import SECTIONS
from gaoxin_vote.domain.scheme_writer import scheme_text

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = tuple(sorted((ROOT / "resources" / "schemes").glob("*.toml")))
RULES = ROOT / "docs" / "rules.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->"


def shipped_anew(text: str) -> str:
    """The text as the writer gives it, a key that it lacks with the default."""
    table: dict[str, Any] = toml_table(text)
    for section in SECTIONS:
        tables = table.get(section.name, []) if section.repeated else [_inner(table, section.name)]
        for key in section.keys if not section.key.startswith("barring.kinds") else ():
            for inner in tables:
                told = not section.repeated or inner["raters"] in [rater.value for rater in key.raters]
                if told and key.required and key.default is not Unset.UNSET and key.name not in inner:
                    written = f"value = {key.value.written(key.default)}"
                    inner[key.name] = tomllib.loads(written, parse_float=Decimal)["value"]
    return scheme_text(scheme_from_table(table))


def rules_with_keys(text: str) -> str:
    """`docs/rules.md` with its table of keys."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + "\n".join(map(_section, SECTIONS)) + END + rest.partition(END)[2]


def _inner(table: dict[str, Any], name: str) -> dict[str, Any]:
    inner: dict[str, Any] = table.setdefault(name, {}) if name else table
    return inner


def _section(section: Section) -> str:
    bracket = f"[[{section.name}]]" if section.repeated else f"[{section.name}]"
    head = f"**`{bracket}` {section.title}** — {section.help}" if section.key else f"**{section.title}**"
    lines = (head, "", "| key | 名称 | 作用 | 可填 | 2017 | 出处 | 可改至 |", "|---|---|---|---|---|---|---|")
    return "\n".join((*lines, *map(_row, section.keys))) + "\n"


def _row(key: SchemeKey) -> str:
    unit = f"（{key.unit}）" if key.unit else ""
    default = "" if key.default is Unset.UNSET else key.words(key.default)
    cells = (
        *(f"`{key.key}`", f"{key.label}{unit}", _help(key), key.value.allowed),
        *(default, key.origin, key.until.label),
    )
    return f"| {' | '.join(cells)} |"


def _help(key: SchemeKey) -> str:
    whose = f"只用于{'、'.join(rater.label for rater in key.raters)}。" if key.absent is not None else ""
    told = key.help.replace("<", "&lt;")
    return told + whose if key.key.startswith("contests.") else told


def main() -> None:
    """Write the shipped schemes and the documentation anew."""
    for path in SCHEMES:
        path.write_text(shipped_anew(path.read_text("utf-8")), encoding="utf-8")
    RULES.write_text(rules_with_keys(RULES.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
