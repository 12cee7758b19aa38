"""What is told when a file does not hold, or is not verified?"""

from pathlib import Path

from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.workflow.verify.outcome import Failure, Outcome, failure_of, gravest, told_together
from gaoxin_vote.workflow.verify.reason import VerifyReason


def test_each_family_of_failures_has_its_outcome() -> None:
    made = [failure_of(kind(VerifyReason.UNKNOWN, "坏")) for kind in (EvidenceBroken, Refused, Unavailable)]
    outcomes = [failure.outcome for failure in made]
    assert outcomes == [Outcome.BROKEN, Outcome.NOT_VERIFIED, Outcome.UNDECIDED]
    assert [outcome.value for outcome in Outcome] == [0, 1, 2, 3]
    assert Outcome(1) is Outcome.BROKEN


def test_words_out_of_a_file_stay_in_their_line() -> None:
    error = Refused(VerifyReason.UNKNOWN, "a\nb", details=("c\u202e",))
    assert failure_of(error) == Failure(Outcome.NOT_VERIFIED, "a�b", ("c�",))
    assert failure_of(error).lines(Path("x\r")) == ("x�", "  无法受理：a�b", "  c�")


def test_the_gravest_of_several_and_all_of_them_in_a_sentence() -> None:
    mixed = (Outcome.UNDECIDED, Outcome.HELD, Outcome.NOT_VERIFIED, Outcome.HELD)
    assert gravest(mixed) is Outcome.UNDECIDED
    assert gravest((*mixed, Outcome.BROKEN)) is Outcome.BROKEN
    assert gravest((Outcome.NOT_VERIFIED, Outcome.HELD)) is Outcome.NOT_VERIFIED
    assert told_together(mixed) == "共4个文件：通过2个，无法受理1个，核验中断1个。"
