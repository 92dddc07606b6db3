"""The pages under docs/reference/ that are written from the code; a test compares them."""

from collections.abc import Iterable
from dataclasses import Field
from pathlib import Path
from typing import Any

from django.utils.module_loading import autodiscover_modules

from hue.audit.kinds import REGISTRY
from hue.config import commands, environment, reference_guard, settings
from hue.governance import kinds
from hue.governance.packfile import shipped
from hue.governance.policy import guard_rules, rules
from hue.people.roles import IN_SHORT, ROLES, Permission, holders
from hue.states.graph import Graph

FOLDER = settings.BASE / "docs" / "reference"
WRITTEN = "Written by `hue manage write_reference` from the code; change the code, not this page."


def pages() -> dict[Path, str]:
    """Each page and what it should say."""
    autodiscover_modules("states")
    return {
        FOLDER / "states.md": _states(),
        FOLDER / "settings.md": _settings(),
        FOLDER / "commands.md": _commands(),
        FOLDER / "record-kinds.md": _kinds(),
        FOLDER / "policy.md": _policy(),
        FOLDER / "permissions.md": _permissions(),
        settings.BASE / "hue" / "governance" / "packs" / shipped.NAME: shipped.england_and_wales(),
        FOLDER / "guard.md": f"{_head('The guard', 'What is checked before a post goes out.')}\n"
        f"{reference_guard.body()}",
    }


def _states() -> str:
    parts = [_head("States", "Which states a row can be in, and what each may become.")]
    for graph in sorted(Graph.registry.values(), key=lambda graph: graph.name):
        moves = [
            (_words(state) + (" (start)" if state == graph.start else ""), _list(map(_words, to)))
            for state, to in graph.moves.items()
        ]
        parts.append(f"## {graph.name.capitalize()}\n\n{_table(('State', 'May become'), moves)}")
    return "\n".join(parts)


def _settings() -> str:
    says = (
        "Environment variables. Each can also be read from a file: `NAME_FILE` names it, so that "
        "no secret stands in the environment. What makes no sense is refused at the start."
    )
    rows = [
        (f"`{one.name}`", one.says, f"`{_relative(one.default)}`" if one.default else "")
        for one in sorted(environment.DECLARED.values(), key=lambda one: one.name)
    ]
    return "\n".join((_head("Settings", says), _table(("Name", "What it is", "If not set"), rows)))


def _commands() -> str:
    says = "`hue COMMAND --help` says more of one."
    rows = [(f"`hue {name}`", what) for name, what in commands.SAYS.items()]
    return "\n".join((_head("Commands", says), _table(("Command", "What it does"), rows)))


def _kinds() -> str:
    says = "What the record holds, each kind as the sentence that it reads as."
    kinds = sorted(REGISTRY.values(), key=lambda kind: kind.slug)
    rows = [(f"`{kind.slug}`", kind.sentence.replace("|", "\\|")) for kind in kinds]
    return "\n".join((_head("Kinds of entries", says), _table(("Kind", "Sentence"), rows)))


def _policy() -> str:
    says = (
        "What a force lays down, and what holds until it does. All of it stands in one signed "
        "file, a policy pack: [take one over](../how-to/take-over-a-policy.md). The shipped one is "
        f"`hue/governance/packs/{shipped.NAME}`."
    )
    head = ("Name", "What", "What may stand there", "Until set")
    numbers = [(*_setting(one), _shortly(one)) for one in rules()]
    guard = [(*_setting(one), _shortly(one)) for one in guard_rules()]
    return "\n".join(
        (
            _head("Policy", says),
            "## Numbers and approval\n\n" + _table(head, numbers),
            "## The guard\n\nIts rules, and how strict each is: [The guard](guard.md).\n",
            _table(head, guard),
        )
    )


def _setting(one: Field[Any]) -> tuple[str, str, str]:
    return f"`{one.name}`", one.metadata["says"], kinds.expected(one)


def _shortly(one: Field[Any]) -> str:
    """Of a long list, how long it is."""
    value: Any = one.default
    many = isinstance(value, tuple | frozenset) and len(value) > 3
    return f"{len(value):,} entries" if many else kinds.in_words(one, value)


def _permissions() -> str:
    says = f"Who may do what. {IN_SHORT}"
    roles = [role for role in ROLES.values() if role.slug != "system"]
    named = [(role.name, role.says) for role in roles]
    rows = [(f"{one}", ", ".join(ROLES[slug].name for slug in holders(one))) for one in Permission]
    parts = (
        _head("Permissions", says),
        "## Roles\n\n" + _table(("Role", "What it is"), named),
        "## What each permission lets somebody do\n\n" + _table(("May", "These roles"), rows),
    )
    return "\n".join(parts)


def _head(title: str, says: str) -> str:
    return f"# {title}\n\n{says}\n\n*{WRITTEN}*\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "nothing: this is an end"


def _relative(value: str) -> str:
    return value.replace(f"{settings.BASE}/", "")
