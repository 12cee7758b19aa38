"""Which sheets are there, and which one does a code and a drawing version mean?"""

import re
from enum import Enum
from typing import Any

from gaoxin_vote import __version__
from gaoxin_vote.documents.forms import (
    ceremony_record,
    roll_sheet,
    tally_hash_sheet,
    tally_report,
    tracker_list,
)
from gaoxin_vote.documents.forms.form import Form
from gaoxin_vote.errors import EvidenceBroken, Refused

FORMS: tuple[Form[Any], ...] = (
    ceremony_record.FORM,
    roll_sheet.FORM,
    tracker_list.FORM,
    tally_hash_sheet.FORM,
    tally_report.FORM,
)
"""Every form as this program draws it, in the order of the year. To add one, add a line."""

EARLIER: tuple[Form[Any], ...] = ()
"""Every drawing version that a release has shipped and that `FORMS` has left behind: their sheets are out
there and stay redrawable. None yet, since nothing was released; whoever raises a version that a release has
shipped moves the old drawing here."""


class FormReason(Enum):
    """Why a sheet cannot be drawn anew."""

    UNKNOWN = "unknown form"
    NEWER = "newer program"


def form_printed(printed: dict[str, Any]) -> Form[Any]:
    """The form that figures name, in the version that they name.

    Raises `Refused` where a newer program drew the sheet, `EvidenceBroken` where no program up to this one
    ever drew such a sheet. What is newer is told by the version of the program beside the figures: one that
    is higher than this one's may have forms and drawings that are unknown here.
    """
    code, version, program = (printed.get(name) for name in ("form", "version", "program"))
    for form in (*FORMS, *EARLIER):
        # True equals 1 and a number in quotes equals nothing: neither is how a version is written.
        if form.certified and (code, version) == (form.code, form.version) and type(version) is int:
            return form
    shown = f"{str(code)[:20]}第{str(version)[:10]}版式"
    if isinstance(program, str) and _numbers(program) > _numbers(__version__):
        raise Refused(
            FormReason.NEWER,
            f"此表（{shown}）由更新的程序印制，本程序（{__version__}）不能核验。请用高新投票{program[:20]}或以后的版本核验。",
        )
    raise EvidenceBroken(FormReason.UNKNOWN, f"没有哪一版程序印制过这种表（{shown}），不能作为凭据。")


def _numbers(version: str) -> tuple[int, ...]:
    """1.12.0 as (1, 12, 0); what is no version of a program is older than every program."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6}){2}", version):
        return ()
    return tuple(map(int, version.split(".")))
