"""Who holds the key of an election, and how many of them must act together? (BELENIOS 5.3)"""

from dataclasses import dataclass
from typing import Any

from gaoxin_vote.belenios.compact import convert, parse, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, found_at, require
from gaoxin_vote.belenios.group import product
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.trustee import TrusteeKey

_KINDS: dict[str, type[TrusteeKey] | type[ThresholdKeys]] = {"Single": TrusteeKey, "Pedersen": ThresholdKeys}


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


@dataclass(frozen=True, slots=True)
class Trustees:
    """The trustees of an election: mandatory keys and threshold groups; each item is needed."""

    items: tuple[TrusteeKey | ThresholdKeys, ...]

    @classmethod
    def parse(cls, text: str) -> "Trustees":
        """The trustees in `text`, completely checked; raises `EvidenceBroken`."""
        items = list[TrusteeKey | ThresholdKeys]()
        for place, item in enumerate(parse(tuple[tuple[Any, ...], ...], text), 1):
            with found_at(f"开箱密钥第{place}项"):
                require(len(item) == 2 and str(item[0]) in _KINDS, Flaw.MALFORMED, "开箱密钥种类不明")
                items.append(convert(_KINDS[item[0]], item[1]))
                items[-1].verify()
                single = isinstance(items[-1], TrusteeKey) and items[-1].signature is not None
                require(not single, Flaw.MALFORMED, "单独持有的密钥不应带签名")
        trustees = cls(tuple(items))
        require(bool(items), Flaw.LENGTH, "没有密钥保管人")
        # All members of a group of which one suffices hold the same key.
        apart = [
            trustee
            for trustee in trustees.members
            if trustee.index == 1 or trustees.items[trustee.item].threshold > 1
        ]
        keys = [member.key.public_key for member in apart]
        require(len(set(keys)) == len(keys), Flaw.TRUSTEE_KEYS, "两位密钥保管人出示了同一把密钥")
        return trustees

    @property
    def text(self) -> str:
        """The JSON text."""
        names = {kind: name for name, kind in _KINDS.items()}
        return write([[names[type(item)], item] for item in self.items])

    @property
    def fingerprint(self) -> str:
        """SHA256hex of the text."""
        return sha256_hex(self.text)

    @property
    def public_key(self) -> str:
        """enc(y), y = Π over the items: X of a mandatory key, Π_i A_i0 of a threshold group."""
        return str(product(item.public_key for item in self.items))

    @property
    def members(self) -> tuple[Trustee, ...]:
        """All trustees in the order of their numbers."""
        found = list[Trustee]()
        for place, item in enumerate(self.items):
            first, keys = len(found), item.verification_keys
            found.extend(Trustee(first + index, key, place, index) for index, key in enumerate(keys, 1))
        return tuple(found)

    @property
    def names(self) -> tuple[str | None, ...]:
        """The names that the trustees' keys carry, in the order of their numbers."""
        return tuple(member.key.name for member in self.members)
