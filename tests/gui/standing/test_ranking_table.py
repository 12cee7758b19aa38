"""Do classes stand under headings, with lines where places end, and bars as long as the scores?"""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel
from gaoxin_vote.gui.standing.ranking_table import PartsLegend, RankingTable, part_colours
from gaoxin_vote.gui.standing.state import RankingView, ScoreParts, ranking_views
from tests.domain.cases import case_inputs, toml_scheme
from tests.domain.factory import manual, small_year

HEADS = (Head("单位"), Head("综合得分", Align.NUMBER, width=200))
ROWS = (("甲", "90.00"), ("乙", "80.00"), ("丙", "70.00"), ("丁", "95.00"), ("戊", "60.00"))
VIEW = RankingView(
    "按类别",
    (0, 1, 2, 3, 4),
    (0, 0, 0, 1, 1),
    ((0, "机关部门　3个单位"), (3, "街道　2个单位")),
    ((0, "优秀名额1个到此为止"), (1, "良好名额1个到此为止")),
)
PARTS = tuple(ScoreParts((Decimal(score[:2]) - 10, Decimal(10)), Decimal(0)) for _, score in ROWS)


def views(inputs: AssessmentInputs) -> tuple[RankingView, ...]:
    record = assess(inputs)
    rest = tuple(outcome for outcome in record.outcomes if outcome.standing is None)
    return ranking_views(record, (*record.ranked, *rest))


def test_the_classes_of_2017_with_the_ends_of_their_places() -> None:
    by_class, overall = views(case_inputs())
    assert [view.title for view in (by_class, overall)] == ["按类别", "全部名次"]
    assert dict(by_class.headings) == {
        0: "机关部门　22个单位　优秀6、良好9",
        22: "街道(办事处)　3个单位　优秀1、良好1",
    }
    lines = dict(by_class.lines)
    assert lines[6] == "优秀名额6个到此为止"  # seven units, one of them barred
    assert lines[22] == "优秀名额1个到此为止"
    assert len(lines) == 4
    assert by_class.order != overall.order == tuple(range(25))
    assert (overall.lines, overall.headings, overall.groups) == ((), (), ())


def test_one_class_has_one_order_with_its_lines() -> None:
    (only,) = views(small_year(["70", "65", "60", "58"], scheme=toml_scheme(manual(机关部门=(1, 2)))))
    assert only.title == "全部名次"
    assert dict(only.lines) == {0: "优秀名额1个到此为止", 2: "良好名额2个到此为止"}


def test_places_that_nobody_reaches_are_said() -> None:
    scheme = toml_scheme(manual(机关部门=(3, 1)) | {"quota.excellent_min": 85})
    (only,) = views(small_year(["70", "65", "60"], scheme=scheme))
    assert dict(only.lines)[0] == "优秀名额3个只用1个"


def test_a_barred_unit_takes_no_place() -> None:
    scheme = toml_scheme(manual(机关部门=(1, 2)))
    (only,) = views(small_year(["70", "65", "60"], scheme=scheme, bars=[(2, "D1")]))
    assert dict(only.lines) == {0: "优秀名额1个到此为止", 1: "良好名额2个只用1个"}


def test_places_of_all_units_end_in_the_order_of_all() -> None:
    scheme = toml_scheme({})
    scheme = replace(scheme, quota=replace(scheme.quota, by_class=False))
    inputs = small_year(["70", "65", "60"], scheme=scheme, classes=["机关部门", "街道", "机关部门"])
    by_class, overall = views(inputs)
    assert by_class.lines == ()
    assert overall.lines != ()
    assert dict(by_class.headings)[0] == "机关部门　2个单位"
    assert by_class.order == (0, 2, 1)


@pytest.fixture
def table(qtbot: QtBot, dressed: None) -> RankingTable:
    made = RankingTable(RowsModel(HEADS, ROWS), "排名", "空")
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.show()
    made.show_view(VIEW, PARTS, 1)
    return made


def told(table: RankingTable) -> list[tuple[str, str, str]]:
    model = table.model()
    return [
        (table.above(place)[:2], model.index(place, 0).data(), table.below(place)[:2])
        for place in range(model.rowCount())
    ]


def test_headings_and_lines_have_their_room(table: RankingTable) -> None:
    assert told(table) == [
        ("机关", "甲", "优秀"),
        ("", "乙", "良好"),
        ("", "丙", ""),
        ("街道", "丁", ""),
        ("", "戊", ""),
    ]
    plain, look = table.rowHeight(2), theme.current()
    assert plain == look.px(32)
    assert table.rowHeight(0) > table.rowHeight(1) > plain
    assert table.rowHeight(3) > plain


def test_sorting_stays_within_the_classes_and_ends_the_lines(table: RankingTable) -> None:
    header = table.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert told(table) == [
        ("机关", "丙", ""),
        ("", "乙", ""),
        ("", "甲", ""),
        ("街道", "戊", ""),
        ("", "丁", ""),
    ]
    header.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert [name for _, name, _ in told(table)] == ["甲", "乙", "丙", "丁", "戊"]
    assert all(below == "" for _, _, below in told(table))
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert told(table)[0] == ("机关", "甲", "优秀")
    assert table.rowHeight(2) < table.rowHeight(1) < table.rowHeight(0)


def test_what_is_sorted_is_sorted_anew_when_the_classes_are_left(table: RankingTable) -> None:
    table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    table.show_view(replace(VIEW, groups=(), headings=(), lines=()), PARTS, 1)
    assert told(table) == [("", name, "") for name in "戊丙乙甲丁"]
    table.show_view(VIEW, PARTS, 1)
    assert [name for _, name, _ in told(table)] == ["丙", "乙", "甲", "戊", "丁"]


def test_what_is_searched_stands_alone(table: RankingTable) -> None:
    table.search(" 丁 ")
    assert told(table) == [("", "丁", "")]
    assert table.rows_in_view == (3,)
    assert table.rowHeight(0) == theme.current().px(32)
    table.copy()
    assert QGuiApplication.clipboard().text() == "单位\t综合得分\n丁\t95.00"
    table.search("没有的")
    assert told(table) == []
    blank = picture(table)
    table.search("也没有")
    assert picture(table) != blank  # the words are said
    table.search("")
    assert len(told(table)) == 5


def picture(table: RankingTable) -> QImage:
    return table.viewport().grab().toImage()


def shares(table: RankingTable, place: int) -> list[int]:
    """How many pixels of each colour the bar at this place has."""
    shown, index = picture(table), table.model().index(place, 1)
    middle = table.cell_rect(table.visualRect(index), place).center().y()
    across = range(table.visualRect(index).left(), table.visualRect(index).right())
    colours = [QColor(shown.pixel(x, middle)).name() for x in across]
    red = QColor(theme.current().colours.red)
    return [colours.count(colour.name()) for colour in (*part_colours(2), red)]


def test_bars_are_as_long_as_the_parts(table: RankingTable) -> None:
    best, contest, added, taken = shares(table, 3)
    assert (added, taken) == (0, 0)
    least = shares(table, 4)
    assert best / least[0] == pytest.approx(85 / 50, rel=0.08)
    assert contest == pytest.approx(least[1], abs=1)
    parts = (
        replace(PARTS[0], adjustment=Decimal(20)),
        replace(PARTS[1], adjustment=Decimal(-20)),
        *PARTS[2:],
    )
    table.show_view(VIEW, parts, 1)
    assert shares(table, 0)[2] == pytest.approx(shares(table, 0)[0] / 4, rel=0.2)
    assert shares(table, 0)[3] == 0
    assert shares(table, 1)[3] == 2  # both ends of the frame
    table.show_view(VIEW, parts, -1)
    assert sum(shares(table, 0)) == 0


def test_a_line_is_drawn_where_it_stands(table: RankingTable) -> None:
    green = QColor(theme.current().colours.green).name()
    shown = picture(table)

    def has_green(place: int) -> bool:
        top = table.rowViewportPosition(place)
        points = ((x, y) for y in range(top, top + table.rowHeight(place)) for x in range(shown.width() // 2))
        return any(QColor(shown.pixel(x, y)).name() == green for x, y in points)

    assert [has_green(place) for place in range(5)] == [True, False, False, False, False]


def test_the_legend_names_every_part(qtbot: QtBot, dressed: None) -> None:
    legend = PartsLegend()
    qtbot.addWidget(legend)
    legend.name_parts(("指标", "领导评议", "加分"))
    legend.name_parts(("指标", "领导评议", "部门互评", "加分"))
    legend.show()
    assert legend.layout().count() == 12


def test_the_legend_has_the_colours_of_the_bars_in_every_look(
    qapp: QApplication, qtbot: QtBot, dressed: None
) -> None:
    legend = PartsLegend()
    qtbot.addWidget(legend)
    legend.name_parts(("指标", "领导评议", "加分"))
    legend.show()
    for look in (Look(), Look(high_contrast=True)):
        theme.apply(qapp, look)
        swatches = [legend.layout().itemAt(place).widget() for place in (0, 3, 6)]
        seen = [QColor(swatch.grab().toImage().pixel(4, 4)).name() for swatch in swatches]
        assert seen == [colour.name() for colour in part_colours(2)]
