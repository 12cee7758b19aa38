"""Do two PDFs show the same pages?"""

from typing import Any

from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.errors import EvidenceBroken

_SCALE = 2
"""Pixels in a point: 144 dpi, where a changed digit of the smallest print changes many pixels."""


def require_same_pages(pdf: bytes, expected: bytes) -> None:
    """Raise `EvidenceBroken` unless every page of `pdf` looks exactly like that of `expected`.

    Both are drawn in the same run, by the same library and fonts, with notes and stamps: equal pages are
    equal in every pixel.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(pdf) as document, PdfDocument(expected) as other:
            document.init_forms()
            other.init_forms()
            if len(document) != len(other):
                raise _different(f"共{len(document)}页，应为{len(other)}页")
            for place in range(len(document)):
                if document.get_page_size(place) != other.get_page_size(place):
                    raise _different(f"第{place + 1}页的大小不对")
                if _picture(document, place) != _picture(other, place):
                    raise _different(f"第{place + 1}页不一致")
    except PdfiumError as error:
        raise EvidenceBroken(SheetFlaw.PRINTED_OTHERWISE, "单上的页面无法显示，不能作为凭据。") from error


def _different(where: str) -> EvidenceBroken:
    return EvidenceBroken(
        SheetFlaw.PRINTED_OTHERWISE, f"单上所印内容与单内附带的数据或签名不符：{where}，不能作为凭据。"
    )


def _picture(document: Any, place: int) -> bytes:
    page = document[place]
    try:
        return bytes(page.render(scale=_SCALE).buffer)
    finally:
        page.close()
