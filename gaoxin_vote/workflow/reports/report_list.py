"""Which sheets can be had? One list for the reports page, the command line, the package and `verify`."""

from typing import Any

from gaoxin_vote.workflow.reports import room_sheets, tally_report
from gaoxin_vote.workflow.reports.report import Report

REPORTS: tuple[Report[Any], ...] = (
    room_sheets.CEREMONY,
    tally_report.REPORT,
    room_sheets.TRACKERS,
    room_sheets.OPENING,
    room_sheets.ROLL,
)
"""Every form with its half in the workflow, as it is listed. The slips are none of them: they are secret and
made once."""


def report_of(code: str) -> Report[Any]:
    """The report of the form of this code; `KeyError` where there is none."""
    return {report.form.code: report for report in REPORTS}[code]
