"""What does the window show of each file that was dropped on it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.domain import tracker
from gaoxin_vote.domain.fingerprint import CHECK_DIGITS, check_fingerprint, grouped, two_lines
from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused
from gaoxin_vote.gui.kit.roles import Tone
from gaoxin_vote.workflow.verify.account import SAMPLE, Account, Digest, Pair, Sense, Sentence, ToldSection
from gaoxin_vote.workflow.verify.account import ToldTable as ToldTable
from gaoxin_vote.workflow.verify.as_text import account_lines
from gaoxin_vote.workflow.verify.comparing import NOTHING_COMPARED, Comparison, Prints, compare, expectation
from gaoxin_vote.workflow.verify.outcome import Failure, Outcome, failure_of, shown_name, told_together

Given = tuple[tuple[str, str], ...]
"""The two halves of each 核对指纹 that was typed."""
_TONES: dict[Outcome, Tone] = {Outcome.HELD: "done", Outcome.BROKEN: "stop"}
_SIGNS = {Outcome.HELD: "✓", Outcome.BROKEN: "✕", Outcome.NOT_VERIFIED: "–", Outcome.UNDECIDED: "？"}
_AFTER = {
    Outcome.BROKEN: "请停止使用这份材料，保留原文件，报告总监票人。",
    Outcome.NOT_VERIFIED: "没有得出结论。请核对拿来核验的是不是这份文件。",
    Outcome.UNDECIDED: "没有得出结论。请排除故障后再试。",
}
_TYPE = f"请照《密钥发放记录》输入或粘贴“核对指纹”：两组各{CHECK_DIGITS}位，中间一个“-”；空格、大小写不论。"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One file on its way: waiting while it has none of the three."""

    path: Path
    account: Account | None = None
    failure: Failure | None = None
    stopped: bool = False
    """Whether the person cancelled before it was verified."""

    @property
    def waiting(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.account is None and self.failure is None and not self.stopped


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the field for the fingerprint."""

    halves: tuple[str, str] | None
    """None until it is one."""
    words: str
    """What is still lacking; what to do where nothing was typed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the fingerprints that were given say of a file."""

    comparison: Comparison
    strange: str = ""
    """Which one is not that of the record, in a sentence."""
    lacking: str = ""
    """Which key ceremonies of the file have still to be compared."""


@dataclass(frozen=True, slots=True)
class PrintState:
    """A fingerprint to lay beside the paper."""

    name: str
    lines: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SectionState:
    """What was checked of a session, a sheet or the year."""

    title: str
    holds: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    tables: tuple[ToldTable, ...]


@dataclass(frozen=True, slots=True)
class FileState:
    """The page of one file."""

    tone: Tone
    heading: str
    words: str
    details: tuple[str, ...] = ()
    sample: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    prints: tuple[PrintState, ...] = ()
    """Empty where there is nothing to compare."""
    sections: tuple[SectionState, ...] = ()
    trackers: tuple[str, ...] = ()


def typed(text: str) -> Typed:
    """How far the fingerprint in `text` is typed."""
    if not text.strip():
        return Typed(None, _TYPE)
    try:
        return Typed(expectation(text), "")
    except Refused as error:
        count = sum(sign in "0123456789abcdef" for sign in text.lower())
        if count < 2 * CHECK_DIGITS:
            return Typed(None, f"已输入{count}位，共{2 * CHECK_DIGITS}位。")
        return Typed(None, error.message)


def compared(prints: Prints, account: Account, given: Given) -> Compared:
    """Whether what was given is what a file carries."""
    try:
        comparison = compare(prints, given)
    except EvidenceBroken as error:
        return Compared(NOTHING_COMPARED, error.message)
    return Compared(comparison, "", account.uncompared(comparison))


def failed(error: BaseException) -> Failure:
    """Why nothing is said of a file; of a fault of the program only that there was one."""
    if isinstance(error, GaoxinVoteError):
        return failure_of(error)
    return Failure(Outcome.UNDECIDED, "程序遇到一个没有预料到的错误。")


def outcome(file: LookedAt, given: Given) -> Outcome | None:
    """What has come of a file; None where nothing has."""
    if file.account is None:
        return file.failure.outcome if file.failure else None
    return Outcome.BROKEN if compared(file.account.prints, file.account, given).strange else Outcome.HELD


def file_lines(files: Sequence[LookedAt], given: Given) -> tuple[str, ...]:
    """A line for each file: its sign, its name, what has come of it."""
    first = next((file.path for file in files if file.waiting), None)
    lines = []
    for file in files:
        found = outcome(file, given)
        if found is not None:
            sign, word = (
                _SIGNS[found],
                found.label if file.account is None or file.account.complete else "尚未计票",
            )
        elif file.stopped:
            sign, word = "–", "已取消"
        else:
            sign, word = "…", "正在核验" if file.path == first else "等待"
        lines.append(f"{sign} {shown_name(file.path)}\n    {word}")
    return tuple(lines)


def summary(files: Sequence[LookedAt], given: Given) -> str:
    """How many came to what; empty for one file, and before all are told."""
    found = [outcome(file, given) for file in files]
    known = [each for each in found if each is not None]
    return told_together(known) if len(known) == len(files) > 1 else ""


def page(file: LookedAt, given: Given) -> FileState:
    """All that is shown of `file`."""
    name = shown_name(file.path)
    if file.stopped:
        return FileState("plain", "已取消", f"“{name}”未核验。")
    if file.failure is not None:
        found = file.failure
        return FileState(
            _TONES.get(found.outcome, "attention"),
            f"{_SIGNS[found.outcome]} {found.outcome.heading}",
            found.message,
            (*found.details, f"文件：{name}", _AFTER[found.outcome]),
        )
    if file.account is None:
        return FileState("plain", "正在核验…", f"“{name}”：逐项重新计算，选票多时需要几分钟，可随时取消。")
    account = file.account
    against = compared(account.prints, account, given)
    words = _of_sense(account)
    if against.strange:
        tone, heading, said = _TONES[Outcome.BROKEN], "✕ 核验未通过", against.strange
    else:
        tone = "done" if account.complete else "attention"
        heading, said = f"{'✓ ' * account.complete}{account.held}", account.verdict(against.comparison)
    return FileState(
        tone,
        heading,
        said,
        (account.title, f"文件：{name}", *((_AFTER[Outcome.BROKEN],) if against.strange else ())),
        sample=SAMPLE if account.sample else "",
        doubts=(*words[Sense.DOUBT], *words[Sense.HEED], *filter(None, (against.lacking,))),
        notes=words[Sense.NOTE],
        unchecked=words[Sense.UNCHECKED],
        prints=_prints(account),
        sections=tuple(filter(_says, map(_section, account.sections))),
        trackers=tuple(sorted(account.trackers, key=tracker.respelled)),
    )


def report(files: Sequence[LookedAt], given: Given, head: str) -> str:
    """All that was found, as text."""
    blocks = [head]
    for file in files:
        if file.account is not None:
            against = compared(file.account.prints, file.account, given)
            lines = account_lines(file.account, against.comparison, against.strange)
        elif file.failure is not None:
            lines = file.failure.lines(file.path)
        else:
            lines = (shown_name(file.path), f"  {'已取消，' * file.stopped}未核验")
        blocks.append("\n".join(lines))
    return "\n\n".join((*blocks, *filter(None, (summary(files, given),)))) + "\n"


def found_trackers(typed_text: str, trackers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those with `typed_text` in them: the signs that voters see, and the Base64 of the archive."""
    return tracker.found_rows(typed_text, trackers)


def _of_sense(account: Account) -> dict[Sense, tuple[str, ...]]:
    said = [piece for section in account.sections for piece in section.pieces if isinstance(piece, Sentence)]
    return {sense: tuple("".join(each.lines) for each in said if each.sense is sense) for sense in Sense}


def _section(section: ToldSection) -> SectionState:
    pieces = section.pieces
    pairs: list[tuple[str, str]] = []
    for piece in pieces:
        if isinstance(piece, Pair):
            pairs.append((piece.name, piece.value))
        elif isinstance(piece, Digest):
            pairs.append((piece.name, "\n".join(two_lines(piece.digits))))
    return SectionState(
        section.title,
        tuple("".join(p.lines) for p in pieces if isinstance(p, Sentence) and p.sense is Sense.HOLDS),
        tuple(pairs),
        tuple(piece for piece in pieces if isinstance(piece, ToldTable)),
    )


def _says(section: SectionState) -> bool:
    return bool(section.holds or section.pairs or section.tables)


def _prints(account: Account) -> tuple[PrintState, ...]:
    made = []
    certificate = account.prints.certificate
    for place, trustees in enumerate(account.prints.trustees):
        which = f"（第{account.ceremonies[place].number}次密钥发放）" if account.ceremonies else ""
        if certificate:
            first, _, second = map(grouped, check_fingerprint(trustees, certificate).partition("-"))
            made.append(PrintState(f"核对指纹{which}", (f"{first} -", second)))
        made.append(PrintState(f"开箱密钥指纹{which}", two_lines(trustees)))
    if certificate:
        made.append(PrintState("签名证书指纹", two_lines(certificate)))
    return tuple(made)
