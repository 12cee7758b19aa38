"""Are code and label of a closed set kept apart?"""

import pytest

from gaoxin_vote.domain.labelled import Labelled


class Light(Labelled):
    """A set for the test."""

    ON = "on", "亮"
    OFF = "off", "暗"


def test_the_code_is_the_value_and_the_label_is_what_people_read() -> None:
    assert (Light.ON.value, Light.ON.label) == ("on", "亮")
    assert Light("off") is Light.OFF
    assert Light.by_label() == {"亮": Light.ON, "暗": Light.OFF}


def test_a_label_is_no_code() -> None:
    with pytest.raises(ValueError, match="亮"):
        Light("亮")


def test_a_member_without_a_label_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="Dark 'on' has no label"):

        class Dark(Labelled):
            ON = "on"
