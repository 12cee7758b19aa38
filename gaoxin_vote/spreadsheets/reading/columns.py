"""How do spreadsheet programs call a column?"""


def column_letters(column: int) -> str:
    """The letters of a column as spreadsheet programs show them: 1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
