"""Which keys hold other names of units, and the clauses that the explanation cites?"""

from gaoxin_vote.domain.scheme import Clause
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_values import Text

_NOTICED = {
    Clause.INDICATOR: "三（一）1",
    Clause.RATING: "三（一）2",
    Clause.BONUS: "三（二）3",
    Clause.COMPOSITE: "三（二）4",
    Clause.EXCELLENT: "四（一）",
    Clause.GOOD: "四（二）",
    Clause.PASS: "四（三）",
    Clause.BAR: "四（四）",
    Clause.FAIL: "四（五）",
    Clause.STAFF: "五（一）",
    Clause.HEAD: "五（一）",
    Clause.MONEY: "五（二）",
    Clause.ACCOUNTABILITY: "五（三）",
}

ALIAS = SchemeKey(
    "aliases.*",
    "其他名称",
    Text(empty=False),
    "导入文件时也认得的名称 = 单位名单上的名称。",
    ambiguity="A33",
)

ALIASES = Section(
    "aliases",
    "其他名称",
    "导入文件时认得的其他名称 = 单位名单上的名称；没有则空。",
    (ALIAS,),
    "aliases",
)

CLAUSES = Section(
    "clauses",
    "条款",
    "说明得分和等次由来时引用的条款；没有依据文件则空。",
    tuple(
        SchemeKey(
            f"clauses.{clause.value}",
            f"{clause.label}的条款",
            Text(),
            f"说明{clause.label}的由来时引用。",
            clause=_NOTICED[clause],
            default=_NOTICED[clause],
        )
        for clause in Clause
    ),
    "clauses",
)
