"""Which keys name the scheme, and which say what a score is?"""

from decimal import Decimal

from gaoxin_vote.domain.scheme import RoundStage
from gaoxin_vote.domain.scheme_key import NOTICE, SchemeKey, Section, Until
from gaoxin_vote.domain.scheme_values import Number, Text, Whole, Word

YEARS = range(2000, 3000)
"""The years that can be assessed."""

TOP = Section(
    "",
    "方案",
    "方案的名称、依据和年度。",
    (
        SchemeKey(
            "title",
            "方案名称",
            Text(empty=False),
            "印在各种报表上。",
            clause="标题",
            default="高新区2017年度目标任务考核",
            until=Until.PREPARED,
        ),
        SchemeKey(
            "document",
            "依据文件",
            Text(),
            "所依据的文件号，印在表上；没有则空。",
            clause="文号",
            default=NOTICE,
            until=Until.PREPARED,
        ),
        SchemeKey(
            "year",
            "考核年度",
            Whole(YEARS[0], YEARS[-1]),
            "往年结果按此推算。",
            clause="标题",
            default=2017,
            until=Until.BEGUN,
        ),
    ),
)

SCORE = Section(
    "score",
    "得分",
    "百分制得分的组成和取整。",
    (
        SchemeKey(
            "score.decimals",
            "小数位数",
            Whole(1, 4),
            "得分保留几位小数，四舍五入。",
            ambiguity="A18",
            default=2,
            unit="位",
        ),
        SchemeKey(
            "score.round_stage",
            "何处取整",
            Word(RoundStage),
            "各部分先取整时，表上各数相加等于合计；只在综合得分取整时，各部分仅供显示。",
            ambiguity="A18",
            default=RoundStage.COMPONENT,
        ),
        SchemeKey(
            "score.indicator_full",
            "指标评估满分",
            Number(0, 1000, points=True),
            "各单位指标分值之和须等于它。",
            clause="三（一）1",
            default=Decimal(80),
            unit="分",
        ),
        SchemeKey(
            "score.pass_line",
            "合格线",
            Number(0, 100, points=True),
            "低于此分为不合格，等于此分为合格。",
            clause="四（三）、四（五）",
            default=Decimal(60),
            unit="分",
        ),
    ),
)
