"""Which keys say what is added or deducted, and what bars a unit?"""

from datetime import date
from decimal import Decimal

from gaoxin_vote.domain.adjustment import CapMode, ClaimCategory
from gaoxin_vote.domain.event import Effect
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_values import Day, Flag, Labels, Named, Number, Text, Texts, Whole, Word

_GROUPABLE = tuple(category for category in ClaimCategory if category is not ClaimCategory.CITY_ITEM)

BONUS = Section(
    "bonus",
    "加分与减分",
    "加减分的分值、上限和申报期限。",
    (
        SchemeKey(
            "bonus.level_points",
            "各级别加分",
            Named(0, 100),
            "荣誉、发表各级别的加分。",
            clause="三（二）3",
            default=(("市级", Decimal(1)), ("省级", Decimal(2)), ("国家级", Decimal(3))),
            unit="分",
        ),
        SchemeKey(
            "bonus.city_item_points",
            "单项考核加减分",
            Named(-100, 100),
            "市级单项工作考核各等次的加减分。",
            clause="三（二）3",
            default=(
                ("优秀", Decimal(1)),
                ("良好", Decimal("0.5")),
                ("合格", Decimal(0)),
                ("不合格", Decimal(-1)),
            ),
            unit="分",
        ),
        SchemeKey(
            "bonus.innovation_min",
            "创新加分下限",
            Number(0, 100, points=True),
            "重大创新的核定分值不能低于它。",
            clause="三（二）3",
            default=Decimal(1),
            unit="分",
        ),
        SchemeKey(
            "bonus.innovation_max",
            "创新加分上限",
            Number(0, 100, points=True),
            "重大创新的核定分值不能高于它。",
            clause="三（二）3",
            default=Decimal(3),
            unit="分",
        ),
        SchemeKey(
            "bonus.cap",
            "加减分上限",
            Number(0, 1000, points=True),
            "单个单位加（减）分的上限。",
            clause="三（二）3",
            ambiguity="A19",
            default=Decimal(10),
            unit="分",
        ),
        SchemeKey(
            "bonus.cap_mode",
            "上限怎样用",
            Word(CapMode),
            "有加有减时，先限后抵还是先抵后限。",
            ambiguity="A19",
            default=CapMode.SEPARATE,
        ),
        SchemeKey(
            "bonus.deadline",
            "申报截止日",
            Day(),
            "加分申报在此日之前送达才计入；减分没有期限。",
            clause="三（二）3",
            ambiguity="A23",
            default=date(2018, 1, 10),
        ),
        SchemeKey(
            "bonus.deadline_inclusive",
            "截止日当天算按时",
            Flag(),
            "截止日当天送达的是否计入。",
            ambiguity="A23",
            default=True,
        ),
        SchemeKey(
            "bonus.season_days",
            "申报季",
            Whole(0, 366),
            "截止日后多少天内，日期仍视为属于本年度；超出的只作提示。",
            ambiguity="A39",
            default=90,
            unit="天",
        ),
        SchemeKey(
            "bonus.same_matter_categories",
            "同一事项只计一次",
            Labels(_GROUPABLE),
            "这些类别内，同一事项只计最高级别。",
            clause="三（二）3",
            ambiguity="A20",
            default=(ClaimCategory.HONOUR, ClaimCategory.PUBLICATION),
        ),
    ),
    "bonus",
)

BARRING = Section(
    "barring",
    "取消资格",
    "取消评为优秀、良好资格的情形怎样计算。",
    (
        SchemeKey(
            "barring.fail_kinds",
            "几种即不合格",
            Whole(1, 99),
            "有几种及以上取消优良资格情形即为不合格。",
            clause="四（五）",
            default=3,
            unit="种",
        ),
        SchemeKey(
            "barring.veto_areas_count_separately",
            "各领域分别计算",
            Flag(),
            "不同领域的“一票否决”是否各算一种。",
            ambiguity="A25",
            default=False,
        ),
    ),
    "barring",
)

KIND = Section(
    "barring.kinds.*",
    "取消优良资格情形",
    "取消资格的各种情形，逐项列出。",
    (
        SchemeKey(
            "barring.kinds.*.code",
            "情形代码",
            Text(empty=False),
            "登记情形时填写，各项不能相同。",
            ambiguity="A24",
        ),
        SchemeKey(
            "barring.kinds.*.text",
            "情形内容",
            Text(empty=False),
            "情形的全文，印在表上。",
            clause="四（四）、四（五）",
        ),
        SchemeKey(
            "barring.kinds.*.effect",
            "后果",
            Word(Effect),
            "直接不合格的情形须有领导小组的认定日期。",
            clause="四（四）、四（五）",
        ),
        SchemeKey(
            "barring.kinds.*.clause",
            "条款",
            Text(),
            "所依据的条款，说明等次由来时引用。",
            clause="四（四）、四（五）",
            required=False,
            absent="",
        ),
        SchemeKey(
            "barring.kinds.*.counts_as",
            "合算",
            Text(),
            "填另一情形的代码则与之合算一种，空为自成一种。",
            ambiguity="A24",
            required=False,
            absent="",
        ),
        SchemeKey(
            "barring.kinds.*.areas",
            "领域",
            Texts(),
            "“一票否决”的各个领域。",
            clause="四（四）",
            ambiguity="A25",
            required=False,
            absent=(),
        ),
    ),
    "barring.kinds",
)
