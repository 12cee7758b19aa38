"""Which keys say how many places there are, and who comes first?"""

from decimal import Decimal

from gaoxin_vote.domain.quota import QuotaMode, Vacancy
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_values import ClassPlaces, Flag, Number, Order, Whole, Word

QUOTA = Section(
    "quota",
    "等次名额",
    "优秀、良好各有多少名额，给谁。",
    (
        SchemeKey(
            "quota.by_class",
            "分类别确定",
            Flag(),
            "名额按类别分别确定，还是全部单位一起排。",
            clause="四",
            ambiguity="A13、A14",
            default=True,
        ),
        SchemeKey(
            "quota.mode",
            "名额怎样取整",
            Word(QuotaMode),
            "比例不成整数时怎样变成名额。",
            ambiguity="A12",
            default=QuotaMode.FIXED_TOTAL,
        ),
        SchemeKey(
            "quota.excellent_ratio",
            "优秀比例",
            Number(0, 1),
            "优秀名额占单位数的比例。",
            clause="四（一）",
            default=Decimal("0.3"),
        ),
        SchemeKey(
            "quota.good_ratio",
            "良好比例",
            Number(0, 1),
            "良好名额占单位数的比例；与优秀比例之和不能大于1。",
            clause="四（二）",
            default=Decimal("0.4"),
        ),
        SchemeKey(
            "quota.excellent_total",
            "优秀总数",
            Whole(0, 99999),
            "优秀名额总数，只在固定总数时用。",
            clause="四（一）",
            ambiguity="A12",
            default=7,
            unit="个",
        ),
        SchemeKey(
            "quota.good_total",
            "良好总数",
            Whole(0, 99999),
            "良好名额总数，只在固定总数时用。",
            clause="四（二）",
            ambiguity="A12",
            default=10,
            unit="个",
        ),
        SchemeKey(
            "quota.manual",
            "逐类名额",
            ClassPlaces(),
            "每个类别的名额，只在逐类指定时用，这时必须填。",
            ambiguity="A12",
            default=(),
            required=False,
            absent=(),
        ),
        SchemeKey(
            "quota.vacancy",
            "空出的名额",
            Word(Vacancy),
            "被取消资格的单位空出的名额怎么办。",
            ambiguity="A15",
            default=Vacancy.PASS_DOWN,
        ),
        SchemeKey(
            "quota.excellent_min",
            "优秀最低分",
            Number(0, 1000, points=True),
            "评为优秀至少要多少综合得分；不高于合格线时即合格线。",
            ambiguity="A16",
            default=Decimal(0),
            unit="分",
            least="pass_line",
        ),
        SchemeKey(
            "quota.good_min",
            "良好最低分",
            Number(0, 1000, points=True),
            "评为良好至少要多少综合得分；不高于合格线时即合格线。",
            ambiguity="A16",
            default=Decimal(0),
            unit="分",
            least="pass_line",
        ),
    ),
    "quota",
)

TIES = Section(
    "ties",
    "并列",
    "综合得分相同时怎么办。",
    (
        SchemeKey(
            "ties.order",
            "依次比较",
            Order(),
            "综合得分相同时依次比较什么。",
            ambiguity="A17",
        ),
        SchemeKey(
            "ties.use_decisions",
            "采用并列决定",
            Flag(),
            "是否采用领导小组对并列的决定。",
            ambiguity="A17",
            default=True,
        ),
        SchemeKey(
            "ties.equal_grade",
            "并列同等次",
            Flag(),
            "各项完全相同的单位可否同等次，不受名额限制。",
            ambiguity="A17",
            default=False,
        ),
    ),
    "ties",
)
