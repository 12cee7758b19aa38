"""What was checked in an archive in which everything holds, and how many times?"""

from dataclasses import dataclass

from gaoxin_vote.belenios.archive import EventType
from gaoxin_vote.belenios.verification import ArchiveReport


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of check."""

    name: str
    """For machines; does not change."""
    words: str
    count: int


def checks(report: ArchiveReport) -> tuple[Check, ...]:
    """The checks that `verify_archive` made of this archive."""
    questions, stages = report.election.questions, list(EventType)
    reached = stages.index(report.stage)
    ended, summed, opened = (
        reached >= stages.index(stage)
        for stage in (EventType.END_BALLOTS, EventType.ENCRYPTED_TALLY, EventType.RESULT)
    )
    shares = len(report.decrypted) + len(report.invalid_shares)
    cells = sum(question.width for question in questions)
    proofs = cells + sum(1 + question.blank for question in questions)
    # Each event is a record, besides those that stand before it; the first record of all names the format.
    records = 1 + 5 + 2 * report.ballots + ended + 3 * summed + 3 * shares + 2 * opened
    return (
        Check("records", "文件记录（格式、摘要）", records),
        Check("events", "事件（次序、前后相接）", 1 + report.ballots + ended + summed + shares + opened),
        Check("trustees", "监票密钥（持有证明、签名、合成选举公钥）", len(report.trustees.members)),
        Check("credentials", "公开凭证（有效、不重复）", len(report.credentials)),
        Check("ballots", "选票（凭证在册、签名）", report.ballots),
        Check("ballot_proofs", "选票中的零知识证明", report.ballots * proofs),
        Check("sums", "加密计票（重新累加后相同）", cells * summed),
        Check("decryption_proofs", "部分解密证明", cells * len(report.decrypted)),
        Check("counts", "计票结果（与解密相符）", cells * opened),
    )
