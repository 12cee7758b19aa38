"""How do the figures of a sheet travel inside its PDF?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FIGURES_NAME = "figures.json"


def attach_figures(canvas: "Canvas", content: bytes) -> None:
    """Embed `content` as the file ``figures.json`` of the document (ISO 32000-1, 7.11.4)."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

    # reportlab has no call for embedded files; its document objects are the documented way to add one.
    document = canvas._doc
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": "/application#2Fjson",
                "Params": PDFDictionary({"Size": len(content)}),
            }
        ),
        content,
    )
    reference = document.Reference(stream)
    specification = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(FIGURES_NAME),
            "UF": PDFString(FIGURES_NAME),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": reference, "UF": reference}),
        }
    )
    names = PDFArray([PDFString(FIGURES_NAME), document.Reference(specification)])
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})


def attached_figures(root: Any) -> bytes | None:
    """The content of ``figures.json`` under a pyHanko document root; None when nothing is attached.

    Raises `KeyError`, `IndexError` or `TypeError` for a malformed tree, `ValueError` for another attachment.
    """
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return None
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    name, specification = (names[position] for position in range(len(names)))
    content: bytes = specification["/EF"]["/F"].data
    if {str(name), str(specification["/F"]), str(specification["/UF"])} != {FIGURES_NAME}:
        raise ValueError("an attachment that is no figures file")
    if specification["/EF"]["/UF"].data != content:
        raise ValueError("another content for another reader")
    return content
