"""What do the tests of the protocol share?"""

from pathlib import Path

import pytest

from tests.belenios.corruption import Parts
from tests.belenios.samples import sample


@pytest.fixture(scope="session")
def valid() -> Parts:
    """A valid election taken apart: copy it before changing it."""
    return Parts.of(sample())


@pytest.fixture(scope="session")
def reference() -> Path:
    """Elections that the reference tool made (see the README there)."""
    return Path(__file__).parent.parent / "data" / "belenios"
