"""What is wrong with a file that was handed in, and where?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.columns import column_letters

T = TypeVar("T")


class Level(Enum):
    """What a problem means for the import."""

    ERROR = "error"
    """Nothing of the file is taken over."""
    WARNING = "warning"
    """Taken over, but somebody should look."""
    OK = "ok"
    """Put right without doubt; said for the sake of completeness."""


class Problem(Enum):
    """Everything that can be said about a file, each by one word."""

    # units
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_MISSING = "unit_missing"
    AMBIGUOUS_UNIT = "ambiguous_unit"
    CODE_NAME_MISMATCH = "code_name_mismatch"
    UNIT_RESOLVED_BY_NAME = "unit_resolved_by_name"
    ZEROS_LOST = "zeros_lost"
    SPELLED_OTHERWISE = "spelled_otherwise"
    UNITS_MISSING_FROM_FILE = "units_missing_from_file"
    # indicators
    SCORE_MISSING = "score_missing"
    SCORE_NOT_NUMBER = "score_not_number"
    SCORE_NEGATIVE = "score_negative"
    SCORE_OVER_FULL = "score_over_full"
    SCORE_MERGED = "score_merged"
    SCORE_IS_SHARE = "score_is_share"
    FULL_SCORE_DIFFERS = "full_score_differs"
    FULL_SCORE_MISSING = "full_score_missing"
    WEIGHTS_NOT_FULL = "weights_not_full"
    UNKNOWN_INDICATOR = "unknown_indicator"
    INDICATOR_MISSING = "indicator_missing"
    INDICATOR_RESOLVED_BY_NAME = "indicator_resolved_by_name"
    INDICATOR_NAME_DIFFERS = "indicator_name_differs"
    TOTAL_DIFFERS = "total_differs"
    # single cells
    VALUE_MISSING = "value_missing"
    NOT_NUMBER = "not_number"
    NOT_WHOLE_NUMBER = "not_whole_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_DATE = "not_date"
    UNPRINTABLE = "unprintable"
    UNKNOWN_WORD = "unknown_word"
    CELL_ERROR = "cell_error"
    CELL_MERGED = "cell_merged"
    ZERO_DOUBTFUL = "zero_doubtful"
    STRUCK_THROUGH = "struck_through"
    FULLWIDTH_NORMALISED = "fullwidth_normalised"
    TOO_MANY_DECIMALS = "too_many_decimals"
    # between cells and rows
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    COUNTS_DIFFER = "counts_differ"
    REASON_MISSING = "reason_missing"
    UNKNOWN_CLAIM = "unknown_claim"
    SESSION_MISSING = "session_missing"
    OUT_OF_SEASON = "out_of_season"
    EQUAL_CLAIMS = "equal_claims"
    NOT_EARLIER = "not_earlier"
    LAST_DIFFERS = "last_differs"
    WEIGHTS_CHANGE = "weights_change"
    NOT_READ_BACK = "not_read_back"
    # the table and the file
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_MEANS_OTHER = "column_means_other"
    HEADING_AGAIN = "heading_again"
    TABLE_ON_SIDE = "table_on_side"
    TABLE_NOT_FOUND = "table_not_found"
    NO_ROWS = "no_rows"
    ROWS_BELOW_SIGNATURE = "rows_below_signature"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEET = "hidden_sheet"
    SHEET_IGNORED = "sheet_ignored"
    ENCODING_GUESSED = "encoding_guessed"
    FILE_MISSING = "file_missing"
    FILE_NOT_READ = "file_not_read"
    IMPORT_IS_ALL_OR_NOTHING = "import_is_all_or_nothing"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file something is said: of a cell, a row, a sheet, or the file as a whole."""

    sheet: str = ""
    """Empty for a CSV file."""
    row: int | None = None
    """Row as the spreadsheet program numbers it; None for the sheet or file as a whole."""
    column: int | None = None
    """Column, from 1 (A); None where the row lacks the column or it is about a whole row."""
    field: str = ""
    """The English heading of the column; several joined by ``+``."""


WHOLE_FILE = Spot()


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing to say about a file; the first fields say where, as in `Spot`."""

    file: str
    sheet: str
    row: int | None
    column: int | None
    field: str
    value: str
    """What stands there; for what was put right, what was taken over."""
    problem: Problem
    message: str
    """What is wrong and what is expected, in the officials' words; without the place."""
    level: Level

    @property
    def place(self) -> str:
        """Such as ``indicators.xlsx 工作表“得分” 第5行F列``."""
        return self.where()

    def where(self, rows: str = "") -> str:
        """The place; `rows` stand in it instead of its own, such as 第2至26行."""
        sheet = f" 工作表“{self.sheet}”" if self.sheet else ""
        rows = rows or (f"第{self.row}行" if self.row is not None else "")
        column = f"{column_letters(self.column)}列" if self.column is not None else ""
        return f"{self.file}{sheet}{' ' if rows else ''}{rows}{column}"

    @property
    def line(self) -> str:
        """The place and the message."""
        return f"{self.place}：{self.message}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say of a cell, of a row, or of all rows together, wherever they stand."""

    level: Level
    problem: Problem
    message: str
    field: str = ""
    """The English heading of the column; several joined by ``+``."""
    value: str = ""
    """What stands there; for what was put right, what was taken over."""
    row: int | None = None
    """The place of the row among the rows that were looked at together; None for all of them."""


class FaultyFile(Refused):
    """A file with errors, of which nothing is taken over."""

    problems: tuple[ImportProblem, ...] = ()
    """Its errors, and the warnings where these were to be told too."""


class ImportReason(Enum):
    """Why an import is refused."""

    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class ImportResult(Generic[T]):
    """What a file holds, or why nothing of it can be taken over."""

    file: str
    values: tuple[T, ...]
    """Empty as soon as there is one error: a file is taken over whole or not at all."""
    problems: tuple[ImportProblem, ...]

    @property
    def errors(self) -> tuple[ImportProblem, ...]:
        """The problems that keep the file out."""
        return self.of(Level.ERROR)

    @property
    def warnings(self) -> tuple[ImportProblem, ...]:
        """The problems somebody should look at before the values are taken over."""
        return self.of(Level.WARNING)

    def of(self, level: Level) -> tuple[ImportProblem, ...]:
        """The problems of one level, in the order of the file."""
        return tuple(problem for problem in self.problems if problem.level is level)

    def require_clean(self) -> tuple[T, ...]:
        """The values. Raises `Refused` with every error as a detail line when there is one."""
        require_clean(self)
        return self.values


def require_clean(*results: ImportResult[Any], with_warnings: bool = False) -> None:
    """Raise `Refused` with the errors of all `results` as detail lines, if there is any.

    `with_warnings` says that the warnings are to be told behind them.
    """
    errors = [error for result in results for error in result.errors]
    warnings = by_gravity(warning for result in results for warning in result.warnings if with_warnings)
    if errors:
        files = "、".join(dict.fromkeys(f"“{error.file}”" for error in errors))
        count = sum(error.problem is not Problem.IMPORT_IS_ALL_OR_NOTHING for error in errors)
        refusal = FaultyFile(
            ImportReason.FAULTY,
            f"{files}中有{count}处错误，没有导入任何内容。请逐处改正后重新导入。",
            details=(*told(errors), *(f"注意：{line}" for line in told(warnings))),
        )
        refusal.problems = (*errors, *warnings)
        raise refusal


_NOT_READ = frozenset(
    {
        Problem.FILE_NOT_READ,
        Problem.HIDDEN_SHEET,
        Problem.SHEET_IGNORED,
        Problem.NO_ROWS,
        Problem.COLUMN_UNKNOWN,
        Problem.ENCODING_GUESSED,
        Problem.WEIGHTS_CHANGE,
    }
)
"""What is told first of all warnings: it may be missing."""
_PUT_RIGHT = frozenset({Problem.TOO_MANY_DECIMALS, Problem.SPELLED_OTHERWISE})
"""What is told last."""
_LONGEST_RUN = 4
"""So many problems of the same kind below one another are told one by one."""
_MOST_PLACES = 30


def by_gravity(problems: Iterable[ImportProblem]) -> tuple[ImportProblem, ...]:
    """Errors first, then what was not read, then what should be looked at, roundings last."""

    def weight(problem: ImportProblem) -> int:
        if problem.level is Level.ERROR:
            return 0
        return 1 if problem.problem in _NOT_READ else 3 if problem.problem in _PUT_RIGHT else 2

    return tuple(sorted(problems, key=weight))


@dataclass(frozen=True, slots=True)
class Told:
    """One line for a problem, or for a run of equal ones."""

    words: str
    first: ImportProblem


Where = Callable[[ImportProblem, str], str]
"""The place of a problem in words; where rows are given, these instead of its own."""


def told(problems: Iterable[ImportProblem]) -> tuple[str, ...]:
    """A line for each problem, and one for a run of equal ones: in the same column, of the same kind."""
    return tuple(line.words for line in told_runs(problems))


def told_runs(problems: Iterable[ImportProblem], where: Where = ImportProblem.where) -> tuple[Told, ...]:
    """The same with the first problem of each line; `where` says their places."""
    runs: dict[tuple[object, ...], list[ImportProblem]] = {}
    for problem in problems:
        of_row = problem.row is not None and problem.column is not None
        kind = (problem.file, problem.sheet, problem.column, problem.problem, problem.level)
        runs.setdefault(kind if of_row else (problem,), []).append(problem)
    return tuple(line for run in runs.values() for line in _told_run(run, where))


def _told_run(run: Sequence[ImportProblem], where: Where) -> Iterator[Told]:
    first = run[0]
    if len(run) > 1 and len({problem.message for problem in run}) == 1:
        rows = rows_in_words([problem.row for problem in run if problem.row is not None])
        yield Told(f"{where(first, rows)}：{first.message}（共{len(run)}处）", first)
    elif len(run) <= _LONGEST_RUN:
        yield from (Told(f"{where(problem, '')}：{problem.message}", problem) for problem in run)
    else:
        others = [f"第{problem.row}行“{problem.value}”" for problem in run[1:]]
        words = "、".join(others[:_MOST_PLACES]) + ("等" if len(others) > _MOST_PLACES else "")
        line = f"{where(first, '')}：{first.message}这一列同样的问题还有{len(others)}处：{words}。"
        yield Told(line, first)


def rows_in_words(rows: Sequence[int]) -> str:
    """Such as 第2至26、30行."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    parts = [str(first) if first == last else f"{first}至{last}" for first, last in spans]
    return f"第{'、'.join(parts[:_MOST_PLACES])}行" + ("等" if len(parts) > _MOST_PLACES else "")


class Findings:
    """Collects the problems of one file while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: tuple[str, ...] = ()
        """The sheets in the order of the file; those not named come after."""
        self._problems: dict[ImportProblem, None] = {}
        self.failed = False

    def add(
        self,
        level: Level,
        problem: Problem,
        message: str,
        spot: Spot = WHOLE_FILE,
        value: str = "",
    ) -> None:
        """Note one problem; what was said before is not said again."""
        self.failed = self.failed or level is Level.ERROR
        said = ImportProblem(
            self.file, spot.sheet, spot.row, spot.column, spot.field, value, problem, message, level
        )
        self._problems.setdefault(said)

    def result(self, make: Callable[[], Sequence[T]]) -> ImportResult[T]:
        """The result of the import; `make` gives the values when nothing failed."""
        if not self.failed:
            return ImportResult(self.file, tuple(make()), self.problems)
        self.add(
            Level.ERROR,
            Problem.IMPORT_IS_ALL_OR_NOTHING,
            "文件有错误时一行也不导入，请改正以上各处后重新导入。",
        )
        return ImportResult(self.file, (), self.problems)

    @property
    def problems(self) -> tuple[ImportProblem, ...]:
        """Sheet by sheet and row by row; what is said of a whole sheet or the file comes after its rows."""
        named = dict.fromkeys((*self.sheets, *(problem.sheet for problem in self._problems)))
        sheets = {sheet: place for place, sheet in enumerate(named)}
        last = len(sheets)
        return tuple(
            sorted(
                self._problems,
                key=lambda p: (last, 0) if p.row is None else (sheets[p.sheet], p.row),
            )
        )
