"""A module with guards, for the test of the tool: one is held by a test, the others are not."""


def enter(age: int, drunk: bool) -> str:
    """Somebody comes in."""
    require_age(age)
    if drunk:
        raise ValueError("drunk")
    return "in"


def leave(paid: bool) -> str:
    """Somebody goes home."""
    if not paid:
        raise ValueError("not paid")
    return "out"


def require_age(age: int) -> None:
    """Refuses the young."""
    if age < 18:
        raise ValueError("too young")
