"""Which stages has the desk's rail?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskStage:
    """One row of the rail: its key (as the workflow names it), its number and its title."""

    key: str
    number: int
    title: str


STAGES: tuple[DeskStage, ...] = tuple(
    DeskStage(key, number, title)
    for number, (key, title) in enumerate(
        (
            ("setup", "方案与单位"),
            ("ceremony", "监票密钥"),
            ("session", "投票会议"),
            ("tally", "开票计票"),
            ("results", "指标与加减分"),
            ("standing", "综合考评"),
            ("reports", "报表"),
            ("audit", "审计日志"),
        ),
        start=1,
    )
)
"""In the order of the year's work."""
