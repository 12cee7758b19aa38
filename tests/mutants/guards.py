"""Which statements of a module are guards, and how is one of them switched off?"""

import ast
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

GUARDING = ("require", "check", "verify", "sync", "fsync", "assert", "fault", "wrong")
"""How the name of a function begins, but for underscores, whose call refuses, notes a fault or flushes."""

_SWITCH = "__guards__"


@dataclass(frozen=True, slots=True)
class Guard:
    """One statement that can be taken out."""

    path: str
    """From the root of the checkout, with slashes."""
    line: int
    function: str
    """Its qualified name, empty for a statement of the module itself."""
    statement: str
    """The statement on one line, as `ast.unparse` spells it."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function or 'module'}: {self.statement}"


@dataclass(slots=True)
class Switch:
    """What the guards ask before they act. The number of a guard is its place in the tuple of all guards."""

    off: int | None = None
    reached: set[int] = field(default_factory=set)
    passed: set[int] = field(default_factory=set)
    """Guards that were reached and let somebody pass; one that always refused is only in `reached`."""

    def stands(self, number: int) -> bool:
        """Whether the guard acts; notes that it was reached."""
        self.reached.add(number)
        return number != self.off

    def let_pass(self, number: int) -> None:
        """Note that the guard did not refuse."""
        self.passed.add(number)

    def forget(self) -> None:
        """Begin anew to note what is reached."""
        self.reached.clear()
        self.passed.clear()


def sources(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The modules at and below `paths`, in the order given."""
    found = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return tuple(dict.fromkeys(found))


def guards_of(files: Iterable[Path]) -> tuple[Guard, ...]:
    """All guards of modules, whose paths are relative to the root of the checkout."""
    found: list[Guard] = []
    for file in files:
        _Switches(file, found).visit(ast.parse(file.read_text(encoding="utf-8")))
    return tuple(found)


def install(files: Sequence[Path]) -> tuple[tuple[Guard, ...], Switch]:
    """From now on modules of `files` are imported with a switch before each guard.

    Raises `RuntimeError` when one of them is imported already.
    """
    names = {".".join(file.with_suffix("").parts).removesuffix(".__init__"): file for file in files}
    early = sorted(names.keys() & sys.modules.keys())
    if early:
        raise RuntimeError(f"imported before the switches were set: {early}")
    finder = _Finder(Switch())
    found: list[Guard] = []
    for name, file in names.items():
        tree = _Switches(file, found).visit(ast.parse(file.read_text(encoding="utf-8")))
        finder.codes[name] = (file, compile(ast.fix_missing_locations(tree), str(file.absolute()), "exec"))
    sys.meta_path.insert(0, finder)
    return tuple(found), finder.switch


class _Switches(ast.NodeTransformer):
    """Puts ``if __guards__.stands(number):`` before each guard."""

    def __init__(self, file: Path, found: list[Guard]) -> None:
        self._file = file
        self._found = found
        self._within: tuple[str, ...] = ()

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._enter(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._enter(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return _switched(node, self._number(node), [node])

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if not _guards(node.value):
            return node
        number = self._number(node)
        return _switched(node, number, [node, ast.Expr(_asked("let_pass", number))])

    def _enter(self, node: ast.ClassDef | ast.FunctionDef) -> ast.AST:
        outside, self._within = self._within, (*self._within, node.name)
        self.generic_visit(node)
        self._within = outside
        return node

    def _number(self, node: ast.stmt) -> int:
        text = " ".join(ast.unparse(node).split())
        self._found.append(Guard(self._file.as_posix(), node.lineno, ".".join(self._within), text))
        return len(self._found) - 1


def _guards(call: ast.expr) -> bool:
    if not isinstance(call, ast.Call):
        return False
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.lstrip("_").startswith(GUARDING)


def _asked(question: str, number: int) -> ast.Call:
    switch = ast.Attribute(ast.Name(_SWITCH, ast.Load()), question, ast.Load())
    return ast.Call(switch, [ast.Constant(number)], [])


def _switched(node: ast.stmt, number: int, body: list[ast.stmt]) -> ast.If:
    return ast.copy_location(ast.If(_asked("stands", number), body, []), node)


@dataclass(slots=True)
class _Finder(MetaPathFinder):
    switch: Switch
    codes: dict[str, tuple[Path, CodeType]] = field(default_factory=dict)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self.codes:
            return None
        file, code = self.codes[fullname]
        return spec_from_file_location(
            fullname, file.absolute(), loader=_Loader(fullname, file, code, self.switch)
        )


class _Loader(SourceFileLoader):
    """Loads a module that was compiled here; no compiled file is read or left behind."""

    def __init__(self, fullname: str, file: Path, code: CodeType, switch: Switch) -> None:
        super().__init__(fullname, str(file.absolute()))
        self._code = code
        self._switch = switch

    def get_code(self, fullname: str) -> CodeType:
        return self._code

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, _SWITCH, self._switch)
        super().exec_module(module)
