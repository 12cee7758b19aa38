"""Which keys does a scheme have, in the order of its file?"""

from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_keys.adjustments import BARRING, BONUS, KIND
from gaoxin_vote.domain.scheme_keys.consequences import ACCOUNTABILITY, STAFF
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING, SLIPS
from gaoxin_vote.domain.scheme_keys.grades import QUOTA, TIES
from gaoxin_vote.domain.scheme_keys.names import ALIASES, CLAUSES
from gaoxin_vote.domain.scheme_keys.scores import SCORE, TOP

SECTIONS: tuple[Section, ...] = (
    *(TOP, SCORE, RATING, CONTEST, SLIPS),
    *(BONUS, BARRING, KIND, QUOTA, TIES),
    *(STAFF, ACCOUNTABILITY, ALIASES, CLAUSES),
)

KEYS: tuple[SchemeKey, ...] = tuple(key for section in SECTIONS for key in section.keys)
