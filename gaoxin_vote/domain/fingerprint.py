"""How are fingerprints and codes written, so that people can compare them with paper?"""

CHECK_DIGITS = 32
"""Hex digits of each fingerprint in a 核对指纹; also half of a SHA-256, which fills one line on paper."""


def check_fingerprint(trustees: str, certificate: str) -> str:
    """The 核对指纹 of a year: the first digits of the trustees' and of the certificate's fingerprint.

    It stands on the record of the key ceremony, and `verify --expect` takes it.
    """
    return f"{trustees[:CHECK_DIGITS]}-{certificate[:CHECK_DIGITS]}"


def spelled_check(check: str) -> str:
    """A 核对指纹 as on the record of the ceremony, in groups; `--expect` does not mind the blanks."""
    return " - ".join(map(grouped, check.split("-")))


def two_lines(digest: str) -> tuple[str, str]:
    """A SHA-256 (64 hex digits) as the two lines in which it is printed, each in groups of four."""
    return grouped(digest[:CHECK_DIGITS]), grouped(digest[CHECK_DIGITS:])


def grouped(digits: str) -> str:
    """`digits` in groups of four, for reading aloud: of a fingerprint, or of the code on a slip."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
