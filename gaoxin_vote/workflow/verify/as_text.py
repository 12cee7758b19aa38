"""What does a verification say to a scrutineer on a terminal, and in a file of text?"""

from collections.abc import Iterable
from pathlib import Path

from gaoxin_vote.domain.fingerprint import check_fingerprint, grouped, two_lines
from gaoxin_vote.files import write_durably
from gaoxin_vote.terminal import aligned, visible
from gaoxin_vote.workflow.verify.account import (
    SAMPLE,
    Account,
    Digest,
    Pair,
    Piece,
    Sense,
    Sentence,
    ToldTable,
    account_of,
)
from gaoxin_vote.workflow.verify.any_file import Verification
from gaoxin_vote.workflow.verify.comparing import Comparison

_NAMED = (Sense.HEED, Sense.DOUBT, Sense.UNCHECKED)


def described(verification: Verification) -> tuple[str, ...]:
    """The lines that a scrutineer reads: what was checked, how many, the fingerprints, the counts."""
    return account_lines(account_of(verification), verification.comparison)


def account_lines(account: Account, comparison: Comparison, strange: str = "") -> tuple[str, ...]:
    """The same of an account; `strange` says which fingerprint is not that of the record beside it."""
    lines = [account.title, *([SAMPLE] if account.sample else [])]
    lines += [line for section in account.sections for piece in section.pieces for line in _lines(piece)]
    for number, trustees in enumerate(account.prints.trustees or ("",)):
        lines += [account.ceremonies[number].words] if account.ceremonies else []
        lines += _prints(trustees, account.prints.certificate)
    if doubt := account.uncompared(comparison):
        lines.append(f"{Sense.DOUBT.value}：{doubt}")
    verdict = f"{account.held}：{account.verdict(comparison)}"
    lines.append(f"核验未通过：{strange}" if strange else verdict)
    return (visible(str(account.path)), *(f"  {line}" for line in lines))


def _lines(piece: Piece) -> Iterable[str]:
    match piece:
        case Sentence(sense, lines):
            if sense in _NAMED:
                ends = "。" if sense is Sense.DOUBT else ""
                return (f"{sense.value}：{''.join(lines)}{ends}",)
            return lines
        case Pair(name, value):
            return (f"{name}：{value}",)
        case Digest(name, digits):
            return _under(name, *two_lines(digits))
        case ToldTable(_, lead, rows, ragged):
            shown = (f"{name}：{'  '.join(row)}" for name, *row in rows) if ragged else aligned(rows)
            return (*([lead] if lead else []), *(f"  {line}" for line in shown))


def _prints(trustees: str, certificate: str) -> list[str]:
    lines = [
        line
        for name, digits in (("开箱密钥指纹", trustees), ("签名证书指纹", certificate))
        if digits
        for line in _under(name, *two_lines(digits))
    ]
    if trustees and certificate:
        first, _, second = map(grouped, check_fingerprint(trustees, certificate).partition("-"))
        lines += _under("核对指纹", f"{first} -", second)
    return lines


def _under(label: str, first: str, second: str) -> list[str]:
    return [f"{label}：{first}", "　" * (len(label) + 1) + second]


def write_text(path: Path, text: str) -> None:
    """Keep `text` in a file that every editor of the office shows. Raises `Unavailable`."""
    write_durably(path, text.replace("\n", "\r\n").encode("utf-8-sig"))
