"""Do the rules of the house hold that no tool checks?"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import gaoxin_vote

PACKAGE = Path(gaoxin_vote.__file__).parent
WORDS = PACKAGE.parent / "docs" / "words.md"
MOST_PARAMETERS = 6
WITHOUT_QT = ("presenter.py", "flow.py", "state.py", "draft.py")
"""What stands beside the windows and asks the workflow for them."""
FOR_WINDOWS = re.compile(
    r"(PySide6|shiboken6|gaoxin_vote\.(__version__|gui|stages|errors|progress|resources)"
    r"|gaoxin_vote\.domain\.(ballot|fingerprint|minutes|session|units))(\.|$)"
)
"""What a window may import: Qt, other windows as the contracts allow, the ground, and what a presenter's
answers are made of."""


def test_a_function_takes_six_parameters_at_most() -> None:
    """Whoever needs more passes a frozen value that has a name."""
    too_many = {
        f"{place}: {function.name}"
        for place, function in _functions()
        if len(_parameters(function)) > MOST_PARAMETERS
    }
    assert too_many == set()


def test_parameters_are_counted_without_self_and_with_those_behind_the_star() -> None:
    source = "def f(self, a, /, b, *c, d, **e): ..."
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert _parameters(function) == ["a", "b", "d", "c", "e"]


def test_what_is_true_does_not_depend_on_the_time_of_asking() -> None:
    """Importing the clock is forbidden by contract; `datetime` is needed for days, so it is searched here."""
    asked = {
        f"{place}:{node.lineno}"
        for place, tree in _trees()
        if place.startswith("domain/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "fromtimestamp")
    }
    assert asked == set()


def test_a_window_knows_qt_its_presenter_and_what_the_presenter_says() -> None:
    """The contracts forbid what lies behind the presenter; here it is said what may be imported at all."""
    strange = {
        f"{place}: {module}"
        for place, tree in _trees()
        if place.startswith("gui/") and not place.endswith(WITHOUT_QT)
        for module in _imported(tree)
        if module.partition(".")[0] not in sys.stdlib_module_names and not FOR_WINDOWS.match(module)
    }
    assert strange == set()


def test_every_type_in_the_table_of_words_is_there() -> None:
    text = WORDS.read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)(?:\.[a-zA-Z_]+)?`", text))
    classes = {node.name for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    enums = {"Flaw"}  # made by calling `Enum`
    assert len(named) > 40
    assert named - classes - enums == set()


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for place, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield place, node


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    names += [argument.arg for argument in (given.vararg, given.kwarg) if argument is not None]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names
