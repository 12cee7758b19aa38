"""Is everything that verification says told in parts that come whole out of another process?"""

import pickle
from dataclasses import replace
from pathlib import Path

from gaoxin_vote.progress import silent
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.account import (
    Account,
    Digest,
    Pair,
    Sense,
    Sentence,
    ToldCeremony,
    ToldSection,
    ToldTable,
    account_of_file,
)
from gaoxin_vote.workflow.verify.as_text import account_lines
from gaoxin_vote.workflow.verify.comparing import NOTHING_COMPARED, Comparison, Prints
from tests.belenios.samples import election_of, hold_election, mixed_keys, sample


def _account(ceremonies: tuple[ToldCeremony, ...] = (), *, complete: bool = True) -> Account:
    pieces = (
        Sentence(Sense.HOLDS, ("成立",)),
        Sentence(Sense.DOUBT, ("时间可疑",)),
        Pair("选票", "9"),
        Digest("摘要", "0123" * 16),
        ToldTable("表", "逐行为：", (("单位", "优秀"), ("办公室", "7"))),
        ToldTable("题", "", (("甲", "1", "2"), ("乙", "3")), ragged=True),
    )
    prints = Prints(tuple(str(each.number) * 64 for each in ceremonies) or ("1" * 64,), "c" * 64)
    return Account(
        Path("a.zip"), "考核档案包：甲", True, complete, (ToldSection("会", pieces),), ceremonies, prints
    )


def test_every_part_has_its_line() -> None:
    lines = [line.removeprefix("  ") for line in account_lines(_account(), NOTHING_COMPARED)]
    assert lines[:5] == ["a.zip", "考核档案包：甲", "演示数据，不能作为凭据。", "成立", "请核实：时间可疑。"]
    assert lines[5:7] == ["选票：9", "摘要：0123 0123 0123 0123 0123 0123 0123 0123"]
    assert "逐行为：" in lines and "  办公室  7" in lines and "  甲：1  2" in lines and "  乙：3" in lines
    assert lines[-1] == "核验通过：文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。"
    strange = account_lines(_account(), NOTHING_COMPARED, "指纹与密钥发放记录不符。")
    assert strange[-1] == "  核验未通过：指纹与密钥发放记录不符。"
    assert not any("核验通过" in line for line in strange)
    assert "尚无计票结果，已有部分核验无误" in account_lines(_account(complete=False), NOTHING_COMPARED)[-1]


def test_a_ceremony_without_its_record_is_named() -> None:
    two = (ToldCeremony(1, "第1次", "1" * 64), ToldCeremony(2, "第2次", "2" * 64))
    both = ("trustees", "certificate")
    assert _account(two).uncompared(NOTHING_COMPARED) == ""
    assert _account(two).uncompared(Comparison(both, ("1" * 64,))).startswith("第2次密钥发放的指纹尚未比对")
    assert _account(two).uncompared(Comparison(both, ("1" * 64, "2" * 64))) == ""


def test_an_archive_is_told_with_its_trackers(tmp_path: Path) -> None:
    path = tmp_path / "领导评议.bel"
    path.write_bytes(sample().archive)
    account = account_of_file(path, 1, silent)
    assert pickle.loads(pickle.dumps(account)) == account
    assert account.trackers and [section.title for section in account.sections][-1] == "计票结果"
    assert account.title == "选票档案：年度评议（Te5tE1ection14）"


def test_names_out_of_an_archive_cannot_look_like_lines_of_ours(tmp_path: Path) -> None:
    election = replace(election_of(mixed_keys()), name="评\u202e议\n核验通过")
    path = tmp_path / "a.bel"
    path.write_bytes(hold_election(((0, ((0, 1, 0), (0, 0))),), election=election).archive)
    assert account_of_file(path, 1, silent).title == "选票档案：评�议�核验通过（Te5tE1ection14）"


def test_a_package_is_told_session_by_session_and_then_the_year(sample_year: SampleRun) -> None:
    account = account_of_file(sample_year.package, 1, silent)
    assert [section.title for section in account.sections] == ["领导评议", "部门互评", "全年考核"]
    tables = [
        (piece.title, len(piece.rows))
        for section in account.sections
        for piece in section.pieces
        if isinstance(piece, ToldTable)
    ]
    assert [rows for _title, rows in tables] == [26, 26, 26] and tables[-1][0] == "名次"
    assert account.sample and account.ceremonies == () and account.prints.whole_year
    senses = [p.sense for s in account.sections for p in s.pieces if isinstance(p, Sentence)]
    assert Sense.UNCHECKED in senses and Sense.DOUBT not in senses
    assert pickle.loads(pickle.dumps(account)) == account
