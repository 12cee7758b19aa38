"""How much of a ballot archive was verified: which kinds of check, and how many of each?"""

from dataclasses import dataclass

from gaoxin_vote.belenios.archive import EventType
from gaoxin_vote.belenios.verification import ArchiveReport


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of check."""

    name: str
    """For the JSON of `verify --json`; stays the same in every version."""
    words: str
    """What a scrutineer reads."""
    count: int


def checks(report: ArchiveReport) -> tuple[Check, ...]:
    """What `verify_archive` has checked, for a scrutineer who wants to know how much that was.

    Nothing is checked here. There is a report only where every check has held, so the numbers follow from
    how many ballots, questions and keys the archive has, and from the stage that it has reached.
    """
    questions, stages = report.election.questions, list(EventType)
    reached = stages.index(report.stage)
    ended, summed, opened = (
        reached >= stages.index(stage)
        for stage in (EventType.END_BALLOTS, EventType.ENCRYPTED_TALLY, EventType.RESULT)
    )
    shares = len(report.decrypted) + len(report.invalid_shares)
    # Of each ballot: a ciphertext for every answer and blank flag (a cell), each with a proof of its own, and
    # one or two proofs for the question as a whole.
    cells = sum(question.width for question in questions)
    proofs = cells + sum(1 + question.blank for question in questions)
    # An event is a record of its own and comes after the records it is about: five with the setup, two with
    # a ballot, and so on. The first record of the file names the format.
    records = 1 + 5 + 2 * report.ballots + ended + 3 * summed + 3 * shares + 2 * opened
    return (
        Check("records", "文件记录（格式、摘要）", records),
        Check("events", "事件（次序、前后相接）", 1 + report.ballots + ended + summed + shares + opened),
        Check("trustees", "开箱密钥（持有证明、签名、合成选举公钥）", len(report.trustees.members)),
        Check("credentials", "公开凭证（有效、不重复）", len(report.credentials)),
        Check("ballots", "选票（凭证在册、签名）", report.ballots),
        Check("ballot_proofs", "选票中的零知识证明", report.ballots * proofs),
        Check("sums", "加密计票（重新累加后相同）", cells * summed),
        Check("decryption_proofs", "部分解密证明", cells * len(report.decrypted)),
        Check("counts", "计票结果（与解密相符）", cells * opened),
    )
