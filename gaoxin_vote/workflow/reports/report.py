"""What does it take to print a form: when is it ready, and which figures stand on it?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gaoxin_vote.documents.forms.form import Figures, Form
from gaoxin_vote.workflow.reports.facts import Subject

F = TypeVar("F", bound=Figures)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a sheet can be had of a subject. All in Chinese, all empty when it is ready."""

    waiting: str = ""
    """What has to happen before it can be drawn at all."""
    lacking: tuple[str, ...] = ()
    """What it would print empty: a draft can be had, but it is not issued."""
    where: str = ""
    """Where that is entered."""

    @property
    def words(self) -> str:
        """Why it is not issued yet, in one line."""
        return self.waiting or (f"缺{'、'.join(self.lacking)}" if self.lacking else "")


@dataclass(frozen=True, slots=True)
class Report(Generic[F]):
    """A form with its half in the workflow."""

    form: Form[F]
    purpose: str
    """What it is for, in Chinese, for a list of sheets."""
    readiness: Callable[[Subject], Readiness]
    figures: Callable[[Subject], F]
    """Asked only where nothing is waited for."""
    required: bool = False
    """Whether no package is written before it is issued for everything that is ready for it."""
