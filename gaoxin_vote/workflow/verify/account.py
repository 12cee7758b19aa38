"""What does a verification say to people: in which order, and in which words?

The command writes it as lines (`as_text`), the window lays it out as a page. It is plain words and digits, so
that it can come out of the process in which the file was read.
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.spoken import spoken_day, spoken_time
from gaoxin_vote.progress import Progress
from gaoxin_vote.terminal import visible
from gaoxin_vote.workflow.results.ranking import SHORT, ranking
from gaoxin_vote.workflow.verify.any_file import Verification, verify_path
from gaoxin_vote.workflow.verify.checks import checks
from gaoxin_vote.workflow.verify.comparing import Comparison, Prints

if TYPE_CHECKING:
    from gaoxin_vote.workflow.verify.package import PackageReport
    from gaoxin_vote.workflow.verify.package_ceremonies import CeremonyReport
    from gaoxin_vote.workflow.verify.sheet import VerifiedSheet

V = TypeVar("V")

SAMPLE = "演示数据，不能作为凭据。"
_OPEN = "尚未计票。已有内容前后一致，但不能据此认定选票齐全或结果有效。"
_ARCHIVE_ALONE = (
    "单独的选票档案只能证明解密正确。正式认定以考核档案包为准，",
    "其中另有防止内部人员串通改数的证明。",
)
_ROWS = "所印数字与附带的数据一致"
_PRINTS = {"trustees": "开箱密钥指纹", "certificate": "签名证书指纹"}


class Sense(Enum):
    """What a sentence is to the reader; the value stands before it."""

    HOLDS = ""
    NOTE = "说明"
    HEED = "请留意"
    DOUBT = "请核实"
    UNCHECKED = "不在核验之列"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; where it is long, in the lines of a terminal."""

    sense: Sense
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and a value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A SHA-256 under its name."""

    name: str
    digits: str


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table: its name, what is said above it, and its rows, the first of them the headings."""

    title: str
    lead: str
    rows: tuple[tuple[str, ...], ...]
    ragged: bool = False
    """Whether each row stands for itself, under no headings: a name and its numbers."""


Piece = Sentence | Pair | Digest | ToldTable


@dataclass(frozen=True, slots=True)
class ToldSection:
    """What belongs together: a session, a sheet, the year."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ToldCeremony:
    """One of several key ceremonies of a package."""

    number: int
    words: str
    trustees_fingerprint: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that is said of a file that holds."""

    path: Path
    title: str
    """What it is."""
    sample: bool
    complete: bool
    """False for an archive that has not been counted."""
    sections: tuple[ToldSection, ...]
    ceremonies: tuple[ToldCeremony, ...]
    """Empty where there was only one."""
    prints: Prints
    trackers: tuple[str, ...] = ()
    """Of a ballot archive, in Base64."""

    @property
    def held(self) -> str:
        """The verdict as a heading."""
        return "核验通过" if self.complete else "尚无计票结果，已有部分核验无误"

    def verdict(self, comparison: Comparison) -> str:
        """What holds, and what it was compared with."""
        if not comparison.compared:
            return "文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。"
        same = "、".join(_PRINTS[name] for name in comparison.compared)
        absent = [_PRINTS[name] for name in _PRINTS if name not in comparison.compared]
        missing = "".join(f"；文件不带{name}，未比对" for name in absent)
        return f"{same}与给定的指纹相符{missing}。"

    def uncompared(self, comparison: Comparison) -> str:
        """Which ceremonies stand on no record that was given, where one was; empty for none."""
        missing = [each for each in self.ceremonies if each.trustees_fingerprint not in comparison.matched]
        if not comparison.compared or not missing:
            return ""
        named = "、".join(f"第{each.number}次" for each in missing)
        return f"{named}密钥发放的指纹尚未比对，请再用那次的发放记录核对。"


def account_of_file(path: Path, processes: int, progress: Progress) -> Account:
    """Verify the file at `path`; called in a process of its own. Raises as `verify_path` does."""
    return account_of(verify_path(path, progress=progress, processes=processes))


def account_of(verification: Verification) -> Account:
    """What is said of a file that holds; no name out of it can look like a line of ours."""
    found = verification.found
    if isinstance(found, ArchiveReport):
        title = f"选票档案：{found.election.name}（{found.election.uuid}）"
        made = Account(
            verification.path,
            title,
            sample=False,
            complete=found.result is not None,
            sections=_archive_sections(found, verification.digest),
            ceremonies=(),
            prints=verification.prints,
            trackers=found.trackers,
        )
        return _visible(made)
    from gaoxin_vote.workflow.verify.package import PackageReport

    if isinstance(found, PackageReport):
        title, sample, sections = (
            f"考核档案包：{found.office} {found.title}",
            found.sample,
            _package_sections(found),
        )
    else:
        title = f"已签发的报表：{found.form.name}（第{found.imprint.edition}版）"
        sample, sections = bool(found.printed["sample"]), _sheet_sections(found)
    held = found.ceremonies if isinstance(found, PackageReport) else ()
    ceremonies = tuple(map(_ceremony, held)) if len(held) > 1 else ()
    return _visible(
        Account(verification.path, title, sample, True, sections, ceremonies, verification.prints)
    )


def _archive_sections(report: ArchiveReport, digest: str) -> tuple[ToldSection, ...]:
    opened = _names(report) or "尚无"
    counted = f"凭证{len(report.credentials)}个，选票{report.ballots}张，计入{report.counted}张"
    checked: list[Piece] = [
        *(Pair(check.words, str(check.count)) for check in checks(report)),
        _holds(counted),
        Pair("开箱密钥", f"{_quorum(report.trustees)}；已解密：{opened}"),
    ]
    digests: list[Piece] = [
        *_digest("选票档案摘要", digest),
        *_digest("汇总密文摘要", report.tally_fingerprint or ""),
        *_digest("选举文件摘要", sha256_hex(report.election.text)),
        *_digest("末条记录摘要", report.board_fingerprint),
    ]
    invalid = [
        Sentence(Sense.NOTE, (f"第{owner}号密钥保管人的部分解密无效，已不计入（{why}）",))
        for owner, why in report.invalid_shares
    ]
    ending = _counts(report) if report.result is not None else (Sentence(Sense.NOTE, (_OPEN,)),)
    return (
        ToldSection("核验了什么", tuple(checked)),
        ToldSection("摘要", tuple(digests)),
        ToldSection("计票结果", (*invalid, *ending)),
    )


def _counts(report: ArchiveReport) -> tuple[Piece, ...]:
    """A row for each question; one heading where all questions have the same answers."""
    assert report.result is not None
    alone = Sentence(Sense.NOTE, _ARCHIVE_ALONE)
    asked = list(zip(report.election.questions, report.result, strict=True))
    heads = {(*(["空白"] if question.blank else []), *question.answers) for question, _ in asked}
    counts = tuple((question.question, *map(str, row)) for question, row in asked)
    if len(heads) > 1:
        lead = "计票结果（每题依次为各选项的票数，可投空白的题先列空白）："
        return ToldTable("计票结果", lead, counts, ragged=True), alone
    table = ToldTable("计票结果", "计票结果：", (("", *heads.pop()), *counts))
    if not any(question.blank for question, _ in asked):
        return table, alone
    words = "（“空白”是弃权与回避的合计；报告单上的“弃权”不含能够确知的回避。）"
    return table, Sentence(Sense.NOTE, (words,)), alone


def _package_sections(report: "PackageReport") -> tuple[ToldSection, ...]:
    sections = []
    for title, archive in report.archives:
        holds = f"{title}：选票{archive.ballots}张，每张的证明和签名、汇总、解密与结果均成立"
        figures = [piece for of, sheet in report.sheets if of == title for piece in _figures(sheet)]
        sections.append(ToldSection(title, (_holds(holds), *figures)))
    known = {title for title, _ in report.archives}
    for of, sheet in report.sheets:
        if of not in known:
            name = f"{of}的{sheet.form.name}"
            sections.append(ToldSection(name, (_holds(name), *_figures(sheet))))
    units = len(report.record.outcomes)
    whole = (
        f"已签发的报表{len(report.sheets)}份，文件{report.files}个，摘要与签名相符；"
        f"审计日志{report.audit_entries}条前后相连"
    )
    year: list[Piece] = [
        _holds(f"得分、名次、等次和结果运用：{units}个单位全部重新计算，与记录一致"),
        ToldTable("名次", "", tuple(map(tuple, ranking(report.record, SHORT)))),
        _holds(whole),
        *(Sentence(Sense.DOUBT, (words,)) for words in report.doubts),
        *(Sentence(Sense.UNCHECKED, (words,)) for words in report.unchecked),
    ]
    return *sections, ToldSection("全年考核", tuple(year))


def _sheet_sections(sheet: "VerifiedSheet") -> tuple[ToldSection, ...]:
    report = sheet.report
    signed: tuple[Piece, ...] = (
        _holds(f"签名单位：{report.signer}；签名后未作任何改动"),
        _holds(f"签名时间：{spoken_time(report.signed_at)}，为签名电脑的时钟"),
    )
    return (ToldSection(sheet.form.name, (*signed, *_figures(sheet))),)


def _figures(sheet: "VerifiedSheet") -> tuple[Piece, ...]:
    """What the sheet prints, to be compared with the paper in one's hand."""
    table = tuple(map(tuple, sheet.form.table(sheet.figures)))
    rows: Piece = ToldTable(sheet.form.name, f"{_ROWS}，逐行为：", table) if table else _holds(f"{_ROWS}。")
    return (
        Pair("记录编号", f"{sheet.report.record_id}（第{sheet.imprint.edition}版）"),
        *_digest("数据摘要", sheet.report.figures_digest),
        *_digest("选票档案摘要", str(sheet.printed.get("archive_digest", ""))),
        rows,
        *(Sentence(Sense.HEED, (remark,)) for remark in sheet.form.remarks(sheet.figures)),
    )


def _ceremony(ceremony: "CeremonyReport") -> ToldCeremony:
    facts, counted = ceremony.facts, "、".join(ceremony.sessions)
    again = f"重新发放的原因：{facts.reason}；" if facts.reason else ""
    used = f"用于{counted}" if counted else "没有已计票的会议用过"
    words = f"第{ceremony.number}次密钥发放（{spoken_day(facts.held_on)}）：{again}{used}"
    return ToldCeremony(ceremony.number, words, facts.trustees_fingerprint)


def _holds(text: str) -> Sentence:
    return Sentence(Sense.HOLDS, (text,))


def _digest(name: str, digits: str) -> tuple[Digest, ...]:
    return (Digest(name, digits),) if digits else ()


def _quorum(trustees: Trustees) -> str:
    """Which keys must act together."""
    sizes = [(len(item.verification_keys), item.threshold) for item in trustees.items]
    return " + ".join(f"{n}把中任意{t}把" if n > 1 else "必用的1把" for n, t in sizes)


def _names(report: ArchiveReport) -> str:
    names = dict(enumerate(report.trustees.names, 1))
    return "、".join(names.get(owner) or f"第{owner}号" for owner in report.decrypted)


def _visible(value: V) -> V:
    """`value` with every text in it in one line and without what steers a screen."""
    shown: Any = value
    if isinstance(value, str):
        shown = visible(value)
    elif isinstance(value, tuple):
        shown = tuple(map(_visible, value))
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: _visible(getattr(value, each.name)) for each in fields(value)}
        shown = replace(value, **changed)
    return shown  # type: ignore[no-any-return]
