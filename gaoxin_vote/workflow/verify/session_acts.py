"""Was a session prepared, sealed, opened and voided as the package says? What the audit log tells of it."""

from typing import Any

from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import PackagedSession
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw

Told = list[tuple[str, Any]]
"""The acts on one session, each with its fields, in their order."""


def check_session_acts(told: Told, session: PackagedSession, report: ArchiveReport | None) -> None:
    """What every session that ended must have in the log; `report` is that of a counted one's archive.

    Raises `EvidenceBroken`.
    """
    _require(
        [content["units"] for content in _of(told, Act.PREPARE_SESSION)] == [[*session.units]],
        session,
        "筹备时所列的单位与考核档案包不一致",
    )
    if session.stage is Stage.VOIDED:
        reasons = [content["reason"] for content in _of(told, Act.VOID_SESSION)]
        _require(reasons == [session.void_reason], session, "作废的原因与考核档案包不一致")
    added = sum(content["slips"] + content["spares"] for content in _of(told, Act.ADD_SLIPS))
    _require(added == session.added, session, "追加的票码条与考核档案包不一致")
    _check_one_sum(told, session)
    if report is not None:
        _check_counted(told, session, report)


def _check_one_sum(told: Told, session: PackagedSession) -> None:
    """Nobody gave a share for anything but the one sum that the seal has fixed; two would tell a ballot."""
    sealed = [content["encrypted_tally"] for content in _of(told, Act.SEAL_SESSION)]
    names = [act for act, _ in told]
    if Act.GIVE_SHARE.value in names:
        first = names.index(Act.GIVE_SHARE.value)
        shares = {content["encrypted_tally"] for content in _of(told, Act.GIVE_SHARE)}
        holds = len(sealed) == 1 and shares == {*sealed} and Act.SEAL_SESSION.value in names[:first]
        _require(holds, session, "有密钥保管人打开的不是封箱时确定的汇总密文")


def _check_counted(told: Told, session: PackagedSession, report: ArchiveReport) -> None:
    modes = [content["mode"] for content in _of(told, Act.PRINT_SLIPS)]
    _require(modes[-1:] == [session.slip_mode.value], session, "票码条的发放方式与考核档案包不一致")
    (sealed,) = _of(told, Act.SEAL_SESSION)
    explained = session.reconciliation.returned == session.reconciliation.issued or sealed["reason"]
    decided = [words for words in sealed["decisions"] if words]
    _require(
        explained and len(decided) == len(sealed["decisions"]) == session.lost,
        session,
        "封箱时少了未收回的原因，或者补发的决定与遗失补发的张数不符",
    )
    counts = [place for place, (act, _) in enumerate(told) if act == Act.COUNT.value]
    opened = [report.trustees.names[owner - 1] for owner in report.decrypted]
    names = [name for owner, name in zip(report.decrypted, opened, strict=True) if owner > 1]
    gave = {content["trustee"] for content in _of(told[: counts[0]], Act.GIVE_SHARE)}
    said = [content["trustees"] for content in _of(told, Act.COUNT)]
    _require(
        said == [names] and gave >= {*opened} and not _of(told[counts[0] :], Act.GIVE_SHARE),
        session,
        "到场的密钥保管人与选票档案的不一致",
    )


def _of(told: Told, act: Act) -> list[Any]:
    return [content for name, content in told if name == act.value]


def _require(holds: object, session: PackagedSession, words: str) -> None:
    if not holds:
        raise EvidenceBroken(PackageFlaw.AUDIT, f"审计日志中{session.title}{words}。")
