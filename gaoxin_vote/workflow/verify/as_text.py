"""What does a verification say to a scrutineer?"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.fingerprint import check_fingerprint, grouped, two_lines
from gaoxin_vote.domain.spoken import spoken_day, spoken_time
from gaoxin_vote.terminal import aligned
from gaoxin_vote.workflow.results.ranking import SHORT, ranking
from gaoxin_vote.workflow.verify.any_file import Verification
from gaoxin_vote.workflow.verify.checks import checks

if TYPE_CHECKING:
    from gaoxin_vote.workflow.verify.package import PackageReport
    from gaoxin_vote.workflow.verify.package_ceremonies import CeremonyReport
    from gaoxin_vote.workflow.verify.sheet import VerifiedSheet

_OPEN = "尚未计票。到此为止前后一致，但没有计票结果：不能据此认定选票齐全，也不能认定结果。"
_ARCHIVE_ALONE = (
    "单独的选票档案只带通用格式的解密证明；防止封票与持钥的人串通改数的整体证明",
    "在记录包里，正式认定请核验记录包。",
)
_SAMPLE = "演示数据，不能作为凭据。"


def described(verification: Verification) -> tuple[str, ...]:
    """The lines that a scrutineer reads: what was checked, how many, the fingerprints, the counts."""
    found = verification.found
    ceremonies: tuple[CeremonyReport, ...] = ()
    if isinstance(found, ArchiveReport):
        lines = _archive_lines(found, verification.digest)
    else:
        from gaoxin_vote.workflow.verify.package import PackageReport

        lines = _package_lines(found) if isinstance(found, PackageReport) else _sheet_lines(found)
        ceremonies = found.ceremonies if isinstance(found, PackageReport) else ()
    prints = list[str]()
    for number, trustees in enumerate(verification.trustees_fingerprints or ("",)):
        prints += _ceremony_lines(ceremonies[number]) if len(ceremonies) > 1 else []
        prints += _prints(trustees, verification.certificate_fingerprint)
    if len(ceremonies) > 1:
        prints += _uncompared(ceremonies, verification)
    return (str(verification.path), *(f"  {line}" for line in (*lines, *prints, _verdict(verification))))


def _prints(trustees: str, certificate: str) -> list[str]:
    lines = [*_fingerprint("监票密钥指纹", trustees), *_fingerprint("签名证书指纹", certificate)]
    if trustees and certificate:
        first, _, second = map(grouped, check_fingerprint(trustees, certificate).partition("-"))
        lines += _under("核对指纹", f"{first} -", second)
    return lines


def _ceremony_lines(ceremony: "CeremonyReport") -> list[str]:
    facts, counted = ceremony.facts, "、".join(ceremony.sessions)
    again = f"重新举行的原因：{facts.reason}；" if facts.reason else ""
    used = f"用于{counted}" if counted else "没有已计票的会议用过"
    return [f"第{ceremony.number}次密钥仪式（{spoken_day(facts.held_on)}）：{again}{used}"]


def _uncompared(ceremonies: tuple["CeremonyReport", ...], verification: Verification) -> list[str]:
    """Which ceremonies stand on no record that was given, where one was."""
    missing = [each for each in ceremonies if each.facts.trustees_fingerprint not in verification.matched]
    if not verification.compared or not missing:
        return []
    named = "、".join(f"第{each.number}次" for each in missing)
    return [f"请核实：{named}密钥仪式的指纹尚未比对，请再用那次的仪式记录核对（--expect 可以给多个）。"]


def _verdict(verification: Verification) -> str:
    open_archive = isinstance(verification.found, ArchiveReport) and verification.found.result is None
    held = "核验通过" if not open_archive else "核验到此为止"
    if not verification.compared:
        return f"{held}：内部一致，请与密钥仪式记录上的指纹核对。"
    words = {"trustees": "监票密钥指纹", "certificate": "签名证书指纹"}
    same = "、".join(words[name] for name in verification.compared)
    absent = [words[name] for name in words if name not in verification.compared]
    missing = "".join(f"；文件不带{name}，未比对" for name in absent)
    return f"{held}：{same}与给定的密钥仪式指纹相符{missing}。"


def _archive_lines(report: ArchiveReport, digest: str) -> list[str]:
    lines = [
        f"选票档案：{report.election.name}（{report.election.uuid}）",
        *(f"{check.words}：{check.count}" for check in checks(report)),
        f"凭证{len(report.credentials)}个，选票{report.ballots}张，计入{report.counted}张",
        f"监票密钥：{_quorum(report.trustees)}；已解密：{_names(report) or '尚无'}",
        *_fingerprint("选票档案摘要", digest),
        *_fingerprint("汇总密文摘要", report.tally_fingerprint or ""),
        *_fingerprint("选举文件摘要", sha256_hex(report.election.text)),
        *_fingerprint("末条记录摘要", report.board_fingerprint),
        *(f"第{owner}号监票密钥人的部分解密无效，已不计入（{why}）" for owner, why in report.invalid_shares),
    ]
    return [*lines, *([*_counts(report), *_ARCHIVE_ALONE] if report.result is not None else [_OPEN])]


def _counts(report: ArchiveReport) -> list[str]:
    """A row for each question; one heading where all questions have the same answers."""
    assert report.result is not None
    asked = list(zip(report.election.questions, report.result, strict=True))
    heads = {(*(["空白"] if question.blank else []), *question.answers) for question, _ in asked}
    if len(heads) > 1:
        lines = [f"  {question.question}：{'  '.join(map(str, row))}" for question, row in asked]
        return ["计票结果（每题依次为各选项的票数，可投空白的题先列空白）：", *lines]
    table = [("", *heads.pop()), *((question.question, *map(str, row)) for question, row in asked)]
    note = ["（“空白”是弃权与回避的合计；报告单上的“弃权”不含能够确知的回避。）"]
    blank = any(question.blank for question, _ in asked)
    return ["计票结果：", *_table(table), *(note if blank else [])]


def _package_lines(report: "PackageReport") -> list[str]:
    lines = [f"记录包：{report.office} {report.title}", *([_SAMPLE] if report.sample else [])]
    for title, archive in report.archives:
        lines.append(f"{title}：选票{archive.ballots}张，每张的证明和签名、汇总、解密与结果均成立")
        lines += [line for of, sheet in report.sheets if of == title for line in _figures(sheet)]
    known = {title for title, _ in report.archives}
    for of, sheet in report.sheets:
        if of not in known:
            lines += [f"{of}的{sheet.form.name}", *_figures(sheet)]
    lines += [
        f"得分、名次、等次和结果运用：{len(report.record.outcomes)}个单位全部重新计算，与记录一致",
        *_table(ranking(report.record, SHORT)),
        f"已签发的报表{len(report.sheets)}份，文件{report.files}个，摘要与签名相符；审计日志{report.audit_entries}条前后相连",
    ]
    lines += [f"请核实：{words}。" for words in report.doubts]
    return lines + [f"不在核验之列：{words}" for words in report.unchecked]


def _sheet_lines(sheet: "VerifiedSheet") -> list[str]:
    report = sheet.report
    return [
        *([_SAMPLE] if sheet.printed["sample"] else []),
        f"已签发的报表：{sheet.form.name}（第{sheet.imprint.edition}版）",
        f"签名单位：{report.signer}；签名后未作任何改动",
        f"签名时间：{spoken_time(report.signed_at)}，为签名电脑的时钟",
        *_figures(sheet),
    ]


def _figures(sheet: "VerifiedSheet") -> list[str]:
    """What the sheet prints, to be compared with the paper in one's hand."""
    table = sheet.form.table(sheet.figures)
    return [
        f"记录编号：{sheet.report.record_id}（第{sheet.imprint.edition}版）",
        *_fingerprint("数据摘要", sheet.report.figures_digest),
        *_fingerprint("选票档案摘要", str(sheet.printed.get("archive_digest", ""))),
        f"所印数字与附带的数据一致{'，逐行为：' if table else '。'}",
        *_table(table),
        *(f"请留意：{remark}" for remark in sheet.form.remarks(sheet.figures)),
    ]


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    return (f"  {line}" for line in aligned(rows))


def _quorum(trustees: Trustees) -> str:
    """Which keys must act together."""
    sizes = [(len(item.verification_keys), item.threshold) for item in trustees.items]
    return " + ".join(f"{n}把中任意{t}把" if n > 1 else "必用的1把" for n, t in sizes)


def _names(report: ArchiveReport) -> str:
    names = dict(enumerate(report.trustees.names, 1))
    return "、".join(names.get(owner) or f"第{owner}号" for owner in report.decrypted)


def _fingerprint(label: str, digits: str) -> list[str]:
    """Two lines of eight groups of four, as on paper; none without digits."""
    return _under(label, *two_lines(digits)) if digits else []


def _under(label: str, first: str, second: str) -> list[str]:
    return [f"{label}：{first}", "　" * (len(label) + 1) + second]
