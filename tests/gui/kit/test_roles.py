"""Has every role its rules in the stylesheet, and every rule a role?"""

import re
from typing import get_args

from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.roles import ButtonRole, LabelRole, Tone
from gaoxin_vote.gui.kit.stylesheet import stylesheet


def _roles(kind: str, prop: str = "role") -> set[str]:
    return set(re.findall(rf'{kind}(?:\[\w+="[\w-]+"\])?\[{prop}="([\w-]+)"\]', stylesheet(Look())))


def test_roles_of_labels() -> None:
    assert _roles("QLabel") == set(get_args(LabelRole)) - {""}


def test_roles_of_buttons() -> None:
    assert _roles("QPushButton") == set(get_args(ButtonRole)) - {""}


def test_tones_of_banners() -> None:
    # A call for attention is what a banner looks like without a rule of its own.
    assert _roles("QFrame", "tone") == set(get_args(Tone)) - {"attention"}
