"""The command line: exit codes 0, 1 and 2, and what people and machines read."""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

import pytest

from gaoxin_vote import cli
from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.election import Election, Question, new_uuid
from gaoxin_vote.belenios.trustee import mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.bootstrap import local_time, run
from gaoxin_vote.cli import main
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.reading_process import FileReading, ReadingProcess

T = TypeVar("T")

CASES = Path(__file__).parent / "data" / "cases" / "2017"


def _clock() -> datetime:
    return datetime(2018, 1, 20, tzinfo=UTC)


def _open_archive(version: int = 1) -> bytes:
    """An archive to which no ballot was added yet."""
    _, key = mandatory_key(name="考核办")
    trustees = Trustees((key,))
    questions = (Question("U01 办公室", ("优秀", "良好", "合格", "不合格")),)
    election = Election(
        uuid=new_uuid(), name="试", description="试", public_key=trustees.public_key, questions=questions
    )
    target = io.BytesIO()
    text = election.text.replace('"version":1', f'"version":{version}')
    ArchiveBuilder(target, 1516150000).setup(text, trustees.text, (key.public_key,))
    return target.getvalue()


def test_an_archive_still_open_verifies_without_a_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.bel"
    path.write_bytes(_open_archive())
    assert main(["verify", str(path)], _clock) == 0
    assert "尚未计票" in capsys.readouterr().out
    assert main(["verify", "--json", str(path)], _clock) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["result"], found["ballots"], found["stage"]) == (True, None, 0, "Setup")


def test_what_is_broken_gives_1_and_what_is_not_supported_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = _open_archive()
    (tmp_path / "broken.bel").write_bytes(content[:-600] + b"x" + content[-599:])
    assert main(["verify", str(tmp_path / "broken.bel")], _clock) == 1
    assert "核验未通过" in capsys.readouterr().err
    (tmp_path / "other.bel").write_bytes(_open_archive(version=2))
    assert main(["verify", str(tmp_path / "other.bel")], _clock) == 2
    assert "不支持" in capsys.readouterr().err
    (tmp_path / "notes.txt").write_text("hello")
    for wrong in (
        ["verify", str(tmp_path / "none.bel")],
        ["verify", str(tmp_path / "notes.txt")],
        ["verify"],
        ["x"],
    ):
        assert main(wrong, _clock) == 2
    (tmp_path / "good.bel").write_bytes(content)
    both = [str(tmp_path / "good.bel"), str(tmp_path / "broken.bel")]
    capsys.readouterr()
    assert main(["verify", "--json", *both], _clock) == 1
    good, broken = json.loads(capsys.readouterr().out)
    assert (good["ok"], broken["ok"], broken["exit"]) == (True, False, 1)
    assert main(["verify", "--expect", "abc", both[0]], _clock) == 2


def test_assess_prints_the_ranking_and_writes_the_keys_of_the_worked_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "result.json"
    assert main(["assess", str(CASES), "--json", str(target)], _clock) == 0
    expected = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
    result = json.loads(target.read_text(encoding="utf-8"))
    assert result == {"summary": expected["summary"], "units": expected["units"]}
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:2] == ["1", "招商合作局"]


def test_assess_lists_every_error_and_every_blocker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASES, folder)
    shutil.copy(CASES.parent.parent / "spreadsheets" / "indicators_bad.csv", folder / "indicators.csv")
    assert main(["assess", str(folder)], _clock) == 1
    errors = capsys.readouterr().err
    assert "U99" in errors and "二十三" in errors and "40.01" in errors
    shutil.copy(CASES / "indicators.csv", folder / "indicators.csv")
    claims = (folder / "bonus_claims.csv").read_text(encoding="utf-8-sig")
    (folder / "bonus_claims.csv").write_text(claims.replace(",2,是,1.5,", ",2,,1.5,"), encoding="utf-8")
    assert main(["assess", str(folder)], _clock) == 1
    assert "A31" in capsys.readouterr().err
    assert main(["assess", str(tmp_path / "nowhere")], _clock) == 2
    (tmp_path / "bad.toml").write_text("title = 1\nsurprise = 2\n")
    assert main(["assess", str(CASES), "--scheme", str(tmp_path / "bad.toml")], _clock) == 1
    assert "surprise" in capsys.readouterr().err


def test_the_programs_clock_knows_its_zone() -> None:
    assert local_time().tzinfo is not None


def test_a_file_that_kills_its_reader_is_one_refusal_and_the_others_are_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in ("deadly.pdf", "open.bel")]
    for path in paths:
        path.write_bytes(_open_archive())
    reading = ReadingProcess(advice="请重新拷贝。")

    def read(
        name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent, tells: bool
    ) -> T:
        if name == "deadly.pdf":
            return reading(name, os.abort)
        return reading(name, function, *arguments, progress=progress, tells=tells)

    code = main(["verify", *map(str, paths)], _clock, cast(FileReading, read))
    reading.close()
    out, told = capsys.readouterr()
    assert code == 2
    assert "无法受理：文件“deadly.pdf”无法读取：内容异常，读取时出错。请重新拷贝。" in told
    assert "尚未计票" in out and "通过1个，无法受理1个" in out


def test_every_table_of_a_folder_is_read_apart(capsys: pytest.CaptureFixture[str]) -> None:
    names = []

    def read(name: str, function: Callable[..., T], *arguments: object) -> T:
        names.append(name)
        return function(*arguments)

    assert main(["assess", str(CASES)], _clock, cast(FileReading, read)) == 0
    assert {"units.csv", "indicators.csv", "history.csv", "events.csv"} <= {*names}


@pytest.mark.parametrize("command", ["verify", "assess"])
def test_a_command_reads_in_a_process_of_its_own_with_limits(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def run_with(arguments: list[str], clock: object, reading: ReadingProcess) -> int:
        seen.extend([reading, reading("x", os.getpid), reading("x", _memory)])
        return 0

    monkeypatch.setattr(cli, "main", run_with)
    assert run([command, "nowhere"]) == 0
    reading, number, memory = seen
    assert isinstance(reading, ReadingProcess) and number != os.getpid()
    assert memory in (4 * 2**30, -1)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def _memory() -> int:
    """How many bytes this process may have; -1 where the system sets no such limit."""
    if sys.platform == "win32":
        return -1
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]
