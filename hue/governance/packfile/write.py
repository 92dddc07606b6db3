"""Writes a pack: TOML with a line over each key that says what it is.

By hand, because a general writer knows neither those lines nor when to break a long list.
"""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import Field, asdict
from typing import Any

from hue.governance import kinds, policy
from hue.governance.packfile.pack import Head, allowed, severity
from hue.governance.policy import Policy
from hue.guard.rule import FAMILIES
from hue.guard.rules import RULES
from hue.lib import signing

WIDTH = 98
OPENING = """\
# A policy pack of Hue & Cry: everything that a force lays down, in one file.
# How to take one over: docs/how-to/take-over-a-policy.md

"""
MARK = "\n[signed]\n"


def write(head: Head, rules: Policy) -> str:
    """Without its signature; the same policy always gives the same file."""
    return OPENING + "\n".join(_lines(head, rules)) + "\n"


def signed(body: str) -> str:
    """With the force's own key."""
    key = f'key = """\n{signing.public_pem()}"""'
    return f'{body}{MARK}{key}\nsignature = "{signing.sign(body.encode())}"\n'


def _lines(head: Head, rules: Policy) -> Iterator[str]:
    yield "format = 1"
    for name, words in asdict(head).items():
        yield f"{name} = {_text(words)}"
    yield "\n# Rules and settings that nobody has checked at the source"
    yield f"unverified = {_value(sorted(rules.guard.unverified))}"
    yield "\n# What everybody accepts before they post"
    yield f"text = {_text(rules.text)}"
    yield "\n[settings]"
    for entry in policy.rules():
        yield _entry(entry, getattr(rules, entry.name))
    yield "\n[rules]"
    yield "# " + "\n# ".join(textwrap.wrap(SEVERITY, WIDTH))
    yield from _rules(rules)
    yield "\n[guard]"
    yield "# " + "\n# ".join(textwrap.wrap(PHRASES, WIDTH))
    tables = [entry for entry in policy.guard_rules() if kinds.is_table(entry)]
    for entry in policy.guard_rules():
        if entry not in tables:
            yield _entry(entry, getattr(rules.guard, entry.name))
    for entry in tables:
        yield f"\n[guard.{entry.name}]\n# {entry.metadata['says']}"
        pairs = getattr(rules.guard, entry.name)
        yield from (f"{_text(one)} = {_text(other)}" for one, other in pairs)


SEVERITY = (
    "stop: does not go out. second person: somebody else looks first. advice: never blocks. off: "
    "not asked. What stands after “or” may stand there too."
)
PHRASES = (
    "In a phrase “burglar(s)” has an ending that may be missing, “{him|her|them}” is one of "
    "several words, “...” is up to three words between."
)


def _rules(rules: Policy) -> Iterator[str]:
    for slug, family in FAMILIES.items():
        yield f"# {family}"
        for rule in RULES:
            if rule.family == slug:
                told = severity(rule, rules)
                others = [one for one in allowed(rule) if one != told]
                beside = f"  # or {', '.join(others)}" if others else ""
                yield f"{_text(rule.id)} = {_text(told)}{beside}"


def _entry(entry: Field[Any], value: Any) -> str:
    says = f"# {entry.metadata['says']} ({kinds.expected(entry)})"
    return f"{says}\n{entry.name} = {_value(kinds.stored(entry, value))}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return str(value)
    short = f"[{', '.join(map(_text, value))}]"
    return short if len(short) < WIDTH - 30 else "\n".join(("[", *_wrapped(value), "]"))


def _wrapped(values: list[str]) -> Iterator[str]:
    line = " "
    for word in (f" {_text(value)}," for value in values):
        if len(line) + len(word) > WIDTH and line != " ":
            yield line
            line = " "
        line += word
    yield line


def _text(words: str) -> str:
    """A JSON string is one of TOML, but for DEL; of several lines, one that people can read."""
    if "\n" in words:
        inside = "\n".join(_text(line)[1:-1] for line in words.split("\n"))
        return f'"""\n{inside}"""'
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
