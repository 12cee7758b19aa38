"""Nowhere in the domain is there a float, a clock or a random number."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import gaoxin_vote.domain

MODULES = [
    module.name.removeprefix("gaoxin_vote.domain.")
    for module in pkgutil.walk_packages(gaoxin_vote.domain.__path__, "gaoxin_vote.domain.")
    if not module.ispkg
]


def value_types() -> Iterator[type]:
    for name in MODULES:
        module = importlib.import_module(f"gaoxin_vote.domain.{name}")
        for value in vars(module).values():
            if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__:
                yield value


def inside(hint: Any) -> Iterator[Any]:
    yield hint
    for argument in get_args(hint):
        yield from inside(argument)


def test_there_are_value_types_to_look_at() -> None:
    assert len(list(value_types())) > 60


@pytest.mark.parametrize("kind", list(value_types()), ids=lambda kind: kind.__name__)
def test_no_field_is_a_float_and_values_are_frozen(kind: Any) -> None:
    for hint in get_type_hints(kind).values():
        assert float not in inside(hint)
        assert complex not in inside(hint)
    if kind.__name__ != "SchemeTable":
        assert kind.__dataclass_params__.frozen
        hints = get_type_hints(kind)
        assert not any(list in inside(hints[field.name]) for field in fields(kind))


@pytest.mark.parametrize("name", MODULES)
def test_no_float_clock_or_chance_in_the_source(name: str) -> None:
    source = Path(gaoxin_vote.domain.__path__[0], f"{name.replace('.', '/')}.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), node.lineno
        if isinstance(node, ast.Name):
            assert node.id != "float", node.lineno
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("now", "today", "utcnow"), node.lineno
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            exact = name in ("rating", "quota", "scheme_file")
            assert exact, f"{name}: the division at line {node.lineno} may make a float"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert not {"random", "secrets", "time"} & set(names), node.lineno
