"""Do tables break only where they may?"""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gaoxin_vote.documents.page import NOTHING, Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.preview import text
from gaoxin_vote.documents.typeface import Face
from tests.documents.papers import boxes, page_texts, strays

HEAD = (TableRow((Cell("序号", 20, Face.HEAD), Cell("内容", 136, Face.HEAD)), 9),)


def numbered(number: int, lines: int, heads: bool = False) -> TableRow:
    return TableRow((Cell(f"甲{number}乙", 20), Cell("\n".join(["文"] * lines), 136)), 7, heads=heads)


def printed(rows: list[TableRow], tail: float) -> list[str]:
    sheet = OfficialSheet("试")
    sheet.title("试验表")
    sheet.table(rows, head=HEAD, tail=tail)
    if tail:
        sheet.signature_row(("总监票人",))
    return page_texts(sheet.finish())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=3, max_size=70))
@example([(1, False), *[(1, True)] * 5, *[(6, True)] * 3, (6, False), (6, False)])
@example([(6, False)] * 30)
@example([(1, False)] * 20 + [(6, False)] * 9)
def test_rows_stay_whole_in_order_and_signatures_have_company(shapes: list[tuple[int, bool]]) -> None:
    rows = [
        numbered(number, lines, heads and number < len(shapes) - 1)
        for number, (lines, heads) in enumerate(shapes)
    ]
    texts = printed(rows, tail=20)
    found = [[int(number) for number in re.findall("甲([0-9]+)乙", page)] for page in texts]
    assert [number for page in found for number in page] == list(range(len(rows)))
    for page, numbers in zip(texts, found, strict=True):
        assert numbers, "a page without rows"
        lines = sum(shapes[number][0] for number in numbers)
        assert page.count("文") == lines
        assert "序号内容" in page
    assert len(texts) == 1 or len(found[-1]) >= 2
    assert "总监票人" in texts[-1]
    assert ["（续）" in page for page in texts] == [False] + [True] * (len(texts) - 1)


@pytest.mark.parametrize("rows", range(24, 34))
def test_a_heading_row_never_ends_a_page(rows: int) -> None:
    for heading in range(20, rows - 1):
        texts = printed([numbered(number, 1, number == heading) for number in range(rows)], tail=20)
        for page in texts:
            numbers = [int(number) for number in re.findall("甲([0-9]+)乙", page)]
            assert numbers[-1] != heading


def test_no_cell_stays_empty() -> None:
    sheet = OfficialSheet("试")
    sheet.table((TableRow((Cell("左", 52), Cell("", 52), Cell("右", 52))),))
    assert f"左{NOTHING}右" in page_texts(sheet.finish())[0]


def test_a_long_cell_is_set_smaller_then_broken() -> None:
    sheet = OfficialSheet("试")
    sheet.table((TableRow((Cell("国有土地上房屋征收管理办公室" * 4, 50), Cell("有", 106))),))
    pdf = sheet.finish()
    assert "国有土地上房屋征收管理办公室" * 4 in page_texts(pdf)[0]
    assert strays(pdf) == []


@pytest.mark.parametrize("size", [22, 18])
def test_a_title_that_is_broken_leaves_no_word_alone(size: int) -> None:
    sheet = OfficialSheet("试")
    sheet.title("高新区2017年度目标任务考核服务对象满意度评议（第2次）", size=size, least=size)
    first, last = [line for line in text(sheet.finish()).splitlines() if "—" not in line]
    assert min(len(first), len(last)) >= 10 and last.endswith("（第2次）")


def test_a_number_is_set_smaller_and_never_torn() -> None:
    sheet = OfficialSheet("试")
    cells = (Cell("7654321", 8), Cell("截至2018年1月10日共123456789张", 20), Cell("有", 128))
    sheet.table((TableRow(cells),))
    pdf = sheet.finish()
    for number in ("7654321", "123456789"):
        found = boxes(pdf, number)
        assert found and all(top - bottom < 12 for _, bottom, _, top in found), "torn in two"


def test_odd_pages_are_numbered_at_the_right_and_even_ones_at_the_left() -> None:
    from pypdfium2 import PdfDocument

    sheet = OfficialSheet("试")
    sheet.new_page()
    with PdfDocument(sheet.finish()) as document:
        places = []
        for page in document:
            layer = page.get_textpage()
            places.append(layer.get_charbox(0)[0])
            layer.close()
            page.close()
    assert places[0] > 450 and 79 < places[1] < 120


@pytest.mark.parametrize("rows", range(24, 34))
def test_the_last_row_is_never_alone(rows: int) -> None:
    last = printed([numbered(number, 1) for number in range(rows)], tail=0)[-1]
    assert f"甲{rows - 2}乙" in last and f"甲{rows - 1}乙" in last


@pytest.mark.parametrize("lines", range(18, 30))
def test_what_is_signed_together_stays_together(lines: int) -> None:
    sheet = OfficialSheet("试")
    for _ in range(lines):
        sheet.text("考核办公室", size=16)
    sheet.signatures(("总监票人", "监票人"))
    pdf = sheet.finish()
    assert strays(pdf) == []
    assert "总监票人（签字）：监票人（签字）：年月日" in page_texts(pdf)[-1]


@pytest.mark.parametrize("rows", range(22, 40))
def test_the_last_page_of_a_long_table_has_several_rows(rows: int) -> None:
    sheet = OfficialSheet("表")
    sheet.table([TableRow((Cell(f"行{number}", 156),)) for number in range(rows)], tail=25)
    shown = page_texts(sheet.finish())
    assert len(shown) == 1 or shown[-1].count("行") >= 5
