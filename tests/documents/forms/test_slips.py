"""Does every voter get one slip, with a code that can be read by people and by scanners?"""

import os
import re
import sys
import tempfile

import pytest

from gaoxin_vote.documents.canvas import MM
from gaoxin_vote.documents.forms.slips import SlipPrint, render_slips
from gaoxin_vote.documents.preview import text
from gaoxin_vote.errors import Refused
from tests.documents.papers import LONG_NAME, NAMES, boxes, collide, fonts, page_texts, shows_qr

TITLE = "高新区2017年度目标任务考核 部门互评"


def slips(number: int, *, named: bool = False, spares: int = 0) -> list[SlipPrint]:
    codes = [" ".join(f"{(n * 7919 + part * 10473) % 10000:04}" for part in range(4)) for n in range(99)]
    drawn = [SlipPrint(codes[n], NAMES[n % 25] if named else "", False) for n in range(number)]
    return [*drawn, *(SlipPrint(codes[number + n], "", True) for n in range(spares))]


def printed_codes(pdf: bytes) -> list[str]:
    return re.findall(r"\d{4} \d{4} \d{4} \d{4}", text(pdf))


def test_one_slip_each_in_order_ten_to_a_page() -> None:
    printed = slips(25, named=True, spares=5)
    pdf = render_slips(printed, title=TITLE)
    assert printed_codes(pdf) == [slip.code for slip in printed]
    assert [len(re.findall(r"\d{16}", page)) for page in page_texts(pdf)] == [10, 10, 10]


def test_a_named_slip_bears_the_unit_and_a_drawn_one_nobody() -> None:
    named = "".join(page_texts(render_slips(slips(25, named=True), title=TITLE)))
    drawn = "".join(page_texts(render_slips(slips(25), title=TITLE)))
    assert all(name in named for name in NAMES) and "票码条" not in named
    assert not any(name in drawn for name in NAMES) and drawn.count("票码条") == 25


def test_spares_are_marked() -> None:
    whole = "".join(page_texts(render_slips(slips(9, spares=3), title=TITLE)))
    assert whole.count("备用") == 3
    assert whole.count("一码一票，投后失效。请妥善保管，勿示他人。") == 12


def test_the_code_can_be_scanned() -> None:
    printed = slips(4)
    pdf = render_slips(printed, title=TITLE)
    for number, slip in enumerate(printed):
        row, column = divmod(number, 2)
        right, top = (105 + column * 95) * MM, (286 - row * 55) * MM
        corner = (right - 34 * MM, top - 31 * MM, right - 1 * MM, top - 1 * MM)
        assert shows_qr(pdf, slip.code.replace(" ", ""), page=0, region=corner)


_written: list[str] | None = None


def _note_writing(event: str, arguments: tuple[object, ...]) -> None:
    if _written is not None and event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            _written.append(str(path))


def test_no_trace_on_disk() -> None:
    global _written
    sys.addaudithook(_note_writing)
    _written = []
    try:
        render_slips(slips(25), title=TITLE)
        assert _written == []
        with tempfile.TemporaryFile():
            assert _written != []
    finally:
        _written = None


def test_only_bundled_fonts() -> None:
    assert all(re.match(r"[A-Z]{6}\+NotoS", name) for name in fonts(render_slips(slips(12), title=TITLE)))


def test_the_same_slips_are_the_same_file() -> None:
    assert render_slips(slips(3), title=TITLE) == render_slips(slips(3), title=TITLE)


def test_long_names_and_titles_stay_on_the_slip() -> None:
    long = [SlipPrint("1234 5678 9012 3456", LONG_NAME, True)] * 10
    title = "某某高新技术产业开发区2017年度目标任务完成情况综合考核评价 领导评议·其他班子成员（第12次）"
    pdf = render_slips(long, title=title)
    whole = page_texts(pdf)
    assert len(whole) == 1 and whole[0].count(LONG_NAME) == 10


@pytest.mark.parametrize("name", ["", "信访局", "国有土地上房屋征收管理办公室", LONG_NAME])
@pytest.mark.parametrize("contest", ["领导评议", "服务对象和企业群众满意度测评及部门协作配合情况综合评议"])
def test_nothing_on_a_slip_stands_on_anything_else(name: str, contest: str) -> None:
    title = f"高新区2017年度目标任务考核 {contest}（第2次）"
    pdf = render_slips([SlipPrint("1234 5678 9012 3456", name, True)], title=title)
    (spare,) = boxes(pdf, "备用")
    frame = (spare[0] - 5, spare[1] - 4, spare[2] + 5, spare[3] + 4)
    qr = ((105 - 5 + 2 - 25) * MM, (286 - 5 + 2 - 25) * MM, (105 - 3) * MM, (286 - 3) * MM)
    others = [*boxes(pdf, "高新区2017年度目标任务考核"), *boxes(pdf, "（第2次）"), *boxes(pdf, "1234")]
    others += [box for letter in dict.fromkeys(name or "票码条") for box in boxes(pdf, letter)]
    assert len(others) >= 6
    assert not any(collide(frame, other) or collide(qr, other) for other in others) and not collide(frame, qr)


def test_the_watermark_stands_on_every_slip() -> None:
    assert "".join(page_texts(render_slips(slips(3), title=TITLE, watermark="演示"))).count("演示") == 3


def test_a_name_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(Refused):
        render_slips([SlipPrint("1234 5678 9012 3456", "建设😀局", False)], title=TITLE)
