"""How does a sheet get onto paper or into the one file that the officer names?"""

import hashlib
import os
import re
import shutil
import subprocess
from enum import Enum
from pathlib import Path

from gaoxin_vote.errors import Unavailable
from gaoxin_vote.files import write_durably
from gaoxin_vote.workflow.reports.spool import PrintJob, purge_later

_WAIT = 30
"""Seconds after which a print service that does not answer is given up."""
_PLAIN = {**dict.fromkeys(("LC_ALL", "LANG"), "C.UTF-8"), "LANGUAGE": ""}
"""The print commands speak the language of the system; in this one their words are known."""
_STATES = {
    "disabled since": "已停用（暂停打印）",
    "not accepting requests": "不接受新任务",
}
"""What lpstat says of a queue that would keep a job without printing it."""
_FAILURES = {
    "does not exist": "没有这台打印机",
    "not accepting": "打印机不接受新任务",
    "unable to connect": "打印服务没有启动",
    "connection refused": "打印服务没有启动",
    "bad file descriptor": "打印服务没有启动",
    "unsupported": "打印机不支持PDF文件",
    "forbidden": "没有使用这台打印机的权限",
    "unauthorized": "没有使用这台打印机的权限",
}


class PrintReason(Enum):
    """Why a sheet cannot be printed."""

    NO_SERVICE = "no print service"
    REJECTED = "rejected"
    STOPPED = "stopped"


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write a sheet to the one path that the officer named, and the certificate of a signed one beside it.

    There is no other copy. PDF programs ask for the certificate (.cer) to recognise the signature.
    """
    from gaoxin_vote.documents.certification import sheet_certificate

    write_durably(path, pdf)
    if certificate := sheet_certificate(pdf):
        name = f"签名证书{hashlib.sha256(certificate).hexdigest()[:8]}.cer"
        write_durably(path.with_name(name), certificate)


def printers() -> tuple[str, ...]:
    """The names of the printers of this PC, the default first; empty where there is no print service."""
    if shutil.which("lpstat") is None:
        return ()
    names = [line.split()[0] for line in _run(["lpstat", "-e"]).splitlines() if line.strip()]
    default = _run(["lpstat", "-d"]).rpartition(":")[2].strip()
    return tuple(sorted(names, key=lambda name: name != default))


def print_pdf(
    pdf: bytes, printer: str | None = None, *, title: str = "高新投票", secret: bool = False
) -> None:
    """Hand a sheet to the print service through a pipe, so that no file of ours stays behind.

    The print service keeps a copy of every job, often for a day; that of a `secret` one is purged once it is
    printed. Raises `Unavailable` when there is no print service, when it refuses, or when the printer's queue
    is stopped or takes no jobs.
    """
    if shutil.which("lp") is None:
        raise Unavailable(
            PrintReason.NO_SERVICE, "此电脑没有可用的打印服务。请另存为PDF，再用PDF阅读程序打印。"
        )
    if printer:
        _require_running(printer)
    command = ["lp", "-t", title, *(["-d", printer] if printer else [])]
    done = _call(command, pdf)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        known = next((words for sign, words in _FAILURES.items() if sign in said.lower()), "")
        words = known or ("原因见下" if said else "打印服务未说明原因")
        raise Unavailable(
            PrintReason.REJECTED,
            f"打印未成功（{words}）。请检查打印机后重试，或另存为PDF。",
            details=() if known or not said else (f"打印服务的原话：{said}",),
        )
    named = re.search(r"request id is (\S+)-(\d+) ", done.stdout.decode(errors="replace"))
    if secret and named:
        purge_later(PrintJob(named[1], int(named[2])))


def preview_pages(pdf: bytes) -> tuple[bytes, ...]:
    """The pages as PNG pictures, for a screen."""
    from gaoxin_vote.documents.preview import pages

    return pages(pdf)


def _require_running(printer: str) -> None:
    """Raise `Unavailable` where the queue would keep the job instead of printing it."""
    if shutil.which("lpstat") is None:
        return
    said = _run(["lpstat", "-p", printer]) + _run(["lpstat", "-a", printer])
    for sign, words in _STATES.items():
        if sign in said:
            raise Unavailable(
                PrintReason.STOPPED,
                f"打印机“{printer}”{words}，没有送出打印任务。请在系统的打印机设置中恢复，或改用另一台打印机。",
            )


def _run(command: list[str]) -> str:
    return _call(command).stdout.decode(errors="replace")


def _call(command: list[str], given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, **_PLAIN}
    try:
        return subprocess.run(
            command, input=given, capture_output=True, timeout=_WAIT, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(PrintReason.NO_SERVICE, "打印服务没有响应，请检查后重试，或另存为PDF。") from error
