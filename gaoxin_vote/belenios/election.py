"""What is put to the vote, and under which key? (BELENIOS 4)"""

import re
import secrets
from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.compact import (
    array,
    members,
    number,
    read,
    sha256_base64,
    string,
    write,
)
from gaoxin_vote.belenios.credential import BASE58
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, broken, found_at, unsupported
from gaoxin_vote.belenios.group import GROUP, Point, parse_point, require_member

_UUID = re.compile(f"[{BASE58}]{{14,}}")


def new_uuid() -> str:
    """A fresh election identifier: 14 Base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(14))


@dataclass(frozen=True, slots=True)
class Question:
    """A homomorphic question: choose `min` to `max` of the answers, or nothing at all if `blank`."""

    question: str
    answers: tuple[str, ...]
    min: int = 1
    max: int = 1
    blank: bool = True

    @property
    def width(self) -> int:
        """The number of ciphertexts: with blank its flag, then one for each answer."""
        return len(self.answers) + self.blank

    @classmethod
    def parse(cls, value: object) -> Self:
        """The question in a JSON value; raises `Refused` for another kind of question."""
        if isinstance(value, dict) and "type" in value:
            raise unsupported(Unsupported.QUESTION, "非同态计票的题目")
        answers, blank, least, most, question = members(value, "answers", "blank?", "min", "max", "question")
        parsed = cls(
            string(question),
            tuple(string(answer) for answer in array(answers)),
            number(least),
            number(most),
            blank is not None,
        )
        if blank not in (None, True) or not parsed.min <= parsed.max <= len(parsed.answers):
            raise broken(Flaw.MALFORMED, f"题目“{parsed.question}”的选择数规定自相矛盾")
        return parsed

    def json(self) -> dict[str, object]:
        """The JSON value of the question."""
        blank = {"blank": True} if self.blank else {}
        return (
            {"answers": list(self.answers)}
            | blank
            | {
                "min": self.min,
                "max": self.max,
                "question": self.question,
            }
        )


@dataclass(frozen=True, slots=True)
class Election:
    """The public parameters of an election of format version 1 in the group Ed25519."""

    uuid: str
    name: str
    description: str
    public_key: str
    """enc(y), the key under which every vote is encrypted"""
    questions: tuple[Question, ...]
    administrator: str | None = None
    credential_authority: str | None = None
    language: tuple[str, str] | None = None
    """code and direction, such as ("zh", "ltr")"""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The election in `text`.

        Raises `EvidenceBroken` if it is not well formed, canonical or its key no member of the group;
        `Refused` (`Unsupported`) for another version, group or kind of question.
        """
        value = read(text)
        if isinstance(value, dict) and value.get("version") != 1:
            raise unsupported(Unsupported.VERSION, f"选举格式版本 {value.get('version')}")
        if isinstance(value, dict) and value.get("group") != GROUP:
            raise unsupported(Unsupported.GROUP, f"密码群 {value.get('group')}（只核验 {GROUP}）")
        _, description, name, _, public_key, questions, uuid, administrator, authority, language = members(
            value,
            *("version", "description", "name", "group", "public_key", "questions", "uuid"),
            *("administrator?", "credential_authority?", "language?"),
        )
        if not _UUID.fullmatch(string(uuid)):
            raise broken(Flaw.MALFORMED, "选举编号应为至少 14 位 Base58 字符")
        if not array(questions):
            raise broken(Flaw.MALFORMED, "没有题目")
        with found_at("选举公钥"):
            require_member(parse_point(public_key))
        election = cls(
            string(uuid),
            string(name),
            string(description),
            string(public_key),
            tuple(Question.parse(question) for question in array(questions)),
            None if administrator is None else string(administrator),
            None if authority is None else string(authority),
            None if language is None else (string(array(language, 2)[0]), string(array(language, 2)[1])),
        )
        if election.text != text:
            raise broken(Flaw.NOT_CANONICAL, "选举参数不是规定的写法")
        return election

    @property
    def key(self) -> Point:
        """y"""
        return parse_point(self.public_key)

    @property
    def text(self) -> str:
        """The JSON text of the election; what the fingerprint is computed of."""
        value: dict[str, object] = {
            "version": 1,
            "description": self.description,
            "name": self.name,
            "group": GROUP,
            "public_key": self.public_key,
            "questions": [question.json() for question in self.questions],
            "uuid": self.uuid,
        }
        optional = {
            "administrator": self.administrator,
            "credential_authority": self.credential_authority,
            "language": self.language,
        }
        return write(value | {name: given for name, given in optional.items() if given is not None})

    @property
    def fingerprint(self) -> str:
        """φ = B64(SHA256(text)), 43 characters: enters the proofs."""
        return sha256_base64(self.text)


def parse_credentials(text: str) -> tuple[str, ...]:
    """The public credentials of an election, each enc(c), from their JSON text.

    Raises `EvidenceBroken` if one is no member of the group or stands there twice, `Refused` if one
    has a weight.
    """
    entries = tuple(string(entry) for entry in array(read(text)))
    if any("," in entry for entry in entries):
        raise unsupported(Unsupported.WEIGHTS, "带权重的投票凭证")
    for place, entry in enumerate(entries, 1):
        with found_at(f"第 {place} 个公开凭证"):
            require_member(parse_point(entry))
    if len(set(entries)) != len(entries):
        raise broken(Flaw.DUPLICATE_CREDENTIAL, "公开凭证名单中有重复")
    return entries
