"""What do passphrases and slip codes cost where nobody guesses?"""

from gaoxin_vote.stretching import Stretching, StretchingCosts

_LEAST = Stretching(memory_kib=8, iterations=1, lanes=1)
"""The least that Argon2id takes."""
CHEAP_COSTS = StretchingCosts(workspace=_LEAST, share=_LEAST, slip=_LEAST)
