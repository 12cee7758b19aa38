"""Do numbers look as if every bit of them had been drawn?"""

from collections.abc import Mapping, Sequence
from math import log, sqrt

BITS = 252
_FALSE_ALARM = 1e-9


def uneven_bits(columns: Mapping[str, Sequence[int]]) -> set[tuple[str, int]]:
    """Name of the column and place, most significant first, of each bit that is 1 too often or too rarely.

    Columns of numbers drawn evenly below 2^252, or mod q, have none but with probability 1e-9, all of them
    together: by Hoeffding, of n fair bits |ones − n/2| ≥ d has a probability below 2·exp(−2d²/n).
    """
    tests, found = BITS * len(columns), set[tuple[str, int]]()
    for name, numbers in columns.items():
        bound = sqrt(len(numbers) / 2 * log(2 * tests / _FALSE_ALARM))
        written = [f"{number:0{BITS}b}" for number in numbers]
        for place, bits in enumerate(zip(*written, strict=True)):
            if abs(bits.count("1") - len(bits) / 2) >= bound:
                found.add((name, place))
    return found
