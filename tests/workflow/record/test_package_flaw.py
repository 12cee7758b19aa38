"""Does whatever stops the reading of a package become evidence, with the name of what broke?"""

import pytest

from gaoxin_vote.belenios.evidence import found_at
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.files import FileReason
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, PackageReason, as_evidence


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), TypeError("x"), RecursionError("x")])
def test_a_file_that_cannot_be_understood_is_broken(error: Exception) -> None:
    with (
        pytest.raises(EvidenceBroken, match=r"sessions\.json格式不符") as broken,
        as_evidence("sessions.json"),
    ):
        raise error
    assert broken.value.reason is PackageFlaw.MALFORMED


def test_advice_for_whoever_fills_in_a_table_is_left_out() -> None:
    refusal = Refused(PackageReason.UNKNOWN, "“得分”不是数值，请改正后重新导入。")
    with pytest.raises(EvidenceBroken) as broken, as_evidence("考核数据"):
        raise refusal
    assert broken.value.message == "考核数据不成立：“得分”不是数值。"


def test_trouble_of_the_computer_stays_what_it_is() -> None:
    with pytest.raises(Unavailable), as_evidence("x"):
        raise Unavailable(FileReason.READ_FAILED, "U盘已拔出")


def test_what_breaks_is_told_with_the_thing_that_it_is_part_of() -> None:
    with pytest.raises(EvidenceBroken) as broken, found_at("领导评议"):
        raise EvidenceBroken(PackageFlaw.COUNTS, "票数不符。", details=("U01",))
    assert broken.value.message == "领导评议：票数不符。"
    assert (broken.value.reason, broken.value.details) == (PackageFlaw.COUNTS, ("U01",))
