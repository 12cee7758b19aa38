"""Do fingerprints read on the screen as they do on paper?"""

from gaoxin_vote.domain.fingerprint import check_fingerprint, grouped, spelled_check, two_lines

TRUSTEES, CERTIFICATE = "0123456789abcdef" * 4, "fedcba9876543210" * 4


def test_the_check_fingerprint_takes_half_of_each() -> None:
    assert check_fingerprint(TRUSTEES, CERTIFICATE) == f"{'0123456789abcdef' * 2}-{'fedcba9876543210' * 2}"


def test_the_check_fingerprint_is_spelled_as_on_the_record() -> None:
    spelled = spelled_check(check_fingerprint(TRUSTEES, CERTIFICATE))
    assert spelled.split()[7:10] == ["cdef", "-", "fedc"]
    assert spelled.replace(" ", "") == check_fingerprint(TRUSTEES, CERTIFICATE)


def test_a_digest_stands_on_two_lines_in_groups_of_four() -> None:
    first, second = two_lines("0" * 32 + "1" * 32)
    assert (first, second) == (" ".join(["0000"] * 8), " ".join(["1111"] * 8))
    assert grouped("123456") == "1234 56"
