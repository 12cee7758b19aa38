"""How are sealed ballots summed, and only the sums opened? (BELENIOS 8 to 10)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import mul
from typing import TypeVar

from gaoxin_vote.belenios.ballot import Ballot, Ciphertext
from gaoxin_vote.belenios.compact import parse, parse_only, sha256_hex, write
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.evidence import Flaw, broken_by, found_at, require
from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, Point, Scalar
from gaoxin_vote.belenios.proof import Proof
from gaoxin_vote.belenios.threshold import lagrange
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import EvidenceBroken

T = TypeVar("T", Point, Ciphertext)

Grid = tuple[tuple[Ciphertext, ...], ...]
"""One row for each question, one ciphertext for each of its places (with blank, the flag first)."""

Factors = tuple[tuple[Point, ...], ...]
"""α^x, or the product of several, in the shape of a grid."""

Counts = tuple[tuple[int, ...], ...]
"""One row for each question: with blank the number of blanks first, then the answers."""


def _products(left: tuple[tuple[T, ...], ...], right: tuple[tuple[T, ...], ...]) -> tuple[tuple[T, ...], ...]:
    """The products of points or of ciphertexts, place by place."""
    return tuple(tuple(map(mul, *rows)) for rows in zip(left, right, strict=True))


def _require_shape(election: Election, rows: Iterable[tuple[object, ...]]) -> None:
    widths = [question.width for question in election.questions]
    require([len(row) for row in rows] == widths, Flaw.LENGTH, "行列数与题目不符")


@dataclass(frozen=True, slots=True)
class SizedTally:
    """What the EncryptedTally event names; every ballot weighs 1."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """The product of the counted ballots, and how many they are."""

    grid: Grid
    ballots: int

    @classmethod
    def empty(cls, election: Election) -> "EncryptedTally":
        """The sum of no ballots: (1, 1) everywhere."""
        nothing = Ciphertext(IDENTITY, IDENTITY)
        return cls(tuple((nothing,) * question.width for question in election.questions), 0)

    def plus(self, choices: Grid) -> "EncryptedTally":
        """With one more ballot: products, place by place."""
        return EncryptedTally(_products(self.grid, choices), self.ballots + 1)

    @property
    def text(self) -> str:
        """The JSON text of the sums."""
        return write(self.grid)

    @property
    def sized_text(self) -> str:
        """The JSON text beside it."""
        return write(SizedTally(self.ballots, self.ballots, sha256_hex(self.text)))

    @classmethod
    def parse(cls, election: Election, text: str, sized_text: str) -> "EncryptedTally":
        """The tally in the two texts of an archive; raises `EvidenceBroken` if they do not fit together."""
        sized = parse(SizedTally, sized_text)
        fits = sized == SizedTally(sized.num_tallied, sized.num_tallied, sha256_hex(text))
        require(fits, Flaw.TALLY_SIZE, "加密计票的票数、总权重或摘要互不相符")
        return cls(_parse_grid(election, text), sized.num_tallied)


def _parse_grid(election: Election, text: str) -> Grid:
    grid = parse(Grid, text)
    _require_shape(election, grid)
    for point in (point for row in grid for cell in row for point in (cell.alpha, cell.beta)):
        if point != IDENTITY:
            point.member()
    return grid


def encrypted_tally(election: Election, ballots: Iterable[str]) -> EncryptedTally:
    """The sums over `ballots`: valid texts, of each credential only the one that counts.

    Raises `EvidenceBroken` if a credential occurs twice or a text is no ballot of `election`.
    """
    tally, seen = EncryptedTally.empty(election), set[Point]()
    for place, text in enumerate(ballots, 1):
        with found_at(f"第{place}张选票"):
            ballot = Ballot.parse(election, text)
            require(ballot.credential not in seen, Flaw.DUPLICATE_BALLOT, "同一投票凭证出现两次")
            seen.add(ballot.credential)
            tally = tally.plus(tuple(answer.choices for answer in ballot.answers))
    return tally


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """The share of one trustee: factor = α^x for every place, each with its proof."""

    decryption_factors: Factors
    decryption_proofs: tuple[tuple[Proof, ...], ...]


def partial_decryption(election: Election, tally_text: str, secret: Scalar) -> str:
    """The share of the trustee with private key x: α^x, each with A = g^w, B = α^w (BELENIOS 9).

    The prefix of the challenges is ``decrypt|φ|enc(X)|``.

    Raises `EvidenceBroken` if `tally_text` is no encrypted tally of `election`.
    """
    grid = _parse_grid(election, tally_text)
    prefix = f"decrypt|{election.fingerprint}|{GENERATOR**secret}|"
    factors = tuple(tuple(cell.alpha**secret for cell in row) for row in grid)
    proofs = tuple(tuple(Proof.make(prefix, secret, cell.alpha) for cell in row) for row in grid)
    return write(PartialDecryption(factors, proofs))


def verify_share(election: Election, grid: Grid, public: Point, text: str) -> Factors:
    """The factors F of a partial decryption under the key X (BELENIOS 9).

    Raises `EvidenceBroken` naming the place unless each challenge = H(…, g^resp·X^chal, α^resp·F^chal).
    """
    share = parse(PartialDecryption, text)
    _require_shape(election, share.decryption_factors)
    _require_shape(election, share.decryption_proofs)
    prefix = f"decrypt|{election.fingerprint}|{public}|"
    shape = zip(grid, share.decryption_factors, share.decryption_proofs, strict=True)
    for question, rows in enumerate(shape, 1):
        for place, (cell, factor, proof) in enumerate(zip(*rows, strict=True), 1):
            holds = proof.holds(prefix, (GENERATOR, public), (cell.alpha, factor))
            require(holds, Flaw.SHARE, f"第{question}题第{place}格的部分解密证明不成立")
    return share.decryption_factors


def bind_share(grid: Grid, tally_hash: str, share: str, secret: Scalar) -> str:
    """A second proof that F = α^x in all of a share, whose challenge hashes every α and F besides.

    The proofs of format 1 hash neither, so who both seals a ballot and holds a key could bend them (see
    docs/protocol.md). A = g^w, B = α^w for each place, prefix ``gaoxin-vote|share|event|text|enc(X)|`` with
    the digests of the EncryptedTally event, hence of the sums, and of the share's text.
    """
    prefix = _binding(tally_hash, share, GENERATOR**secret)
    return write(Proof.make(prefix, secret, *(cell.alpha for row in grid for cell in row)))


def _binding(tally_hash: str, share: str, public: Point) -> str:
    return f"gaoxin-vote|share|{tally_hash}|{sha256_hex(share)}|{public}|"


def verify_binding(grid: Grid, tally_hash: str, share: str, public: Point, binding: str) -> None:
    """Raise `EvidenceBroken` unless challenge = H(…, g^resp·X^chal, α^resp·F^chal, …) for the whole share."""
    factors = parse(PartialDecryption, share).decryption_factors
    rows = (zip(*row, strict=True) for row in zip(grid, factors, strict=True))
    cells = [(cell.alpha, factor) for row in rows for cell, factor in row]
    holds = parse(Proof, binding).holds(_binding(tally_hash, share, public), (GENERATOR, public), *cells)
    require(holds, Flaw.SHARE_BINDING, "部分解密的整体证明不成立")


@dataclass(frozen=True, slots=True)
class Shares:
    """Which partial decryptions hold, and whether they are enough."""

    valid: Mapping[int, Factors]
    """by owner"""
    invalid: tuple[tuple[int, str], ...]
    """owner and reason: tolerated as long as the rest of its threshold group suffices"""

    def factors(self, trustees: Trustees) -> Factors:
        """F for every place: Π over the items of α^x, of a mandatory key or of the first t valid members.

        Raises `EvidenceBroken` (`QUORUM`) if some are missing.
        """
        combined = list[Factors]()
        for place, item in enumerate(trustees.items):
            present = [
                trustee
                for trustee in trustees.members
                if trustee.item == place and trustee.owner in self.valid
            ]
            words = f"开箱密钥第{place + 1}项需{item.threshold}人的有效部分解密，只有{len(present)}人"
            require(len(present) >= item.threshold, Flaw.QUORUM, words)
            used = present[: item.threshold]
            for trustee, weight in zip(used, lagrange([trustee.index for trustee in used]), strict=True):
                rows = self.valid[trustee.owner]
                combined.append(tuple(tuple(factor**weight for factor in row) for row in rows))
        return reduce(_products, combined)


def check_shares(
    election: Election, trustees: Trustees, grid: Grid, texts: Iterable[tuple[int, str]]
) -> Shares:
    """Check partial decryptions, given with their owners.

    One whose proof fails is tolerated as long as its threshold group can still reach its threshold
    without it. Raises `EvidenceBroken` otherwise, if a text is malformed, and for an owner that does not
    exist or comes twice.
    """
    valid, invalid = dict[int, Factors](), dict[int, str]()
    members = {trustee.owner: trustee for trustee in trustees.members}
    for owner, text in texts:
        fresh = owner in members and owner not in valid.keys() | invalid.keys()
        require(fresh, Flaw.SHARE_OWNER, f"部分解密所属编号{owner}不存在或重复")
        try:
            with found_at(f"第{owner}号密钥保管人{members[owner].key.name or ''}"):
                valid[owner] = verify_share(election, grid, members[owner].key.public_key, text)
        except EvidenceBroken as error:
            invalid[owner] = error.message
            item = trustees.items[members[owner].item]
            lost = sum(members[other].item == members[owner].item for other in invalid)
            spare = len(item.verification_keys) - item.threshold
            if error.reason not in (Flaw.SHARE, Flaw.NOT_A_MEMBER) or lost > spare:
                raise
    return Shares(valid, tuple(invalid.items()))


def open_tally(trustees: Trustees, tally: EncryptedTally, shares: Shares) -> Counts:
    """β/F = g^count for every place, solved by table up to the number of ballots.

    Raises `EvidenceBroken` if shares are missing or a count is out of range.
    """
    powers = {IDENTITY: 0}
    for count in range(1, tally.ballots + 1):
        powers[next(reversed(powers)) * GENERATOR] = count
    counts = list[tuple[int, ...]]()
    for place, row in enumerate(zip(tally.grid, shares.factors(trustees), strict=True), 1):
        with broken_by(KeyError, Flaw.RESULT, f"第{place}题的解密结果不是0到票数之间的数"):
            counts.append(tuple(powers[cell.beta / factor] for cell, factor in zip(*row, strict=True)))
    return tuple(counts)


def result_text(counts: Counts) -> str:
    """The JSON text of the result."""
    return write({"result": counts})


def verify_result(trustees: Trustees, tally: EncryptedTally, shares: Shares, text: str) -> Counts:
    """The counts in the text of a result; raises `EvidenceBroken` unless the shares open to the same."""
    counts, given = open_tally(trustees, tally, shares), parse_only("result", Counts, text)
    require(len(given) == len(counts), Flaw.LENGTH, "行数与题目数不同")
    for place, (said, right) in enumerate(zip(given, counts, strict=True), 1):
        require(said == right, Flaw.RESULT, f"第{place}题应为 {right}，所载为 {said}")
    return counts
