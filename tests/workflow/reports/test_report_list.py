"""Is every form there once, with what it takes?"""

import pytest

from gaoxin_vote.documents.forms.catalogue import FORMS
from gaoxin_vote.workflow.reports.report_list import REPORTS, report_of


def test_every_form_of_the_catalogue_has_its_report() -> None:
    assert {report.form.code for report in REPORTS} == {form.code for form in FORMS}
    assert len({report.form.code for report in REPORTS}) == len(REPORTS)
    for report in REPORTS:
        assert report_of(report.form.code) is report
        assert report.purpose and not report.purpose.isascii()


def test_only_what_is_certified_is_required_for_a_package() -> None:
    assert all(report.form.certified for report in REPORTS if report.required)


def test_an_unknown_code_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        report_of("F99")
