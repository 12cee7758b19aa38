"""Annual target assessment of a development zone: secret ballots, count, scores, sheets."""

__version__ = "0.1.0"
