"""Who holds the key of an election, and how many of them must act together? (BELENIOS 5.3)"""

from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.compact import array, read, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, broken, found_at
from gaoxin_vote.belenios.group import Point, encode, product
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.trustee import TrusteeKey


@dataclass(frozen=True, slots=True)
class Trustee:
    """One trustee by the number under which it gives its partial decryption."""

    owner: int
    """from 1, over all items in order"""
    key: TrusteeKey
    item: int
    """place of its item in `Trustees.items`, from 0"""
    index: int
    """from 1, within the item"""

    @property
    def label(self) -> str:
        """The trustee in Chinese words."""
        named = f"“{self.key.name}”" if self.key.name else ""
        return f"第 {self.owner} 号监票密钥人{named}"


@dataclass(frozen=True, slots=True)
class Trustees:
    """The trustees of an election: mandatory keys and threshold groups; each item is needed."""

    items: tuple[TrusteeKey | ThresholdKeys, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The trustees in `text`, completely checked; raises `EvidenceBroken`."""
        items: list[TrusteeKey | ThresholdKeys] = []
        for place, item in enumerate(array(read(text)), 1):
            with found_at(f"监票密钥第 {place} 项"):
                kind, value = array(item, 2)
                if kind == "Single":
                    key = TrusteeKey.parse(value)
                    if key.signature is not None:
                        raise broken(Flaw.MALFORMED, "单独持有的密钥不应带签名")
                    items.append(key)
                elif kind == "Pedersen":
                    items.append(ThresholdKeys.parse(value))
                else:
                    raise broken(Flaw.MALFORMED, f"不认识的监票密钥种类 {kind}")
        trustees = cls(tuple(items))
        if trustees.text != text:
            raise broken(Flaw.NOT_CANONICAL, "监票密钥不是规定的写法")
        if not items:
            raise broken(Flaw.MALFORMED, "没有监票密钥人")
        if len({member.key.public_key for member in trustees.members}) != trustees.size:
            raise broken(Flaw.TRUSTEE_KEYS, "两位监票密钥人出示了同一把密钥")
        return trustees

    @property
    def text(self) -> str:
        """The JSON text."""
        return write(
            [["Single" if isinstance(item, TrusteeKey) else "Pedersen", item.json()] for item in self.items]
        )

    @property
    def fingerprint(self) -> str:
        """SHA256hex of the text."""
        return sha256_hex(self.text)

    @property
    def point(self) -> Point:
        """y = Π over the items: X of a mandatory key, Π_i A_i0 of a threshold group."""
        return product(item.point if isinstance(item, TrusteeKey) else item.public_key for item in self.items)

    @property
    def public_key(self) -> str:
        """enc(y), the election's public key."""
        return encode(self.point)

    @property
    def members(self) -> tuple[Trustee, ...]:
        """All trustees in the order of their numbers."""
        found: list[Trustee] = []
        for place, item in enumerate(self.items):
            first, keys = len(found), (item,) if isinstance(item, TrusteeKey) else item.members
            found.extend(Trustee(first + index, key, place, index) for index, key in enumerate(keys, 1))
        return tuple(found)

    @property
    def size(self) -> int:
        """The number of trustees."""
        return len(self.members)

    @property
    def names(self) -> tuple[str | None, ...]:
        """The names that the trustees' keys carry, in the order of their numbers."""
        return tuple(member.key.name for member in self.members)

    @property
    def quorum(self) -> str:
        """Who must act together, in Chinese words."""
        return " + ".join(
            "必到 1 人"
            if isinstance(item, TrusteeKey)
            else f"{len(item.members)} 人中任意 {item.threshold} 人"
            for item in self.items
        )
