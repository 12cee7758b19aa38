"""Which command was given, and what opens without one?"""

import sys

from gaoxin_vote.bootstrap import run


def main() -> int:
    """The program's entry; returns the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
