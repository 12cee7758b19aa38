"""Do the papers of the ceremony and the meeting say what they must?"""

import re
from datetime import date

import pytest

from gaoxin_vote.belenios.compact import sha256_base64
from gaoxin_vote.documents.forms import ceremony_record, roll_sheet, tally_hash_sheet, tracker_list
from gaoxin_vote.documents.forms.ceremony_record import CeremonyRecord
from gaoxin_vote.documents.forms.roll_sheet import RollSheet
from gaoxin_vote.documents.forms.tally_hash_sheet import TallyHashSheet
from gaoxin_vote.documents.forms.tracker_list import TrackerList
from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.tracker import as_base64, groups, respelled
from tests.documents.papers import (
    HEAD_CORNER,
    LONG_NAME,
    NAMES,
    OFFICE,
    digest,
    fonts,
    page_texts,
    shows_qr,
    strays,
)

TITLE = "高新区2017年度目标任务考核"
TRUSTEES = ("考核办", "区纪委", "组织人事局")


def ceremony(
    names: tuple[str, ...] = TRUSTEES, *, sample: bool = False, number: int = 1, reason: str = ""
) -> CeremonyRecord:
    trustees, certificate = digest("trustees"), digest("certificate")
    return CeremonyRecord(
        office=OFFICE,
        year=2017,
        title=TITLE,
        held_on=date(2018, 1, 5),
        names=names,
        threshold=2,
        ceremony_id=digest("ceremony")[:32],
        number=number,
        reason=reason,
        trustees_fingerprint=trustees,
        certificate_fingerprint=certificate,
        sample=sample,
    )


def announced(trustees: tuple[str, ...] = TRUSTEES, *, sample: bool = False) -> TallyHashSheet:
    return TallyHashSheet(OFFICE, f"{TITLE}领导评议", digest("tally"), trustees, 9, sample)


def listed(electors: int = 25, *, sample: bool = False) -> RollSheet:
    roll = ElectoralRoll(tuple(Elector(f"U{n:02}", NAMES[n % 25]) for n in range(electors)))
    return RollSheet(OFFICE, f"{TITLE}部门互评", roll, sample)


def in_the_box(ballots: int = 9, *, sample: bool = False) -> TrackerList:
    trackers = tuple(sha256_base64(f"ballot {number}") for number in range(ballots))
    return TrackerList(f"{TITLE}领导评议", trackers, digest("tally"), sample)


def test_the_ceremony_record_spells_the_fingerprints() -> None:
    record = ceremony()
    check = f"{record.trustees_fingerprint[:32]}-{record.certificate_fingerprint[:32]}"
    pdf = ceremony_record.FORM.paper(record)
    (page,) = page_texts(pdf)
    for words in (
        "高新区2017年度目标任务考核密钥发放记录",
        f"发放编号：{record.ceremony_id}",
        f"主办单位{OFFICE}发放日期2018年1月5日",
        "3名密钥保管人中至少2人到场，与考核办共同使用密钥",
        f"核对指纹{check}",
        f"开箱密钥指纹{record.trustees_fingerprint}",
        f"签名证书指纹{record.certificate_fingerprint}",
        "1考核办2区纪委3组织人事局",
        f"{OFFICE}经办人",
        "年月日",
    ):
        assert words in page, words
    assert shows_qr(pdf, check, page=0, region=HEAD_CORNER)


@pytest.mark.parametrize("trustees", range(2, 12))
def test_up_to_seven_trustees_sign_on_one_page_and_none_signs_alone(trustees: int) -> None:
    names = tuple(f"区纪委监察局监票人{number}号" for number in range(trustees))
    pdf = ceremony_record.FORM.paper(ceremony(names))
    pages = page_texts(pdf)
    assert len(pages) == (1 if trustees <= 7 else 2)
    assert pages[-1].count("监票人") >= 1 and "经办人" in pages[-1]
    assert strays(pdf) == []


@pytest.mark.parametrize("electors", [21, 22, 26, 44])
def test_no_page_of_the_roll_has_one_row(electors: int) -> None:
    last = page_texts(roll_sheet.FORM.paper(listed(electors)))[-1]
    assert sum(last.count(name) for name in NAMES) >= 5


def test_a_later_ceremony_says_why_and_what_stays() -> None:
    why = "区纪委的密钥文件随U盘损坏，组织人事局负责人调离且忘记口令，经领导小组同意重新举行"
    (page,) = page_texts(ceremony_record.FORM.paper(ceremony(number=2, reason=why)))
    for words in ("密钥发放记录（第2次）", f"重新发放原因{why}", "此前已计票的会议沿用原密钥和原记录"):
        assert words in page, words
    (first,) = page_texts(ceremony_record.FORM.paper(ceremony()))
    assert "原因" not in first and "沿用" not in first


def test_twenty_trustees_sign_on_two_pages() -> None:
    names = tuple(f"第{number}密钥保管人单位" for number in range(1, 21))
    pdf = ceremony_record.FORM.paper(ceremony(names))
    first, second = page_texts(pdf)
    assert all(name in first + second for name in names)
    assert "密钥保管人" in second and "（续）" in second
    assert strays(pdf) == []


def test_the_hash_to_be_opened_fills_one_page() -> None:
    sheet = announced()
    pdf = tally_hash_sheet.FORM.paper(sheet)
    (page,) = page_texts(pdf)
    rows = re.findall("第[1-4]行([0-9a-f]{16})", page)
    assert "".join(rows) == sheet.tally_hash
    assert "收回选票9张" in page
    assert f"考核办区纪委组织人事局{OFFICE}（经办人）" in page
    assert shows_qr(pdf, sheet.tally_hash, page=0, region=HEAD_CORNER)


def test_five_trustees_still_sign_on_the_page_of_the_hash() -> None:
    assert len(page_texts(tally_hash_sheet.FORM.paper(announced(tuple(f"第{n}单位" for n in range(5)))))) == 1


def test_the_roll_lists_everybody_and_no_time() -> None:
    whole = "".join(page_texts(roll_sheet.FORM.paper(listed())))
    assert "高新区2017年度目标任务考核部门互评签到与领票登记表" in whole
    assert "应到25人实到____人发出____张" in whole
    assert [name for name in NAMES if name not in whole] == []
    assert not re.search("[0-9]{1,2}(:|时|点)[0-9]{2}", whole)
    assert "√" not in whole.replace("“√”", "")


def test_the_roll_shows_what_was_noted() -> None:
    roll = ElectoralRoll(
        (
            Elector("U01", "办公室", attended=True, issued=True),
            Elector("U02", "组织人事局", attended=True),
            Elector("U03", "机关党委", attended=True, issued=True, replacements=1),
        )
    )
    (page,) = page_texts(roll_sheet.FORM.paper(RollSheet(OFFICE, f"{TITLE}部门互评", roll, False)))
    assert "应到3人实到3人发出3张" in page
    assert "1办公室√√2组织人事局√3机关党委√√（补发1张）" in page


def test_a_roll_without_names_has_nothing_to_sign() -> None:
    roll = ElectoralRoll((Elector("1", "第1张", True, True), Elector("2", "第2张")))
    sheet = RollSheet(OFFICE, f"{TITLE}服务对象评议", roll, False, anonymous=True)
    (page,) = page_texts(roll_sheet.FORM.paper(sheet))
    assert "应到2人实到1人发出1张" in page
    assert "序号票码条发出1第1张√2第2张" in page
    assert "不登记姓名，不签字" in page
    assert "签到、领票由本人签字" not in page


def test_the_list_of_trackers_has_both_spellings_in_an_order_of_its_own() -> None:
    sheet = in_the_box()
    (page,) = page_texts(tracker_list.FORM.paper(sheet))
    rows = [f"{''.join(groups(tracker))}{tracker}" for tracker in sorted(sheet.trackers, key=respelled)]
    assert "".join(f"{number}{row}" for number, row in enumerate(rows, 1)) in page
    assert "共有选票9张" in page and "与投票先后无关" in page
    assert sheet.tally_hash in page
    again = TrackerList(sheet.title, sheet.trackers[::-1], sheet.tally_hash, sheet.sample)
    assert page_texts(tracker_list.FORM.paper(again)) == [page]


@pytest.mark.parametrize("place", [16, 24, 63])
def test_ballots_that_begin_alike_are_told_apart(place: int) -> None:
    sheet = in_the_box(40)
    spelling = respelled(sheet.trackers[0])
    twin = as_base64(spelling[:place] + ("3" if spelling[place] != "3" else "4") + spelling[place + 1 :])
    pdf = tracker_list.FORM.paper(TrackerList(sheet.title, (*sheet.trackers, twin), sheet.tally_hash, False))
    whole = "".join(page_texts(pdf))
    assert spelling[: place + 1] in whole and respelled(twin)[: place + 1] in whole
    assert strays(pdf) == []


@pytest.mark.parametrize("sample", [True, False])
def test_samples_are_marked_and_nothing_leaves_the_page(sample: bool) -> None:
    long = ElectoralRoll(tuple(Elector(str(n), LONG_NAME, True, True, 2) for n in range(30)))
    for pdf in (
        ceremony_record.FORM.paper(ceremony((*TRUSTEES, LONG_NAME), sample=sample)),
        tally_hash_sheet.FORM.paper(announced((*TRUSTEES, LONG_NAME), sample=sample)),
        roll_sheet.FORM.paper(listed(60, sample=sample)),
        roll_sheet.FORM.paper(RollSheet(LONG_NAME, f"{TITLE}部门互评", long, sample)),
        tracker_list.FORM.paper(in_the_box(120, sample=sample)),
    ):
        assert all(("演示" in page) == sample for page in page_texts(pdf))
        assert strays(pdf) == []
        assert all(re.match(r"[A-Z]{6}\+NotoS", name) for name in fonts(pdf))


def test_paper_that_is_signed_by_hand_is_no_draft() -> None:
    for pdf in (
        ceremony_record.FORM.paper(ceremony()),
        tally_hash_sheet.FORM.paper(announced()),
        roll_sheet.FORM.paper(listed()),
        tracker_list.FORM.paper(in_the_box()),
    ):
        assert not any("草稿" in page for page in page_texts(pdf))


@pytest.mark.parametrize("trustees", range(2, 7))
def test_up_to_six_trustees_sign_on_one_page_also_at_a_second_session(trustees: int) -> None:
    names = tuple(f"区纪委监察局监票人{number}" for number in range(trustees))
    title = "高新区2017年度目标任务考核领导评议（第2次）"
    announced = tally_hash_sheet.TallyHashSheet("考核办公室", title, "ab" * 32, names, 12345, sample=False)
    assert len(page_texts(tally_hash_sheet.FORM.paper(announced))) == 1
