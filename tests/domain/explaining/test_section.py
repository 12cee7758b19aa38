"""Does what is copied hold all that is shown?"""

from tests.domain.cases import case_inputs
from tests.domain.explaining.test_unit_page import page_of


def test_what_is_copied_is_all_that_is_shown() -> None:
    page = page_of(case_inputs(), "U13")
    lines = page.lines()
    assert lines[0] == ("教育文化体育局",)
    assert ("加减分申报", "依据：三（二）3") in lines
    for each in page.sections:
        assert set(each.rows) <= set(lines)
    assert max(map(len, lines)) == 7
