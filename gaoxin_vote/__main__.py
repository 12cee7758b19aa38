"""Which command was given, and what opens without one?"""

import sys


def main() -> int:
    """The program's entry; returns the exit code."""
    try:
        from gaoxin_vote.bootstrap import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        from gaoxin_vote.terminal import ProgressLine, say

        ProgressLine().clear()
        say("已中止，没有做完。")
        return 130


if __name__ == "__main__":
    sys.exit(main())
