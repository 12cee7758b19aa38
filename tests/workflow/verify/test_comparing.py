"""Which halves of a 核对指纹 were meant, and which record is that of a file?"""

import pytest

from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.verify.comparing import (
    NOTHING_COMPARED,
    Comparison,
    Prints,
    compare,
    expectation,
    expectations,
)
from gaoxin_vote.workflow.verify.reason import VerifyReason

HALVES = ("0123456789abcdef" * 2, "fedcba9876543210" * 2)


@pytest.mark.parametrize(
    "written",
    [
        "-".join(HALVES),
        "–".join(HALVES),
        f"“{HALVES[0]} - {HALVES[1]}”",
        "-".join(HALVES).upper(),
        f"核对指纹：{HALVES[0][:4]} {HALVES[0][4:]} -\n　{HALVES[1]}",
        "－".join(HALVES).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    ],
)
def test_a_fingerprint_is_read_as_people_copy_it(written: str) -> None:
    assert expectation(written) == HALVES
    assert expectations(written) == (HALVES,)
    assert expectations((written, written)) == (HALVES, HALVES)
    assert expectations(None) == ()


@pytest.mark.parametrize("written", ["", HALVES[0], "-".join((*HALVES, "a")), f"{HALVES[0]}-xyz"])
def test_anything_else_is_refused_with_the_form_it_should_have(written: str) -> None:
    with pytest.raises(Refused, match="两组各32位") as error:
        expectation(written)
    assert error.value.reason is VerifyReason.BAD_EXPECTATION


ONE, TWO, CERTIFICATE = "1" * 64, "2" * 64, "c" * 64


def _record(trustees: str, certificate: str = CERTIFICATE) -> tuple[str, str]:
    return trustees[:32], certificate[:32]


def test_what_was_given_is_held_against_what_a_file_carries() -> None:
    package = Prints((ONE, TWO), CERTIFICATE, whole_year=True)
    assert compare(package, ()) == NOTHING_COMPARED
    assert compare(package, (_record(TWO),)) == Comparison(("trustees", "certificate"), (TWO,))
    assert compare(package, (_record(TWO), _record(ONE))).matched == (ONE, TWO)
    with pytest.raises(EvidenceBroken, match=f"开箱密钥指纹.*记录上为{'3' * 32}") as error:
        compare(package, (_record(ONE), _record("3" * 64)))
    assert error.value.reason is VerifyReason.OTHER_TRUSTEES
    with pytest.raises(EvidenceBroken, match="签名证书指纹与密钥发放记录不符") as error:
        compare(package, (_record(ONE, "d" * 64),))
    assert error.value.reason is VerifyReason.OTHER_CERTIFICATE


def test_one_record_of_several_is_that_of_an_archive() -> None:
    archive = Prints((ONE,), "")
    assert compare(archive, (_record(TWO), _record(ONE, "d" * 64))) == Comparison(("trustees",), (ONE,))
    with pytest.raises(EvidenceBroken):
        compare(archive, (_record(TWO),))
