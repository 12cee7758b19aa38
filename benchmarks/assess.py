"""How long does a folder of 10,000 units take, and does twice as much take more than twice as long?

A made-up folder of CSV files (four indicators and one claim a unit, two sessions, two years of history) is
read and assessed, as ``gaoxin-vote assess FOLDER`` does it.
"""

import gc
import tempfile
import time
from datetime import date
from decimal import Decimal
from math import log2
from pathlib import Path

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import GRADES, Contest
from gaoxin_vote.domain.indicator import IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.tally import Reconciliation, SessionTally, UnitCount
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.folder import read_assessment_folder, write_assessment_folder
from tests.contests import LEADERSHIP, PEER

_SIZES = (10_000, 20_000)
_INDICATORS = (("Z1", 40), ("Z2", 24), ("Z3", 8), ("Z4", 8))
_MOST_SECONDS = 10
_TOLERANCE = 1.3
"""Growth above n log n that is still taken for the noise of the machine."""


def made_up(count: int) -> AssessmentInputs:
    """Inputs of `count` units; the figures are a fixed function of the unit's number."""
    units = tuple(
        Unit(UnitCode(f"U{n:05}"), f"第{n}单位", "街道(办事处)" if n % 8 == 0 else "机关部门", 5 + n % 60)
        for n in range(count)
    )
    return AssessmentInputs(
        load_scheme(shipped_scheme_text()),
        units,
        (_tally(units, LEADERSHIP, 9, 0), _tally(units, PEER, count, 1)),
        tuple(
            IndicatorScore(
                unit.code, code, f"指标{code}", Decimal(full), Decimal(full) - Decimal(_mix(n, k)) / 100
            )
            for n, unit in enumerate(units)
            for k, (code, full) in enumerate(_INDICATORS)
        ),
        tuple(
            BonusClaim(
                f"A{n}",
                unit.code,
                ClaimCategory.HONOUR,
                "省级",
                f"M{n}",
                "荣誉",
                declared_on=date(2018, 1, 8),
                approved=True,
            )
            for n, unit in enumerate(units)
        ),
        history=tuple(
            HistoryEntry(year, unit.code, n + 1, GRADES[n * 4 // count], n == count - 1)
            for year in (2015, 2016)
            for n, unit in enumerate(units)
        ),
    )


def _mix(n: int, k: int) -> int:
    """A number below 400 that looks arbitrary."""
    return (n * 7919 + k * 104_729) % 397


def _tally(units: tuple[Unit, ...], contest: Contest, voters: int, own: int) -> SessionTally:
    valid = voters - own
    counts = []
    for n, unit in enumerate(units):
        first = _mix(n, voters) % (valid + 1)
        second = _mix(n, 3) % (valid - first + 1)
        counts.append(UnitCount(unit.code, (first, second, valid - first - second, 0), 0, 0))
    numbers = Reconciliation(voters, voters, voters, voters, voters, 0)
    return SessionTally(contest, "", 1, numbers, tuple(counts))


def measure(count: int) -> tuple[float, float, float]:
    """Seconds for reading and for assessing a folder of `count` units, and processor seconds for both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_assessment_folder(made_up(count), folder)
        gc.collect()
        processor = time.process_time()
        start = time.perf_counter()
        inputs = read_assessment_folder(folder).inputs
        read = time.perf_counter()
        record = assess(inputs)
        end = time.perf_counter()
        processor = time.process_time() - processor
    if len(record.outcomes) != count:
        raise SystemExit(f"{len(record.outcomes)} outcomes for {count} units")
    return read - start, end - read, processor


def main() -> None:
    """Print seconds and the growth ratio; growth is taken from processor time, which other work spares."""
    processor = []
    for count in _SIZES:
        reading, assessing, used = measure(count)
        processor.append(used)
        total = reading + assessing
        print(f"assess {count:,} units: {total:.2f} s (read {reading:.2f}, assess {assessing:.2f})")
        if count == _SIZES[0] and total > _MOST_SECONDS:
            print(f"assess {count:,} units takes more than {_MOST_SECONDS} s")
    small, large = _SIZES
    fair = large * log2(large) / (small * log2(small))
    growth = processor[1] / processor[0]
    verdict = f"n log n within {_TOLERANCE - 1:.0%}" if growth <= fair * _TOLERANCE else "WORSE than n log n"
    print(f"assess growth {small:,} → {large:,}: ×{growth:.2f} (n log n: ×{fair:.2f}): {verdict}")


if __name__ == "__main__":
    main()
