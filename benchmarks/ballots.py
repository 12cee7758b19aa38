"""How fast are ballots sealed and verified, beside the cost of the group operations that this must take?

    python -m benchmarks.ballots [--ballots 1000] [--rounds 40]

The floor is Σ counts × libsodium's own cost of each operation, measured in the same run, between the
things measured: on a busy machine only ratios mean anything. See docs/performance.md for the counts.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

from nacl import bindings as sodium

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.ballot import seal_ballot, verify_ballot
from gaoxin_vote.belenios.credential import credential_from_number, credential_order, public_credential
from gaoxin_vote.belenios.election import Election, Question, new_uuid
from gaoxin_vote.belenios.group import GENERATOR, random_scalars
from gaoxin_vote.belenios.threshold import new_seed
from gaoxin_vote.belenios.trustee import mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.workflow.ceremony.threshold_group import hold_key_ceremony

QUESTIONS = 25
# Operations for each question with blank and four answers, of which one is chosen; then for the ballot.
SEAL = {"base": (26, 2), "power": (19, 0), "multiply": (12, 0), "divide": (0, 0), "member": (0, 0)}
VERIFY = {"base": (14, 1), "power": (42, 1), "multiply": (34, 1), "divide": (6, 0), "member": (0, 0)}
_TURNS = 4
"""One and two processes take turns this often, so that both see the same noise."""
Counts = dict[str, tuple[int, int]]


def election_of(trustees: Trustees) -> Election:
    """A ballot of 25 units with four grades."""
    grades = ("优秀", "良好", "合格", "不合格")
    questions = tuple(Question(f"U{number:02} 单位", grades) for number in range(1, QUESTIONS + 1))
    return Election(
        uuid=new_uuid(),
        name="部门互评",
        description="测量",
        public_key=trustees.public_key,
        questions=questions,
    )


def choices_of(number: int) -> tuple[tuple[int, ...], ...]:
    """Some allowed choices."""
    return tuple(tuple(int(place == (number + row) % 5) for place in range(5)) for row in range(QUESTIONS))


def operations() -> dict[str, Callable[[], object]]:
    """Single libsodium operations on arbitrary values."""
    k, a, b = random_scalars(3)
    p, q = (GENERATOR**a).raw, (GENERATOR**b).raw
    return {
        "base": partial(sodium.crypto_scalarmult_ed25519_base_noclamp, k.raw),
        "power": partial(sodium.crypto_scalarmult_ed25519_noclamp, k.raw, p),
        "multiply": partial(sodium.crypto_core_ed25519_add, p, q),
        "divide": partial(sodium.crypto_core_ed25519_sub, p, q),
        "member": partial(sodium.crypto_core_ed25519_is_valid_point, p),
    }


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """How long one piece of `work` takes."""
    start = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - start) / times


def floor(counts: Counts, costs: dict[str, float]) -> float:
    """Σ counts × cost."""
    return sum((each * QUESTIONS + once) * costs[name] for name, (each, once) in counts.items())


def single_ballots(rounds: int) -> None:
    """Print ms to seal and to verify one ballot, and their ratios to the floor."""
    _, key = mandatory_key()
    election = election_of(Trustees((key,)))
    credential = credential_from_number(58**21)
    text = seal_ballot(election, credential, choices_of(0))
    jobs: dict[str, tuple[Callable[[], object], Counts]] = {
        "seal": (partial(seal_ballot, election, credential, choices_of(0)), SEAL),
        "verify": (partial(verify_ballot, election, text), VERIFY),
    }
    single, costs = operations(), list[dict[str, float]]()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    floors: dict[str, list[float]] = {name: [] for name in jobs}

    def measured() -> dict[str, float]:
        costs.append({name: seconds(operation, 60) for name, operation in single.items()})
        return costs[-1]

    for _ in range(rounds):
        for name, (work, counts) in jobs.items():
            before, taken, after = measured(), seconds(work), measured()
            times[name].append(taken)
            floors[name].append((floor(counts, before) + floor(counts, after)) / 2)
    print(f"一张 {QUESTIONS} 题选票（{len(text)} 字节），{rounds} 轮")
    for name in single:
        print(f"  libsodium {name:9}{1e6 * median(cost[name] for cost in costs):9.1f} µs")
    for name in jobs:
        least, middle = 1e3 * min(times[name]), 1e3 * median(times[name])
        ratio = sum(times[name]) / sum(floors[name])
        print(f"  {name:9} least {least:7.1f} ms, median {middle:7.1f} ms, {ratio:5.2f} × floor (goal 1.25)")


def sealed(election: Election, number: int) -> str:
    """Ballot `number`: one piece of work for a process."""
    return seal_ballot(election, credential_from_number(58**21 + number), choices_of(number))


def write_archive(path: Path, count: int) -> None:
    """An archive with `count` ballots, still open."""
    _, key = mandatory_key()
    group = hold_key_ceremony(tuple(new_seed() for _ in range(3)), 2, lambda *step: None).keys
    trustees = Trustees((key, group))
    election = election_of(trustees)
    credentials = [public_credential(election.uuid, credential_from_number(58**21 + n)) for n in range(count)]
    with path.open("wb") as target, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        builder = ArchiveBuilder(target, 1_795_344_080)
        builder.setup(election.text, trustees.text, tuple(sorted(credentials, key=credential_order)))
        for text in pool.map(partial(sealed, election), range(count), chunksize=4):
            builder.ballot(text)


def verify_apart(path: Path, processes: int) -> tuple[float, int, int]:
    """Seconds, and the peak memory in kB of the process that verifies and of its largest worker."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.ballots",
        "--verify",
        str(path),
        "--processes",
        str(processes),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    taken, own, worker = json.loads(done.stdout)
    return taken, own, worker


def verify_here(path: Path, processes: int) -> None:
    """Verify and print what `verify_apart` reads."""
    taken = seconds(lambda: verify_archive(path, processes=processes))
    own, worker = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps([taken, own, worker]))


def many_ballots(count: int) -> None:
    """Print ballots per second on one and two processes, taking turns, and the memory that it takes."""
    quarter, taken = max(count // _TURNS, 1), {1: 0.0, 2: 0.0}
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.bel", Path(folder) / "many.bel"
        write_archive(few, quarter)
        write_archive(many, count)
        print(f"{count} 张选票的档案（{many.stat().st_size / 1e6:.0f} MB），{os.cpu_count()} 个处理器")
        for turn in range(_TURNS):
            for processes in (1, 2) if turn % 2 else (2, 1):
                taken[processes] += verify_apart(few, processes)[0]
        _, few_memory, _ = verify_apart(few, 2)
        seconds_many, own, worker = verify_apart(many, 2)
    for processes, time in taken.items():
        speed = quarter * _TURNS / time
        print(
            f"  {processes} process(es), {_TURNS} × {quarter} ballots {time:7.1f} s, {speed:5.1f} ballots/s"
        )
    print(f"  2 processes take {taken[2] / taken[1]:.2f} of 1 (goal 0.6)")
    print(f"  {count} ballots at once on 2 processes: {seconds_many:.1f} s")
    shares = f"{own / 1024:.0f} MB and 2 × {worker / 1024:.0f} MB"
    print(f"  peak memory {(own + 2 * worker) / 1024:.0f} MB: {shares}")
    print(f"  the reading process with {quarter} ballots: {few_memory / 1024:.0f} MB (goal below 300, flat)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--verify", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.verify:
        verify_here(arguments.verify, arguments.processes)
        return
    single_ballots(arguments.rounds)
    if arguments.ballots:
        many_ballots(arguments.ballots)


if __name__ == "__main__":
    main()
