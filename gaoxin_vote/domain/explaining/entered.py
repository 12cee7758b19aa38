"""How is said what was entered for a unit: its indicators, claims and what was seen of its work?"""

from datetime import date

from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.explaining.explanation import (
    AdjustmentPart,
    ClaimStory,
    IndicatorPart,
    IndicatorStory,
)
from gaoxin_vote.domain.explaining.section import StoryColumn, StorySection
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.domain.supervision import DeclaredCompletion


def claims(part: AdjustmentPart) -> StorySection:
    """Every claim, whether it counts, and why."""
    columns = (
        StoryColumn("申报事项", stretch=3),
        StoryColumn("计入", number=True),
        StoryColumn("计入或不计入的理由", stretch=2),
    )
    rows = tuple(
        (_claim(story), str(story.counted), _lines(story.words, _opinions(story))) for story in part.claims
    )
    counted = sum(story.words.startswith("计入") for story in part.claims)
    words = f"{len(part.claims)}项申报，计入{counted}项，不计入{len(part.claims) - counted}项。"
    if not part.claims:
        return StorySection("加减分申报", part.clause, ("没有申报加分，也没有减分。",))
    return StorySection("加减分申报", part.clause, (words, f"{part.formula}。"), columns, rows)


def _claim(story: ClaimStory) -> str:
    claim = story.claim
    paper = "，".join(part for part in (claim.issued_by, _day(claim.issued_on)) if part)
    asked = [f"{spoken_day(claim.declared_on)}申报"] if claim.declared_on else []
    asked += [f"申请{plain(claim.requested_points)}分"] if claim.requested_points is not None else []
    asked += [f"同一事项编号{claim.matter_id}"] if claim.matter_id else []
    return _lines(f"{claim.claim_id}　{claim.title}", paper, "，".join(asked))


def _opinions(story: ClaimStory) -> str:
    claim = story.claim
    said = (("考核办", claim.office_opinion), ("领导小组", claim.opinion))
    return _lines(*(f"{who}：{words}" for who, words in said if words and words not in story.words))


def indicators(part: IndicatorPart) -> StorySection:
    """Every indicator with its score, and on what that rests."""
    columns = (
        StoryColumn("指标", stretch=2),
        StoryColumn("分值", number=True),
        StoryColumn("得分", number=True),
        StoryColumn("扣分原因和依据", stretch=3),
    )
    rows = tuple(_indicator(story) for story in part.indicators)
    words = () if rows else ("没有指标得分。",)
    return StorySection("指标得分", part.clause, words, columns if rows else (), rows)


def _indicator(story: IndicatorStory) -> tuple[str, ...]:
    score, target = story.score, story.target
    code, name = (
        (score.indicator, score.name) if score else (target.code, target.name) if target else ("", "")
    )
    full = score.full if score else target.full if target else None
    told = [target.target and f"目标：{target.target}"] if target else []
    told += [_declared(story.declared)] if story.declared else []
    if score:
        told += [
            score.completion and f"完成情况：{score.completion}",
            score.basis,
            score.scorer and f"评分人：{score.scorer}",
            f"回避：{'、'.join(score.recused)}" if score.recused else "",
        ]
    told += [f"{note.manner.label}：{note.note}" for note in story.site_notes]
    return (
        f"{code}　{name}" if name and name != code else code,
        "—" if full is None else plain(full),
        "没有得分" if score is None else str(score.score),
        _lines(*told),
    )


def _declared(declared: DeclaredCompletion) -> str:
    parts = ["完成" if declared.completed else "未完成", declared.completion, declared.reason]
    parts += [f"整改：{declared.remedy}"] if declared.remedy else []
    return f"自评：{'，'.join(part for part in parts if part)}"


def supervision(part: IndicatorPart) -> tuple[StorySection, ...]:
    """The ledger and the self-assessment, where there are any; they give no points of their own."""
    entries = sorted(
        (*part.ledger, *(entry for story in part.indicators for entry in story.ledger)),
        key=lambda entry: entry.held_on,
    )
    made = []
    if entries:
        columns = (StoryColumn("日期"), StoryColumn("方式"), StoryColumn("督查情况", stretch=1))
        rows = tuple(
            (
                entry.held_on.isoformat(),
                entry.manner.label,
                _lines(
                    f"指标{entry.indicator}：{entry.finding}" if entry.indicator else entry.finding,
                    entry.progress and f"进度：{entry.progress}",
                    entry.inspector and f"督查人：{entry.inspector}",
                ),
            )
            for entry in entries
        )
        made.append(StorySection("日常督查台账", columns=columns, rows=rows))
    report = part.self_assessment
    if report is not None:
        four = (
            ("任务完成情况", report.completion),
            ("主要做法", report.practice),
            ("实际效果与业绩", report.effect),
            ("存在的问题及改进措施", report.problems),
        )
        day = (f"{spoken_day(report.submitted_on)}报送。",) if report.submitted_on else ()
        said = tuple((name, words) for name, words in four if words)
        parts = (StoryColumn("部分"), StoryColumn("内容", stretch=1))
        made.append(StorySection("自评报告", "", day, parts if said else (), said))
    return tuple(made)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
