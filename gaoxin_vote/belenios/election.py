"""What is put to the vote, and under which key? (BELENIOS 4)"""

import re
import secrets
from dataclasses import dataclass
from typing import ClassVar, Literal

from gaoxin_vote.belenios.compact import convert, parse, read, sha256_base64, write
from gaoxin_vote.belenios.credential import BASE58
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, found_at, require
from gaoxin_vote.belenios.group import GROUP, Point

_UUID = re.compile(f"[{BASE58}]{{14,}}")


def new_uuid() -> str:
    """A fresh election identifier: 14 Base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(14))


@dataclass(frozen=True, slots=True)
class Question:
    """A homomorphic question: choose `min` to `max` of the answers, or nothing at all if `blank`."""

    MEMBERS: ClassVar = ("answers", "blank", "min", "max", "question")
    question: str
    answers: tuple[str, ...]
    min: int = 1
    max: int = 1
    blank: bool = True

    @property
    def width(self) -> int:
        """The number of ciphertexts: with blank its flag, then one for each answer."""
        return len(self.answers) + self.blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """The public parameters of an election of format version 1 in the group Ed25519."""

    version: Literal[1] = 1
    description: str
    name: str
    group: Literal["Ed25519"] = "Ed25519"
    public_key: str
    """enc(y), the key under which every vote is encrypted"""
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None
    language: tuple[str, ...] | None = None
    """code and direction, such as ("zh", "ltr")"""

    @classmethod
    def parse(cls, text: str) -> "Election":
        """The election in `text`.

        Raises `EvidenceBroken` if it is not well formed, canonical or its key no member of the group;
        `Refused` (`Unsupported`) for another version, group or kind of question.
        """
        value = read(text)
        if isinstance(value, dict):
            version, name = value.get("version"), value.get("group")
            require(version == 1, Unsupported.VERSION, f"选举格式版本 {version}")
            require(name == GROUP, Unsupported.GROUP, f"群 {name}（只核验 {GROUP}）")
            # Inside a string the quotes would be escaped: this can only be a question with a type.
            require('{"type":' not in text, Unsupported.QUESTION, "非同态计票的题目")
        election = convert(cls, value)
        require(election.text == text, Flaw.NOT_CANONICAL, "选举参数不是规定的写法")
        require(bool(_UUID.fullmatch(election.uuid)), Flaw.MALFORMED, "选举编号应为至少14位 Base58 字符")
        require(
            election.language is None or len(election.language) == 2,
            Flaw.LENGTH,
            "语言应为代码与书写方向两项",
        )
        require(bool(election.questions), Flaw.LENGTH, "没有题目")
        for place, question in enumerate(election.questions, 1):
            possible = question.min <= question.max <= len(question.answers) > 0
            require(possible, Flaw.MALFORMED, f"第{place}题的选择数规定自相矛盾")
        with found_at("选举公钥"):
            election.key.member()
        return election

    @property
    def key(self) -> Point:
        """y"""
        return Point.parse(self.public_key)

    @property
    def text(self) -> str:
        """The JSON text of the election; what the fingerprint is computed of."""
        return write(self)

    @property
    def fingerprint(self) -> str:
        """φ = B64(SHA256(text)), 43 characters: enters the proofs."""
        return sha256_base64(self.text)


def parse_credentials(text: str) -> tuple[str, ...]:
    """The public credentials of an election, each enc(c), from their JSON text.

    Raises `EvidenceBroken` if one is no member of the group or stands there twice, `Refused` if one
    has a weight.
    """
    entries = parse(tuple[str, ...], text)
    require(not any("," in entry for entry in entries), Unsupported.WEIGHTS, "带权重的投票凭证")
    for place, entry in enumerate(entries, 1):
        with found_at(f"第{place}个公开凭证"):
            Point.parse(entry).member()
    require(len(set(entries)) == len(entries), Flaw.DUPLICATE_CREDENTIAL, "公开凭证名单中有重复")
    return entries
