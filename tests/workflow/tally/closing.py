"""How does a test come to a closed session, and who gives a share?"""

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.workflow.tally.counting import count
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share
from tests.contests import PEER
from tests.workflow.conftest import PASSPHRASE, Office
from tests.workflow.sealing import close_and_seal


def closed(office: Office, contest: Contest = PEER, **choices: object) -> SessionId:
    session_id, live, _ = office.open(contest, **choices)
    for code, mark in zip(
        live, (Mark.EXCELLENT, Mark.GOOD, Mark.GOOD, Mark.ABSTAIN, Mark.FAIL), strict=False
    ):
        office.vote(session_id, code, mark)
    close_and_seal(office.workspace, session_id)
    return session_id


def give_of(office: Office, session_id: SessionId, index: int) -> None:
    give_share(office.workspace, session_id, office.shares[index], f"trustee {index} secret")


def count_all(office: Office, session_id: SessionId) -> SessionTally:
    """Officer and two trustees give their keys, and the session is counted."""
    give_officer_key(office.workspace, session_id, PASSPHRASE)
    for index in (0, 1):
        give_of(office, session_id, index)
    return count(office.workspace, session_id)
