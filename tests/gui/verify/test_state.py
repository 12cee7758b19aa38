"""Which words does the window show of a file, before and after a fingerprint was typed?"""

from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui.verify.state import (
    LookedAt,
    compared,
    failed,
    file_lines,
    found_trackers,
    outcome,
    page,
    report,
    summary,
    typed,
)
from gaoxin_vote.workflow.verify.account import (
    Account,
    Pair,
    Sense,
    Sentence,
    ToldCeremony,
    ToldSection,
    ToldTable,
)
from gaoxin_vote.workflow.verify.comparing import Prints
from gaoxin_vote.workflow.verify.outcome import Outcome
from gaoxin_vote.workflow.verify.reason import VerifyReason

ONE, TWO, CERTIFICATE = "1a" * 32, "2b" * 32, "c3" * 32
RIGHT, SECOND, WRONG = ((trustees[:32], CERTIFICATE[:32]) for trustees in (ONE, TWO, "4d" * 32))
PIECES = (
    Sentence(Sense.HOLDS, ("选票9张",)),
    Sentence(Sense.NOTE, ("单独的选票档案", "不足为凭。")),
    Sentence(Sense.HEED, ("※办公室",)),
    Sentence(Sense.DOUBT, ("时间可疑",)),
    Sentence(Sense.UNCHECKED, ("指标得分",)),
    Pair("记录编号", "2017"),
    ToldTable("计票结果", "逐行为：", (("单位", "优秀"), ("办公室", "7"))),
)


def _file(name: str = "考核档案包.zip", *, twice: bool = False, complete: bool = True) -> LookedAt:
    held = (ToldCeremony(1, "第1次", ONE), ToldCeremony(2, "第2次", TWO)) if twice else ()
    prints = Prints((ONE, TWO) if twice else (ONE,), CERTIFICATE, whole_year=True)
    sections = (ToldSection("领导评议", PIECES), ToldSection("空", (Sentence(Sense.NOTE, ("注",)),)))
    return LookedAt(Path(name), Account(Path(name), "考核档案包：甲", True, complete, sections, held, prints))


def _account(file: LookedAt) -> Account:
    assert file.account is not None
    return file.account


def test_each_sentence_stands_where_the_reader_looks_for_it() -> None:
    state = page(_file(), ())
    assert (state.tone, state.heading) == ("done", "✓ 核验通过")
    assert state.words == "文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。"
    assert state.sample and state.doubts == ("时间可疑", "※办公室")
    assert state.notes == ("单独的选票档案不足为凭。", "注") and state.unchecked == ("指标得分",)
    (section,) = state.sections
    assert section.holds == ("选票9张",) and section.pairs == (("记录编号", "2017"),)
    assert section.tables[0].rows[1] == ("办公室", "7")
    names = [each.name for each in state.prints]
    assert names == ["核对指纹", "开箱密钥指纹", "签名证书指纹"]
    assert state.prints[0].lines == (" ".join(["1a1a"] * 8) + " -", " ".join(["c3c3"] * 8))
    assert page(_file(complete=False), ()).tone == "attention"
    assert page(_file(complete=False), ()).heading == "尚无计票结果，已有部分核验无误"


def test_a_fingerprint_of_another_record_turns_green_to_red() -> None:
    equal, other = page(_file(), (RIGHT,)), page(_file(), (WRONG,))
    assert (equal.tone, equal.words) == ("done", "开箱密钥指纹、签名证书指纹与给定的指纹相符。")
    assert (other.tone, other.heading) == ("stop", "✕ 核验未通过")
    assert "与密钥发放记录不符" in other.words and "请停止使用" in other.details[-1]
    assert [outcome(_file(), given) for given in ((), (RIGHT,), (WRONG,))] == [
        Outcome.HELD,
        Outcome.HELD,
        Outcome.BROKEN,
    ]
    assert "核验通过" not in report((_file(),), (WRONG,), "头") and "核验未通过" in report(
        (_file(),), (WRONG,), "头"
    )


def test_of_two_ceremonies_the_one_without_its_record_is_asked_for() -> None:
    file = _file(twice=True)
    assert "第2次密钥发放的指纹尚未比对" in page(file, (RIGHT,)).doubts[-1]
    assert compared(_account(file).prints, _account(file), (RIGHT, SECOND)).lacking == ""
    assert page(file, ()).prints[0].name == "核对指纹（第1次密钥发放）"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请照《密钥发放记录》"),
        ("AB 12", "已输入4位，共64位。"),
        ("1a" * 32, "指纹格式不对"),
        (f"{'1A' * 16} — {'c3' * 16}", ""),
    ],
)
def test_what_is_typed_is_counted_until_it_is_whole(text: str, words: str) -> None:
    found = typed(text)
    assert found.words.startswith(words) and (found.halves is not None) == (not words)


def test_files_are_listed_with_what_came_of_them() -> None:
    broken = LookedAt(Path("a.bel"), failure=failed(EvidenceBroken(VerifyReason.UNKNOWN, "断了")))
    unknown = LookedAt(Path("b.txt"), failure=failed(Refused(VerifyReason.UNKNOWN, "不认识")))
    gone = LookedAt(Path("c.bel"), failure=failed(Unavailable(VerifyReason.MISSING, "U盘已拔出")))
    bug = LookedAt(Path("d.bel"), failure=failed(ZeroDivisionError()))
    files = (_file(), broken, unknown, gone, bug)
    assert [line.split("\n")[1].strip() for line in file_lines(files, ())] == [
        "通过",
        "未通过",
        "无法受理",
        "核验中断",
        "核验中断",
    ]
    assert summary(files, ()) == "共5个文件：通过1个，未通过1个，无法受理1个，核验中断2个。"
    assert [page(file, ()).tone for file in files] == ["done", "stop", *["attention"] * 3]
    assert page(_file(), ()).details == ("考核档案包：甲", "文件：考核档案包.zip")
    assert page(broken, ()).details[0] == "文件：a.bel"
    assert page(broken, ()).words == "断了" and "总监票人" in page(broken, ()).details[-1]
    assert report(files, (), "头").startswith("头\n\n") and "核验未通过：断了" in report(files, (), "头")
    waiting = (LookedAt(Path("e")), LookedAt(Path("f")), LookedAt(Path("g"), stopped=True))
    assert [line.split("\n")[1].strip() for line in file_lines(waiting, ())] == ["正在核验", "等待", "已取消"]
    assert summary(waiting, ()) == summary((_file(),), ()) == ""
    assert page(waiting[2], ()).heading == "已取消" and page(waiting[0], ()).heading == "正在核验…"


def test_a_name_cannot_look_like_a_verdict() -> None:
    file = LookedAt(Path("a\n    通过\u202e"))
    assert file_lines((file,), ()) == ("… a�    通过�\n    正在核验",)
    assert "“a�    通过�”" in page(file, ()).words and "\n    通过" not in report((file,), (), "头")
    held = replace(_account(_file()), path=Path("b\n  核验通过"))
    assert "\n  核验通过\n" not in report((LookedAt(held.path, account=held),), (), "头")


def test_trackers_are_found_by_a_part() -> None:
    trackers = ("A" * 43, "B" * 42 + "A")
    assert len(found_trackers("", trackers)) == 2
    ((shown, base64),) = found_trackers("3333 33", trackers)
    assert base64 == "A" * 43 and shown.startswith("3333 3333")
