"""How is pyHanko told which time it is and what the stamp looks like?"""

import io
from datetime import datetime
from typing import Any


def signer_at(when: datetime) -> Any:
    """pyHanko's signer with the given time in place of the clock's."""
    from pyhanko.sign import signers

    class TimedSigner(signers.PdfSigner):
        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = when
            return session

    return TimedSigner


def page_content(pdf: bytes) -> Any:
    """The first page of `pdf` as the picture of a stamp, without a file in between."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class PageContent(PdfContent):
        def render(self) -> bytes:
            writer = self.writer
            assert writer is not None
            page = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(pdf)))
            left, bottom, right, top = page.get_object()["/BBox"]
            self.resources.xobject["/Stamp"] = page
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Stamp Do"

    return PageContent()
