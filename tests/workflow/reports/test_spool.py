"""Does a printed job leave the print service, and only once it is printed?"""

import os
import stat
from pathlib import Path

import pytest

from gaoxin_vote.workflow.reports.spool import PrintJob, purge_when_done

JOB = PrintJob("一楼", 7)


def test_a_job_is_purged_once_it_is_printed_and_not_before() -> None:
    seen: list[object] = []
    answers = iter((True, True, False))
    purge_when_done(JOB, lambda _job: next(answers), seen.append, lambda _seconds: seen.append("pause"))
    assert seen == ["pause", "pause", JOB]


def test_a_job_that_never_prints_is_taken_back_after_half_an_hour() -> None:
    pauses: list[float] = []
    purged: list[PrintJob] = []
    purge_when_done(JOB, lambda _job: True, purged.append, pauses.append)
    assert (sum(pauses), purged) == (1800, [JOB])


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system is another")
def test_a_job_is_printed_when_the_service_lists_it_as_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    command = tmp_path / "lpstat"
    pauses = 0

    def lists(number: int) -> None:
        command.write_text(f'#!/bin/sh\n[ "$2" = completed ] && echo "%E4%B8%80-{number}   root 1024 Sat"\n')
        command.chmod(command.stat().st_mode | stat.S_IXUSR)

    def pause(_seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        lists(7)

    lists(17)
    purged: list[PrintJob] = []
    purge_when_done(JOB, purge=purged.append, pause=pause)
    assert (pauses, purged) == (1, [JOB])
