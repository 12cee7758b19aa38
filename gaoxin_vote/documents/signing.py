"""How is pyHanko told which time it is and what the stamp looks like?"""

import io
from datetime import datetime
from typing import Any

from gaoxin_vote.documents.stamp import STAMP_BOX


def signer_at(when: datetime) -> Any:
    """pyHanko's signer with the given time in place of the clock's."""
    from pyhanko.sign import signers

    class TimedSigner(signers.PdfSigner):
        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = when
            return session

    return TimedSigner


def stamp_style(drawn: bytes) -> Any:
    """A stamp that looks like the PDF page `drawn`."""
    from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    as_drawn = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN)
    return StaticStampStyle(background=_page_content(drawn), background_layout=as_drawn, border_width=0)


def with_stamp(pdf: bytes, drawn: bytes) -> bytes:
    """`pdf` with the stamp where a signature shows it, but not signed: to compare pictures with."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field
    from pyhanko.stamp import StaticContentStamp

    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec("Stamp", on_page=0, box=STAMP_BOX))
    fields = writer.root["/AcroForm"]["/Fields"]
    left, bottom, right, top = STAMP_BOX
    box = BoxConstraints(width=right - left, height=top - bottom)
    stamp = StaticContentStamp(writer, stamp_style(drawn), box=box)
    fields[0]["/AP"] = stamp.as_appearances().as_pdf_object()
    writer.mark_update(fields.raw_get(0))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _page_content(pdf: bytes) -> Any:
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
