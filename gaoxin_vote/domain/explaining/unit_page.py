"""How is the derivation of a unit's result said, as sections to be read?"""

from collections.abc import Mapping

from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.explaining.entered import claims, indicators, supervision
from gaoxin_vote.domain.explaining.explanation import (
    EventStory,
    Explanation,
    OrderPart,
    PlacePart,
    RatingPart,
)
from gaoxin_vote.domain.explaining.section import News, StoryColumn, StorySection, UnitPage
from gaoxin_vote.domain.units import UnitCode

Names = Mapping[UnitCode, str]
"""The names of all units, by code."""
_NEWS = {Grade.EXCELLENT: News.DONE, Grade.GOOD: News.DONE, Grade.PASS: News.PLAIN, Grade.FAIL: News.STOP}
_NONE = "—"


def unit_page(told: Explanation, names: Names, ranked: int) -> UnitPage:
    """The page of a unit; `ranked` is how many units have a standing."""
    unit, order = told.unit, told.order
    place = [f"{unit.unit_class}，{unit.staff}人"]
    if order is not None:
        place += [f"第{order.rank}名（{ranked}个单位）", f"类内第{order.class_rank}名"]
    sections = (
        _composite(told),
        *([_events(told.events)] if told.events else []),
        *([_places(told.places, names)] if told.places else []),
        *([_neighbours(order, names)] if order else []),
        *(_marks(part) for part in told.ratings if part.groups),
        claims(told.adjustment),
        indicators(told.indicator),
        *supervision(told.indicator),
        *([_consequences(told)] if told.consequences else []),
        *([_history(told)] if told.history else []),
        *([StorySection("请留意", follows=True, words=told.notes)] if told.notes else []),
    )
    return UnitPage(unit.code, unit.name, "　".join(place), _news(told), _heading(told), _why(told), sections)


def _news(told: Explanation) -> News:
    if told.blockers or told.grade is None:
        return News.ATTENTION
    barred = bool(told.grade.kinds) and told.grade.final is Grade.PASS
    return News.ATTENTION if barred else _NEWS[told.grade.final]


def _heading(told: Explanation) -> str:
    if told.grade is None:
        return "还不能确定等次"
    final, computed = told.grade.final, told.grade.computed
    if final is not computed:
        return f"等次：{final.label}（领导小组决定；按方案计算为{computed.label}）"
    reached = told.places.reached if told.places else final
    short = f"，得分已够{reached.label}的名额" if reached is not final else ""
    return f"等次：{final.label}{short}"


def _why(told: Explanation) -> tuple[str, ...]:
    words = []
    if told.grade is not None:
        clause = f"（依据：{told.grade.clause}）" if told.grade.clause else ""
        words.append(f"{told.grade.words}{clause}")
        if told.grade.final is not told.grade.computed:
            words.append(told.grade.reason)
    words += [f"须先解决：{blocker}" for blocker in told.blockers]
    if told.grade is None and not told.blockers:
        words.append("综合得分还不能计算，见下面的各项得分。")
    return tuple(words)


def _composite(told: Explanation) -> StorySection:
    part = told.indicator
    scored = [story.score for story in part.indicators if story.score is not None]
    lost = "" if part.total is None else f"，扣{plain(part.full - part.total)}分"
    rows = [
        (
            f"指标评估（{plain(part.full)}）",
            _shown(part.total),
            f"{len(scored)}项指标得分合计{lost}" if scored else "没有指标得分",
            part.clause,
        ),
        *(
            (
                f"{rating.contest.title}（{plain(rating.full)}）",
                _shown(rating.score),
                _formula(rating),
                rating.clause,
            )
            for rating in told.ratings
        ),
        ("加减分", str(told.adjustment.net), told.adjustment.formula, told.adjustment.clause),
        ("综合得分", _shown(told.composite), told.composite_formula, told.composite_clause),
    ]
    columns = (
        StoryColumn("分项（满分）"),
        StoryColumn("得分", number=True),
        StoryColumn("计算", stretch=1),
        StoryColumn("依据"),
    )
    return StorySection(
        "综合得分的由来", columns=columns, rows=tuple(rows), marked=frozenset({len(rows) - 1})
    )


def _formula(part: RatingPart) -> str:
    """How the counts make the score; one line where all marks weigh the same."""
    if not part.groups:
        return part.formula
    exact = part.formula.partition("，")[0]
    only = part.groups[0].formula
    if len(part.groups) == 1 and only.endswith(f"＝{exact}"):
        return only + part.formula[len(exact) :]
    groups = (f"{group.group}：{group.formula}" if group.group else group.formula for group in part.groups)
    return "\n".join((*groups, part.formula))


def _marks(part: RatingPart) -> StorySection:
    """How many marks of each grade the unit got."""
    labels = [label for label, _ in part.groups[0].counts]
    apart = all(group.abstained is not None for group in part.groups)
    grouped = any(group.group for group in part.groups)
    heads = [*labels, "弃权" if apart else "弃权（含回避）", "无效", "有效票"]
    rows = []
    for group in part.groups:
        blanks = group.abstained if apart else group.blanks
        numbers = [*(times for _, times in group.counts), blanks, group.void, group.valid]
        weight = (f"{group.group}（权重{plain(group.weight)}）",) if grouped else ()
        rows.append((*weight, *(str(number) for number in numbers)))
    columns = [StoryColumn("组别")] if grouped else []
    columns += [StoryColumn(head, number=True) for head in heads]
    return StorySection(f"{part.contest.title}票数", part.clause, columns=tuple(columns), rows=tuple(rows))


def _neighbours(order: OrderPart, names: Names) -> StorySection:
    above = names.get(order.above, _NONE) if order.above else "没有（本单位在最前）"
    below = names.get(order.below, _NONE) if order.below else "没有（本单位在最后）"
    words = []
    if order.above:
        words.append(f"与前一名{above}分先后的是：{order.decided_above}。")
    if order.below:
        words.append(f"与后一名{below}分先后的是：{order.decided_below}。")
    if order.tied_with:
        words.append(f"与{_listed(order.tied_with, names)}各项完全相同。")
    if order.decision:
        words.append(f"领导小组决定先后的理由：{order.decision}")
    columns = (
        StoryColumn("依次比较", stretch=2),
        StoryColumn(f"前：{above}", number=True, stretch=2),
        StoryColumn("本单位", number=True, stretch=1),
        StoryColumn(f"后：{below}", number=True, stretch=2),
    )
    rows = tuple((line.key, line.above or _NONE, line.own, line.below or _NONE) for line in order.keys)
    return StorySection("与前后名次比较", follows=True, words=tuple(words), columns=columns, rows=rows)


def _places(part: PlacePart, names: Names) -> StorySection:
    words = [f"{part.scope}{part.size}个单位：{part.formula}。"]
    if part.nth is not None:
        words.append(f"得分排到{part.reached.label}的第{part.nth}个名额。")
    elif part.reached in (Grade.EXCELLENT, Grade.GOOD):
        words.append(f"得分已够{part.reached.label}的名额，因取消资格或不合格没有取得，{part.vacancy}。")
    else:
        words.append("得分没有排到优秀、良好的名额。")
    if part.barred_above:
        words.append(f"排在前面的{_listed(part.barred_above, names)}没有资格，{part.vacancy}。")
    return StorySection("优秀、良好名额", follows=True, words=tuple(words))


def _events(events: tuple[EventStory, ...]) -> StorySection:
    rows = []
    for story in events:
        event = story.event
        told = [story.text, event.area, event.description, event.evidence and f"凭据：{event.evidence}"]
        day = event.decided_on.isoformat() if event.decided_on else "未认定"
        rows.append(("\n".join(line for line in told if line), day, story.clause))
    columns = (StoryColumn("情形", stretch=1), StoryColumn("认定日期"), StoryColumn("依据"))
    return StorySection("取消优良资格情形", follows=True, columns=columns, rows=tuple(rows))


def _consequences(told: Explanation) -> StorySection:
    rows = tuple((line.matter, f"{line.outcome}\n{line.basis}", line.clause) for line in told.consequences)
    columns = (StoryColumn("事项", stretch=2), StoryColumn("结果和理由", stretch=3), StoryColumn("依据"))
    return StorySection("结果运用", follows=True, columns=columns, rows=rows)


def _history(told: Explanation) -> StorySection:
    columns = (
        StoryColumn("年度"),
        StoryColumn("名次", number=True),
        StoryColumn("等次"),
        StoryColumn("排名最后", stretch=1),
    )
    rows = tuple(
        (str(entry.year), str(entry.rank), entry.grade.label, "是" if entry.is_last else "否")
        for entry in told.history
    )
    return StorySection("历年考核结果", follows=True, columns=columns, rows=rows)


def _listed(codes: tuple[UnitCode, ...], names: Names) -> str:
    return "、".join(names.get(code, str(code)) for code in codes)


def _shown(value: object) -> str:
    return _NONE if value is None else str(value)
