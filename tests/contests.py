"""The two contests of the notice, as the shipped schemes list them, and what a year says of one."""

from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text

LEADERSHIP = Contest(ContestCode("leader"), "领导评议")
PEER = Contest(ContestCode("peer"), "部门互评")
CONTESTS = load_scheme(shipped_scheme_text()).contests
"""Their rules in the notice of 2017."""
LEADER_RULES, PEER_RULES = CONTESTS


def leadership(scheme: AssessmentScheme) -> ContestRules:
    """The rules of 领导评议."""
    return scheme.contest(LEADERSHIP.code)


def peer(scheme: AssessmentScheme) -> ContestRules:
    """The rules of 部门互评."""
    return scheme.contest(PEER.code)
