"""Which ballots are in the sealed box, so that every voter can find the own one? 查询码清单."""

from dataclasses import dataclass

from gaoxin_vote.documents.forms.form import Form, Scope
from gaoxin_vote.documents.page import Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.typeface import Face
from gaoxin_vote.domain.fingerprint import two_lines
from gaoxin_vote.domain.tracker import groups, groups_that_differ, respelled

_NAME = "查询码清单"
_NUMBER, _WHOLE = 12, 156
_GROUP, _SIDE_BY_SIDE, _BROKEN = 16, 5, 84
"""Millimetres for a group of four, of which so many have a box each; for more of them, in one box.

Four is what the booth shows; more are as good as never needed (`domain.tracker`).
"""


@dataclass(frozen=True, slots=True)
class TrackerList:
    """The trackers of one sealed box."""

    title: str
    """Such as 高新区2017年度目标任务考核领导评议."""
    trackers: tuple[str, ...]
    """Base64; printed in the order of the digests, which says nothing of when, or by whom."""
    tally_hash: str
    """SHA-256 of the EncryptedTally event, 64 hex digits: it stands for exactly these ballots."""
    sample: bool


def _draw(sheet: OfficialSheet, listed: TrackerList) -> None:
    sheet.title(listed.title, _NAME)
    sheet.space(3)
    sheet.text(
        f"封箱时票箱内共有选票{len(listed.trackers)}张，全部列于下表，按查询码排列，与投票先后无关。投票人可用投票时"
        "记下的查询码查找本人的选票；查询码不透露投给谁、评了什么。查不到的，请向总监票人提出。",
        size=12,
        indent=2,
        lead=1.5,
    )
    sheet.space(2)
    count = groups_that_differ(listed.trackers)
    spelled = count * _GROUP if count <= _SIDE_BY_SIDE else _BROKEN
    rest = _WHOLE - _NUMBER - spelled
    heads = (("序号", _NUMBER), ("查询码", spelled), ("选票档案中的写法（Base64）", rest))
    sheet.table(
        [
            TableRow(
                (
                    Cell(str(number), _NUMBER),
                    *_spelled(tracker, count),
                    Cell(tracker, rest, Face.LABEL, 8.5),
                ),
                7,
            )
            for number, tracker in enumerate(sorted(listed.trackers, key=respelled), 1)
        ],
        head=(TableRow(tuple(Cell(text, width, Face.HEAD) for text, width in heads), 8),),
        tail=44,
    )
    sheet.space(1)
    sheet.text("这些选票汇总成的密文，摘要如下（同开箱前公示单）：", size=9.5, lead=1.5)
    for line in two_lines(listed.tally_hash):
        sheet.text(line, face=Face.LABEL, size=9.5, lead=1.4)
    sheet.signature_row(("总监票人", "监票人", "计票人"))


def _spelled(tracker: str, count: int) -> tuple[Cell, ...]:
    parts = groups(tracker, count)
    if count <= _SIDE_BY_SIDE:
        return tuple(Cell(part, _GROUP, Face.HEAD, 11.5) for part in parts)
    return (Cell(" ".join(parts), _BROKEN, Face.HEAD, 11.5),)


FORM = Form("trackers", _NAME, 1, Scope.SESSION, certified=False, figures=TrackerList, draw=_draw)
