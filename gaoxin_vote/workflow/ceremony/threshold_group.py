"""How do the members of a threshold group make their keys, all of them at one computer? (BELENIOS 5.2)"""

from dataclasses import dataclass

from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.threshold import (
    MemberOutput,
    Polynomial,
    ThresholdKeys,
    decryption_key,
    make_certificate,
    make_output,
    make_polynomial,
    member_input,
    threshold_keys,
)
from gaoxin_vote.progress import Progress


@dataclass(frozen=True, slots=True)
class ThresholdCeremony:
    """The outcome of a key ceremony."""

    keys: ThresholdKeys
    private_keys: tuple[str, ...]
    """of each member, sealed for itself; `decryption_key` opens it with the seed"""
    decryption_keys: tuple[Scalar, ...]
    """x_j of each member"""


def hold_key_ceremony(
    seeds: tuple[str, ...], threshold: int, progress: Progress, *, names: tuple[str, ...] = ()
) -> ThresholdCeremony:
    """All six steps for the members with these `seeds`, any `threshold` of whom can decrypt.

    threshold = number of members is allowed here; the reference tool makes only smaller ones, but
    verifies both. Raises `ValueError` for an impossible threshold; `progress` may raise to cancel.
    """
    size, polynomials, outputs = len(seeds), list[Polynomial](), list[MemberOutput]()
    if not 1 <= threshold <= size or len(names) not in (0, size):
        raise ValueError("threshold or names do not fit the number of members")
    certs = tuple(make_certificate(seed, index, size, threshold) for index, seed in enumerate(seeds, 1))
    for index, seed in enumerate(seeds, 1):
        progress(index - 1, 2 * size, "生成密钥片段")
        polynomials.append(make_polynomial(seed, certs))
    for index, seed in enumerate(seeds, 1):
        progress(size + index - 1, 2 * size, "核对密钥片段")
        received, name = member_input(polynomials, index), names[index - 1] if names else None
        outputs.append(make_output(seed, certs, received, index, name))
    keys = threshold_keys(certs, member_input(polynomials, 1), outputs)
    progress(2 * size, 2 * size, "密钥已生成")
    private = tuple(output.private_key for output in outputs)
    return ThresholdCeremony(keys, private, tuple(map(decryption_key, seeds, private)))
