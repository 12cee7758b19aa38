"""What can be done without a screen: the demo year, verification, recomputing a folder."""

import argparse
import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaoxin_vote.errors import GaoxinVoteError

if TYPE_CHECKING:
    from gaoxin_vote.workflow.setup import Clock

OK, BROKEN, USAGE = 0, 1, 2


def main(arguments: Sequence[str], clock: "Clock") -> int:
    """Run one command; returns its exit code (0 fine, 1 broken or refused, 2 usage or not supported)."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.command == "demo":
        return _demo(options.output, clock)
    if options.command == "verify":
        return _verify(options.paths, options.expect, options.json, options.processes)
    return _assess(options.folder, options.scheme, options.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gaoxin-vote", description="高新区年度目标任务考核")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    demo = commands.add_parser("demo", help="用2017年度样例数据走完全部流程")
    demo.add_argument("--output", type=Path, default=Path("demo-output"), metavar="文件夹")
    verify = commands.add_parser("verify", help="核验选票档案（.bel）、记录包或签章报表（.pdf）")
    verify.add_argument("paths", nargs="+", type=Path, metavar="文件")
    verify.add_argument("--expect", metavar="指纹", help="密钥仪式记录上的指纹，用于比对")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    words = "并行核验的进程数（默认由程序按票数和处理器数确定）"
    verify.add_argument("--processes", type=_count, default=0, metavar="N", help=words)
    assess = commands.add_parser("assess", help="由文件夹中的表格重新计算考核结果")
    assess.add_argument("folder", type=Path, metavar="文件夹")
    assess.add_argument("--scheme", type=Path, metavar="方案.toml")
    assess.add_argument("--json", type=Path, metavar="结果.json")
    return parser


def _count(text: str) -> int:
    """A number of processes as given on the command line."""
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("应为1至64之间的整数")
    return number


def _demo(output: Path, clock: "Clock") -> int:
    from gaoxin_vote.workflow.files import writing_to
    from gaoxin_vote.workflow.sample import run_sample, sample_facts
    from gaoxin_vote.workflow.verify import verify_path

    workspace = output / "演示2017.gxv"
    line = _ProgressLine()
    try:
        with writing_to(output):
            output.mkdir(parents=True, exist_ok=True)
            _remove_earlier(output, workspace)
        run = run_sample(workspace, output / "演示2017-资料", clock, line)
        run.workspace.close()
        record, *certified = run.sheets
        for path in (*run.archives, *certified, run.package):
            verify_path(path, expect=run.fingerprint, progress=line)
    except GaoxinVoteError as error:
        line.clear()
        return _failed(error)
    line.clear()
    print(_ranking(run.record.as_json()))
    print()
    print(f"工作区（加密）：{workspace}    口令：{sample_facts().passphrase}")
    print(f"密钥仪式记录：{record}")
    for path in (*run.archives, *certified, run.package):
        print(f"已生成并核验：{path}")
    print(f"密钥仪式记录上的指纹：{run.fingerprint}")
    print(f"复核：gaoxin-vote verify {run.package} --expect {run.fingerprint}")
    return OK


def _remove_earlier(output: Path, workspace: Path) -> None:
    """Results of an earlier demo run give way; nothing else in the folder is touched."""
    workspace.unlink(missing_ok=True)
    earlier = output / "演示2017-资料"
    if earlier.is_dir():
        shutil.rmtree(earlier)


def _verify(paths: Sequence[Path], expect: str | None, as_json: bool, processes: int) -> int:
    from gaoxin_vote.workflow.verify import verify_path
    from gaoxin_vote.workflow.verify_text import described, plain

    results: list[object] = []
    worst = OK
    for path in paths:
        line = _ProgressLine()
        try:
            verification = verify_path(path, expect=expect, progress=line, processes=processes)
        except GaoxinVoteError as error:
            line.clear()
            code = _exit_code(error)
            worst = max(worst, code)
            results.append({"path": str(path), "ok": False, "exit": code, **_error_json(error)})
            if not as_json:
                print(f"{path}\n  {'不支持' if code == USAGE else '核验未通过'}：{error}", file=sys.stderr)
            continue
        line.clear()
        if as_json:
            results.append(plain(verification))
        else:
            print("\n".join(described(verification)))
    if as_json:
        print(json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=1))
    return worst


def _assess(folder: Path, scheme: Path | None, target: Path | None) -> int:
    from gaoxin_vote.workflow.files import reading_from, write_durably
    from gaoxin_vote.workflow.recompute import recompute

    try:
        for path in (folder, *([scheme] if scheme else [])):
            with reading_from(path):
                if not path.exists():
                    print(f"没有这个文件或文件夹：{path}", file=sys.stderr)
                    return USAGE
        record, notes = recompute(folder, scheme)
        result = record.as_json()
        if target is not None:
            write_durably(target, (json.dumps(result, ensure_ascii=False, indent=1) + "\n").encode())
    except GaoxinVoteError as error:
        return _failed(error)
    print(_ranking(result))
    for note in notes:
        print(f"注意：{note}", file=sys.stderr)
    if record.blockers:
        print(f"\n还有{len(record.blockers)}个问题，不能定稿：", file=sys.stderr)
        for blocker in record.blockers:
            print(f"  {blocker.message}", file=sys.stderr)
        return BROKEN
    return OK


def _failed(error: GaoxinVoteError) -> int:
    print(error, file=sys.stderr)
    return _exit_code(error)


def _exit_code(error: GaoxinVoteError) -> int:
    """What is not supported is neither believed nor disbelieved; a missing file is a mistake of the call."""
    from gaoxin_vote.belenios.evidence import Unsupported
    from gaoxin_vote.workflow.verify import VerifyReason

    calls = (VerifyReason.MISSING, VerifyReason.UNKNOWN, VerifyReason.BAD_EXPECTATION)
    return USAGE if isinstance(error.reason, Unsupported) or error.reason in calls else BROKEN


def _error_json(error: GaoxinVoteError) -> dict[str, object]:
    return {
        "error": type(error).__name__,
        "reason": error.reason.name,
        "message": error.message,
        "details": list(error.details),
    }


_COLUMNS = (
    ("名次", "rank"),
    ("单位", "name"),
    ("类别", "cls"),
    ("指标", "indicator"),
    ("领导评议", "leader"),
    ("互评", "peer"),
    ("加减分", "bonus"),
    ("综合得分", "composite"),
    ("等次", "grade"),
    ("优秀名额", "staff_excellent_quota"),
    ("问责", "accountability"),
)
_INNER = {"leader": "score", "peer": "score", "bonus": "net"}


def _ranking(result: dict[str, Any]) -> str:
    """The units in their order as a table for a terminal."""
    units = {unit["code"]: unit for unit in result["units"]}
    order = [code for code in result["summary"]["order"] if code in units]
    order += [code for code in units if code not in order]
    rows = [tuple(heading for heading, _ in _COLUMNS)]
    for code in order:
        cells = [units[code][key][_INNER[key]] if key in _INNER else units[code][key] for _, key in _COLUMNS]
        rows.append(tuple("—" if cell is None else str(cell) for cell in cells))
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    grades = result["summary"]["grade_counts"]
    return "\n".join((*lines, "", "  ".join(f"{grade} {number}" for grade, number in grades.items())))


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class _ProgressLine:
    """The progress of long work as one line on a terminal; silent where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._words = ""

    def __call__(self, done: int, total: int, words: str) -> None:
        """Show how far the work is; off a terminal each kind of work is named once."""
        if self._shown:
            print(f"\r\033[K{words} {done}/{total}", end="", file=sys.stderr, flush=True)
        elif words != self._words:
            print(f"{words} …", file=sys.stderr, flush=True)
        self._words = words

    def clear(self) -> None:
        """Give the line back."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
