"""Where does a key ceremony stand, and whose turn is it? Knows nothing of windows."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.fingerprint import grouped, spelled_check
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.ceremony.held_ceremonies import CeremonyFacts
from gaoxin_vote.workflow.ceremony.trustee_keys import KeyCeremony, begin_ceremony
from gaoxin_vote.workflow.reports.sheets import ceremony_record_name, paper
from gaoxin_vote.workflow.setup.clock import clock_words
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace

SUGGESTED = ("考核办", "区纪委", "组织人事局")
MOST = 9


class EntryReason(Enum):
    """Why what was typed cannot be used."""

    DIFFERENT = "the two entries differ"
    NO_PLACE = "no place named"


class CeremonyStep(Enum):
    """The steps: who, each in turn, the record."""

    QUORUM = "确定密钥保管人"
    TRUSTEE = "领取密钥"
    RECORD = "发放记录"


@dataclass(frozen=True, slots=True)
class TrusteeState:
    """One trustee's turn."""

    name: str
    place: str = ""
    """Where the share lies; empty before the turn."""
    fingerprint: str = ""
    """SHA-256 of the share file that was read back."""


@dataclass(frozen=True, slots=True)
class CeremonyState:
    """What the wizard shows."""

    step: CeremonyStep
    threshold: int
    trustees: tuple[TrusteeState, ...]
    turn: int
    """Whose turn it is, from 0; the receipt is shown until `next_trustee`."""
    facts: CeremonyFacts | None
    clock: str = ""
    """The date and time of this computer, to be confirmed before the first key is drawn."""


class CeremonyFlow:
    """One ceremony from the first question to the record. Lives on the worker thread after `begin`."""

    def __init__(
        self, workspace: OpenWorkspace, year: int, reason: str = "", earlier: CeremonyFacts | None = None
    ) -> None:
        """Where keys are made anew, the `reason` and the newest ceremony before."""
        self._workspace, self._year, self._reason, self._earlier = workspace, year, reason, earlier
        self._ceremony: KeyCeremony | None = None
        self._turn = 0
        self._facts: CeremonyFacts | None = None

    @property
    def state(self) -> CeremonyState:
        """Where the ceremony stands."""
        if self._ceremony is None:
            clock, earlier = self._workspace.call(clock_words), self._earlier
            names, threshold = (earlier.names, earlier.threshold) if earlier else (SUGGESTED, 2)
            trustees = tuple(map(TrusteeState, names))
            return CeremonyState(CeremonyStep.QUORUM, threshold, trustees, 0, None, clock)
        pairs = zip(self._ceremony.trustees, self._ceremony.receipts, strict=True)
        trustees = tuple(
            TrusteeState(name, str(receipt.path), receipt.fingerprint) if receipt else TrusteeState(name)
            for name, receipt in pairs
        )
        step = CeremonyStep.RECORD if self._facts else CeremonyStep.TRUSTEE
        return CeremonyState(step, self._ceremony.threshold, trustees, self._turn, self._facts)

    def begin(self, names: tuple[str, ...], threshold: int, progress: Progress) -> CeremonyState:
        """Draw the keys for these trustees, of whom any `threshold` open a tally."""
        self._ceremony = self._workspace.call(
            begin_ceremony, self._year, names, threshold, progress, reason=self._reason
        )
        return self.state

    def hand_over(self, passphrase: str, again: str, path: Path | None) -> CeremonyState:
        """Write the share of the trustee whose turn it is and read it back."""
        assert self._ceremony is not None
        if passphrase != again:
            raise Refused(EntryReason.DIFFERENT, "两次输入的口令不一致，请重新输入。")
        if path is None:
            raise Refused(EntryReason.NO_PLACE, "请选择密钥文件的存放位置（本人的U盘）。")
        self._ceremony.hand_over(self._turn, passphrase, path)
        return self.state

    def next_trustee(self) -> CeremonyState:
        """Go on to the next trustee; after the last one the ceremony is completed."""
        assert self._ceremony is not None
        if self._turn + 1 < len(self._ceremony.trustees):
            self._turn += 1
        else:
            self._facts = self._ceremony.complete()
        return self.state

    def abandon(self) -> None:
        """Forget everything; the share files written so far are deleted."""
        if self._ceremony is not None and self._facts is None:
            self._ceremony.abandon()

    def record_pdf(self) -> bytes:
        """The ceremony record."""
        number = self._facts.number if self._facts else 1
        return self._workspace.call(paper, self._year, ceremony_record_name(self._year, number))


def quorum_trouble(
    names: tuple[str, ...], threshold: int, clock_confirmed: bool = True, risk_known: bool = True
) -> str:
    """What is wrong with these names and this number, in words; empty when nothing is."""
    given = [name.strip() for name in names]
    if not all(given):
        return "请填写每位密钥保管人的名称。"
    if len(set(given)) != len(given):
        return "密钥保管人的名称不能重复。"
    if not 2 <= threshold <= len(given):
        return f"开箱人数应在2至{len(given)}之间。"
    if quorum_risk(len(given), threshold) and not risk_known:
        return "请减少开箱所需人数，或勾选已知悉风险。"
    return "" if clock_confirmed else "请核对电脑的日期和时间，正确的请勾选。"


def quorum_words(count: int, threshold: int) -> str:
    """What the choice means."""
    spare = count - threshold
    lost = f"有{spare}位缺席或遗失密钥仍可开箱" if spare else "任何一位缺席或遗失密钥都不能开箱"
    words = f"开箱时需要工作区口令和{count}位密钥保管人中的任意{threshold}位到场；{lost}。"
    if 2 * threshold > count:
        return words
    # A share file refuses a second tally; where two groups have nobody in common, none of the second knows.
    others = f"另外{threshold}位的密钥文件不知道已打开过哪一份"
    return f"{words}不过半数即可开箱：{others}，建议至少{count // 2 + 1}位。"


def quorum_risk(count: int, threshold: int) -> str:
    """What is at stake where nobody may be missing, in words; empty where somebody may."""
    if threshold < count:
        return ""
    return (
        "只要有一位的密钥文件损坏、遗失，或者忘记口令，用这套密钥投的票就永远无法开箱，只能作废会议、重新投票。"
        f"建议开箱所需人数少于总人数，如{max(count, 3)}位中的{max(count, 3) - 1}位。"
    )


def facts_pairs(facts: CeremonyFacts) -> tuple[tuple[str, str], ...]:
    """What stands on the record, as names and values."""
    return (
        ("发放日期", spoken_day(facts.held_on)),
        *([("重新发放原因", f"（第{facts.number}次）{facts.reason}")] if facts.number > 1 else []),
        ("密钥保管人", "、".join(facts.names)),
        ("开箱条件", f"{len(facts.names)}位中的任意{facts.threshold}位，加工作区口令"),
        ("开箱密钥指纹", grouped(facts.trustees_fingerprint)),
        ("签名证书指纹", grouped(facts.certificate_fingerprint)),
        ("核对指纹", spelled_check(facts.fingerprint)),
    )
