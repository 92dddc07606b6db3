"""The code as it is written, for tests of its structure."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.place import HERE


@dataclass(frozen=True)
class Module:
    name: str
    file: Path

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.file)

    @property
    def room(self) -> str:
        return self.name.split(".")[1]

    def functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    def imported(self) -> dict[str, str]:
        """What each imported name stands for: {"record": "hue.audit.record.record"}."""
        return dict(_imports(self.tree))

    def known(self) -> dict[str, str]:
        """What each name stands for, imported or its own."""
        return self.imported() | {name: f"{self.name}.{name}" for name in self.functions()}

    def called(self, inside: ast.AST) -> set[str]:
        """Full names of what is called below a node, as far as imports tell."""
        return {
            _full(call.func, self.known())
            for call in ast.walk(inside)
            if isinstance(call, ast.Call)
        }


def modules(*endings: str) -> list[Module]:
    """All of ours, or those named so inside a room: "actions" is actions.py and actions/*.py."""
    found = []
    for file in sorted((HERE / "hue").rglob("*.py")):
        parts = file.relative_to(HERE).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if "migrations" not in parts and (not endings or set(parts[2:3]) & set(endings)):
            found.append(Module(".".join(parts), file))
    return found


def calls_of(name: str) -> Iterator[tuple[Module, ast.Call]]:
    """Every call of a function, by its full name."""
    for module in modules():
        for call in ast.walk(module.tree):
            if isinstance(call, ast.Call) and _full(call.func, module.known()) == name:
                yield module, call


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _full(called: ast.expr, known: dict[str, str]) -> str:
    if isinstance(called, ast.Attribute):
        return f"{_full(called.value, known)}.{called.attr}"
    return known.get(called.id, called.id) if isinstance(called, ast.Name) else ""
