"""Are the pictures of a sheet its pages?"""

import io

from PIL import Image

from gaoxin_vote.documents.preview import pages, text
from tests.documents.papers import render, tally_report


def test_one_picture_a_page_in_the_asked_resolution() -> None:
    pdf = render(tally_report(25))
    pictures = [Image.open(io.BytesIO(page)) for page in pages(pdf, dpi=100)]
    assert [(picture.format, picture.size) for picture in pictures] == [("PNG", (827, 1170))] * 2
    assert pictures[0].convert("L").getpixel((5, 5)) == 255


def test_the_words_come_page_by_page() -> None:
    words = text(render(tally_report(25)))
    assert words.index("计票结果报告单") < words.index("附件") < words.index("高岭办事处")
    assert words.endswith("\n")
