"""Reads a pack: every fault with its line and what was expected, or the policy that it holds."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field
from difflib import get_close_matches
from typing import Any

from hue.governance import kinds, policy
from hue.governance.packfile.lines import Lines
from hue.governance.packfile.pack import (
    HEAD,
    LIMIT,
    OFF,
    TEXTS,
    Fault,
    Head,
    PackFile,
    PackRefused,
    allowed,
    names_to_verify,
)
from hue.governance.packfile.write import MARK
from hue.guard.rules import RULES
from hue.lib import signing
from hue.lib.html import plain

Told = dict[str, Any]
ENOUGH = 20  # faults; who mends a file reads it again afterwards
LONGEST_LINE = 20_000  # characters: longer ones take the parser minutes
KEYS = ("format", *HEAD, "sources", "unverified", "text", "settings", "rules", "guard", "signed")
_WHERE = re.compile(r" \(at line (\d+), column \d+\)$")


def read(data: bytes) -> PackFile:
    """Raises PackRefused."""
    text = _decoded(data)
    told, lines = _parsed(text), Lines(text)
    faults = [fault for _, fault in zip(range(ENOUGH), _faults(told, lines), strict=False)]
    if not faults:
        faults = list(_unsigned(told, lines, text))
    if faults:
        raise PackRefused(*faults)
    return _pack(told, text)


def unsigned(data: bytes) -> str:
    """What a signature is of, without the one that it has. Raises PackRefused."""
    text = _decoded(data)
    if "signed" in _parsed(text):
        text = text.rpartition(MARK)[0]
    return text.rstrip("\n") + "\n"


def _decoded(data: bytes) -> str:
    if len(data) > LIMIT:
        raise PackRefused(
            Fault(1, f"The file has {len(data):,} bytes; a pack has up to {LIMIT:,}.")
        )
    try:
        text = data.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PackRefused(Fault(line, "This is not text in UTF-8: save the file so.")) from error
    for number, line_of_it in enumerate(text.split("\n"), 1):
        if len(line_of_it) > LONGEST_LINE:
            says = f"This line is longer than {LONGEST_LINE:,} characters: break it."
            raise PackRefused(Fault(number, says))
    return text


def _parsed(text: str) -> Told:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _WHERE.search(str(error))
        line = int(found[1]) if found else Lines(text).last
        why = _WHERE.sub("", str(error)).removesuffix(" (at end of document)")
        says = f"The file is not TOML here: {plain(why)[:200]}."
        raise PackRefused(Fault(line, says)) from error


def _faults(told: Told, lines: Lines) -> Iterator[Fault]:
    yield from _strange(told, KEYS, lines, "")
    if told.get("format") != 1:
        yield Fault(lines.of("", "format"), "Expected format = 1, the only one there is.")
    for name, most in (HEAD | TEXTS).items():
        yield from _words(told, name, most, lines)
    yield from _unverified(told, lines)
    yield from _table(told, "settings", policy.rules(), lines)
    yield from _table(told, "guard", policy.guard_rules(), lines)
    yield from _severities(told, lines)
    yield from _advice(told, lines)


def _strange(told: Mapping[str, Any], known: Any, lines: Lines, table: str) -> Iterator[Fault]:
    for key in sorted(told.keys() - set(known)):
        near = get_close_matches(key[:60], known, 1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        says = f"“{plain(key)[:60]}” is no key of a pack{f' in [{table}]' if table else ''}.{hint}"
        yield Fault(lines.of(table, key), says)


def _words(told: Told, name: str, most: int, lines: Lines) -> Iterator[Fault]:
    value, line = told.get(name, "" if name == "sources" else None), lines.of("", name)
    if value is None:
        yield Fault(1, f"“{name}” is missing: expected words in quotation marks.")
    elif not isinstance(value, str):
        yield Fault(line, f"“{name}” is not words in quotation marks.")
    elif len(value) > most:
        yield Fault(line, f"“{name}” has {len(value):,} characters; up to {most:,} are read.")
    elif not plain(value) and name != "sources":
        yield Fault(line, f"“{name}” has no words in it.")
    elif "\n" in value and name in HEAD:
        yield Fault(line, f"“{name}” is one line.")


def _unverified(told: Told, lines: Lines) -> Iterator[Fault]:
    value, known = told.get("unverified", []), names_to_verify()
    if not isinstance(value, list):
        yield Fault(lines.of("", "unverified"), "“unverified” is not a list of rules.")
        return
    for name in value:
        word = name if isinstance(name, str) else ""
        if word not in known:
            near = get_close_matches(word[:60], known, 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            says = f"“{plain(word)[:60]}” in “unverified” is no rule and no setting.{hint}"
            yield Fault(lines.of("", "unverified", word), says)


def _table(told: Told, name: str, known: list[Field[Any]], lines: Lines) -> Iterator[Fault]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        yield Fault(lines.of("", name), f"“{name}” is not a table: expected [{name}].")
        return
    entries = {entry.name: entry for entry in known}
    yield from _strange(table, entries, lines, name)
    for key, value in table.items():
        if key in entries:
            says, word = kinds.fault(entries[key], value)
            within = f"{name}.{key}" if isinstance(value, dict) else name
            if says:
                yield Fault(lines.of(within, "" if isinstance(value, dict) else key, word), says)


def _severities(told: Told, lines: Lines) -> Iterator[Fault]:
    table = told.get("rules", {})
    if not isinstance(table, dict):
        yield Fault(lines.of("", "rules"), "“rules” is not a table: expected [rules].")
        return
    rules = {rule.id: rule for rule in RULES}
    yield from _strange(table, rules, lines, "rules")
    for key, value in table.items():
        if key in rules and value not in (may := list(allowed(rules[key]))):
            firm = ", no less: it is the law’s own" if rules[key].is_firm else ""
            says = f"{key} may be {' or '.join(f'“{one}”' for one in may)}{firm}."
            yield Fault(lines.of("rules", key), says)


def _advice(told: Told, lines: Lines) -> Iterator[Fault]:
    guard = told.get("guard", {})
    advice = guard.get("advice", {}) if isinstance(guard, dict) else {}
    if isinstance(advice, dict):  # else it is told among the settings
        yield from _strange(advice, [rule.id for rule in RULES], lines, "guard.advice")


def _unsigned(told: Told, lines: Lines, text: str) -> Iterator[Fault]:
    """The signature is of everything above it, and nothing stands below it."""
    body, mark, tail = text.rpartition(MARK)
    if "signed" not in told:
        says = "The file is not signed: it has to end with [signed], a key and a signature."
        yield Fault(lines.last, says)
    elif not mark or not _is_key_and_signature(tail, told["signed"]):
        says = "Expected [signed] at the very end, with key and signature and nothing else."
        yield Fault(lines.of("signed"), says)
    elif not _is_key(told["signed"]["key"]):
        yield Fault(lines.of("signed", "key"), "Expected an Ed25519 public key in PEM.")
    elif not signing.verifies(
        body.encode(), told["signed"]["signature"], pem=told["signed"]["key"]
    ):
        says = "The signature does not fit: the file was changed after it was signed."
        yield Fault(lines.of("signed", "signature"), says)


def _is_key_and_signature(tail: str, signed: Any) -> bool:
    try:
        told = tomllib.loads(tail)
    except ValueError:
        return False
    words = all(isinstance(value, str) for value in told.values())
    return told == signed and told.keys() == {"key", "signature"} and words


def _is_key(key: str) -> bool:
    try:
        return bool(signing.fingerprint(key))
    except signing.NoKey:
        return False


def _pack(told: Told, text: str) -> PackFile:
    head = {name: plain(told[name]) for name in HEAD}
    return PackFile(
        head=Head(**head, sources=plain(told.get("sources", ""))),
        text=plain(told["text"]),
        values=told.get("settings", {}),
        guard=policy.told_of(policy.guard_of(json.dumps(_guard(told)))),
        file=text,
        fingerprint=signing.fingerprint(told["signed"]["key"]),
    )


def _guard(told: Told) -> Told:
    severities = told.get("rules", {})
    usual = {rule.id: rule.severity.value for rule in RULES}
    guard = {
        **told.get("guard", {}),
        "severities": {i: s for i, s in severities.items() if s not in {OFF, usual[i]}},
        "switched_off": [i for i, s in severities.items() if s == OFF],
    }
    return guard | ({"unverified": told["unverified"]} if "unverified" in told else {})
