"""Are all letters there, and do lines break where they may?"""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.documents.canvas import draw_line, new_canvas
from gaoxin_vote.documents.preview import text
from gaoxin_vote.documents.typeface import (
    Face,
    Font,
    TypefaceReason,
    break_lines,
    require_glyphs,
    set_line,
    text_width,
)
from gaoxin_vote.errors import Refused


@pytest.mark.parametrize(
    "name", ["张喆", "李堃", "王玥", "赵赟", "钱犇", "孙翯", "周祎昇", "吴𬭎", "〔2017〕189号"]
)
def test_names_of_people_can_be_printed(name: str) -> None:
    require_glyphs(name)


@pytest.mark.parametrize("bad", ["😀", "\t", "\u200b", "\u0e01"])
def test_a_missing_character_is_named(bad: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_glyphs(f"建设{bad}局")
    assert refusal.value.reason is TypefaceReason.NO_GLYPH
    assert f"U+{ord(bad):04X}" in refusal.value.message
    assert "建设" in refusal.value.message


def test_drawing_refuses_what_would_be_blank() -> None:
    canvas = new_canvas(io.BytesIO(), "试")
    with pytest.raises(Refused):
        draw_line(canvas, "单位😀", 0, 0, Font(Face.TEXT, 12))


def test_every_face_copies_what_it_shows() -> None:
    for face in Face:
        buffer = io.BytesIO()
        canvas = new_canvas(buffer, "试")
        draw_line(canvas, "国有土地上房屋征收管理办公室𬭎—（2017）", 50, 500, Font(face, 14))
        canvas.showPage()
        canvas.save()
        assert text(buffer.getvalue()).strip() == "国有土地上房屋征收管理办公室𬭎—（2017）"


def test_numbers_stay_whole() -> None:
    lines = break_lines("考核办公室2017年度", Font(Face.TEXT, 10), 65)
    assert lines == ("考核办公室", "2017年度")


def test_a_line_neither_begins_with_a_closing_nor_ends_with_an_opening_mark() -> None:
    assert break_lines("甲乙丙丁，戊己", Font(Face.TEXT, 10), 41) == ("甲乙丙", "丁，戊己")
    assert break_lines("甲乙丙（丁）", Font(Face.TEXT, 10), 41) == ("甲乙丙", "（丁）")


def test_a_newline_begins_a_line() -> None:
    assert break_lines("弃权\n（含回避）", Font(Face.TEXT, 10), 200) == ("弃权", "（含回避）")


@given(st.text("办公室，。（）《》“”2017ab-/ ", max_size=60), st.integers(20, 120))
def test_nothing_is_lost_and_nothing_is_too_wide(words: str, width: int) -> None:
    lines = break_lines(words, Font(Face.TEXT, 10), width)
    assert "".join("".join(lines).split()) == "".join(words.split())
    hanging = 10 * 6
    assert all(text_width(line, Font(Face.TEXT, 10)) <= width + hanging for line in lines)


@pytest.mark.parametrize("name", ["𠮷田", "李㛃", "陳靝", "劉昞鑫", "王亖"])
def test_a_rare_name_is_drawn_from_the_supplement(name: str) -> None:
    require_glyphs(name)
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, "试")
    for face in Face:
        draw_line(canvas, f"总监票人：{name}（签字）", 50, 500, Font(face, 14))
        canvas.showPage()
    canvas.save()
    assert text(buffer.getvalue()).split() == [f"总监票人：{name}（签字）"] * len(Face)


def test_every_hanzi_of_gbk_can_be_printed() -> None:
    hanzi = "".join(map(chr, range(0x4E00, 0x9FA6)))
    require_glyphs(hanzi.encode("gbk", "ignore").decode("gbk"))


@pytest.mark.parametrize("face", Face)
def test_digits_of_a_table_have_equal_boxes(face: Face) -> None:
    font = Font(face, 11, tabular=True)
    assert len({round(text_width(digit * 4, font), 6) for digit in "0123456789"}) == 1
    pieces, width = set_line("71.17", font)
    assert "".join(piece.text for piece in pieces) == "71.17"
    assert [piece.left for piece in pieces] == sorted(piece.left for piece in pieces)
    assert width == pytest.approx(text_width("88.88", font))


def test_boxed_digits_are_still_one_number_for_who_copies_it() -> None:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, "试")
    draw_line(canvas, "得分91.17，收回11111张", 50, 500, Font(Face.TEXT, 11, tabular=True))
    canvas.showPage()
    canvas.save()
    assert text(buffer.getvalue()).strip() == "得分91.17，收回11111张"


def test_the_number_of_a_session_stays_whole() -> None:
    lines = break_lines("部门互评街道（第2次）", Font(Face.TEXT, 10), 92)
    assert lines == ("部门互评街道", "（第2次）")
