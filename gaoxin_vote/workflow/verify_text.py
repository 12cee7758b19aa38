"""What does a verification say to a scrutineer, and to a machine?"""

from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.documents.certification import SheetReport
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.workflow.verify import Verification
from gaoxin_vote.workflow.verify_package import PackageReport

_COMPARE = "内部一致，请与密钥仪式记录上的指纹核对"
_COMPARED = "与给定的密钥仪式指纹相符"


def described(verification: Verification) -> tuple[str, ...]:
    """The lines that a scrutineer reads: what was checked, how many, the fingerprints, the counts."""
    found = verification.found
    if isinstance(found, ArchiveReport):
        lines = _archive_lines(found)
    elif isinstance(found, PackageReport):
        lines = _package_lines(found)
    else:
        lines = _sheet_lines(found)
    prints = [
        f"{name}：{_grouped(value)}"
        for name, value in (
            ("监票密钥指纹", verification.trustees_fingerprint),
            ("签章证书指纹", verification.certificate_fingerprint),
        )
        if value
    ]
    verdict = _COMPARED if verification.expected else _COMPARE
    return (f"{verification.path}", *(f"  {line}" for line in (*lines, *prints, f"核验通过：{verdict}。")))


def plain(verification: Verification) -> dict[str, Json]:
    """The same for a machine. An archive without a result yet has ``result: null``."""
    found = verification.found
    head: dict[str, Json] = {
        "path": str(verification.path),
        "ok": True,
        "exit": 0,
        "expected": verification.expected,
        "trustees_fingerprint": verification.trustees_fingerprint or None,
        "certificate_fingerprint": verification.certificate_fingerprint or None,
    }
    if isinstance(found, ArchiveReport):
        return head | {"kind": "archive", **_archive_json(found)}
    if isinstance(found, PackageReport):
        archives: list[Json] = [{"session": title, **_archive_json(one)} for title, one in found.archives]
        return head | {
            "kind": "package",
            "office": found.office,
            "year": found.year,
            "archives": archives,
            "summary": found.record["summary"],
            "sheets": found.sheets,
            "files": found.files,
            "audit_entries": found.audit_entries,
            "unchecked": [*found.unchecked],
        }
    return head | {
        "kind": "sheet",
        "record_id": found.record_id,
        "figures_digest": found.figures_digest,
        "signer": found.signer,
        "signed_at": found.signed_at.isoformat() if found.signed_at else None,
    }


def _archive_lines(report: ArchiveReport) -> list[str]:
    lines = [
        f"选票档案：{report.election.name}（{report.election.uuid}）",
        *(f"{check.words}：{check.count}" for check in report.checks),
        f"凭证{len(report.credentials)}个，选票{report.ballots}张，计入{report.counted}张",
        f"监票密钥：{report.trustees.quorum}；已解密：{_names(report) or '尚无'}",
        f"选举指纹：{_grouped(report.election_fingerprint)}",
        f"档案指纹：{_grouped(report.board_fingerprint)}",
    ]
    if report.tally_fingerprint:
        lines.append(f"汇总密文：{_grouped(report.tally_fingerprint)}")
    lines += [
        f"第{owner}号监票密钥人的部分解密无效，已不计入（{why}）" for owner, why in report.invalid_shares
    ]
    if report.result is None:
        return [*lines, "尚未计票：档案到此为止前后一致，没有结果。"]
    lines.append("计票结果：")
    for question, row in zip(report.election.questions, report.result, strict=True):
        names = (*(["空白"] if question.blank else []), *question.answers)
        counts = "  ".join(f"{name} {number}" for name, number in zip(names, row, strict=True))
        lines.append(f"  {question.question}：{counts}")
    return lines


def _package_lines(report: PackageReport) -> list[str]:
    lines = [f"记录包：{report.office} {report.title}"]
    for title, archive in report.archives:
        lines.append(f"{title}：选票{archive.ballots}张，每张的证明和签名、汇总、解密与结果均成立")
    units = report.record["units"]
    assert isinstance(units, list)
    lines += [
        f"得分、名次、等次和结果运用：{len(units)}个单位全部重新计算，与记录一致",
        f"签章报表{report.sheets}份，文件{report.files}个，摘要与签名相符；审计日志{report.audit_entries}条前后相连",
    ]
    return lines + [f"未能核验：{words}" for words in report.unchecked]


def _sheet_lines(report: SheetReport) -> list[str]:
    when = f"，签章时间 {report.signed_at:%Y-%m-%d %H:%M:%S}（签章电脑的时钟）" if report.signed_at else ""
    return [
        f"签章报表：编号 {report.record_id}",
        f"签章人：{report.signer}{when}；签章后未作任何改动",
        f"数据摘要（与二维码及记录包比对）：{_grouped(report.figures_digest)}",
    ]


def _archive_json(report: ArchiveReport) -> dict[str, Json]:
    result: Json = None if report.result is None else [[*row] for row in report.result]
    checks: dict[str, Json] = {check.words: check.count for check in report.checks}
    invalid: list[Json] = [{"owner": owner, "reason": why} for owner, why in report.invalid_shares]
    return {
        "uuid": report.election.uuid,
        "name": report.election.name,
        "stage": report.stage.value,
        "timestamp": report.timestamp,
        "questions": [question.question for question in report.election.questions],
        "election_fingerprint": report.election_fingerprint,
        "board_fingerprint": report.board_fingerprint,
        "tally_fingerprint": report.tally_fingerprint,
        "credentials": len(report.credentials),
        "ballots": report.ballots,
        "counted": report.counted,
        "trackers": [*report.trackers],
        "decrypted": [*report.decrypted],
        "invalid_shares": invalid,
        "checks": checks,
        "result": result,
    }


def _names(report: ArchiveReport) -> str:
    names = dict(enumerate(report.trustees.names, 1))
    return "、".join(names.get(owner) or f"第{owner}号" for owner in report.decrypted)


def _grouped(fingerprint: str) -> str:
    """Groups of eight, for reading aloud."""
    return " ".join(fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8))
