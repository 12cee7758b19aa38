"""How are sealed ballots summed, and only the sums opened? (BELENIOS 8 to 10)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.ballot import Ballot, Ciphertext
from gaoxin_vote.belenios.compact import array, members, number, read, sha256_hex, write
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.evidence import Flaw, broken, found_at
from gaoxin_vote.belenios.group import (
    GENERATOR,
    IDENTITY,
    Point,
    base_power,
    divide,
    encode,
    multiply,
    parse_point,
    power,
    product,
    require_member,
    scalar,
)
from gaoxin_vote.belenios.proof import Proof, equality_holds, prove_equality
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.trustees import Trustee, Trustees
from gaoxin_vote.errors import EvidenceBroken

Grid = tuple[tuple[Ciphertext, ...], ...]
"""One row for each question, one ciphertext for each of its places (with blank, the flag first)."""


def empty_grid(election: Election) -> Grid:
    """The sum of no ballots: (1, 1) everywhere."""
    return tuple((Ciphertext(IDENTITY, IDENTITY),) * question.width for question in election.questions)


def multiply_grids(left: Grid, right: Grid) -> Grid:
    """Place by place (α·α', β·β'): the ciphertexts of the sums."""
    return tuple(
        tuple(
            Ciphertext(multiply(one.alpha, other.alpha), multiply(one.beta, other.beta))
            for one, other in zip(*rows, strict=True)
        )
        for rows in zip(left, right, strict=True)
    )


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """The product of the counted ballots, and how many they are."""

    grid: Grid
    ballots: int

    @property
    def text(self) -> str:
        """The JSON text of the sums."""
        return write([[ciphertext.json() for ciphertext in row] for row in self.grid])

    @property
    def sized_text(self) -> str:
        """The JSON text beside it, that the event names; every ballot weighs 1."""
        digest = sha256_hex(self.text)
        return write({"num_tallied": self.ballots, "total_weight": self.ballots, "encrypted_tally": digest})

    @classmethod
    def parse(cls, election: Election, text: str, sized_text: str) -> Self:
        """The tally in the two texts of an archive; raises `EvidenceBroken` if they do not fit together."""
        counted, weight, digest = members(read(sized_text), "num_tallied", "total_weight", "encrypted_tally")
        if number(counted) != number(weight) or digest != sha256_hex(text):
            raise broken(Flaw.TALLY_SIZE, "加密计票的票数、总权重或摘要互不相符")
        return cls(_parse_grid(election, text), number(counted))


def _parse_grid(election: Election, text: str) -> Grid:
    rows = array(read(text), len(election.questions))
    grid = []
    for question, row in zip(election.questions, rows, strict=True):
        cells = [members(cell, "alpha", "beta") for cell in array(row, question.width)]
        grid.append(tuple(Ciphertext(_sum_point(alpha), _sum_point(beta)) for alpha, beta in cells))
    return tuple(grid)


def _sum_point(text: object) -> Point:
    """A point that may be the identity, checked."""
    point = parse_point(text, identity=True)
    return point if point == IDENTITY else require_member(point)


def encrypted_tally(election: Election, ballots: Iterable[str]) -> EncryptedTally:
    """The sums over `ballots`: valid texts, of each credential only the one that counts.

    Raises `EvidenceBroken` if a credential occurs twice or a text is no ballot of `election`.
    """
    grid, seen = empty_grid(election), set[str]()
    for place, text in enumerate(ballots, 1):
        with found_at(f"第 {place} 张选票"):
            ballot = Ballot.parse(election, text)
            if ballot.credential in seen:
                raise broken(Flaw.DUPLICATE_BALLOT, "同一投票凭证出现两次")
            seen.add(ballot.credential)
            grid = multiply_grids(grid, tuple(answer.choices for answer in ballot.answers))
    return EncryptedTally(grid, len(seen))


def partial_decryption(election: Election, tally_text: str, secret: int) -> str:
    """The share of the trustee with private key x: α^x for every place, each with its proof.

    The prefix of the proofs is ``decrypt|φ|enc(X)|``. Raises `EvidenceBroken` if `tally_text` is no
    encrypted tally of `election`.
    """
    exponent = scalar(secret)
    prefix = _prefix(election, base_power(exponent))
    grid = _parse_grid(election, tally_text)
    return write(
        {
            "decryption_factors": [[encode(power(cell.alpha, exponent)) for cell in row] for row in grid],
            "decryption_proofs": [
                [prove_equality(prefix, exponent, cell.alpha).json() for cell in row] for row in grid
            ],
        }
    )


def _prefix(election: Election, public: Point) -> str:
    return f"decrypt|{election.fingerprint}|{encode(public)}|"


Factors = tuple[tuple[Point, ...], ...]
"""α^x in the shape of the tally."""


def parse_share(election: Election, text: str) -> tuple[Factors, tuple[tuple[Proof, ...], ...]]:
    """The factors and proofs of a partial decryption; raises `EvidenceBroken` unless complete."""
    factors, proofs = members(read(text), "decryption_factors", "decryption_proofs")
    widths = [question.width for question in election.questions]
    return (
        tuple(
            tuple(parse_point(point, identity=True) for point in array(row, width))
            for row, width in zip(array(factors, len(widths)), widths, strict=True)
        ),
        tuple(
            tuple(Proof.parse(proof) for proof in array(row, width))
            for row, width in zip(array(proofs, len(widths)), widths, strict=True)
        ),
    )


def verify_share(election: Election, grid: Grid, public: Point, text: str) -> Factors:
    """The factors of a partial decryption under the key X; raises `EvidenceBroken` naming the place."""
    factors, proofs = parse_share(election, text)
    prefix = _prefix(election, public)
    for question, rows in enumerate(zip(grid, factors, proofs, strict=True), 1):
        for place, (cell, factor, proof) in enumerate(zip(*rows, strict=True), 1):
            with found_at(f"第 {question} 题第 {place} 格"):
                if not equality_holds(prefix, public, cell.alpha, factor, proof):
                    raise broken(Flaw.SHARE, "部分解密的证明不成立")
    return factors


@dataclass(frozen=True, slots=True)
class Shares:
    """Which partial decryptions hold, and whether they are enough."""

    valid: Mapping[int, Factors]
    """by owner"""
    invalid: tuple[tuple[int, str], ...]
    """owner and reason: tolerated as long as the rest of its threshold group suffices"""

    def missing(self, trustees: Trustees) -> tuple[str, ...]:
        """Who or what is still missing before the tally can be opened, in Chinese words."""
        lacking = []
        for item, present in self._by_item(trustees):
            if isinstance(item, ThresholdKeys):
                if len(present) < item.threshold:
                    lacking.append(f"门限密钥组还差 {item.threshold - len(present)} 人")
            elif not present:
                lacking.append("必到的监票密钥人未解密")
        return tuple(lacking)

    def factors(self, trustees: Trustees) -> Factors:
        """F for every place: Π over the items of the factor, or of the first t valid ones combined.

        Raises `EvidenceBroken` (`QUORUM`) if some are missing.
        """
        if lacking := self.missing(trustees):
            raise broken(Flaw.QUORUM, f"有效的部分解密不足：{'；'.join(lacking)}")
        combined = []
        for item, present in self._by_item(trustees):
            if isinstance(item, ThresholdKeys):
                chosen = sorted(present, key=lambda trustee: trustee.index)[: item.threshold]
                first = self.valid[chosen[0].owner]
                combined.append(
                    tuple(
                        tuple(
                            item.combine({t.index: self.valid[t.owner][row][column] for t in chosen})
                            for column in range(len(first[row]))
                        )
                        for row in range(len(first))
                    )
                )
            else:
                combined.append(self.valid[present[0].owner])
        return tuple(
            tuple(product(cells) for cells in zip(*rows, strict=True)) for rows in zip(*combined, strict=True)
        )

    def _by_item(self, trustees: Trustees) -> list[tuple[object, list[Trustee]]]:
        present: list[list[Trustee]] = [[] for _ in trustees.items]
        for trustee in trustees.members:
            if trustee.owner in self.valid:
                present[trustee.item].append(trustee)
        return list(zip(trustees.items, present, strict=True))


def check_shares(
    election: Election, trustees: Trustees, grid: Grid, texts: Iterable[tuple[int, str]]
) -> Shares:
    """Check partial decryptions, given with their owners.

    An invalid one is put up with as long as its threshold group can still reach its threshold without
    it. Raises `EvidenceBroken` otherwise, for an unknown owner and for a second one of the same owner.
    """
    valid: dict[int, Factors] = {}
    invalid: list[tuple[int, str]] = []
    members_by_owner = {trustee.owner: trustee for trustee in trustees.members}
    for owner, text in texts:
        trustee = members_by_owner.get(owner)
        if trustee is None or owner in valid or owner in dict(invalid):
            raise broken(Flaw.SHARE_OWNER, f"部分解密所属编号 {owner} 不存在或重复")
        try:
            with found_at(trustee.label):
                valid[owner] = verify_share(election, grid, trustee.key.point, text)
        except EvidenceBroken as error:
            if error.reason not in (Flaw.SHARE, Flaw.NOT_A_MEMBER):
                raise
            invalid.append((owner, error.message))
            item = trustees.items[trustee.item]
            lost = sum(members_by_owner[other].item == trustee.item for other, _ in invalid)
            if not isinstance(item, ThresholdKeys) or lost > len(item.members) - item.threshold:
                raise
    return Shares(valid, tuple(invalid))


Counts = tuple[tuple[int, ...], ...]
"""One row for each question: with blank the number of blanks first, then the answers."""


def open_tally(election: Election, trustees: Trustees, tally: EncryptedTally, shares: Shares) -> Counts:
    """β/F = g^count for every place, solved by table up to the number of ballots.

    Raises `EvidenceBroken` if shares are missing or a count is out of range.
    """
    powers, point = {IDENTITY: 0}, IDENTITY
    for count in range(1, tally.ballots + 1):
        point = multiply(point, GENERATOR)
        powers[point] = count
    try:
        return tuple(
            tuple(powers[divide(cell.beta, factor)] for cell, factor in zip(*row, strict=True))
            for row in zip(tally.grid, shares.factors(trustees), strict=True)
        )
    except KeyError:
        raise broken(Flaw.RESULT, "解密结果不是 0 到票数之间的数") from None


def result_text(counts: Counts) -> str:
    """The JSON text of the result."""
    return write({"result": [list(row) for row in counts]})


def verify_result(
    election: Election, trustees: Trustees, tally: EncryptedTally, shares: Shares, text: str
) -> Counts:
    """The counts in the text of a result; raises `EvidenceBroken` unless β/F = g^count everywhere."""
    (rows,) = members(read(text), "result")
    counts = tuple(
        tuple(number(count) for count in array(row, question.width))
        for question, row in zip(election.questions, array(rows, len(election.questions)), strict=True)
    )
    for question, row in enumerate(zip(tally.grid, shares.factors(trustees), counts, strict=True), 1):
        for place, (cell, factor, count) in enumerate(zip(*row, strict=True), 1):
            if count > tally.ballots or divide(cell.beta, factor) != base_power(scalar(count)):
                raise broken(Flaw.RESULT, f"结果第 {question} 题第 {place} 格与解密不符")
    return counts
