"""What do all tests share?"""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; tests that need it skip where it is absent."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not (folder / "cases").is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return folder
