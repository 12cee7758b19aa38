"""How can a valid archive be spoiled so that only one inner check can notice?

An archive is taken apart into plain JSON values, changed in one place, and put together again with every
outer digest, link and event chain made anew; ballots are signed again with the voter's own credential. It
writes records and events by itself, so that it also checks the octets that the program writes.
"""

import copy
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from gaoxin_vote.belenios.channel import ChannelKeys
from gaoxin_vote.belenios.compact import sha256_base64, write
from gaoxin_vote.belenios.credential import public_credential, secret_exponent
from gaoxin_vote.belenios.evidence import Flaw, Unsupported
from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ORDER, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof, prove_disjunction
from gaoxin_vote.belenios.threshold import make_certificate
from gaoxin_vote.belenios.trustee import TrusteeKey
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused
from tests.belenios.samples import Sample

TORSION = Point(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
"""a point of order 8"""


def octets(text: str) -> bytes:
    """UTF-8; a lone surrogate U+DCxx stands for the octet xx, which no text has."""
    return text.encode(errors="surrogateescape")


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(octets(text)).hexdigest()


@dataclass(slots=True)
class Event:
    """One event with its data records, as texts; what is None is made as the format demands."""

    kind: str
    records: list[str]
    payload: bool = True
    parent: str | None = None
    height: int | None = None
    extra: dict[str, object] | None = None


def header(name: str, size: int, mtime: int) -> bytes:
    """A record's header, made by the standard library and stripped to what Belenios writes."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, mtime, 0o644
    block = bytearray(member.tobuf(tarfile.USTAR_FORMAT))
    block[257:512] = bytes(255)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def pack(records: list[tuple[str, str]], mtime: int) -> bytes:
    """The octets of an archive."""
    out = io.BytesIO()
    for name, text in records:
        content = octets(text)
        out.write(header(name, len(content), mtime) + content + bytes(-len(content) % 512))
    return out.getvalue()


def chained(events: list[Event], mtime: int) -> list[tuple[str, str]]:
    """Names and texts of all records, with a correct chain unless an event says otherwise."""
    records = [("BELENIOS", write({"version": 1, "timestamp": str(mtime)}))]
    parent: str | None = None
    for height, event in enumerate(events):
        records += [(f"{digest(text)}.data.json", text) for text in event.records]
        value: dict[str, object] = {} if height == 0 else {"parent": event.parent or parent}
        value |= {"height": height if event.height is None else event.height, "type": event.kind}
        if event.records and event.payload:
            value["payload"] = digest(event.records[-1])
        text = write(value | (event.extra or {}))
        parent = digest(text)
        records.append((f"{parent}.event.json", text))
    return records


@dataclass(slots=True)
class Parts:
    """A valid election taken apart into JSON values, with the secrets to repair what lies around a change."""

    sample: Sample
    election: Any
    trustees: Any
    credentials: Any
    ballots: list[Any]
    tally: Any
    sized: Any
    shares: list[Any]
    result: Any

    @classmethod
    def of(cls, sample: Sample) -> "Parts":
        """The parts of `sample`, free to change."""
        return cls(
            sample,
            json.loads(sample.election.text),
            json.loads(sample.keys.trustees.text),
            list(sample.listed),
            [json.loads(text) for text in sample.ballots],
            json.loads(sample.tally.text),
            json.loads(sample.tally.sized_text),
            [[owner, json.loads(text)] for owner, text in sample.shares],
            json.loads(sample.result),
        )

    def copy(self) -> "Parts":
        """An independent copy."""
        names = ("election", "trustees", "credentials", "ballots", "tally", "sized", "shares", "result")
        return Parts(self.sample, *(copy.deepcopy(getattr(self, name)) for name in names))

    def sign(self, ballot: Any) -> None:
        """Make hash and signature of a changed ballot anew, with its credential if it is a voter's."""
        body = {name: value for name, value in ballot.items() if name != "signature"}
        ballot["signature"]["hash"] = sha256_base64(write(body))
        for credential in self.sample.credentials:
            if public_credential(self.sample.election.uuid, credential) == ballot["credential"]:
                secret = secret_exponent(self.sample.election.uuid, credential)
                proof = Proof.make(f"sig|{ballot['signature']['hash']}|", secret)
                ballot["signature"]["proof"] = json.loads(write(proof))

    def events(self) -> list[Event]:
        """The events of the archive, with all links made from the parts as they are now."""
        setup = [write(part) for part in (self.election, self.trustees, self.credentials)]
        links = dict(zip(("election", "trustees", "credentials"), map(digest, setup), strict=True))
        tally = write(self.tally)
        sized = self.sized | {"encrypted_tally": digest(tally)}
        events = [Event("Setup", [*setup, write(links)])]
        events += [Event("Ballot", [write(ballot)]) for ballot in self.ballots]
        events += [Event("EndBallots", []), Event("EncryptedTally", [tally, write(sized)])]
        for owner, share in self.shares:
            text = write(share)
            owned = write({"owner": owner, "payload": digest(text)})
            events.append(Event("PartialDecryption", [text, owned]))
        return [*events, Event("Result", [write(self.result)])]

    def archive(self, events: list[Event] | None = None) -> bytes:
        """The archive of the parts, or of changed `events`."""
        return pack(chained(events or self.events(), 1_795_344_080), 1_795_344_080)


# ---- every field of every structure


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all strings and numbers in a JSON value."""
    if isinstance(value, dict):
        for name in value:
            yield from leaves(value[name], (*path, name))
    elif isinstance(value, list):
        for place in range(len(value)):
            yield from leaves(value[place], (*path, place))
    else:
        yield path


def containers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all objects and non-empty arrays in a JSON value."""
    if isinstance(value, dict | list) and value:
        yield path
        for name in value if isinstance(value, dict) else range(len(value)):
            yield from containers(value[name], (*path, name))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """The value at `path`."""
    for step in path:
        value = value[step]
    return value


def another(leaf: Any) -> Any:
    """A different value of the same form: another point, scalar, number, flag or text."""
    if leaf is True:
        return False
    if isinstance(leaf, int):
        return leaf + 1
    if leaf.isdigit() and len(leaf) > 20:
        return str((int(leaf) + 1) % ORDER)
    if len(leaf) == 64 and set(leaf) <= set("0123456789abcdef"):
        return str(Point.parse(leaf) * GENERATOR)
    if leaf.startswith("{"):
        return nested(leaf)
    return leaf[:-1] + ("b" if leaf.endswith("a") else "a")


def nested(text: str) -> str:
    """A JSON text inside a string with its last leaf changed."""
    value = json.loads(text)
    *path, name = list(leaves(value))[-1]
    parent = at(value, tuple(path))
    parent[name] = another(parent[name])
    return write(value)


def changed(value: Any, path: tuple[Any, ...]) -> None:
    """Change the leaf at `path`."""
    parent = at(value, path[:-1])
    parent[path[-1]] = another(parent[path[-1]])


def reshaped(value: Any, path: tuple[Any, ...], how: str) -> None:
    """Drop the last, repeat the last or turn around the members of the object or array at `path`."""
    inner = at(value, path)
    if isinstance(inner, list):
        if how == "drop":
            inner.pop()
        elif how == "add":
            inner.append(copy.deepcopy(inner[-1]))
        else:
            inner.reverse()
        return
    members = list(inner.items())
    inner.clear()
    if how == "drop":
        members.pop()
    elif how == "add":
        members.append(("unknown", 1))
    else:
        members.reverse()
    inner.update(members)


# ---- forged ballots


def forged_answer(key: Point, context: str, vector: tuple[int, ...], lie: str) -> dict[str, Any]:
    """A sealed answer with blank to min = max = 1 whose proofs are all made as well as can be.

    The proof named `lie` (individual, blank, overall) states what is false: it claims its first branch.
    """
    randomness = random_scalars(len(vector))
    cells = [
        (GENERATOR**r, key**r * GENERATOR ** Scalar.of(m)) for r, m in zip(randomness, vector, strict=True)
    ]
    joined = f"{context}|{','.join(f'{alpha},{beta}' for alpha, beta in cells)}"
    flag, chosen, total = vector[0], sum(vector[1:]), Scalar.of(sum(map(int, randomness[1:])))
    individual = []
    for (alpha, beta), r, m in zip(cells, randomness, vector, strict=True):
        true = m if m in (0, 1) and lie != "individual" else 0
        prefix = f"prove|{context}|{alpha},{beta}|"
        individual.append(prove_disjunction(key, prefix, [(r, Scalar.of(m)), (r, Scalar.of(m - 1))], true))
    zero = [(randomness[0], Scalar.of(flag)), (total, Scalar.of(chosen))]
    blank = prove_disjunction(key, f"bproof0|{joined}|", zero, 0 if lie == "blank" else int(flag != 0))
    one = [(randomness[0], Scalar.of(flag - 1)), (total, Scalar.of(chosen - 1))]
    overall = prove_disjunction(key, f"bproof1|{joined}|", one, 0 if lie == "overall" else int(flag == 0))
    value: dict[str, Any] = json.loads(
        write(
            {
                "choices": [{"alpha": alpha, "beta": beta} for alpha, beta in cells],
                "individual_proofs": individual,
                "overall_proof": overall,
                "blank_proof": blank,
            }
        )
    )
    return value


def forged(parts: Parts, vector: tuple[int, ...], lie: str) -> None:
    """The first ballot's first answer replaced by a forged one, signed by the voter."""
    ballot = parts.ballots[0]
    context = f"{parts.sample.election.fingerprint}|{ballot['credential']}"
    ballot["answers"][0] = forged_answer(parts.sample.election.key, context, vector, lie)
    parts.sign(ballot)


# ---- forged threshold groups


def group_of(seeds: tuple[str, ...], polynomials: Sequence[Sequence[Scalar]]) -> dict[str, Any]:
    """The JSON value of a group with these members and polynomials, whatever they are: all of it fits."""
    size, threshold = len(seeds), len(polynomials[0])
    certs = [make_certificate(seed, index, size, threshold) for index, seed in enumerate(seeds, 1)]
    shown = [write({"coefexps": [GENERATOR**a for a in polynomial]}) for polynomial in polynomials]
    secrets = [
        Scalar.of(sum(int(a) * place**k for polynomial in polynomials for k, a in enumerate(polynomial)))
        for place in range(1, size + 1)
    ]
    group: dict[str, Any] = {
        "threshold": threshold,
        "certs": [{"message": cert.message} for cert in certs],
        "coefexps": [{"message": text} for text in shown],
        "signatures": [],
        "verification_keys": [json.loads(write(TrusteeKey.make(secret))) for secret in secrets],
    }
    sign_group(group, [ChannelKeys.from_seed(seed).signing for seed in seeds])
    return group


def sign_group(group: dict[str, Any], signing: Sequence[Scalar]) -> None:
    """Make every signature in a threshold group anew with the members' ceremony keys."""
    for place, key in enumerate(signing):
        signed = group["certs"][place]
        signed["signature"] = _signature(key, signed["message"])
    group["signatures"] = []
    parts = zip(group["coefexps"], group["verification_keys"], signing, strict=True)
    for shown, public, key in parts:
        shown["signature"] = _signature(key, shown["message"])
        whole = write({"certs": group["certs"]} | json.loads(shown["message"]))
        group["signatures"].append(_signature(key, f"certs_sig|{whole}"))
        public["signature"] = _signature(key, public["public_key"])


def _signature(signing: Scalar, message: str) -> Any:
    return json.loads(write(Proof.make(f"sigmsg|{message}|", signing)))


# ---- for the tests themselves


ONE = str(IDENTITY)


def steps(path: str) -> tuple[Any, ...]:
    """A dotted path as keys and indexes."""
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def put(value: Any, path: str, new: Any) -> None:
    """Put `new` at the dotted `path`."""
    at(value, steps(path)[:-1])[steps(path)[-1]] = new


def swap(value: Any, first: str, second: str) -> None:
    """Exchange what lies at two dotted paths."""
    kept = copy.deepcopy(at(value, steps(first))), copy.deepcopy(at(value, steps(second)))
    put(value, first, kept[1])
    put(value, second, kept[0])


def turned(value: dict[str, Any]) -> dict[str, Any]:
    """The same members in the opposite order."""
    return dict(reversed(value.items()))


def torsion(point: str) -> str:
    """The point times one of order 8: on the curve, but no member."""
    return str(Point.parse(point) * TORSION)


def refusal(archive: bytes) -> GaoxinVoteError:
    """The error with which `archive` is refused."""
    with pytest.raises((EvidenceBroken, Refused)) as caught:
        verify_archive(archive)
    assert isinstance(caught.value, EvidenceBroken) == isinstance(caught.value.reason, Flaw)
    assert isinstance(caught.value, Refused) == isinstance(caught.value.reason, Unsupported)
    return caught.value


def repaired(parts: Parts) -> bytes:
    """The archive after everything around the changes was made to fit again."""
    fingerprint = sha256_base64(write(parts.election))
    for ballot in parts.ballots:
        renamed = parts.election != Parts.of(parts.sample).election
        ballot["election_hash"] = fingerprint if renamed else ballot["election_hash"]
        if renamed:
            parts.sign(ballot)
    return parts.archive()
