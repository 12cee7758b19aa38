"""How is a scheme written as a file that explains itself?"""

from collections.abc import Iterator

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_entries import SchemeBlock, SchemeEntry, blocks
from gaoxin_vote.domain.scheme_key import NOTICE, Section, Unset
from gaoxin_vote.domain.scheme_keys.adjustments import BARRING, KIND
from gaoxin_vote.domain.scheme_values import name_of


def scheme_text(scheme: AssessmentScheme) -> str:
    """The scheme as commented TOML; `load_scheme` gives the same scheme, equal schemes the same text."""
    return "\n".join((*_head(scheme), *_tables(scheme))) + "\n"


def _head(scheme: AssessmentScheme) -> Iterator[str]:
    yield f"# {_on_one_line(scheme.title)}"
    yield f"# 依据：{_on_one_line(scheme.document)}。" if scheme.document else "# 不依据某一份文件。"
    yield "# 每一项后面依次写明：名称（单位）、作用、可填什么、出处。"
    yield f"# 出处中“通知”为{NOTICE}；通知未规定的注“默认”；与通知不同的注“本方案”。"
    yield "# A 后加数字的，是通知没有写明、由考核办商定的事项的编号。"


def _tables(scheme: AssessmentScheme) -> Iterator[str]:
    sections: set[str] = set()
    keys: set[str] = set()
    for block in blocks(scheme):
        yield ""
        yield from _bracket(block, first=block.section.key not in sections)
        sections.add(block.section.key)
        for entry in block.entries:
            yield _line(entry, scheme, first=entry.key.key not in keys)
            keys.add(entry.key.key)
        if block.section is BARRING and not scheme.barring.kinds:
            yield f"{_last(KIND)} = []  # {KIND.title}，没有；本方案"


def _bracket(block: SchemeBlock, *, first: bool) -> Iterator[str]:
    section = block.section
    if not section.key:
        return
    bracket = f"[[{section.name}]]" if section.repeated else f"[{section.name}]"
    yield f"{bracket}  # {section.help}" if first else bracket


def _line(entry: SchemeEntry, scheme: AssessmentScheme, *, first: bool) -> str:
    """The entry with its comment, which is short where the same key was explained above."""
    key = entry.key
    unit = f"（{key.unit}）" if key.unit else ""
    told = f"{key.label}{unit}：{key.help}{key.value.allowed}" if first else key.label
    return f"{name_of(entry.name)} = {key.value.written(entry.value)}  # {told}；{_source(entry, scheme)}"


def _source(entry: SchemeEntry, scheme: AssessmentScheme) -> str:
    if entry.noticed and scheme.document == NOTICE:
        return entry.key.origin
    same = entry.noticed and entry.key.default is not Unset.UNSET
    source = "同2017年通知" if same else "本方案"
    return f"{source}，{entry.key.ambiguity}" if entry.key.ambiguity else source


def _last(section: Section) -> str:
    return section.name.rpartition(".")[2]


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
