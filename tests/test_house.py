"""Do the rules of the house hold that no tool checks?"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import gaoxin_vote

PACKAGE = Path(gaoxin_vote.__file__).parent
HOUSE = PACKAGE.parent
WORDS = HOUSE / "docs" / "words.md"
FOLDERS = ("benchmarks", "docs", "gaoxin_vote", "installer", "resources", "tests")
GUIDES = sorted((*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("resources/**/*.md")))
PLACE = re.compile(r"`([\w./-]+(?:/|\.(?:py|toml|md|sh)))(?:: ([\w.]+)(?:\(\))?)?`")
"""A file or folder as the guides name it, and perhaps what it defines: ``casting.py: cast()``."""
MADE = {".venv/", "docs/screens/", "inputs/", "archives/", "sheets/", "scheme.toml"}
"""What is made, or stands in a record package."""
MOST_PARAMETERS = 6
SAME = {"main"}
"""What each of two ways into the program calls itself."""
WITHOUT_QT = ("presenter.py", "flow.py", "state.py", "draft.py")
"""What stands beside the windows and asks the workflow for them."""
FOR_WINDOWS = re.compile(
    r"(PySide6|shiboken6|gaoxin_vote\.(__version__|gui|stages|errors|progress|reading_process|resources)"
    r"|gaoxin_vote\.domain\.(ballot|fingerprint|minutes|session|spoken|units))(\.|$)"
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


def test_what_is_gone_through_has_the_name_of_what_it_is() -> None:
    """`for one in ...` says nothing: one what?"""
    nameless = {
        f"{place}:{name.lineno}"
        for place, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.comprehension)
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name) and name.id == "one"
    }
    assert nameless == set()


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


def test_no_two_modules_define_the_same_name() -> None:
    """One word, one meaning: whoever meets a name need not ask which of two it is."""
    where: dict[str, list[str]] = {}
    for place, tree in _trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(place)
    twice = {name: places for name, places in where.items() if len(places) > 1 and name not in SAME}
    assert len(where) > 500
    assert twice == {}


def test_no_file_repeats_the_name_of_its_folder() -> None:
    places = [PACKAGE / place for place, _ in _trees()]
    assert [place for place in places if place.stem == place.parent.name] == []


def test_every_module_of_the_workflow_and_the_domain_has_its_tests_beside_it() -> None:
    modules = [path for part in ("workflow", "domain") for path in (PACKAGE / part).rglob("*.py")]
    missing = {
        str(path.relative_to(PACKAGE))
        for path in modules
        if path.stem != "__init__"
        and not (HOUSE / "tests" / path.relative_to(PACKAGE)).with_name(f"test_{path.name}").exists()
    }
    assert missing == set()


def test_a_recipe_names_four_places_at_most() -> None:
    text = (HOUSE / "docs" / "architecture.md").read_text(encoding="utf-8")
    recipes = re.findall(r"^\| (.+) \| (.+) \|$", text.partition("## Recipes")[2], re.MULTILINE)
    assert len(recipes) > 10
    assert [task for task, places in recipes if len(PLACE.findall(places)) + places.count("](") > 4] == []


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_place_that_the_guides_name_is_there() -> None:
    """A path may be short, as long as some file of the house ends like that."""
    there = {f"/{path.relative_to(HOUSE).as_posix()}" for path in _house()}
    missing = set()
    for guide in GUIDES:
        for place, name in PLACE.findall(guide.read_text(encoding="utf-8")):
            files = [path for path in there if path.endswith(f"/{place}") or f"/{place}" in f"{path}/"]
            known = [path for path in files if not name or _defines(HOUSE / path[1:], name)]
            if not known and place not in MADE:
                missing.add(f"{guide.name}: {place} {name}".strip())
    assert missing == set()


def test_the_readme_names_every_folder() -> None:
    text = (HOUSE / "README.md").read_text(encoding="utf-8")
    layers = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {f for f in FOLDERS if f != PACKAGE.name and f"`{f}/`" not in text} == set()
    assert {layer for layer in layers if f"`gaoxin_vote/{layer}/`" not in text} == set()


def _house() -> Iterator[Path]:
    yield from HOUSE.glob("*.*")
    for folder in FOLDERS:
        yield from (HOUSE / folder).rglob("*")


def _defines(path: Path, name: str) -> bool:
    *_, last = name.split(".")
    return (
        path.is_file() and re.search(rf"\b(def|class) {last}\b", path.read_text(encoding="utf-8")) is not None
    )


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
