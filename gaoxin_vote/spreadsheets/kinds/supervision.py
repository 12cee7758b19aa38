"""Which ledger entries, self-assessments and site notes does a file hold?"""

from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.supervision import (
    Inspection,
    LedgerEntry,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import Kind, written
from gaoxin_vote.spreadsheets.kinds.indicators import INDICATOR_CODE
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.row import Row

_ANY_INDICATOR = Column(
    "indicator_code", "指标编号", "如 Z1；针对整个单位的不填", synonyms=(*INDICATOR_CODE.synonyms, "指标")
)
LEDGER_LAYOUT = Layout(
    "ledger",
    "日常督查台账",
    (
        Column("entry_id", "编号", "不重复的编号，如 T1", required=True, synonyms=("台账编号", "序次")),
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "held_on",
            "督查日期",
            "如 2017-06-30",
            Format.DATE,
            required=True,
            synonyms=("日期", "时间", "督查时间"),
        ),
        Column(
            "manner",
            "督查方式",
            "定期督查或不定期督查",
            Format.WORD,
            required=True,
            synonyms=("方式", "类型"),
            words=tuple(manner.label for manner in SupervisionManner),
        ),
        _ANY_INDICATOR,
        Column(
            "finding",
            "督查情况",
            "看到的情况和问题",
            required=True,
            synonyms=("情况", "发现问题", "督查内容", "问题"),
        ),
        Column("progress", "进度", "任务进度", synonyms=("任务进度", "进展", "进展情况")),
        Column("evidence", "佐证材料", "材料名称", synonyms=("材料", "证据", "依据")),
        Column("inspector", "督查人", "姓名", synonyms=("督查人员", "检查人")),
    ),
)
_MANNER_WORDS = {
    "定期": SupervisionManner.PERIODIC,
    "不定期": SupervisionManner.UNANNOUNCED,
    "随机": SupervisionManner.UNANNOUNCED,
    "随机督查": SupervisionManner.UNANNOUNCED,
}


def _read_entry(row: Row, context: Context) -> LedgerEntry | None:
    entry_id, unit, held_on = row.text("entry_id"), row.unit(context.names), row.day("held_on")
    manner = row.word("manner", SupervisionManner, _MANNER_WORDS)
    indicator, finding, progress = row.text("indicator_code"), row.text("finding"), row.text("progress")
    evidence, inspector = row.text("evidence"), row.text("inspector")
    if entry_id:
        row.identify("entry_id", code_key(entry_id), f"编号{entry_id}")
    if row.failed or not unit or not held_on or not manner:
        return None
    return LedgerEntry(
        entry_id=entry_id,
        unit=unit.code,
        held_on=held_on,
        manner=manner,
        indicator=indicator,
        finding=finding,
        progress=progress,
        evidence=evidence,
        inspector=inspector,
    )


LEDGER = Kind(
    code="ledger",
    label="日常督查台账",
    meaning="日常督查的发现和整改",
    value=LedgerEntry,
    layout=LEDGER_LAYOUT,
    read=_read_entry,
    key=lambda entry: entry.entry_id,
    cells=lambda entry, names: written(LEDGER_LAYOUT, entry, names, indicator_code=entry.indicator),
    inputs="ledger",
    subject=("unit_code",),
)


NOTE_LAYOUT = Layout(
    "site_notes",
    "听查看记录表",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "indicator_code", "指标编号", "如 Z1", required=True, synonyms=(*INDICATOR_CODE.synonyms, "指标")
        ),
        Column(
            "manner",
            "方式",
            "听、查、看之一",
            Format.WORD,
            required=True,
            synonyms=("评估方式", "听查看"),
            words=tuple(inspection.label for inspection in Inspection),
        ),
        Column(
            "note", "记录", "听到、查到、看到的情况", required=True, synonyms=("情况", "记录内容", "情况记录")
        ),
        Column("scorer", "评分人", "姓名", synonyms=("考核人", "记录人")),
        Column("scorer_unit", "评分人单位", "评分人所在单位也被考评时填写", synonyms=("评分人所在单位",)),
        Column(
            "recused",
            "是否回避",
            "评分人对本单位回避时填是",
            Format.WORD,
            synonyms=("回避",),
            words=("是", "否"),
        ),
        Column("noted_on", "日期", "如 2018-01-12", Format.DATE, synonyms=("记录日期", "时间")),
    ),
)
_INSPECTION_WORDS = {
    "听汇报": Inspection.HEAR,
    "听取汇报": Inspection.HEAR,
    "查资料": Inspection.CONSULT,
    "查台账": Inspection.CONSULT,
    "查阅台账": Inspection.CONSULT,
    "看现场": Inspection.SEE,
    "现场查看": Inspection.SEE,
}


def _note_key(note: SiteNote) -> str:
    return f"{note.unit}/{note.indicator}/{note.manner.value}/{note.scorer}/{note.noted_on or ''}"


def _read_note(row: Row, context: Context) -> SiteNote | None:
    unit, indicator = row.unit(context.names), row.text("indicator_code")
    manner = row.word("manner", Inspection, _INSPECTION_WORDS)
    text, scorer = row.text("note"), row.text("scorer")
    scorer_unit = row.other_unit("scorer_unit", context.names)
    recused, noted_on = row.decision("recused") or False, row.day("noted_on")
    if row.failed or not unit or not manner:
        return None
    note = SiteNote(
        unit=unit.code,
        indicator=indicator,
        manner=manner,
        note=text,
        scorer=scorer,
        scorer_unit=None if scorer_unit is None else scorer_unit.code,
        recused=recused,
        noted_on=noted_on,
    )
    words = f"{unit.name}指标{indicator}同一人同一日“{manner.label}”的记录"
    row.identify("unit_code+indicator_code+manner", _note_key(note), words)
    return note


SITE_NOTES = Kind(
    code="site_notes",
    label="听查看记录",
    meaning="听、查、看的记录和评分人",
    value=SiteNote,
    layout=NOTE_LAYOUT,
    read=_read_note,
    key=_note_key,
    cells=lambda note, names: written(
        NOTE_LAYOUT, note, names, indicator_code=note.indicator, recused="是" if note.recused else ""
    ),
    inputs="site_notes",
)
