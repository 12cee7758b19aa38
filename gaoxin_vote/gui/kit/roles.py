"""As what is a widget dressed? Every role has its rules in the stylesheet."""

from typing import Literal

LabelRole = Literal[
    "",
    "page-title",
    "card-title",
    "strong",
    "muted",
    "small",
    "figure",
    "hash",
    "done",
    "attention",
    "stop",
    "tile-title",
    "tile-title-on",
    "tile",
    "tile-on",
    "rail-name",
    "rail-brand",
    "rail-fact",
    "rail-small",
    "step-done",
    "step-now",
    "step-later",
    "paper",
]
ButtonRole = Literal["", "primary", "danger", "quiet"]
Tone = Literal["plain", "done", "attention", "stop"]
"""What a banner is about."""
