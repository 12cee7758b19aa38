"""How are choices sealed into a ballot, and what makes a ballot valid? (BELENIOS 7)"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.compact import array, members, read, sha256_base64, write
from gaoxin_vote.belenios.credential import secret_exponent
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.evidence import Flaw, broken, found_at
from gaoxin_vote.belenios.group import (
    GENERATOR,
    IDENTITY,
    ZERO,
    Point,
    add,
    base_power,
    divide,
    encode,
    multiply,
    parse_point,
    power,
    random_scalars,
    scalar,
)
from gaoxin_vote.belenios.proof import (
    Branch,
    Proof,
    disjunction_holds,
    knowledge_holds,
    prove_disjunction,
    prove_knowledge,
)

_LONGEST_SCALAR = "9" * 77


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """α = g^r, β = y^r·g^m."""

    alpha: Point
    beta: Point

    @classmethod
    def parse(cls, value: object) -> Self:
        """The ciphertext in a JSON value; neither part may be the identity."""
        alpha, beta = members(value, "alpha", "beta")
        return cls(parse_point(alpha), parse_point(beta))

    def json(self) -> dict[str, object]:
        """The JSON value of the ciphertext."""
        return {"alpha": encode(self.alpha), "beta": encode(self.beta)}

    @property
    def text(self) -> str:
        """``enc(α),enc(β)`` as it enters the hashes."""
        return f"{encode(self.alpha)},{encode(self.beta)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The sealed answer to one question: with blank, choice 0 is the flag of a blank vote."""

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...] | None

    @classmethod
    def parse(cls, value: object, question: Question) -> Self:
        """The answer in a JSON value, with as many parts as `question` demands."""
        names = [
            "choices",
            "individual_proofs",
            "overall_proof",
            *(["blank_proof"] if question.blank else []),
        ]
        choices, individual, overall, *blank = members(value, *names)
        span = question.max - question.min + 1 + question.blank
        return cls(
            tuple(Ciphertext.parse(choice) for choice in array(choices, question.width)),
            tuple(_proofs(pair, 2) for pair in array(individual, question.width)),
            _proofs(overall, span),
            _proofs(blank[0], 2) if question.blank else None,
        )

    def json(self) -> dict[str, object]:
        """The JSON value of the answer."""
        value: dict[str, object] = {
            "choices": [choice.json() for choice in self.choices],
            "individual_proofs": [[proof.json() for proof in pair] for pair in self.individual],
            "overall_proof": [proof.json() for proof in self.overall],
        }
        return (
            value if self.blank is None else value | {"blank_proof": [proof.json() for proof in self.blank]}
        )


def _proofs(value: object, length: int) -> tuple[Proof, ...]:
    return tuple(Proof.parse(proof) for proof in array(value, length))


def seal_ballot(election: Election, credential: str, choices: tuple[tuple[int, ...], ...]) -> str:
    """The text of a ballot: encrypted, proven and signed with `credential`.

    `choices` has one vector of 0 and 1 for each question; with blank its first entry is the blank
    flag. Raises `Refused` for a malformed credential, `ValueError` if the choices are not allowed
    (a mistake of the program: the booth offers only what is allowed).
    """
    secret = scalar(secret_exponent(election.uuid, credential))
    public = encode(base_power(secret))
    fingerprint = election.fingerprint
    context = f"{fingerprint}|{public}"
    answers = [
        _seal_answer(election.key, context, question, vector).json()
        for question, vector in zip(election.questions, choices, strict=True)
    ]
    body: dict[str, object] = {
        "election_uuid": election.uuid,
        "election_hash": fingerprint,
        "credential": public,
        "answers": answers,
    }
    digest = sha256_base64(write(body))
    proof = prove_knowledge(f"sig|{digest}|", secret)
    return write(body | {"signature": {"hash": digest, "proof": proof.json()}})


def _seal_answer(key: Point, context: str, question: Question, vector: Sequence[int]) -> Answer:
    """Encrypt one vector of choices and prove it (BELENIOS 7.1)."""
    flag, chosen = (vector[0], sum(vector[1:])) if question.blank else (0, sum(vector))
    in_bounds = (1 - flag) * question.min <= chosen <= (1 - flag) * question.max
    if len(vector) != question.width or not set(vector) <= {0, 1} or not in_bounds:
        raise ValueError("choices that the question does not allow")
    randomness = random_scalars(len(vector))
    choices = tuple(
        Ciphertext(base_power(r), multiply(power(key, r), (IDENTITY, GENERATOR)[m]))
        for r, m in zip(randomness, vector, strict=True)
    )
    individual = tuple(
        prove_disjunction(
            key,
            _individual_prefix(context, choice),
            [Branch(r, scalar(m - constant)) for constant in (0, 1)],
            m,
        )
        for choice, r, m in zip(choices, randomness, vector, strict=True)
    )
    sum_randomness = ZERO
    for r in randomness[question.blank :]:
        sum_randomness = add(sum_randomness, r)
    in_range = [
        Branch(sum_randomness, scalar(chosen - constant))
        for constant in range(question.min, question.max + 1)
    ]
    joined = _join(context, choices)
    if not question.blank:
        overall = prove_disjunction(key, _sum_prefix(joined, _sum(choices)), in_range, chosen - question.min)
        return Answer(choices, individual, overall, None)
    is_zero = [Branch(randomness[0], scalar(flag)), Branch(sum_randomness, scalar(chosen))]
    is_blank = Branch(randomness[0], scalar(flag - 1))
    true = (1 - flag) * (1 + chosen - question.min)
    return Answer(
        choices,
        individual,
        overall=prove_disjunction(key, f"bproof1|{joined}|", [is_blank, *in_range], true),
        blank=prove_disjunction(key, f"bproof0|{joined}|", is_zero, flag),
    )


def _individual_prefix(context: str, choice: Ciphertext) -> str:
    """``prove|S0|α,β|`` with S0 = φ|enc(c)."""
    return f"prove|{context}|{choice.text}|"


def _join(context: str, choices: Sequence[Ciphertext]) -> str:
    """S = S0|α_0,β_0,α_1,β_1,…"""
    return f"{context}|{','.join([choice.text for choice in choices])}"


def _sum_prefix(joined: str, total: Ciphertext) -> str:
    """``prove|S|αΣ,βΣ|``"""
    return f"prove|{joined}|{total.text}|"


def _sum(choices: Sequence[Ciphertext]) -> Ciphertext:
    """(αΣ, βΣ) = Π (α_i, β_i)"""
    first, *rest = choices
    total = (first.alpha, first.beta)
    for choice in rest:
        total = (multiply(total[0], choice.alpha), multiply(total[1], choice.beta))
    return Ciphertext(*total)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot whose text is well formed; `verify` says whether it is valid."""

    credential: str
    answers: tuple[Answer, ...]
    digest: str
    """B64 of the text without its signature, recomputed"""
    signature: Proof

    @classmethod
    def parse(cls, election: Election, text: str) -> Self:
        """The ballot in `text`; raises `EvidenceBroken` unless it is canonical and made for `election`."""
        value = read(text)
        uuid, fingerprint, credential, answers, signature = members(
            value, "election_uuid", "election_hash", "credential", "answers", "signature"
        )
        if uuid != election.uuid or fingerprint != election.fingerprint:
            raise broken(Flaw.OTHER_ELECTION, "选票属于另一次选举")
        with found_at("投票凭证"):
            parse_point(credential)
        parsed = []
        for place, (question, answer) in enumerate(
            zip(election.questions, array(answers, len(election.questions)), strict=True), 1
        ):
            with found_at(f"第 {place} 题"):
                parsed.append(Answer.parse(answer, question))
        with found_at("签名"):
            digest, proof = members(signature, "hash", "proof")
            body = text.removesuffix(f',"signature":{write(signature)}}}') + "}"
            if digest != sha256_base64(body):
                raise broken(Flaw.BALLOT_SIGNATURE, "签名所签的摘要与选票内容不符")
            return cls(str(credential), tuple(parsed), str(digest), Proof.parse(proof))

    def verify(self, election: Election) -> None:
        """Check every proof and the signature; raises `EvidenceBroken` naming the question.

        Membership of every α, β and of the credential is checked by the multiplications of the proofs.
        """
        key = election.key
        context = f"{election.fingerprint}|{self.credential}"
        for place, (question, answer) in enumerate(zip(election.questions, self.answers, strict=True), 1):
            with found_at(f"第 {place} 题"):
                _verify_answer(key, context, question, answer)
        if not knowledge_holds(f"sig|{self.digest}|", parse_point(self.credential), self.signature):
            raise broken(Flaw.BALLOT_SIGNATURE, "选票签名不成立")


def _verify_answer(key: Point, context: str, question: Question, answer: Answer) -> None:
    """Check the proofs of one answer; β/g is computed once for each ciphertext."""
    lowered = [divide(choice.beta, GENERATOR) for choice in answer.choices]
    for place, (choice, one, proofs) in enumerate(
        zip(answer.choices, lowered, answer.individual, strict=True), 1
    ):
        statements = [(choice.alpha, choice.beta), (choice.alpha, one)]
        if not disjunction_holds(key, _individual_prefix(context, choice), statements, proofs):
            raise broken(Flaw.INDIVIDUAL_PROOF, f"第 {place} 个密文的“非 0 即 1”证明不成立")
    total = _sum(answer.choices[question.blank :])
    shifted, in_range = total.beta, []
    if question.min:
        shifted = divide(shifted, base_power(scalar(question.min)))
    for constant in range(question.min, question.max + 1):
        in_range.append((total.alpha, shifted))
        if constant < question.max:
            shifted = divide(shifted, GENERATOR)
    joined = _join(context, answer.choices)
    if answer.blank is None:
        if not disjunction_holds(key, _sum_prefix(joined, total), in_range, answer.overall):
            raise broken(Flaw.OVERALL_PROOF, "选择总数的证明不成立")
        return
    flag = answer.choices[0]
    is_zero = [(flag.alpha, flag.beta), (total.alpha, total.beta)]
    if not disjunction_holds(key, f"bproof0|{joined}|", is_zero, answer.blank):
        raise broken(Flaw.BLANK_PROOF, "空白票的证明不成立")
    is_blank = (flag.alpha, lowered[0])
    if not disjunction_holds(key, f"bproof1|{joined}|", [is_blank, *in_range], answer.overall):
        raise broken(Flaw.OVERALL_PROOF, "选择总数的证明不成立")


def verify_ballot(election: Election, text: str) -> None:
    """Check one ballot by itself; raises `EvidenceBroken` with the `Flaw` and the question.

    Whether its credential is listed is for the archive to say.
    """
    Ballot.parse(election, text).verify(election)


def tracker(ballot_text: str) -> str:
    """封存码: B64(SHA256(ballot text)), 43 characters."""
    return sha256_base64(ballot_text)


def largest_ballot(election: Election) -> int:
    """An upper bound of a ballot's length in bytes: every scalar is counted with 77 digits."""
    point, proof = "f" * 64, {"challenge": _LONGEST_SCALAR, "response": _LONGEST_SCALAR}
    answers = []
    for question in election.questions:
        answer: dict[str, object] = {
            "choices": [{"alpha": point, "beta": point}] * question.width,
            "individual_proofs": [[proof, proof]] * question.width,
            "overall_proof": [proof] * (question.max - question.min + 1 + question.blank),
        }
        answers.append(answer | ({"blank_proof": [proof, proof]} if question.blank else {}))
    digest = "x" * 43
    ballot = {
        "election_uuid": election.uuid,
        "election_hash": digest,
        "credential": point,
        "answers": answers,
        "signature": {"hash": digest, "proof": proof},
    }
    return len(write(ballot))
