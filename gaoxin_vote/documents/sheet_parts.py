"""Does a certified sheet hold anything but its pages, its figures and its signature?

Layers, actions, scripts, notes, further files and the like change what is seen, or what happens, when a
file is opened. Only the parts that this program writes are allowed.
"""

from collections.abc import Iterator
from typing import Any

from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.errors import EvidenceBroken

_ROOT = "Type Version Extensions Lang Metadata Pages PageMode Names AcroForm Perms"
_BRANCH = "Type Parent Kids Count"
_PAGE = "Type Parent MediaBox Rotate Trans Resources Contents Annots"
_WIDGET = "Type Subtype FT T F Rect P AP V"
_FILE = "Type F UF AFRelationship EF"


def require_nothing_else(root: Any) -> None:
    """Raise `EvidenceBroken` for any other part below a pyHanko document root.

    Raises `LookupError`, `TypeError` or `AttributeError` for a malformed document.
    """
    _only(root, _ROOT)
    _only(root["/AcroForm"], "Fields SigFlags")
    pages = list(_pages(root["/Pages"]))
    for page in pages:
        _only(page, _PAGE)
        _only(page["/Resources"], "Font ProcSet")
        _only(page.get("/Trans", {}), "")
    fields = _references(root["/AcroForm"]["/Fields"])
    notes = [note for page in pages for note in _references(page.get("/Annots", ()))]
    if len(fields) != 1 or fields != notes:
        raise _strange("批注或填写栏")
    _only(fields[0].get_object(), _WIDGET)
    _only(fields[0].get_object().get("/AP", {}), "N")
    if len(pages) != root["/Pages"]["/Count"] or root.get("/PageMode", "/UseNone") != "/UseNone":
        raise _strange("页面")
    if "/Names" in root:
        _only(root["/Names"], "EmbeddedFiles")
        _only(root["/Names"]["/EmbeddedFiles"], "Names")
        file = root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        _only(file, _FILE)
        _only(file["/EF"], "F UF")


def _pages(node: Any) -> Iterator[Any]:
    if "/Kids" not in node:
        yield node
        return
    _only(node, _BRANCH)
    for place in range(len(node["/Kids"])):
        yield from _pages(node["/Kids"][place])


def _references(array: Any) -> list[Any]:
    return [array.raw_get(place) for place in range(len(array))]


def _only(part: Any, known: str) -> None:
    for name in part:
        if name[1:] not in known.split():
            raise _strange(name)


def _strange(what: str) -> EvidenceBroken:
    return EvidenceBroken(
        SheetFlaw.MORE_PARTS, f"此PDF含有已签发的报表不应有的内容（{what[:40]}），不能作为凭据。"
    )
