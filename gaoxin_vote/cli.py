"""What can be done without a screen: the demo year, verification, recomputing a folder."""

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin_vote import __version__
from gaoxin_vote.domain.fingerprint import CHECK_DIGITS
from gaoxin_vote.errors import GaoxinVoteError, Unavailable
from gaoxin_vote.progress import Progress
from gaoxin_vote.reading_process import FileReading, in_process
from gaoxin_vote.terminal import (
    Parser,
    ProgressLine,
    aligned,
    flush_streams,
    give_up_streams,
    prepare_streams,
    say,
    visible,
)

if TYPE_CHECKING:
    from gaoxin_vote.domain.record import AssessmentRecord
    from gaoxin_vote.workflow.setup.workspaces import Clock

Told = tuple[Mapping[str, object], tuple[str, ...]]
"""What a file says that holds: members for a machine, lines for people."""

OK, BROKEN, USAGE, UNDECIDED = 0, 1, 2, 3


def main(arguments: Sequence[str], clock: "Clock", reading: FileReading = in_process) -> int:
    """Run one command; returns its exit code. `reading` is how files of other people are read.

    0 fine, 1 broken or refused, 2 usage or not supported, 3 the computer failed and nothing is decided.
    """
    prepare_streams()
    try:
        code = _run(arguments, clock, reading)
        flush_streams()
    except OSError as error:
        # Every file is read and written with messages of its own: this is the output.
        give_up_streams()
        code = UNDECIDED if not isinstance(error, BrokenPipeError) else 141
    return code


def _run(arguments: Sequence[str], clock: "Clock", reading: FileReading) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.command == "demo":
        return _demo(options.output, clock)
    if options.command == "verify":

        def tell(path: Path, progress: Progress) -> Told:
            arguments = (path, options.expect, options.processes)
            return reading(path.name or str(path), _told, *arguments, progress=progress, tells=True)

        return _verify(options.paths, options.expect, options.json, tell)
    return _assess(options.folder, options.scheme, options.json, reading)


def _parser() -> argparse.ArgumentParser:
    hint = "核验文件请用：gaoxin-vote verify 文件。不带命令时打开窗口。"
    parser = Parser(prog="gaoxin-vote", description="高新区年度目标任务考核", epilog=hint)
    parser.add_argument("--version", action="version", version=f"高新投票 {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    words = "用2017年度样例数据走完全部流程"
    demo = commands.add_parser("demo", help=words, description=words)
    words = "结果放在哪个文件夹（默认 demo-output）"
    demo.add_argument("--output", type=_path, default=Path("demo-output"), metavar="文件夹", help=words)
    words = "核验选票档案（.bel）、考核档案包（压缩包或文件夹）或已签发的报表（.pdf），不需要口令"
    ends = "退出码：0 全部成立；1 不成立；2 用法有误或不支持；3 电脑出了问题，没有得出结论。"
    verify = commands.add_parser("verify", help=words, description=words, epilog=ends)
    verify.add_argument("paths", nargs="+", type=_path, metavar="文件", help="可以有多个")
    words = (
        f"密钥发放记录上的“核对指纹”（两组各{CHECK_DIGITS}位，中间一个“-”），用于比对；"
        "重新发放过密钥的年度可以给多个"
    )
    verify.add_argument("--expect", action="append", metavar="指纹", help=words)
    verify.add_argument("--json", action="store_true", help="输出 JSON，供其他程序使用")
    words = "并行核验的进程数（默认由程序按票数和处理器数确定）"
    verify.add_argument("--processes", type=_count, default=0, metavar="N", help=words)
    words = "由文件夹中的表格重新计算考核结果"
    assess = commands.add_parser("assess", help=words, description=words)
    assess.add_argument("folder", type=_path, metavar="文件夹", help="其中有单位、计票、指标得分等表格")
    words = "考核方案（默认用文件夹中的 config.json，没有则用2017年度方案）"
    assess.add_argument("--scheme", type=_path, metavar="方案.toml", help=words)
    assess.add_argument("--json", type=_path, metavar="结果.json", help="把结果写到这个文件")
    return parser


def _count(text: str) -> int:
    """A number of processes as given on the command line."""
    if not text.isdecimal() or not 1 <= int(text) <= 60:
        raise argparse.ArgumentTypeError("应为1至60之间的整数")
    return int(text)


def _path(text: str) -> Path:
    """A path as given on the command line: an unset variable of a script is not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("名称是空的")
    return Path(text)


def _demo(output: Path, clock: "Clock") -> int:
    from gaoxin_vote.files import writing_to
    from gaoxin_vote.workflow.record.sample import run_sample, sample_facts
    from gaoxin_vote.workflow.verify.any_file import verify_path

    workspace = output / "演示2017.gxv"
    line = ProgressLine()
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
    print(_ranking(run.record))
    print()
    print(f"工作区（加密）：{workspace}    口令：{sample_facts().passphrase}")
    print(f"密钥发放记录：{record}")
    for path in (*run.archives, *certified, run.package):
        print(f"已生成并核验：{path}")
    print(f"密钥发放记录上的指纹：{run.fingerprint}")
    print(f"核验：gaoxin-vote verify {run.package} --expect {run.fingerprint}")
    return OK


def _remove_earlier(output: Path, workspace: Path) -> None:
    """Results of an earlier demo run give way; nothing else in the folder is touched."""
    workspace.unlink(missing_ok=True)
    earlier = output / "演示2017-资料"
    if earlier.is_dir():
        shutil.rmtree(earlier)


def _told(path: Path, expect: Sequence[str] | None, processes: int, progress: Progress) -> Told:
    """What holds in a file, for machines and for people; called in a process of its own."""
    from gaoxin_vote.workflow.verify.any_file import verify_path
    from gaoxin_vote.workflow.verify.as_json import success
    from gaoxin_vote.workflow.verify.as_text import described

    verification = verify_path(path, expect=expect, progress=progress, processes=processes)
    return success(verification), described(verification)


def _verify(
    paths: Sequence[Path], expect: Sequence[str] | None, as_json: bool, tell: Callable[[Path, Progress], Told]
) -> int:
    from gaoxin_vote.workflow.verify.as_json import failure
    from gaoxin_vote.workflow.verify.comparing import expectations
    from gaoxin_vote.workflow.verify.outcome import Outcome, failure_of, gravest, told_together

    try:
        expectations(expect)
    except GaoxinVoteError as error:
        code = _failed(error, USAGE)
        say("指纹中有空格时整体加引号。")
        return code
    results, outcomes, line = list[object](), list[Outcome](), ProgressLine()
    for path in paths:
        try:
            found, words = tell(path, line)
        except GaoxinVoteError as error:
            line.clear()
            failed = failure_of(error)
            outcomes.append(failed.outcome)
            results.append(failure(path, failed.outcome.value, error))
            if not as_json:
                say("\n".join(failed.lines(path)))
            continue
        line.clear()
        outcomes.append(Outcome.HELD)
        results.append(found)
        if not as_json:
            print("\n".join(map(visible, words)))
    if as_json:
        print(json.dumps(results[0] if len(results) == 1 else results, indent=1))
    elif len(paths) > 1:
        print(told_together(outcomes))
        rows = [
            ("", outcome.label, visible(str(path))) for outcome, path in zip(outcomes, paths, strict=True)
        ]
        print("\n".join(aligned(rows)))
    return int(gravest(outcomes).value)


def _assess(folder: Path, scheme: Path | None, target: Path | None, reading: FileReading) -> int:
    from gaoxin_vote.files import reading_from, write_durably
    from gaoxin_vote.workflow.verify.recompute import recompute

    try:
        for path in (folder, *([scheme] if scheme else [])):
            with reading_from(path):
                if not path.exists():
                    say(visible(f"没有这个文件或文件夹：{path}"))
                    return USAGE
        record, notes = recompute(folder, scheme, reading)
        if target is not None:
            write_durably(
                target, (json.dumps(record.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
            )
    except GaoxinVoteError as error:
        return _failed(error)
    print(_ranking(record))
    for note in notes:
        say(visible(f"注意：{note}"))
    if record.blockers:
        say(f"\n尚有{len(record.blockers)}项须先解决，不能定稿：")
        for blocker in record.blockers:
            say(visible(f"  {blocker.message}"))
        return BROKEN
    return OK


def _failed(error: GaoxinVoteError, code: int = BROKEN) -> int:
    say("\n".join(_shown(error)))
    return UNDECIDED if isinstance(error, Unavailable) else code


def _shown(error: GaoxinVoteError) -> tuple[str, ...]:
    """The lines of an error; names out of files must not look like lines of ours."""
    return (visible(error.message), *map(visible, error.details))


def _ranking(record: "AssessmentRecord") -> str:
    """The units in their order as a table for a terminal, and how many have each grade."""
    from gaoxin_vote.domain.contest import GRADES
    from gaoxin_vote.workflow.results.ranking import ranking

    counts = Counter(outcome.grade for outcome in record.ranked)
    grades = "  ".join(f"{grade.label} {counts[grade]}" for grade in GRADES)
    return "\n".join((*aligned(ranking(record)), "", grades))
