"""Were the keys of every session of a package made at a ceremony of its year, and which one?"""

from dataclasses import dataclass
from typing import Any

from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.documents.certification import certificate_der, certificate_fingerprint
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import from_json
from gaoxin_vote.domain.fingerprint import check_fingerprint
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import (
    CEREMONIES,
    CERTIFICATE,
    CERTIFICATE_FILE,
    Files,
    PackagedCeremony,
    content_of,
    json_of,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, as_evidence

NEEDS_KEYS = frozenset(
    {
        Act.PRINT_SLIPS.value,
        Act.OPEN_SESSION.value,
        Act.CLOSE_SESSION.value,
        Act.SEAL_SESSION.value,
        Act.GIVE_SHARE.value,
        Act.COUNT.value,
    }
)
"""From its first slips to its count a session needs the same keys."""


@dataclass(frozen=True, slots=True)
class CeremonyReport:
    """One key ceremony, and what was counted under its keys."""

    number: int
    """From 1, in the order in which they were held."""
    facts: PackagedCeremony
    sessions: tuple[str, ...]
    """Titles of the sessions that were counted under these keys; there may be none."""

    @property
    def fingerprint(self) -> str:
        """核对指纹, as on the record of this ceremony."""
        return check_fingerprint(self.facts.trustees_fingerprint, self.facts.certificate_fingerprint)


def packaged_ceremonies(files: Files) -> tuple[PackagedCeremony, ...]:
    """The ceremonies of the year in their order. Raises `EvidenceBroken` where they contradict each other."""
    values = json_of(files, CEREMONIES)
    with as_evidence(CEREMONIES):
        held = tuple(from_json(PackagedCeremony, value, where=CEREMONIES) for value in values)
    ids, keys = {each.ceremony for each in held}, {each.trustees_fingerprint for each in held}
    explained = [bool(each.reason) for each in held] == [number > 0 for number in range(len(held))]
    if not held or not len(held) == len(ids) == len(keys) or not explained:
        raise EvidenceBroken(PackageFlaw.CEREMONY, f"{CEREMONIES}所载的密钥发放自相矛盾。")
    return held


def check_ceremonies(
    files: Files, held: tuple[PackagedCeremony, ...], counted: tuple[tuple[str, ArchiveReport], ...]
) -> tuple[tuple[CeremonyReport, ...], str]:
    """Each ceremony with the sessions under its keys, and the fingerprint of the year's one certificate.

    `counted` are the titles of the sessions and their archives. Raises `EvidenceBroken` for keys that no
    ceremony made, and for a certificate that is not that of every ceremony.
    """
    if len({report.election.uuid for _, report in counted}) != len(counted):
        raise EvidenceBroken(PackageFlaw.SESSIONS, "两场会议用了同一份选票档案。")
    made = [(title, _ceremony_of(held, title, report)) for title, report in counted]
    fingerprint = certificate_fingerprint(content_of(files, CERTIFICATE))
    if {each.certificate_fingerprint for each in held} != {fingerprint}:
        raise EvidenceBroken(PackageFlaw.CEREMONY, "签名证书与密钥发放记录不一致。")
    if content_of(files, CERTIFICATE_FILE) != certificate_der(content_of(files, CERTIFICATE)):
        raise EvidenceBroken(PackageFlaw.CEREMONY, f"{CERTIFICATE_FILE}与签名证书不一致。")
    reports = (
        CeremonyReport(number, each, tuple(title for title, mine in made if mine is each))
        for number, each in enumerate(held, 1)
    )
    return tuple(reports), fingerprint


def check_ceremony_acts(
    acts: list[tuple[str, Any]],
    held: list[dict[str, Any]],
    sessions: dict[str, tuple[str, str]],
) -> None:
    """The log tells the same ceremonies; no session got other keys on its way from slips to count.

    `held` are the ceremonies as they stand in the package, `sessions` the title and the fingerprint of the
    trustees of each counted session by its uuid. Raises `EvidenceBroken`.
    """
    if [content for act, content in acts if act == Act.HOLD_CEREMONY.value] != held:
        raise EvidenceBroken(
            PackageFlaw.AUDIT, f"审计日志中的“{Act.HOLD_CEREMONY.label}”与考核档案包不一致。"
        )
    keys: dict[str, Any] = {}
    for act, content in acts:
        if act == Act.HOLD_CEREMONY.value:
            keys = content
        elif act == Act.CHECK_SHARE.value:
            if content["ceremony"] != keys.get("ceremony") or content["trustee"] not in keys["names"]:
                raise EvidenceBroken(
                    PackageFlaw.AUDIT, f"审计日志中{content['trustee']}检查的密钥文件不是当时所用密钥的。"
                )
        elif act in NEEDS_KEYS:
            title, fingerprint = sessions.get(content["session"], ("", ""))
            if title and fingerprint != keys.get("trustees_fingerprint"):
                raise EvidenceBroken(
                    PackageFlaw.AUDIT,
                    f"审计日志中{title}的“{Act(act).label}”时所用的密钥，不是其选票档案的开箱密钥。",
                )


def _ceremony_of(held: tuple[PackagedCeremony, ...], title: str, report: ArchiveReport) -> PackagedCeremony:
    trustees = report.trustees
    group = trustees.items[-1]
    if isinstance(group, ThresholdKeys) and len(trustees.items) == 2:
        shown = (trustees.fingerprint, trustees.names[1:], group.threshold)
        for each in held:
            if (each.trustees_fingerprint, each.names, each.threshold) == shown:
                return each
    raise EvidenceBroken(PackageFlaw.TRUSTEES, f"{title}的开箱密钥与密钥发放记录不一致。")
