"""Do the acts in the audit log tell the same year as the rest of the package?"""

import hashlib
import json
from collections import Counter
from itertools import pairwise
from typing import Any

from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.audit import AuditEntry, verify_chain
from gaoxin_vote.domain.codec import from_json
from gaoxin_vote.domain.contest import Contest, session_title
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    CEREMONIES,
    Files,
    PackagedSession,
    PackagedSheet,
    json_of,
    packaged_sheets,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, as_evidence
from gaoxin_vote.workflow.verify.package_ceremonies import check_ceremony_acts
from gaoxin_vote.workflow.verify.session_acts import check_session_acts

_WAY = (Act.CLOSE_SESSION.value, Act.REOPEN_SESSION.value, Act.SEAL_SESSION.value, Act.COUNT.value)
"""What leads from the last ballot to the count; each but the first follows on the one before."""
_SEALED = ("encrypted_tally", "issued", "returned", "spoiled", "lost", "added", "handed")
"""What the log keeps of a seal."""
_VOTING = (Act.OPEN_SESSION.value, Act.REOPEN_SESSION.value, Act.ADD_SLIPS.value)
"""What an addition of slips follows on, among these and `_WAY`."""
_SLIPS = (Act.PRINT_SLIPS, Act.OPEN_SESSION, Act.ADD_SLIPS)


def verify_acts(
    files: Files,
    manifest: dict[str, Any],
    sessions: tuple[PackagedSession, ...],
    archives: dict[str, ArchiveReport],
    record: AssessmentRecord,
) -> tuple[AuditEntry, ...]:
    """The entries, once chain and acts hold. Raises `EvidenceBroken` with the first fault."""
    values = json_of(files, AUDIT)
    with as_evidence(AUDIT):
        entries = tuple(from_json(AuditEntry, value, where=AUDIT) for value in values)
        verify_chain(entries, str(manifest["workspace"]))
        acts = [(entry.act, json.loads(entry.content)) for entry in entries if entry.year == manifest["year"]]
    if not entries or entries[-1].hash != manifest["audit_head"]:
        raise EvidenceBroken(PackageFlaw.AUDIT, "审计日志的末条与清单所载的不一致。")
    with as_evidence(AUDIT):
        trustees = {
            session.uuid: (session.title, archives[session.uuid].trustees.fingerprint)
            for session in sessions
            if session.uuid in archives
        }
        check_ceremony_acts(acts, json_of(files, CEREMONIES), trustees)
        finals = [content["grades"] for act, content in acts if act == Act.FINALISE.value]
        if finals != [record.grade_codes]:
            raise EvidenceBroken(PackageFlaw.AUDIT, "审计日志中的定稿与考核记录的等次不一致。")
        _check_sessions(acts, sessions, archives)
        voided = {session.uuid for session in sessions if session.stage is Stage.VOIDED}
        _check_sheets(acts, files, packaged_sheets(manifest), voided)
    return entries


def _check_sessions(
    acts: list[tuple[str, Any]],
    sessions: tuple[PackagedSession, ...],
    archives: dict[str, ArchiveReport],
) -> None:
    """What was tallied and voided, and with which numbers, according to the log."""
    _check_names(acts, sessions)
    for session in sessions:
        mine = [(act, content) for act, content in acts if content.get("session") == session.uuid]
        names = [act for act, _ in mine]
        voided, counted = names.count(Act.VOID_SESSION.value), names.count(Act.COUNT.value)
        if voided != (session.stage is Stage.VOIDED) or (session.stage is Stage.TALLIED and counted != 1):
            raise EvidenceBroken(
                PackageFlaw.AUDIT, f"审计日志与{session.title}的阶段（{session.stage.label}）不一致。"
            )
        check_session_acts(mine, session, archives.get(session.uuid))
        if session.stage is not Stage.TALLIED:
            continue
        way = [act for act in names if act in _WAY]
        ended, taken_back = [Act.CLOSE_SESSION.value], [Act.REOPEN_SESSION.value, Act.CLOSE_SESSION.value]
        closes = names.count(Act.CLOSE_SESSION.value)
        if way != [*ended, *taken_back * (closes - 1), Act.SEAL_SESSION.value, Act.COUNT.value]:
            raise EvidenceBroken(
                PackageFlaw.AUDIT, f"审计日志中{session.title}的结束、封箱、计票次序不合规定。"
            )
        report, numbers = archives[session.uuid], session.reconciliation
        sealed = [content for act, content in mine if act == Act.SEAL_SESSION.value]
        told = [tuple(content[name] for name in _SEALED) for content in sealed]
        slips = (session.spoiled, session.lost, session.added, [*session.handed_units])
        if told != [(report.tally_fingerprint, numbers.issued, numbers.returned, *slips)]:
            raise EvidenceBroken(
                PackageFlaw.AUDIT, f"审计日志中{session.title}封箱时的票数或汇总密文不一致。"
            )
        _check_slips(mine, session, report)
        boards = [content["board"] for act, content in mine if act == Act.COUNT.value]
        if boards != [report.board_fingerprint]:
            raise EvidenceBroken(
                PackageFlaw.AUDIT, f"审计日志中{session.title}的选票档案摘要与选票档案不一致。"
            )
    known = {session.uuid for session in sessions}
    for act, content in acts:
        if act in (Act.COUNT.value, Act.VOID_SESSION.value) and content["session"] not in known:
            raise EvidenceBroken(PackageFlaw.SESSIONS, f"考核档案包缺少审计日志中的会议：{_title(content)}。")


def _check_slips(mine: list[tuple[str, Any]], session: PackagedSession, report: ArchiveReport) -> None:
    """Each credential of the archive is a slip that the log has printed for the opening, or added later."""
    told = {act: [content for name, content in mine if name == act.value] for act in _SLIPS}
    printed, opened, added = told[Act.PRINT_SLIPS][-1], told[Act.OPEN_SESSION][0], told[Act.ADD_SLIPS]
    late = sum(content["slips"] for content in added)
    more = late + sum(content["spares"] for content in added)
    said = (opened["slots"], len(report.credentials), session.added, session.reconciliation.should_attend)
    right = (printed["slips"] + printed["spares"], opened["slots"] + more, more, printed["slips"] + late)
    way = ["", *(act for act, _ in mine if act in (*_WAY, *_VOTING))]
    open_then = all(before in _VOTING for before, act in pairwise(way) if act == Act.ADD_SLIPS.value)
    named = all(content["slips"] == len(content["electors"]) and content["reason"] for content in added)
    if said != right or not open_then or not named:
        raise EvidenceBroken(
            PackageFlaw.AUDIT,
            f"审计日志中{session.title}打印和追加的票码条与选票档案的凭证数、应到人数不一致。",
        )


def _check_names(acts: list[tuple[str, Any]], sessions: tuple[PackagedSession, ...]) -> None:
    """Each session's acts call it as the package does, and its number is 1 + those opened before it."""
    opened = [content["session"] for act, content in acts if act == Act.OPEN_SESSION.value]
    before: Counter[tuple[str, str]] = Counter()
    for session in sessions:
        contest, series = session.contest, (session.contest.code, session.group)
        called = {
            tuple(content[name] for name in ("contest", "contest_title", "group", "number"))
            for _, content in acts
            if content.get("session") == session.uuid
        }
        times = opened.count(session.uuid)
        possible = (1,) if session.stage is Stage.TALLIED else (0, 1)
        if called - {(contest.code, contest.title, session.group, session.number)} or times not in possible:
            raise EvidenceBroken(PackageFlaw.AUDIT, f"审计日志中{session.title}的会议名称或次数前后不一致。")
        if session.number != 1 + before[series]:
            raise EvidenceBroken(
                PackageFlaw.AUDIT,
                f"{session.title}应为第{1 + before[series]}次（按审计日志中开始投票的记录）。",
            )
        before[series] += times


def _check_sheets(
    acts: list[tuple[str, Any]], files: Files, sheets: tuple[PackagedSheet, ...], voided: set[str]
) -> None:
    """Every edition was issued in its turn, the last one is the sheet in the package, and none is left out.

    The sheets of sessions that were `voided` after the count do not go into a package.
    """
    issuing = (Act.ISSUE_SHEET.value, Act.REISSUE_SHEET.value)
    issued: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for act, content in acts:
        if act in issuing and content["key"] not in voided:
            issued.setdefault((content["form"], content["key"]), []).append(content)
    for sheet in sheets:
        told = issued.pop((sheet.form, sheet.key), [])
        digest = hashlib.sha256(files[sheet.pdf]).hexdigest()
        turns = [content["edition"] for content in told]
        named = [(last["version"], last["sheet"], last["record"]) for last in told[-1:]]
        right = [(sheet.version, digest, json_of(files, sheet.figures)["record_id"])]
        sessions = {content.get("session", sheet.key) for content in told}
        if turns != [*range(1, sheet.edition + 1)] or named != right or sessions != {sheet.key}:
            raise EvidenceBroken(
                PackageFlaw.AUDIT, f"审计日志中{sheet.pdf}的签发与考核档案包中的报表不一致。"
            )
    for form, key in issued:
        raise EvidenceBroken(PackageFlaw.AUDIT, f"考核档案包缺少审计日志中签发的报表：{form} {key}。")


def _title(content: dict[str, Any]) -> str:
    contest = Contest(content["contest"], content["contest_title"])
    return session_title(contest, content["group"], content["number"])
