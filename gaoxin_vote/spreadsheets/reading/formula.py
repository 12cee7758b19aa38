"""How is a text kept from becoming a formula when a spreadsheet program opens a CSV file?

Such a program runs a cell that begins with one of a few signs. The apostrophe is what security reviewers
ask for: unlike a space or a tab it is never trimmed away. Our reader takes it off again.
"""

_QUOTE = "'"
_SIGNS = frozenset("=+-@＝＋－＠" + _QUOTE)


def protected(text: str) -> str:
    """`text` as it is written to a CSV file: with an apostrophe before what could be run."""
    return _QUOTE + text if runs(text) else text


def unprotected(text: str) -> str:
    """The text that `protected` wrote; any other text as it stands."""
    return text[1:] if text[:1] == _QUOTE and runs(text[1:]) else text


def runs(text: str) -> bool:
    """Whether a spreadsheet program could take `text` for more than a text."""
    return text[:1].isspace() or text[:1] in _SIGNS if text else False
