"""How is JSON written and read so that one value has exactly one text? (BELENIOS 1)"""

import base64
import hashlib
import json

from gaoxin_vote.belenios.evidence import Flaw, broken


def write(value: object) -> str:
    """The compact text of `value`: no spaces, members in the order of the mapping, raw UTF-8.

    Belenios escapes U+007F, which Python's `json` leaves alone.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\x7f", "\\u007f")


def read(text: str) -> object:
    """The value of `text`; raises `EvidenceBroken` unless writing it again gives exactly `text`."""
    try:
        value: object = json.loads(text)
        rewritten = write(value)
    except (ValueError, RecursionError):
        raise broken(Flaw.MALFORMED, "不是正确的 JSON 文本") from None
    if rewritten != text:
        raise broken(Flaw.NOT_CANONICAL, "JSON 文本不是规定的紧凑写法")
    return value


def members(value: object, *names: str) -> list[object]:
    """The values of an object that has exactly the members `names`, in this order.

    A name ending in ``?`` may be absent and then gives None (the format never writes ``null``).
    """
    if not isinstance(value, dict):
        raise broken(Flaw.MALFORMED, f"应为含 {names[0]} 等字段的对象")
    wanted = [name.rstrip("?") for name in names if not name.endswith("?") or name[:-1] in value]
    if list(value) != wanted or None in value.values():
        raise broken(Flaw.MALFORMED, f"字段应依次为 {'、'.join(wanted)}，实为 {'、'.join(map(str, value))}")
    return [value.get(name.rstrip("?")) for name in names]


def array(value: object, length: int | None = None) -> list[object]:
    """`value` as an array, of `length` values if given."""
    if not isinstance(value, list):
        raise broken(Flaw.MALFORMED, "应为数组")
    if length is not None and len(value) != length:
        raise broken(Flaw.LENGTH, f"应有 {length} 项，实有 {len(value)} 项")
    return value


def string(value: object) -> str:
    """`value` as a string."""
    if not isinstance(value, str):
        raise broken(Flaw.MALFORMED, "应为字符串")
    return value


def number(value: object) -> int:
    """`value` as a natural number."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise broken(Flaw.MALFORMED, "应为非负整数")
    return value


def sha256_hex(text: str) -> str:
    """SHA256hex of BELENIOS 1: 64 lower-case digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_base64(digest: str) -> str:
    """B64 of BELENIOS 1: a digest given in hexadecimal, in 43 characters."""
    return base64.b64encode(bytes.fromhex(digest)).decode().removesuffix("=")


def sha256_base64(text: str) -> str:
    """B64 of the SHA-256 of `text`."""
    return digest_base64(sha256_hex(text))
