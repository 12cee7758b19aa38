"""Does an error keep all its parts on the way out of another process?"""

import pickle
from enum import Enum

import pytest

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused, Unavailable

Reason = Enum("Reason", "FAULTY")


@pytest.mark.parametrize("kind", [Refused, Unavailable, EvidenceBroken])
def test_error_survives_being_sent(kind: type[GaoxinVoteError]) -> None:
    error = pickle.loads(pickle.dumps(kind(Reason.FAULTY, "表格有误", details=("第3行", "第7行"))))
    assert type(error) is kind
    assert (error.reason, error.message, error.details) == (Reason.FAULTY, "表格有误", ("第3行", "第7行"))
    assert str(error) == "表格有误\n第3行\n第7行"
