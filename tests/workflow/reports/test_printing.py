"""Sheets go to the one path that was named, or through a pipe to the print service."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from gaoxin_vote.documents.certification import check_sheet
from gaoxin_vote.errors import Unavailable
from gaoxin_vote.workflow.reports import printing
from gaoxin_vote.workflow.reports.printing import PrintReason, print_pdf, printers, save_pdf
from tests.documents.papers import certified, render, tally_report


def _command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_saved_sheet_is_whole_and_alone(tmp_path: Path) -> None:
    save_pdf(b"%PDF-1", tmp_path / "sheet.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    with pytest.raises(Unavailable):
        save_pdf(b"%PDF-1", tmp_path / "gone" / "sheet.pdf")


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system takes no pipe")
def test_the_print_service_gets_the_bytes_and_its_refusal_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    _command(commands, "lp", f'cat > "{tmp_path}/printed"; echo "$@" > "{tmp_path}/arguments"')
    _command(
        commands, "lpstat", 'if [ "$1" = -e ]; then printf "一楼\\n二楼\\n"; else echo "default: 二楼"; fi'
    )
    print_pdf(b"%PDF-1 slips", "二楼", title="票码条")
    assert (tmp_path / "printed").read_bytes() == b"%PDF-1 slips"
    assert (tmp_path / "arguments").read_text().split() == ["-t", "票码条", "-d", "二楼"]
    assert printers() == ("二楼", "一楼")
    _command(commands, "lp", 'cat > /dev/null; echo "out of paper" >&2; exit 1')
    with pytest.raises(Unavailable, match="out of paper") as error:
        print_pdf(b"%PDF-1")
    assert error.value.reason is PrintReason.REJECTED
    assert "out of paper" not in error.value.message  # whoever prints need not know English
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printers() == ()
    with pytest.raises(Unavailable) as error:
        print_pdf(b"%PDF-1")
    assert error.value.reason is PrintReason.NO_SERVICE


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system takes no pipe")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("printer 一楼 disabled since Sat", "已停用"),
        ("一楼 not accepting requests since Sat", "不接受新任务"),
    ],
)
def test_a_queue_that_would_keep_the_job_is_told_and_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    _command(tmp_path, "lp", f'cat > "{tmp_path}/printed"')
    _command(tmp_path, "lpstat", f'echo "{words}"')
    with pytest.raises(Unavailable, match=told) as error:
        print_pdf(b"%PDF-1", "一楼")
    assert error.value.reason is PrintReason.STOPPED
    assert not (tmp_path / "printed").exists()


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system takes no pipe")
def test_the_default_printer_is_found_where_the_system_speaks_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    _command(
        tmp_path,
        "lpstat",
        'if [ "$1" = -e ]; then printf "一楼\\n二楼\\n"; '
        'elif [ "$LC_ALL$LANGUAGE" = C.UTF-8 ]; then echo "system default destination: 二楼"; '
        'else echo "系统默认目标：二楼"; fi',
    )
    assert printers() == ("二楼", "一楼")


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system takes no pipe")
def test_the_print_services_refusal_speaks_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    _command(tmp_path, "lp", 'echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(Unavailable) as error:
        print_pdf(b"%PDF-1")
    assert error.value.message == "打印未成功（没有这台打印机）。请检查打印机后重试，或另存为PDF。"


@pytest.mark.skipif(os.name != "posix", reason="the print service of this system takes no pipe")
def test_a_print_service_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(printing, "_WAIT", 0.1)
    _command(tmp_path, "lpstat", "exec sleep 20")
    _command(tmp_path, "lp", "exec sleep 20")
    with pytest.raises(Unavailable, match="没有响应") as error:
        print_pdf(b"%PDF-1", "一楼")
    assert error.value.reason is PrintReason.NO_SERVICE


def test_the_certificate_of_a_signed_sheet_lies_beside_it(tmp_path: Path) -> None:
    pdf = certified(render(tally_report()))
    save_pdf(pdf, tmp_path / "sheet.pdf")
    (certificate,) = tmp_path.glob("签名证书*.cer")
    fingerprint = hashlib.sha256(certificate.read_bytes()).hexdigest()
    assert fingerprint == check_sheet(pdf).certificate_fingerprint
    assert fingerprint[:8] in certificate.name
