"""Which acts stand in the audit log, and what does each say?

An act is stored by its code with the fields named here, and shown in the words beside them. To add one, add a
member; whoever appends a field that its act does not name has made a mistake.
"""

from enum import Enum
from typing import Self

_SESSION = {
    "session": "会议编号",
    "contest": "评议代码",
    "contest_title": "评议",
    "group": "权重组",
    "number": "第几次",
}
"""What every act on a session says first; its uuid names it, the last four give its title."""

_SHEET = {
    **_SESSION,
    "form": "报表",
    "key": "对象",
    "edition": "版次",
    "version": "版式",
    "record": "编号",
    "sheet": "摘要",
}


class Act(Enum):
    """What can be done in a workspace, with the name of each field of its entry."""

    _value_: str
    label: str
    fields: dict[str, str]

    CREATE_WORKSPACE = "workspace.create", "新建工作区", {"office": "单位"}
    ADD_YEAR = "year.add", "设立年度", {"scheme": "方案"}
    CONTINUE_YEAR = (
        "year.continue",
        "新建年度",
        {
            "scheme": "方案",
            "source": "接续年度",
            "units": "单位",
            "leaders": "班子成员",
            "raters": "评议人",
            "history": "历年考核结果",
            "years": "结果所属年度",
        },
    )
    TAKE_RESULTS = (
        "year.take_results",
        "接续上年结果",
        {"source": "接续年度", "years": "结果所属年度", "added": "新增", "changed": "修改"},
    )
    REPLACE_SCHEME = "scheme.replace", "更换方案", {"scheme": "方案"}
    IMPORT = (
        "entries.import",
        "导入",
        {
            "kind": "内容",
            "file": "文件",
            "import_mode": "方式",
            "added": "新增",
            "changed": "修改",
            "removed": "删除",
            "gone": "删除或覆盖的",
            "headings": "列名对照",
        },
    )
    ADD_ENTRY = "entries.add", "新增", {"kind": "内容", "key": "编号", "after": "新内容"}
    CHANGE_ENTRY = (
        "entries.change",
        "修改",
        {"kind": "内容", "key": "编号", "before": "原内容", "after": "新内容"},
    )
    REMOVE_ENTRY = "entries.remove", "删除", {"kind": "内容", "key": "编号", "before": "原内容"}
    MOVE_ENTRY = (
        "entries.move",
        "移动",
        {"kind": "内容", "key": "编号", "before": "原位置", "after": "新位置"},
    )
    RENAME_UNIT = "unit.rename", "更正单位名称", {"unit": "单位", "name": "名称"}
    RENAME_LEADER = "leader.rename", "更正班子成员职务", {"leader": "领导", "title": "职务"}
    HOLD_CEREMONY = (
        "ceremony.hold",
        "密钥发放",
        {
            "ceremony": "发放编号",
            "reason": "原因",
            "held_on": "日期",
            "threshold": "开箱人数",
            "names": "密钥保管人",
            "trustees_fingerprint": "开箱密钥指纹",
            "certificate_fingerprint": "签名证书指纹",
        },
    )
    CHECK_SHARE = "ceremony.check_share", "检查密钥文件", {"ceremony": "发放编号", "trustee": "密钥保管人"}
    PREPARE_SESSION = "session.prepare", "筹备测评会议", {**_SESSION, "units": "单位"}
    PRINT_SLIPS = (
        "session.print_slips",
        "打印票码条",
        {**_SESSION, "slips": "票码条", "spares": "备用", "mode": "发放方式"},
    )
    NOTE_MEETING = "session.note_meeting", "登记会议信息", {**_SESSION, "chair": "主持人", "place": "地点"}
    OPEN_SESSION = "session.open", "开始投票", {**_SESSION, "slots": "票位"}
    ADD_SLIPS = (
        "session.add_slips",
        "追加票码条",
        {**_SESSION, "slips": "票码条", "spares": "备用", "electors": "增补投票人", "reason": "原因"},
    )
    SUSPEND_SESSION = "session.suspend", "暂停投票", _SESSION
    RESUME_SESSION = "session.resume", "恢复投票", _SESSION
    CLOSE_SESSION = "session.close", "结束投票", {**_SESSION, "reason": "原因"}
    REOPEN_SESSION = "session.reopen", "撤回结束", _SESSION
    SEAL_SESSION = (
        "session.seal",
        "封箱",
        {
            **_SESSION,
            "issued": "发出",
            "returned": "收回",
            "spoiled": "作废换发",
            "lost": "遗失补发",
            "added": "追加票码条",
            "handed": "领票单位",
            "decisions": "补发决定",
            "reason": "原因",
            "encrypted_tally": "汇总密文摘要",
        },
    )
    VOID_SESSION = "session.void", "作废测评会议", {**_SESSION, "reason": "原因"}
    GIVE_SHARE = (
        "tally.give_share",
        "密钥保管人开箱",
        {**_SESSION, "trustee": "密钥保管人", "encrypted_tally": "汇总密文摘要"},
    )
    COUNT = "tally.count", "计票", {**_SESSION, "trustees": "到场密钥保管人", "board": "选票档案摘要"}
    ISSUE_SHEET = "sheet.issue", "签发报表", _SHEET
    REISSUE_SHEET = "sheet.reissue", "报表改版", {**_SHEET, "reason": "原因"}
    FINALISE = "year.finalise", "定稿", {"decision": "审定意见", "grades": "等次"}
    WRITE_PACKAGE = "record.write_package", "生成考核档案包", {"package": "文件名", "record": "清单摘要"}

    def __new__(cls, code: str, label: str = "", fields: dict[str, str] | None = None) -> Self:
        """A member whose value is `code` alone."""
        member = object.__new__(cls)
        member._value_, member.label, member.fields = code, label, fields or {}
        return member
