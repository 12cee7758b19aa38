"""Does the report print the figures that lie in the package, and nothing outside its page?"""

import json
import re
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from gaoxin_vote import __version__
from gaoxin_vote.documents.forms.form import Imprint, qr_text
from gaoxin_vote.documents.forms.tally_report import FORM, TallyReport
from gaoxin_vote.domain.codec import canonical_json, from_json
from gaoxin_vote.domain.tally import Reconciliation, UnitCount
from gaoxin_vote.errors import Refused
from tests.documents.papers import (
    HEAD_CORNER,
    LONG_NAME,
    NAMES,
    boxes,
    digest,
    figures,
    figures_digest,
    fonts,
    page_texts,
    render,
    self_rated,
    shows_qr,
    strays,
    tally_report,
    tally_row,
)


def test_the_first_page_says_who_met_and_what_was_counted() -> None:
    page, _ = page_texts(render(tally_report()))
    for words in (
        "记录编号：2017-P1-Kf7TqYw2AbCdEf（第1版）",
        "高新区2017年度目标任务考核",
        "部门互评计票结果报告单",
        "会议名称高新区2017年度目标任务考核部门互评",
        "时间2018年1月17日地点管委会三楼会议室",
        "主持人张三总监票人李四",
        "监票人王五、赵六计票人钱七、孙八",
        "应到（人）实到（人）发出（张）收回（张）有效（张）无效（张）",
        "2525252525",
        "作废换发1张遗失补发0张",
        "收回票数等于发出票数，本次测评有效。",
        "附件：计票统计表",
        "到场密钥保管人考核办、区纪委",
        "选票档案摘要" + digest("archive"),
        "汇总密文摘要" + digest("tally"),
        "选举文件摘要" + digest("election"),
        "开箱密钥指纹" + digest("trustees"),
        "总监票人（签字）：监票人（签字）：计票人（签字）：年月日",
        "—1—",
    ):
        assert words in page, words
    assert "演示" not in page


def test_the_table_has_every_unit_in_order_with_its_counts() -> None:
    report = tally_report()
    _, page = page_texts(render(report))
    assert page.startswith("—2—记录编号") or "附件高新区2017年度目标任务考核部门互评计票统计表" in page
    assert "序号单位优秀良好合格不合格弃权无效有效得分机关部门1办公室" in page
    assert page.index("街道(办事处)") < page.index("23华兴街道")
    for row in report.rows:
        counts = "".join(map(str, (*row.count.grades, row.count.abstained, row.count.void, row.count.valid)))
        assert f"{row.number}{row.name}{counts}{row.score}" in page, row
    sums = [sum(row.count.grades[index] for row in report.rows) for index in range(4)]
    abstained = sum(row.count.abstained or 0 for row in report.rows)
    assert f"合计{''.join(map(str, sums))}{abstained}0{sum(sums)}—" in page
    assert (
        "注：每行有效、弃权、无效之和等于收回的25张减去本单位回避的票数。总监票人：监票人：计票人：年月日"
        in page
    )


def test_abstentions_that_nobody_knows_are_not_told_apart() -> None:
    rows = tuple(tally_row(number, 25, recusals=None) for number in range(1, 26))
    _, page = page_texts(render(tally_report(rows=rows)))
    assert "弃权（含回避）" in page
    assert "注：每行有效、弃权（含回避）、无效之和等于收回的25张。" in page
    first = rows[0].count
    assert f"1办公室{''.join(map(str, first.grades))}{first.blanks}0{first.valid}" in page


def test_no_note_where_the_rows_do_not_add_up_alike() -> None:
    rows = tally_report().rows
    odd = replace(rows[3], count=replace(rows[3].count, blanks=0, recusals=0))
    assert "注：" not in page_texts(render(tally_report(rows=(*rows[:3], odd, *rows[4:]))))[1]


def test_a_unit_without_a_valid_mark_has_no_score() -> None:
    row = tally_row(1, 1)
    empty = replace(row, score=None, count=replace(row.count, grades=(0, 0, 0, 0), blanks=25))
    assert "1办公室0000240" + "0—" in page_texts(render(tally_report(rows=(empty,))))[1]


@pytest.mark.parametrize(
    ("issued", "returned", "words"),
    [
        (25, 25, "收回票数等于发出票数，本次测评有效。"),
        (25, 24, "收回票数少于发出票数，本次测评有效。"),
        (25, 26, "收回票数多于发出票数，本次测评无效。"),
    ],
)
def test_the_verdict(issued: int, returned: int, words: str) -> None:
    numbers = Reconciliation(25, 25, issued, returned, returned, 0)
    assert words in page_texts(render(tally_report(reconciliation=numbers)))[0]


@pytest.mark.parametrize("marked", [1, 25])
def test_a_unit_that_rated_itself_is_told_on_both_pages(marked: int) -> None:
    first, *others = page_texts(render(self_rated(25, marked)))
    assert f"附件：计票统计表（标※的{marked}个单位由领导小组决定）到场密钥保管人" in first
    table = "".join(others)
    assert table.count("※") == marked + 1
    assert "※办公室1010500025" in table
    assert "或用遗失的和补发的票码条各投了一次。总监票人：" in table
    assert FORM.remarks(self_rated(25, marked))[0].startswith("※办公室有效25张")
    assert "※" not in "".join(page_texts(render(tally_report())))


def test_twenty_five_units_fit_on_one_page() -> None:
    assert len(page_texts(render(tally_report(25)))) == 2
    rows = tuple(tally_row(number, 25, recusals=None) for number in range(1, 26))
    assert len(page_texts(render(tally_report(rows=rows)))) == 2
    assert len(page_texts(render(self_rated(25, 25)))) == 2


@pytest.mark.parametrize(("units", "continued"), [(60, 1), (90, 2)])
def test_many_units_go_on_under_the_same_head(units: int, continued: int) -> None:
    texts = page_texts(render(tally_report(units)))
    assert ["（续）" in page for page in texts] == [False, False] + [True] * continued
    assert all("序号单位优秀良好合格不合格" in page for page in texts[1:])
    assert ["总监票人：监票人：计票人：" in page for page in texts[1:]] == [False] * continued + [True]
    numbers = [re.findall("—([0-9]+)—", page)[0] for page in texts]
    assert numbers == [str(number + 1) for number in range(len(texts))]


@pytest.mark.parametrize("units", range(20, 36))
def test_no_page_for_signatures_alone(units: int) -> None:
    texts = page_texts(render(tally_report(units)))
    last = texts[-1]
    assert "总监票人：" in last and "合计" in last
    assert tally_report(units).rows[-1].name in last
    assert not any(page.endswith(("机关部门", "街道(办事处)")) for page in texts)


@pytest.mark.parametrize("ballots", [10345, 84348, 9_999_999])
def test_large_numbers_stay_whole(ballots: int) -> None:
    grades = (ballots - 30, 10, 10, 4)
    rows = tuple(replace(row, count=UnitCount(row.code, grades, 3, None, 3)) for row in tally_report(26).rows)
    numbers = Reconciliation(ballots, ballots, ballots, ballots, ballots - 3, 3)
    pdf = render(tally_report(rows=rows, reconciliation=numbers, spoiled=ballots, lost=12345))
    with PdfDocument(pdf) as document:
        pages = range(len(document))
    for number, times in ((ballots - 30, 26), (26 * (ballots - 30), 1), (ballots, 5), (12345, 1)):
        found = [box for page in pages for box in boxes(pdf, str(number), page)]
        assert len(found) >= times
        assert all(top - bottom < 14 for _, bottom, _, top in found), "torn in two"
    assert strays(pdf) == []


def test_nothing_is_printed_outside_the_text_block() -> None:
    minutes = tally_report().minutes
    crowded = replace(
        minutes,
        place=LONG_NAME,
        chair=LONG_NAME,
        scrutineers=("欧阳某某", "司马某某", "上官某某", "诸葛某某", "夏侯某某"),
        tellers=("欧阳某某", "司马某某", "上官某某", "诸葛某某", "夏侯某某", "皇甫某某"),
    )
    rows = tuple(
        replace(tally_row(number, 60), name=LONG_NAME if number % 3 else NAMES[number % 25])
        for number in range(1, 61)
    )
    report = tally_report(
        rows=rows, minutes=crowded, opened_by=tuple(f"第{n}号密钥保管人" for n in range(1, 13)), sample=True
    )
    assert strays(render(report)) == []
    assert strays(render(tally_report())) == []


def test_the_sample_says_so_on_every_page() -> None:
    assert all("演示" in page for page in page_texts(render(tally_report(60, sample=True))))


def test_the_code_in_the_corner_of_each_page_is_number_and_digest() -> None:
    report = tally_report()
    pdf = render(report)
    said = qr_text(report.record_id, figures_digest(report))
    assert said == f"{report.record_id} {figures_digest(report)}"
    assert shows_qr(pdf, said, page=0, region=HEAD_CORNER)
    assert shows_qr(pdf, said, page=1, region=HEAD_CORNER)


def test_the_figures_lie_inside_the_file() -> None:
    report = tally_report()
    pdf = render(report)
    with PdfDocument(pdf) as document:
        assert document.count_attachments() == 1
        attached = document.get_attachment(0)
        assert attached.get_name() == "figures.json"
        content = bytes(attached.get_data())
    assert content == canonical_json(figures(report)).encode()
    assert digest(content.decode()) == figures_digest(report)


def test_the_figures_are_the_whole_report() -> None:
    report = tally_report()
    told: dict[str, Any] = json.loads(canonical_json(figures(report)))
    assert (told.pop("form"), told.pop("version"), told.pop("edition")) == ("F5", 1, 1)
    assert told.pop("program") == __version__
    assert from_json(TallyReport, told) == report


def test_any_changed_figure_changes_the_digest() -> None:
    report = tally_report()
    seen = {figures_digest(report)}
    for field in fields(report):
        value = getattr(report, field.name)
        other: Any
        match value:
            case bool():
                other = not value
            case int():
                other = value + 1
            case str():
                other = value + "x"
            case tuple():
                other = value[:-1]
            case _:
                continue
        seen.add(figures_digest(replace(report, **{field.name: other})))
    row = report.rows[4]
    for changed in (
        replace(row, score=Decimal("9.99")),
        replace(row, count=replace(row.count, grades=(0, *row.count.grades[1:]))),
        replace(row, count=replace(row.count, recusals=None)),
    ):
        seen.add(figures_digest(replace(report, rows=(*report.rows[:4], changed, *report.rows[5:]))))
    seen.add(figures_digest(replace(report, reconciliation=replace(report.reconciliation, returned=24))))
    seen.add(figures_digest(replace(report, minutes=replace(report.minutes, chair="某"))))
    assert len(seen) == 1 + 15 + 3 + 2


def test_a_sheet_is_drawn_anew_from_its_figures_alone() -> None:
    rows = tuple(replace(row, score=Decimal(f"{row.number % 10}.00")) for row in tally_report().rows)
    for report in (tally_report(), tally_report(60, sample=True), tally_report(rows=rows)):
        told = json.loads(canonical_json(figures(report)))
        assert FORM.read(told) == (report, Imprint(1))
        assert FORM.edition(*FORM.read(told)) == render(report)


def test_figures_that_leave_something_out_are_not_drawn() -> None:
    told: dict[str, Any] = json.loads(canonical_json(figures(tally_report())))
    for change in (
        lambda: told["minutes"].pop("chair"),  # would read back as its default
        lambda: told.update(version=True),
        lambda: told.update(edition=0),
        lambda: told.update(edition=True),
        lambda: told.pop("edition"),
        lambda: told.update(program=1),
        lambda: told.update(surprise=1),
        lambda: told.pop("rows"),
    ):
        kept = json.loads(canonical_json(told))
        change()
        with pytest.raises(Refused):
            FORM.read(told)
        told.clear()
        told.update(kept)


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        (("9.00", "8.5"), ("9.00", "8.50")),
        (("9.1250", "8"), ("9.125", "8.000")),
        ((None, "0"), ("—", "0.00")),
    ],
)
def test_all_scores_have_as_many_decimals(scores: tuple[str | None, ...], shown: tuple[str, ...]) -> None:
    rows = tuple(
        replace(row, score=None if score is None else Decimal(score))
        for row, score in zip(tally_report(2).rows, scores, strict=True)
    )
    page = page_texts(render(tally_report(rows=rows)))[1]
    assert all(f"{row.count.valid}{score}" in page for row, score in zip(rows, shown, strict=True))


def test_equal_reports_are_equal_files_in_bundled_fonts() -> None:
    pdf = render(tally_report())
    assert pdf == render(tally_report())
    assert all(re.match(r"[A-Z]{6}\+NotoS", name) for name in fonts(pdf))
    assert len({name.partition("+")[2] for name in fonts(pdf)}) == 4


def test_a_name_that_cannot_be_printed_is_refused() -> None:
    rows = tally_report(3).rows
    with pytest.raises(Refused, match="U\\+1F600"):
        render(tally_report(rows=(replace(rows[0], name="建设😀局"), *rows[1:])))


def test_a_title_of_its_own_is_kept_whole() -> None:
    page = page_texts(render(tally_report(title="某某区2017年度测评")))[0]
    assert "某某区2017年度测评计票结果报告单" in page


def test_a_draft_says_so_on_every_page_and_is_no_evidence() -> None:
    for sample, words in ((False, "草稿"), (True, "演示草稿")):
        pdf = FORM.paper(tally_report(60, sample=sample))
        assert all(words in page for page in page_texts(pdf))
        with PdfDocument(pdf) as document:
            assert document.count_attachments() == 0
    assert not any("草稿" in page for page in page_texts(render(tally_report())))


def test_an_edition_says_which_it_is() -> None:
    second = FORM.edition(tally_report(), Imprint(2))
    assert all("Kf7TqYw2AbCdEf（第2版）" in page for page in page_texts(second))
    assert strays(second) == []
