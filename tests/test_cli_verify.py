"""What do a scrutineer and a script see of `gaoxin-vote verify`, whatever happens?"""

import errno
import io
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.election import Question
from gaoxin_vote.cli import main
from gaoxin_vote.terminal import Parser, ProgressLine, aligned, visible
from tests.belenios.corruption import Parts
from tests.belenios.samples import Sample, election_of, hold_election, mixed_keys, sample

FORGED = "好\x1b[1A\r\n  核验通过：与给定的指纹相符\u202e"


def clock() -> datetime:
    """The clock of these tests."""
    return datetime(2018, 1, 20, tzinfo=UTC)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A finished archive."""
    path = tmp_path / "领导 评议.bel"
    path.write_bytes(sample().archive)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """An archive with a wrong count."""
    parts = Parts.of(sample())
    parts.result["result"][0][0] += 1
    path = tmp_path / "broken.bel"
    path.write_bytes(parts.archive())
    return path


def verify(*arguments: object) -> int:
    """The exit code of the command."""
    return main(["verify", *map(str, arguments)], clock)


def run(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "gaoxin_vote", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_the_screen_says_what_was_checked_with_the_words_of_the_paper(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(good) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(good)
    shown = "\n".join(lines)
    digest = sha256_hex(good.read_bytes())
    assert f"选票档案摘要：{' '.join(digest[at : at + 4] for at in range(0, 32, 4))}\n" in shown
    assert "选票中的零知识证明：24" in shown and "部分解密证明：15" in shown
    assert "必用的1把 + 3把中任意2把" in shown and "正式认定以考核档案包为准" in shown
    assert lines[-1].startswith("  核验通过：文件自身一致")
    assert max(map(len, lines)) < 100


def test_an_archive_without_result_is_not_called_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = sample().archive
    end = whole.rindex(b".data.json", 0, whole.rindex(b'"type":"Ballot"')) - 64
    ends = [at for at in range(512, end, 512) if b'"type":"Ballot"' in whole[at : at + 512]]
    path = tmp_path / "cut.bel"
    path.write_bytes(whole[: ends[-1] + 512])
    assert verify(path) == 0
    out = capsys.readouterr().out
    assert "不能据此认定选票齐全" in out and "核验通过" not in out
    assert verify(path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["result"], found["complete"], found["stage"]) == (None, False, "Ballot")


def test_only_what_was_compared_is_said_to_agree(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = sha256_hex(sample().keys.trustees.text)[:32]
    assert verify(good, "--expect", f"{right}-{'0' * 32}") == 0
    assert "开箱密钥指纹与给定的指纹相符；文件不带签名证书指纹，未比对" in capsys.readouterr().out
    assert verify(good, "--json", "--expect", f"{right}-{'0' * 32}") == 0
    assert json.loads(capsys.readouterr().out)["compared"] == ["trustees"]
    assert verify(good, "--expect", f"{'0' * 32}-{right}") == 1
    assert "与密钥发放记录不符" in capsys.readouterr().err


@pytest.mark.parametrize("dash", ["-", " - ", "—", "－", "\n-\n"])
def test_a_fingerprint_may_be_copied_as_it_stands_on_paper(good: Path, dash: str) -> None:
    right = sha256_hex(sample().keys.trustees.text)
    wide = right[:32].upper().translate({ord("0") + n: ord("０") + n for n in range(10)})
    grouped = " ".join(wide[at : at + 4] for at in range(0, 32, 4))
    assert verify(good, "--expect", f"“{grouped}{dash}{'0' * 32}”") == 0
    assert verify(good, "--expect", f"{right}{dash}{'0' * 64}") == 0


@pytest.mark.parametrize("wrong", ["abc", "0" * 32, f"{'0' * 31}-{'0' * 32}", f"{'g' * 32}-{'0' * 32}"])
def test_a_fingerprint_of_another_form_is_said_once(
    good: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(good, good, "--expect", wrong) == 2
    told = capsys.readouterr()
    assert told.err.count("指纹格式不对：请照抄密钥发放记录上的“核对指纹”") == 1 and not told.out


def test_of_several_files_the_broken_one_is_told_last_too(
    good: Path, broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.bel"
    assert verify(broken, missing, good) == 1
    told = capsys.readouterr()
    assert "核验未通过：计票结果：第1题应为 (1, 0, 1)，所载为 (2, 0, 1)" in told.err
    assert "无法受理：没有这个文件" in told.err
    assert "共3个文件：通过1个，未通过1个，无法受理1个。" in told.out
    assert told.out.splitlines()[-3].split()[0] == "未通过"


def test_what_others_wrote_cannot_write_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = Parts.of(sample())
    parts.election["name"] = FORGED
    for name in (FORGED, "x"):
        path = tmp_path / name.replace("/", "")
        path.write_bytes(parts.archive())
        assert verify(path) == 1
    parts = Parts.of(sample())
    parts.election["group"] = FORGED
    path.write_bytes(parts.archive())
    assert verify(path) == 2
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err and "\u202e" not in told.out + told.err
    assert not any(line.strip().startswith("核验通过") for line in (told.out + told.err).splitlines())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7 no pdf", b"\x00" * 600])
def test_other_files_are_told_apart(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "文件"
    path.write_bytes(content)
    assert verify(path) == (2 if content[:1] == b"\x00" else 1)
    assert str(path) in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has pipes with a place in a folder")
def test_a_pipe_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "x.bel")
    assert verify(tmp_path / "x.bel") == 2
    assert "这不是普通文件（是管道或设备）" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify"], "缺少：文件"),
        (["x.zip"], "没有 'x.zip' 这个命令"),
        (["verify", "--proceses", "2", "a"], "不认识的参数：--proceses"),
        (["verify", "--processes", "abc", "a"], "--processes：应为1至60之间的整数"),
        (["verify", "--processes", "61", "a"], "--processes：应为1至60之间的整数"),
        (["verify", "a", "--expect"], "--expect 后面缺少内容"),
        (["verify", "--json=x", "a"], "--json 后面不带内容"),
        (["verify", ""], "文件：名称是空的"),
        ([], "缺少：命令"),
    ],
)
def test_a_wrong_call_is_explained_in_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, clock) == 2
    told = capsys.readouterr().err
    assert told.startswith("用法：") and words in told and "usage" not in told and "argument" not in told


@pytest.mark.parametrize("command", [["--help"], ["demo", "-h"], ["verify", "--help"], ["assess", "-h"]])
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command, clock) == 0
    told = capsys.readouterr().out
    assert "显示本说明" in told and "options" not in told and "usage" not in told


def test_machines_read_plain_ascii(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(good, "--json") == 0
    told = capsys.readouterr().out
    found = json.loads(told)
    assert told.isascii() and found["kind"] == "archive" and found["complete"] is True
    assert found["checks"]["ballot_proofs"] == 24 and found["checks"]["decryption_proofs"] == 15
    assert found["checks"]["records"] == sample().archive.count(b"0000644\0" + 2 * b"0000000\0")
    assert found["checks"]["events"] == sample().archive.count(b'"height":')
    assert found["questions"][0] == {"question": "请评价：办公室", "blank": True, "answers": ["优秀", "合格"]}


# ---- processes of their own


def many() -> Sample:
    """Ballots that take seconds to verify: 30 of 25 units."""
    questions = tuple(Question(f"请评价：第{unit}个单位", ("优秀", "良好", "合格")) for unit in range(25))
    election = election_of(mixed_keys(), questions=questions)
    return hold_election(tuple((voter, ((0, 1, 0, 0),) * 25) for voter in range(30)), election=election)


def heed_interruptions() -> None:
    """A shell lets what it runs in the background ignore them, and a process inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="interrupting a group of processes is a POSIX thing")
def test_an_interrupted_verification_says_so_and_leaves_nobody(tmp_path: Path) -> None:
    path = tmp_path / "many.bel"
    path.write_bytes(many().archive)
    terminal, side = os.openpty()
    command = [sys.executable, "-m", "gaoxin_vote", "verify", "--processes", "2", str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=side, start_new_session=True, preexec_fn=heed_interruptions
    ) as process:
        os.close(side)
        told = b""
        # A worker that is just starting does not yet leave interruptions to the program.
        while "核验选票 3/".encode() not in told:
            told += os.read(terminal, 1000)
        os.killpg(process.pid, signal.SIGINT)
        # The output ends when the last process that holds it has ended.
        assert process.communicate(timeout=60)[0] == b""
        assert process.returncode == 130
        told += os.read(terminal, 10_000)
        assert told.decode().endswith("已中止，没有做完。\r\n") and b"Traceback" not in told
    os.close(terminal)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_trouble_with_the_output_is_not_trouble_with_the_file(good: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "gaoxin_vote", "verify", str(good)]
        assert subprocess.run(command, stderr=full, stdout=subprocess.DEVNULL).returncode == 0
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3 and b"Traceback" not in done.stderr
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 141 and done.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_no_encoding_stops_the_program(good: Path, encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    for arguments in (["verify", good], ["verify", "--json", good], ["--help"]):
        with run(*arguments, env=environment) as process:
            out, told = process.communicate(timeout=60)
            assert process.returncode == 0 and told == b"" and out


def test_without_error_stream_nothing_breaks(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert verify(good) == 0
    assert verify(good.with_name("none.bel")) == 2


# ---- the parts


def test_progress_gives_up_where_the_terminal_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(sys, "stderr", Gone())
    line = ProgressLine()
    line(1, 2, "核验选票")
    line.clear()


def test_progress_is_one_line_on_a_terminal_and_none_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), "\r\033[K核验选票 1/2\r\033[K"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        line = ProgressLine()
        line(1, 2, "核验选票")
        line.clear()
        assert stream.getvalue() == shown


def test_columns_count_chinese_characters_twice() -> None:
    assert aligned([("单位", "优秀"), ("a", "1")]) == ("单位  优秀", "a     1")


def test_visible_keeps_every_ordinary_character() -> None:
    assert visible("第1条：甲、“乙” ①é") == "第1条：甲、“乙” ①é"
    assert visible("a\nb\tc\x7f\u2028\ud800\u200b") == "a�b�c����"


def test_every_error_of_the_parser_that_is_not_known_is_shown_as_it_is() -> None:
    with pytest.raises(SystemExit) as caught:
        Parser(prog="x").error("something new")
    assert caught.value.code == 2
