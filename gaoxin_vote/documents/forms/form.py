"""What is one kind of sheet: its code, whom it speaks of, how it is drawn, and how its figures travel?"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from gaoxin_vote import __version__
from gaoxin_vote.documents.page import OfficialSheet
from gaoxin_vote.domain.codec import CodecReason, Json, canonical_json, from_json, to_json
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.errors import Refused

DRAFT, SAMPLE = "草稿", "演示"
_HEAD = ("form", "version", "edition", "program")
"""What figures say first: which form, drawing and copy it is."""
_LONGEST_ID = 200
"""As many characters surely fit into the QR code beside the digest."""


class Scope(Labelled):
    """Of what there is one sheet each."""

    SESSION = "session", "测评会议"
    YEAR = "year", "全年度"
    UNIT = "unit", "单位"
    CEREMONY = "ceremony", "密钥发放"


class Figures(Protocol):
    """What the figures of every form have."""

    @property
    def title(self) -> str:
        """Such as 高新区2017年度目标任务考核领导评议."""

    @property
    def sample(self) -> bool:
        """Whether it was made for demonstration."""


class CertifiedFigures(Figures, Protocol):
    """What the figures of a certified form have beside that."""

    @property
    def record_id(self) -> str:
        """What the sheet is called in the record 记录编号."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands in the head of every page."""

    mark: str = ""
    qr_text: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which copy of a certified sheet it is."""

    edition: int
    """1 for the first; a sheet that was issued again has a higher one 版次."""
    program: str = __version__
    """The version of the program that drew it: whoever cannot draw it anew learns which one can."""


F = TypeVar("F", bound=Figures)


def no_head(figures: Any) -> PageHead:
    """Nothing stands in the head of the pages."""
    return PageHead()


def no_table(figures: Any) -> tuple[tuple[str, ...], ...]:
    """Nothing of the figures is a table."""
    return ()


def no_remarks(figures: Any) -> tuple[str, ...]:
    """Nothing is to be said of the rows."""
    return ()


@dataclass(frozen=True, slots=True)
class Form(Generic[F]):
    """One kind of sheet in one drawing version.

    Whoever verifies a certified sheet draws it anew from the figures inside it and compares the pages. So
    nothing may be printed that does not follow from the figures, and whatever changes how a sheet looks
    raises `version`, else older sheets would seem forged: a change of `draw`, or of `page`, `canvas`, `qr`,
    `typeface`, `stamp`, this module, or of the fonts.
    """

    code: str
    """Such as F5; what files, the log and the package say, and part of a file's name."""
    name: str
    """Such as 计票结果报告单."""
    version: int
    """Of the drawing."""
    scope: Scope
    certified: bool
    """Whether it is issued under the year's certificate; any other is printed at will and signed by hand."""
    figures: type[F]
    """Everything that it prints, as a frozen value."""
    draw: Callable[[OfficialSheet, F], None]
    """Sets the figures on a sheet that has been begun."""
    head: Callable[[F], PageHead] = no_head
    """The head of a sheet that is not certified; a certified one has its number and the QR
    code of its figures."""
    table: Callable[[F], tuple[tuple[str, ...], ...]] = no_table
    """The rows that it prints, heads first, to be compared with the paper in one's hand."""
    remarks: Callable[[F], tuple[str, ...]] = no_remarks
    """What is to be said of marked rows, a sentence each."""

    def paper(self, figures: F) -> bytes:
        """The PDF without figures inside: a certified form gives a draft 草稿, marked as such.

        Raises `Refused` for a character that the fonts lack; so does `edition`.
        """
        watermark = SAMPLE * figures.sample + DRAFT * self.certified
        head = self.head(figures)
        sheet = OfficialSheet(
            f"{figures.title}{self.name}", watermark=watermark, mark=head.mark, qr_text=head.qr_text
        )
        self.draw(sheet, figures)
        return sheet.finish()

    def edition(self, figures: F, imprint: Imprint) -> bytes:
        """The PDF that is going to be signed, its figures inside. For certified forms only."""
        record_id = _record_id(figures)
        content = canonical_json(self.as_json(figures, imprint)).encode()
        sheet = OfficialSheet(
            f"{figures.title}{self.name}",
            watermark=SAMPLE * figures.sample,
            mark=f"记录编号：{record_id}（第{imprint.edition}版）",
            qr_text=qr_text(record_id, hashlib.sha256(content).hexdigest()),
            figures=content,
        )
        self.draw(sheet, figures)
        return sheet.finish()

    def as_json(self, figures: F, imprint: Imprint) -> dict[str, Json]:
        """Everything that the sheet prints, as plain JSON: it lies in the package and inside the PDF."""
        content = to_json(figures)
        assert isinstance(content, dict)
        head: dict[str, Json] = {"form": self.code, "version": self.version}
        return {**head, "edition": imprint.edition, "program": imprint.program, **content}

    def read(self, printed: dict[str, Any]) -> tuple[F, Imprint]:
        """The figures and the imprint. Raises `Refused` unless they are spelled as `as_json` does."""
        named: dict[str, Json] = {name: printed.get(name) for name in ("edition", "program")}
        imprint = from_json(Imprint, named, where=self.name)
        figures = from_json(self.figures, figures_in(printed), where=self.name)
        spelled = canonical_json(self.as_json(figures, imprint)) == canonical_json(printed)
        if not spelled or imprint.edition < 1 or len(_record_id(figures)) > _LONGEST_ID:
            raise Refused(CodecReason.MALFORMED, f"{self.name}的数据不合规范。")
        return figures, imprint


def figures_in(printed: dict[str, Json]) -> dict[str, Json]:
    """What the sheet prints, without which form, drawing and copy it is."""
    return {name: value for name, value in printed.items() if name not in _HEAD}


def qr_text(record_id: str, digest: str) -> str:
    """What the QR code of a certified sheet says."""
    return f"{record_id} {digest}"


def _record_id(figures: Any) -> str:
    certified: CertifiedFigures = figures
    return certified.record_id
