"""Has the year's key ceremony been held, what did it fix, and are its share files still usable?"""

from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.gui.ceremony.flow import CeremonyFlow, facts_pairs
from gaoxin_vote.workflow.ceremony.held_ceremonies import (
    ceremonies,
    ceremony_facts,
    require_keys_free,
    require_renewable,
)
from gaoxin_vote.workflow.ceremony.share_check import CheckedTrustee, check_share, checked_trustees
from gaoxin_vote.workflow.reports.sheets import ceremony_record_name, paper
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.roster import missing_lists
from gaoxin_vote.workflow.setup.workspaces import check_passphrase


@dataclass(frozen=True, slots=True)
class CeremonyPageState:
    """What the page shows."""

    pairs: tuple[tuple[str, str], ...]
    """The facts of the ceremony; empty before it is held."""
    next_step: str
    blocked: str
    """Why the ceremony cannot begin."""
    checks: tuple[tuple[str, str], ...] = ()
    """Each trustee, and when the share file was last found usable."""
    earlier: tuple[tuple[int, str, str], ...] = ()
    """Number, title and 核对指纹 of each ceremony before the newest."""


class CeremonyPresenter:
    """The ceremony of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> CeremonyPageState:
        """Where the ceremony stands."""
        held = self._workspace.call(ceremonies, self._year)
        if held:
            words = "密钥发放已完成。下一步：到“测评会议”筹备各场测评；开会之前请先检查各份密钥文件。"
            checks = self._workspace.call(checked_trustees, self._year)
            return CeremonyPageState(
                facts_pairs(held[-1]),
                words,
                "",
                tuple((trustee.name, _checked(trustee)) for trustee in checks),
                tuple((facts.number, facts.title, facts.fingerprint) for facts in held[:-1]),
            )
        missing = self._workspace.call(missing_lists, self._year)
        lists, names = not missing, "、".join(kind.label for kind in missing)
        blocked = "" if lists else f"请先在“方案与单位”导入{names}。"
        words = "下一步：请密钥保管人到场，各带一个U盘，发放密钥。" if lists else f"下一步：先导入{names}。"
        return CeremonyPageState((), words, blocked)

    def begin(self) -> CeremonyFlow:
        """A ceremony that has not drawn any key yet."""
        return CeremonyFlow(self._workspace, self._year)

    def require_keys_free(self) -> None:
        """Raise `Refused` while the keys cannot be made anew, with what stands in the way."""
        self._workspace.call(require_keys_free, self._year)

    def renew(self, reason: str, passphrase: str) -> CeremonyFlow:
        """Another ceremony, in which no key is drawn yet. Raises `Refused` for a wrong passphrase."""
        self._workspace.call(check_passphrase, passphrase)
        self._workspace.call(require_renewable, self._year, reason)
        earlier = self._workspace.call(ceremony_facts, self._year)
        return CeremonyFlow(self._workspace, self._year, reason, earlier)

    def check_share(self, path: Path, passphrase: str) -> str:
        """Try a share file; what holds of it, in words. Raises `Refused` where it is not usable."""
        found = self._workspace.call(check_share, self._year, path, passphrase)
        opened = f"此前用过{found.opened}场" if found.opened else "还没有用过"
        place = f"第{found.index}位密钥保管人"
        return f"{found.name}的密钥文件可以使用：属于现在所用的{found.ceremony.title}，{place}；{opened}。"

    def record_pdf(self, number: int = 0) -> bytes:
        """The record of the ceremony with this number; of the newest without one."""
        turn = number or len(self._workspace.call(ceremonies, self._year))
        return self._workspace.call(paper, self._year, ceremony_record_name(self._year, turn))


def _checked(trustee: CheckedTrustee) -> str:
    if not trustee.checked:
        return "领取后还没有检查过"
    return f"✓ 可以使用（{spoken_day(trustee.day)}检查）" if trustee.day else "✓ 可以使用（投票期间检查）"
