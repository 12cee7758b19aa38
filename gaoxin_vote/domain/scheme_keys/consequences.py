"""Which keys say what follows from a grade?"""

from decimal import Decimal

from gaoxin_vote.domain.consequence import AccountabilityMode, StaffRounding
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_values import Number, PerGrade, Word
from gaoxin_vote.domain.standing import LastScope

STAFF = Section(
    "staff",
    "工作人员优秀比例",
    "单位的等次决定其工作人员年度考核优秀的比例。",
    (
        SchemeKey(
            "staff.ratio",
            "各等次比例",
            PerGrade(0, 1),
            "各等次单位工作人员年度考核优秀的比例。",
            clause="五（一）",
            default=(Decimal("0.2"), Decimal("0.15"), Decimal("0.1"), Decimal(0)),
            field="staff_ratio",
        ),
        SchemeKey(
            "staff.rounding",
            "人数取整",
            Word(StaffRounding),
            "比例算出的人数不成整数时怎样取整。",
            ambiguity="A31",
            default=StaffRounding.FLOOR,
            field="staff_rounding",
        ),
        SchemeKey(
            "staff.total_cap",
            "总数控制",
            Number(0, 1),
            "全部工作人员优秀比例的上限；超过只提示，不自动削减。",
            clause="五（一）",
            ambiguity="A31",
            default=Decimal("0.15"),
            field="staff_total_cap",
        ),
    ),
    "consequence",
)

ACCOUNTABILITY = Section(
    "accountability",
    "行政问责",
    "排名最后和不合格的单位怎样问责。",
    (
        SchemeKey(
            "accountability.mode",
            "问责重叠",
            Word(AccountabilityMode),
            "几项同时触发时取哪些；触发的情形总是全部列出。",
            ambiguity="A28",
            default=AccountabilityMode.HIGHEST_ONLY,
            field="accountability",
        ),
        SchemeKey(
            "accountability.last_scope",
            "排名最后",
            Word(LastScope),
            "在什么范围内排最后。",
            clause="五（三）",
            ambiguity="A27",
            default=LastScope.ALL_UNITS,
        ),
    ),
    "consequence",
)
