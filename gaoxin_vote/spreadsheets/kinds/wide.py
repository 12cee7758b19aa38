"""Which scores does a table hold that has a row for each unit and a column for each indicator?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.cells import matching, normal, number_of, text_of
from gaoxin_vote.spreadsheets.layout import Layout, heading_key, other_meaning
from gaoxin_vote.spreadsheets.locating import note_unread_column
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.columns import column_letters
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content, Worksheet
from gaoxin_vote.spreadsheets.table import UNIT_FIELDS, Heading, Line, find_heading, table_lines

_FULL = re.compile(
    r"[(\[【]?\s*(?:满分|分值|权重)?\s*[:：]?\s*(\d+(?:\.\d+)?)\s*(?:分\s*[)\]】]?|[)\]】])\s*$"
)
_CODE = re.compile(r"([A-Za-z]{1,4}[-.]?\d{1,4}(?:[.-]\d+)*)[\s、.:：_-]*(.*)", re.DOTALL)
_FULL_LABELS = frozenset({"分值", "满分", "权重", "标准分", "指标分值", "目标分值", "基准分"})
_NAME_LABELS = frozenset({"指标名称", "指标", "考核指标", "指标编号", "指标代码", "指标内容"})
_TOTALS = frozenset({"合计", "总分", "总计", "小计", "得分合计", "总得分", "合计得分"})
_TOTAL_ENDINGS = ("合计", "总分", "总计", "小计", "总得分", "合计得分", "综合得分", "得分合计")
_RIVAL = re.compile(
    "(?:得分|评分|分数|成绩|打分|考核分?|核定分?|最终分?|终评分?|初评分?|复评分?|复核分?|审定分?|认定分?)值?$"
)
"""What makes a heading a second one for the score of the indicator that it names."""
_BRACKETS = re.compile(r"[()\[\]【】:：、\s]")
_LONG_FIELDS = frozenset({"indicator_code", "indicator_name", "full_score"})


@dataclass(frozen=True, slots=True)
class _IndicatorColumn:
    """One column of scores."""

    index: int
    code: str
    name: str
    full: Decimal | None
    text: str
    """Its heading, with what stands in further rows of headings."""
    known: tuple[Indicator, ...]
    """The indicators of the catalogue that it may be, of whichever units."""

    @property
    def key(self) -> object:
        """The same for two columns of the same indicator."""
        return self.known or (matching(self.code), "" if self.code else matching(self.name))


@dataclass(frozen=True, slots=True)
class _WideHeading:
    """The headings of a wide table, which may take several rows."""

    heading: Heading
    """Its first row."""
    columns: list[_IndicatorColumn]
    last_row: int
    """The number of its last row."""

    @property
    def twice(self) -> list[tuple[_IndicatorColumn, _IndicatorColumn]]:
        """The columns of an indicator that another column is of already, with that other."""
        first: dict[object, _IndicatorColumn] = {}
        return [
            (column, other)
            for column in self.columns
            if (other := first.setdefault(column.key, column)) is not column
        ]

    @property
    def totals(self) -> list[int]:
        """Index of the columns with the sum of a row."""
        return [index for index, text in self.heading.others if _is_total(text)]


def wide_lines(
    sheet: Worksheet, layout: Layout, catalogue: Catalogue, findings: Findings, names: UnitNames
) -> Iterator[Line] | None:
    """One line for each unit and indicator, as a long table would have it; None if the table is not wide.

    Faults keep the place of the cell in the wide table. An indicator column is one whose heading is known
    to the catalogue, or gives a code (Z1) or a full score (40分, here or in a row 分值 below).
    """
    heading = find_heading(sheet, layout, lambda row: _is_wide(sheet, row, catalogue))
    if heading is None or not _is_wide(sheet, heading, catalogue):
        return None
    wide = _WideHeading(heading, *_columns(sheet, heading, catalogue))
    _note_headings(sheet, wide, layout, catalogue, findings)
    return _lines(sheet, wide, layout, catalogue, findings, names)


def _is_total(text: str) -> bool:
    """Whether a heading is of a sum, such as 考核总分(80分)."""
    key = heading_key(_FULL.sub("", normal(text)))
    return key in _TOTALS or key.endswith(_TOTAL_ENDINGS)


def _is_wide(sheet: Worksheet, heading: Heading, catalogue: Catalogue) -> bool:
    fields = heading.columns.keys()
    return bool(fields & UNIT_FIELDS and not fields & _LONG_FIELDS and _columns(sheet, heading, catalogue)[0])


def _columns(sheet: Worksheet, heading: Heading, catalogue: Catalogue) -> tuple[list[_IndicatorColumn], int]:
    """The indicator columns and the number of the last row of the headings."""
    texts = {index: [text] for index, text in heading.others}
    fulls: dict[int, Decimal] = {}
    titles = sheet.rows[heading.row - 1]
    last_row = heading.row
    for cells in sheet.rows[heading.row : heading.row + 3]:
        labels = {
            heading_key(text_of(cell))
            for index, cell in enumerate(cells)
            if index not in texts and cell != "" and cell != titles[index : index + 1]
        }
        unit_cells = [cells[index] for index in heading.columns.values() if index < len(cells)]
        repeated = all(
            cell in ("", titles[index])
            for index in heading.columns.values()
            if index < len(cells)
            for cell in (cells[index],)
        )
        below = {index: cells[index] for index in texts if index < len(cells) and cells[index] != ""}
        if labels & _FULL_LABELS:
            numbers = {index: number_of(text_of(cell)) for index, cell in below.items()}
            fulls.update({index: number for index, number in numbers.items() if number is not None})
        elif labels & _NAME_LABELS or (repeated and any(unit_cells) and _are_words(below)):
            for index, cell in below.items():
                texts[index].append(text_of(cell))
        else:
            break
        last_row += 1
    found = (_column(index, parts, fulls.get(index), catalogue) for index, parts in texts.items())
    return [column for column in found if column is not None], last_row


def _are_words(cells: dict[int, Content]) -> bool:
    return bool(cells) and all(number_of(text_of(cell)) is None for cell in cells.values())


def _column(
    index: int, parts: list[str], full: Decimal | None, catalogue: Catalogue
) -> _IndicatorColumn | None:
    text = heading = normal(" ".join(dict.fromkeys(parts)))
    if _is_total(text) and not catalogue.with_name(text):
        return None
    stated = _FULL.search(text)
    if stated and full is None:
        full = Decimal(stated[1])
    bare = text[: stated.start()].strip() if stated else text
    split = _CODE.fullmatch(bare)
    code, name = (split[1], " ".join(split[2].split())) if split else ("", bare)
    if not name and not code:
        return None
    # Units may have the same indicator under different codes: what the heading does not say is left open.
    for text in (code, bare):
        if text and (known := catalogue.with_code(text)):
            return _IndicatorColumn(index, text, name if text == code else "", full, heading, known)
    for text in (bare, name):
        if text and (known := catalogue.with_name(text)):
            return _IndicatorColumn(index, "", text, full, heading, known)
    return _IndicatorColumn(index, code, name, full, heading, ()) if code or full is not None else None


def _under_another(sheet: Worksheet, wide: _WideHeading) -> dict[int, int]:
    """The columns whose heading is merged with the one left of them, and the row that tells them apart."""
    titles = sheet.rows[wide.heading.row - 1]
    scores = {column.index for column in wide.columns}
    found: dict[int, int] = {}
    for number in range(wide.heading.row + 1, wide.last_row + 1):
        for index, cell in enumerate(sheet.rows[number - 1]):
            has_title = index < len(titles) and titles[index] != ""
            if cell != "" and not has_title and (index - 1 in scores or index - 1 in found):
                found.setdefault(index, number)
    return found


def _is_rival(text: str, column: _IndicatorColumn) -> bool:
    """Whether a heading that gives no full score could be another one for the score of this column."""
    key = _BRACKETS.sub("", matching(text))
    called = {column.code, column.name, *(indicator.name for indicator in column.known)}
    named = (name for name in (_BRACKETS.sub("", matching(each)) for each in called) if len(name) > 1)
    rests = (key.replace(name, "", 1) for name in named if name in key)
    return not other_meaning(text) and any(not rest or _RIVAL.search(rest) for rest in rests)


def _note_headings(
    sheet: Worksheet, wide: _WideHeading, layout: Layout, catalogue: Catalogue, findings: Findings
) -> None:
    """Say once, at the heading, what would else be said of every unit."""
    heading, columns = wide.heading, wide.columns
    found = {column.index for column in columns}
    for column, other in wide.twice:
        there = column_letters(other.index + 1)
        words = f"“{column.code or column.name}”有两列（另一列是{there}列），无法判断用哪一列，请删去一列。"
        spot = Spot(sheet.name, heading.row, column.index + 1, "score")
        findings.add(Level.ERROR, Problem.COLUMN_TWICE, words, spot)
    for index, number in _under_another(sheet, wide).items():
        words = "这一列没有自己的列名，分不清它与左边一列哪个是得分。列名请只占一行，每列各写一个。"
        findings.add(Level.ERROR, Problem.COLUMN_TWICE, words, Spot(sheet.name, number, index + 1, "score"))
    for index, text in heading.others:
        if index in found or _is_total(text):
            continue
        rival = next((column for column in columns if _is_rival(text, column)), None)
        if rival is not None:
            words = (
                f"“{text}”像是“{rival.text}”的另一列得分，无法判断用哪一列。请删去一列，或者改名其中一列。"
            )
            spot = Spot(sheet.name, heading.row, index + 1, "score")
            findings.add(Level.ERROR, Problem.COLUMN_TWICE, words, spot)
        else:
            note_unread_column(sheet, heading, index, text, layout, findings)
    for column in columns:
        fulls = sorted({indicator.full for indicator in column.known})
        meaning = "" if column.known else other_meaning(_FULL.sub("", normal(column.text)))
        if meaning:
            problem, words = Problem.COLUMN_MEANS_OTHER, f"“{column.text}”这一列是{meaning}，不是得分。"
        elif catalogue and not fulls:
            problem, words = Problem.UNKNOWN_INDICATOR, f"“{column.code or column.name}”不在考核指标表中。"
        elif fulls and column.full is not None and column.full not in fulls:
            problem = Problem.FULL_SCORE_DIFFERS
            right = "或".join(f"{full:f}" for full in fulls)
            words = f"指标{column.code or column.name}的分值应为{right}，这里写着{column.full:f}。"
        elif not catalogue and column.full is None:
            problem = Problem.FULL_SCORE_MISSING
            words = f"列名“{column.code}{column.name}”没有注明分值，应写成如“Z1 年度重点目标任务（40分）”。"
        else:
            continue
        findings.add(Level.ERROR, problem, words, Spot(sheet.name, heading.row, column.index + 1))


def _lines(
    sheet: Worksheet,
    wide: _WideHeading,
    layout: Layout,
    catalogue: Catalogue,
    findings: Findings,
    names: UnitNames,
) -> Iterator[Line]:
    heading, columns, totals = wide.heading, wide.columns, wide.totals
    usable = [column for column in columns if (column.known if catalogue else column.full is not None)]
    doubled = {column.index for column, _ in wide.twice}
    usable = [
        column
        for column in usable
        if column.index not in doubled
        and (column.known or not other_meaning(_FULL.sub("", normal(column.text))))
    ]
    places = {
        column.index: replace(
            heading,
            places={
                **heading.columns,
                **dict.fromkeys(("score", "indicator_code", "indicator_name", "full_score"), column.index),
            },
        )
        for column in usable
    }
    # A full score that is the same everywhere was compared once, at the heading.
    compared = {column.index for column in usable if len({indicator.full for indicator in column.known}) == 1}
    first = replace(heading, row=wide.last_row, columns={**heading.columns, "score": columns[0].index})
    for line in table_lines(sheet, first, layout, findings, names):
        _check_total(line, columns, totals, findings)
        for column in usable:
            index = column.index
            values: dict[str, Content] = {
                **line.values,
                "score": line.cells[index] if index < len(line.cells) else "",
                "indicator_code": column.code,
                "indicator_name": column.name,
                "full_score": "" if column.full is None or index in compared else column.full,
            }
            yield Line(sheet, places[index], line.number, line.cells, values)


def _check_total(line: Line, columns: list[_IndicatorColumn], totals: list[int], findings: Findings) -> None:
    """Where the table has a column of totals, it should be the sum of the scores beside it."""
    if len(totals) != 1 or totals[0] >= len(line.cells):
        return
    scores = [
        number_of(text_of(line.cells[column.index])) for column in columns if column.index < len(line.cells)
    ]
    total = number_of(text_of(line.cells[totals[0]]))
    given = [score for score in scores if score is not None]
    if total is not None and len(given) == len(columns) and sum(given) != total:
        findings.add(
            Level.WARNING,
            Problem.TOTAL_DIFFERS,
            f"合计{total:f}与各项得分之和{sum(given):f}不一致，请核对；导入时以各项得分为准。",
            Spot(sheet=line.sheet.name, row=line.number, column=totals[0] + 1),
            value=f"{total:f}",
        )
