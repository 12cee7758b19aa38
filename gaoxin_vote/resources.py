"""Where do the files that ship with the program lie?"""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(name: str) -> Path:
    """The path of the shipped file or folder `name` (such as ``schemes/2017.toml``)."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root / name
