"""What was done in the workspace, in words for a screen, and is the log untouched?"""

import json
from dataclasses import dataclass

from gaoxin_vote.domain.audit import AuditEntry
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace

_WORDS = {
    "added": "新增",
    "archive": "档案",
    "board": "档案指纹",
    "ceremony": "仪式编号",
    "certificate_fingerprint": "签章证书指纹",
    "changed": "修改",
    "decision": "审定意见",
    "decisions": "补发决定",
    "encrypted_tally": "汇总密文",
    "file": "文件",
    "grades": "等次",
    "held_on": "日期",
    "issued": "发出",
    "leader": "领导",
    "lost": "遗失补发",
    "mode": "发放方式",
    "name": "名称",
    "names": "监票密钥人",
    "office": "单位",
    "package": "记录包",
    "reason": "原因",
    "record": "编号",
    "removed": "删除",
    "returned": "收回",
    "scheme": "方案",
    "session": "会议编号",
    "sheet": "表格",
    "slips": "票码条",
    "slots": "票位",
    "spares": "备用",
    "spoiled": "作废换发",
    "threshold": "开票人数",
    "title": "会议",
    "trustee": "监票密钥人",
    "trustees": "到场监票密钥人",
    "trustees_fingerprint": "监票密钥指纹",
    "unit": "单位",
    "units": "单位",
}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as shown."""

    number: int
    year: int | None
    time_text: str
    act: str
    words: str
    hash: str


def entries(workspace: Workspace, year: int | None = None) -> tuple[AuditLine, ...]:
    """All acts, or those of a year and of the workspace as a whole, oldest first."""
    return tuple(
        _line(entry) for entry in AuditLog(workspace).entries() if year is None or entry.year in (year, None)
    )


def check(workspace: Workspace) -> int:
    """Recompute the chain; returns the number of entries. Raises `EvidenceBroken` naming the first bad."""
    AuditLog(workspace).verify()
    return len(AuditLog(workspace).entries())


def _line(entry: AuditEntry) -> AuditLine:
    content: dict[str, Json] = json.loads(entry.content)
    words = "；".join(f"{_WORDS.get(name, name)}：{_text(value)}" for name, value in content.items() if value)
    time = entry.time.replace("T", " ")[:19]
    return AuditLine(entry.number, entry.year, time, entry.act, words, entry.hash)


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "、".join(_text(item) for item in value)
    if isinstance(value, dict):
        return "、".join(f"{name} {_text(item)}" for name, item in value.items())
    return str(value)
