"""Through which stages does the work of a year go, in which order, and how far is one of them?"""

from dataclasses import dataclass
from enum import Enum


class YearStage(Enum):
    """One stage of a year's work, in the order of the work; the value is the name that people read."""

    SETUP = "方案与单位"
    CEREMONY = "密钥发放"
    SESSION = "测评会议"
    TALLY = "开箱计票"
    ENTRIES = "指标与加减分"
    STANDING = "综合评定"
    REPORTS = "报表"
    AUDIT = "审计日志"

    @property
    def title(self) -> str:
        """The name that people read."""
        return self.value

    @property
    def number(self) -> int:
        """Its place in the year, from 1."""
        return list(YearStage).index(self) + 1


class StageStatus(Enum):
    """How far a stage is; the value is what people read."""

    EMPTY = "未开始"
    PARTIAL = "进行中"
    DONE = "已完成"


@dataclass(frozen=True, slots=True)
class StageProgress:
    """Where one stage stands."""

    stage: YearStage
    status: StageStatus
    words: str
    missing: tuple[str, ...] = ()
    """What is still to be done, a line each."""


class DestinationAct(Enum):
    """What is begun at a destination."""

    LOOK = "look"
    """Nothing: it is only shown."""
    IMPORT = "import"
    REHOLD = "rehold"
    """Some units are to be rated again."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An exact place in the windows: a stage and what of it."""

    stage: YearStage
    kind: str = ""
    """The code of a kind of input."""
    session: int | None = None
    """The id of a voting session."""
    act: DestinationAct = DestinationAct.LOOK
