"""How are choices sealed into a ballot, and what makes a ballot valid? (BELENIOS 7)"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul

from gaoxin_vote.belenios.compact import parse, sha256_base64, write
from gaoxin_vote.belenios.credential import secret_exponent
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.evidence import Flaw, found_at, require
from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ONE, ZERO, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof, disjunction_holds, prove_disjunction


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """α = g^r, β = y^r·g^m; `str` of it is what enters the hashes."""

    alpha: Point
    beta: Point

    def __mul__(self, other: "Ciphertext") -> "Ciphertext":
        """The ciphertext of the sum: (α·α', β·β')."""
        return Ciphertext(self.alpha * other.alpha, self.beta * other.beta)

    def __str__(self) -> str:
        return f"{self.alpha},{self.beta}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The sealed answer to one question: with blank, choice 0 is the flag of a blank vote."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None


@dataclass(frozen=True, slots=True)
class Signature:
    """h = B64 of the ballot without this member, and the proof that signs it."""

    hash: str
    proof: Proof


def seal_ballot(election: Election, credential: str, choices: tuple[tuple[int, ...], ...]) -> str:
    """The text of a ballot: encrypted, proven and signed with `credential`.

    `choices` has one vector of 0 and 1 for each question; with blank its first entry is the blank
    flag. Raises `Refused` for a malformed credential, `ValueError` if the choices are not allowed
    (a mistake of the program: the booth offers only what is allowed).
    """
    secret = secret_exponent(election.uuid, credential)
    public, fingerprint, key = GENERATOR**secret, election.fingerprint, election.key
    given = zip(election.questions, choices, strict=True)
    answers = tuple(_seal_answer(key, f"{fingerprint}|{public}", *pair) for pair in given)
    body = write(Ballot(election.uuid, fingerprint, public, answers, None))
    digest = sha256_base64(body)
    signature = Signature(digest, Proof.make(f"sig|{digest}|", secret))
    return f'{body[:-1]},"signature":{write(signature)}}}'


def _seal_answer(key: Point, context: str, question: Question, vector: Sequence[int]) -> Answer:
    """Encrypt one vector of choices, α = g^r, β = y^r·g^m, and prove it (BELENIOS 7.1).

    `context` is S0 = φ|enc(c). The statements are those of `_verify_answer`; the randomness of the sum of
    the answers is the sum of theirs.
    """
    flag, number = (vector[0], sum(vector[1:])) if question.blank else (0, sum(vector))
    in_bounds = (1 - flag) * question.min <= number <= (1 - flag) * question.max
    if len(vector) != question.width or not set(vector) <= {0, 1} or not in_bounds:
        raise ValueError("choices that the question does not allow")
    choices, individual, randomness = [], [], random_scalars(len(vector))
    marks = [(ZERO, ONE)[m] for m in vector]
    for r, m, mark in zip(randomness, vector, marks, strict=True):
        choices.append(Ciphertext(GENERATOR**r, key**r * (IDENTITY, GENERATOR)[m]))
        prefix = f"prove|{context}|{choices[-1]}|"
        individual.append(prove_disjunction(key, prefix, [(r, mark), (r, mark - ONE)], m))
    joined = f"{context}|{','.join(map(str, choices))}"
    total, chosen = (reduce(add, parts[question.blank :], ZERO) for parts in (randomness, marks))
    overall = [(total, chosen - Scalar.of(constant)) for constant in range(question.min, question.max + 1)]
    true, blank = number - question.min, None
    if question.blank:
        either_zero = [(randomness[0], marks[0]), (total, chosen)]
        blank = prove_disjunction(key, f"bproof0|{joined}|", either_zero, flag)
        overall.insert(0, (randomness[0], marks[0] - ONE))
        true, prefix = (1 - flag) * (1 + true), f"bproof1|{joined}|"
    else:
        prefix = f"prove|{joined}|{reduce(mul, choices)}|"
    proof = prove_disjunction(key, prefix, overall, true)
    return Answer(tuple(choices), tuple(individual), proof, blank)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot; `verify` says whether it is valid."""

    election_uuid: str
    election_hash: str
    credential: Point
    answers: tuple[Answer, ...]
    signature: Signature | None

    @classmethod
    def parse(cls, election: Election, text: str) -> "Ballot":
        """The ballot in `text`; raises `EvidenceBroken` unless it is canonical and made for `election`."""
        ballot = parse(cls, text)
        own = (ballot.election_uuid, ballot.election_hash) == (election.uuid, election.fingerprint)
        require(own, Flaw.OTHER_ELECTION, "选票属于另一次选举")
        # The octets as received, without the last member: the text is canonical, so nothing looks alike.
        digest = sha256_base64(text.rpartition(',"signature":')[0] + "}")
        signs = ballot.signature is not None and ballot.signature.hash == digest
        require(signs, Flaw.BALLOT_SIGNATURE, "签名所签的摘要与选票内容不符")
        require(len(ballot.answers) == len(election.questions), Flaw.LENGTH, "答案数与题目数不同")
        for place, (question, answer) in enumerate(zip(election.questions, ballot.answers, strict=True), 1):
            require(_lengths(answer) == _wanted(question), Flaw.LENGTH, f"第{place}题的密文或证明数不符")
        return ballot

    def verify(self, election: Election) -> None:
        """Check every proof and the signature; raises `EvidenceBroken` naming the question.

        Membership of every α, β and of the credential is checked by the multiplications of the proofs.
        """
        key, context = election.key, f"{self.election_hash}|{self.credential}"
        for place, (question, answer) in enumerate(zip(election.questions, self.answers, strict=True), 1):
            with found_at(f"第{place}题"):
                _verify_answer(key, context, question, answer)
        assert self.signature is not None
        holds = self.signature.proof.holds(f"sig|{self.signature.hash}|", (GENERATOR, self.credential))
        require(holds and self.credential != IDENTITY, Flaw.BALLOT_SIGNATURE, "选票签名不成立")


def _lengths(answer: Answer) -> tuple[int, list[int], int, int | None]:
    """The numbers of ciphertexts, individual proofs, overall proofs and blank proofs (None if absent)."""
    pairs, blank = [len(proofs) for proofs in answer.individual_proofs], answer.blank_proof
    return len(answer.choices), pairs, len(answer.overall_proof), None if blank is None else len(blank)


def _wanted(question: Question) -> tuple[int, list[int], int, int | None]:
    """The numbers that `_lengths` should give."""
    span = question.max - question.min + 1 + question.blank
    return question.width, [2] * question.width, span, 2 if question.blank else None


def _verify_answer(key: Point, context: str, question: Question, answer: Answer) -> None:
    """Check the proofs of one answer (BELENIOS 7.1); β/g is computed once for each ciphertext.

    Each m_i is 0 or 1: ``prove|S0|α_i,β_i|``. With mΣ the sum of the answers and S = S0|α_0,β_0,…: without
    blank min ≤ mΣ ≤ max: ``prove|S|αΣ,βΣ|``; with blank m_0 = 0 or mΣ = 0: ``bproof0|S|``, and m_0 = 1 or
    min ≤ mΣ ≤ max: ``bproof1|S|``.
    """
    lowered = [choice.beta / GENERATOR for choice in answer.choices]
    for place, choice in enumerate(answer.choices):
        require(IDENTITY not in (choice.alpha, choice.beta), Flaw.NOT_A_MEMBER, "密文没有加密，不能采信")
        zero_or_one = [(choice.alpha, choice.beta), (choice.alpha, lowered[place])]
        proofs = answer.individual_proofs[place]
        holds = disjunction_holds(key, f"prove|{context}|{choice}|", zero_or_one, proofs)
        require(holds, Flaw.INDIVIDUAL_PROOF, f"第{place + 1}个密文的“非0即1”证明不成立")
    joined = f"{context}|{','.join(map(str, answer.choices))}"
    total = reduce(mul, answer.choices[question.blank :])
    shifted = [total.beta]
    for _ in range(question.max):
        shifted.append(shifted[-1] / GENERATOR)
    overall, prefix = [(total.alpha, beta) for beta in shifted[question.min :]], f"prove|{joined}|{total}|"
    if answer.blank_proof is not None:
        flag, prefix = answer.choices[0], f"bproof1|{joined}|"
        is_zero = [(flag.alpha, flag.beta), (total.alpha, total.beta)]
        holds = disjunction_holds(key, f"bproof0|{joined}|", is_zero, answer.blank_proof)
        require(holds, Flaw.BLANK_PROOF, "空白票的证明不成立")
        overall.insert(0, (flag.alpha, lowered[0]))
    holds = disjunction_holds(key, prefix, overall, answer.overall_proof)
    require(holds, Flaw.OVERALL_PROOF, "选择总数的证明不成立")


def verify_ballot(election: Election, text: str) -> None:
    """Check one ballot by itself; raises `EvidenceBroken` with the `Flaw` and the question.

    Whether its credential is listed is for the archive to say.
    """
    Ballot.parse(election, text).verify(election)


def tracker(ballot_text: str) -> str:
    """查询码: B64(SHA256(ballot text)), 43 characters; `domain.tracker` respells it for people."""
    return sha256_base64(ballot_text)


def largest_ballot(election: Election) -> int:
    """An upper bound of a ballot's length in bytes: every scalar is counted with 77 digits."""
    longest = Scalar((10**77 - 1).to_bytes(32, "little"))
    signature = Signature(election.fingerprint, Proof(longest, longest))
    proof, cell = len(write(signature.proof)) + 1, len(write(Ciphertext(GENERATOR, GENERATOR))) + 1
    length = len(write(Ballot(election.uuid, election.fingerprint, GENERATOR, (), signature)))
    for width, _, overall, blank in map(_wanted, election.questions):
        frame = len(write(Answer((), (), (), None if blank is None else ()))) + 1
        length += frame + width * (cell + 2 * proof + 3) + (overall + (blank or 0)) * proof
    return length
