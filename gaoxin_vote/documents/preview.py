"""How does a sheet look, and what does it say, before it is printed?"""

import io


def pages(pdf: bytes, *, dpi: int = 110) -> tuple[bytes, ...]:
    """Every page as a PNG picture on white, the stamp of a signature included."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        document.init_forms()
        pictures = []
        for page in document:
            buffer = io.BytesIO()
            page.render(scale=dpi / 72).to_pil().convert("RGB").save(buffer, "PNG")
            pictures.append(buffer.getvalue())
            page.close()
    return tuple(pictures)


def text(pdf: bytes) -> str:
    """The words of all pages in the order in which they were drawn, a line feed after each page."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        words = []
        for page in document:
            layer = page.get_textpage()
            words.append(layer.get_text_bounded().replace("\r\n", "\n"))
            layer.close()
            page.close()
    return "\n".join(words) + "\n"
