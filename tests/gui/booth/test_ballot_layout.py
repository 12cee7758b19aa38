"""Do all rows fit, are they high enough, and are the pages of equal size?"""

from dataclasses import replace

import pytest

from gaoxin_vote.gui.booth.ballot_layout import BallotLayout, LayoutMeasures, ListedUnit, arrange

SCREEN = LayoutMeasures(
    width=1318,
    height=610,
    columns=2,
    least_row=34,
    most_row=56,
    gap=3,
    heading=26,
    column_gap=24,
    least_column=560,
    most_column=980,
)


def units(number: int) -> list[ListedUnit]:
    """Two classes, as in 2017."""
    return [ListedUnit("机关部门" if place <= 22 else "街道", place) for place in range(1, number + 1)]


def check(layout: BallotLayout, number: int, measures: LayoutMeasures) -> None:
    """Every unit stands once, inside the screen, over no other."""
    places = [place for page in layout.pages for place in page.places]
    assert [place.index for place in places] == list(range(number))
    assert len({(place.width, place.height) for place in places}) == 1, "all rows are of one size"
    sizes = [len(page.places) for page in layout.pages]
    assert max(sizes) - min(sizes) <= 1, "pages are of equal size"
    for page in layout.pages:
        boxes = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in (*page.places, *page.headings)]
        for left, top, right, bottom in boxes:
            assert left >= 0 and top >= 0 and right <= measures.width and bottom <= measures.height
        for place, box in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
                assert apart


@pytest.mark.parametrize("number", [1, 2, 5, 8, 9, 24, 25, 26, 27, 53, 60, 100])
@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("least", [34, 48])
def test_every_unit_has_its_place(number: int, columns: int, least: int) -> None:
    height = 610 if least == 34 else 880
    measures = replace(SCREEN, columns=columns, least_row=least, height=height, width=1318 * least // 34)
    layout = arrange(units(number), measures)
    check(layout, number, measures)
    assert layout.pages[0].places[0].height >= least


def test_twenty_five_units_are_seen_at_once_in_two_columns_grouped_by_class() -> None:
    layout = arrange(units(25), SCREEN)
    (page,) = layout.pages
    assert [sum(place.column == column for place in page.places) for column in (0, 1)] == [13, 12]
    assert [heading.text for heading in page.headings] == [
        "机关部门（1–13）",
        "机关部门（14–22）",
        "街道（23–25）",
    ]


@pytest.mark.parametrize(("number", "pages"), [(26, 1), (27, 2), (52, 2), (53, 3), (60, 3), (100, 4)])
def test_more_than_twenty_six_units_are_paged(number: int, pages: int) -> None:
    assert len(arrange(units(number), SCREEN).pages) == pages


def test_large_type_takes_more_pages_and_narrow_columns_are_given_up() -> None:
    assert len(arrange(units(25), replace(SCREEN, least_row=50)).pages) == 2
    wide = arrange(units(25), replace(SCREEN, least_column=700))
    assert {place.column for page in wide.pages for place in page.places} == {0}
    check(wide, 25, SCREEN)


def test_a_screen_too_small_for_one_row_still_shows_each() -> None:
    layout = arrange(units(3), replace(SCREEN, height=40))
    assert [len(page.places) for page in layout.pages] == [1, 1, 1]


def test_numbers_with_gaps_are_counted() -> None:
    rows = [ListedUnit("未评", 4), ListedUnit("未评", 9), ListedUnit("机关部门", 1)]
    assert [heading.text for heading in arrange(rows, SCREEN).pages[0].headings] == [
        "未评（2个）",
        "机关部门（1）",
    ]


def test_left_and_right_go_to_the_column_beside_and_over_the_edge_of_the_page() -> None:
    layout = arrange(units(60), SCREEN)
    assert layout.beside(0, +1) == 10
    assert layout.beside(10, -1) == 0
    assert layout.beside(10, +1) == 20
    assert layout.beside(20, -1) == 10
    assert layout.beside(0, -1) == 0
    assert layout.beside(59, +1) == 59
    assert layout.page_of(19) == 0
    assert layout.page_of(20) == 1
