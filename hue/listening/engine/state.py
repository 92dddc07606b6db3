"""All that an engine keeps, as bytes and back: JSON, deflated. Reading it runs no code.

A restored engine gives the same answers as one that was never stopped.
"""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

from hue.listening.engine.answered import Register
from hue.listening.engine.claims import Claims
from hue.listening.engine.groups import Group, Text
from hue.listening.engine.kinds import Judge
from hue.listening.engine.posts import Answered
from hue.listening.engine.times import Times

FORMAT = 1


class BadState(ValueError):
    """The bytes are not a whole state of this version; says what is wrong and what to do."""


def write(claims: Claims, times: Times, register: Register, judge: Judge, window: float) -> bytes:
    whole = {
        "format": FORMAT,
        "window": window,
        "claims": _claims(claims),
        "times": _times(times),
        "answered": [asdict(one) for one in register],
        "learned": _packed(judge.state()),
    }
    return zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 1)


def read(kept: bytes, claims: Claims, times: Times, register: Register, judge: Judge) -> float:
    """Fills the empty parts of an engine; gives its window."""
    try:
        whole = json.loads(zlib.decompress(kept))
        if whole["format"] != FORMAT:
            raise BadState(f"This state is of format {whole['format']}, and {FORMAT} is read here.")
        _read_claims(claims, whole["claims"])
        _read_times(times, whole["times"], whole["window"])
        for one in whole["answered"]:
            register.add(Answered(one["id"], one["text"], tuple(one["also"])))
        judge.restore(b64decode(whole["learned"]))
        return float(whole["window"])
    except BadState:
        raise
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise BadState(
            f"This is not a whole state of the engine ({error}): start without it, and replay the "
            "posts that are still there."
        ) from error


def _claims(claims: Claims) -> dict[str, Any]:
    said = claims.index.said
    return {
        "next": claims.next,
        "texts": [
            [
                text.no,
                text.claim,
                text.post,
                text.words,
                text.copy,
                text.last,
                _packed(said[text.no].tobytes()),
            ]
            for text in claims.texts.values()
        ],
        "groups": [_group(group) for group in claims.groups.values()],
        "stories": list(claims.stories.items()),
        "copies": list(claims.copies.items()),
        "hours": list(claims.hours.items()),
        "busy": list(claims.busy),
        "with_risk": list(claims.with_risk),
        "cut": claims.index.cut(),
    }


def _group(group: Group) -> list[Any]:
    sources = sorted(group.sources) if isinstance(group.sources, set) else group.sources
    seen = [[*sign, times] for sign, times in group.seen.items()]
    return [
        group.no,
        group.story,
        group.words,
        group.post,
        group.first,
        group.last,
        group.texts,
        group.posts,
        group.different,
        sources,
        group.minutes.tolist(),
        seen,
        list(group.settled),
    ]


def _read_claims(claims: Claims, kept: dict[str, Any]) -> None:
    claims.next = kept["next"]
    for *fields, said in kept["texts"]:
        text = Text(*fields)
        claims.texts[text.no] = text
        claims.index.add(text.no, array("I", b64decode(said)))
    claims.index.restore(kept["cut"])
    for row in kept["groups"]:
        group = _read_group(row)
        claims.groups[group.no] = group
    for name in ("stories", "copies", "hours"):
        setattr(claims, name, {key: value for key, value in kept[name]})
    claims.busy = dict.fromkeys(kept["busy"])
    claims.with_risk = dict.fromkeys(kept["with_risk"])


def _read_group(row: list[Any]) -> Group:
    *fields, sources, minutes, seen, settled = row
    group = Group(*fields)
    group.sources = set(sources) if isinstance(sources, list) else sources
    group.minutes = array("q", minutes)
    group.settled = (settled[0], settled[1])
    group.seen = {(what, name): times for what, name, times in seen}
    return group


def _times(times: Times) -> dict[str, Any]:
    keys = [[hour, _packed(keys.tobytes())] for hour, keys in times.hours.items()]
    return {
        "now": times.now,
        "ahead": list(times.ahead),
        "turned": times.turned,
        "hours": keys,
        "texts": [times.texts[key] for keys in times.hours.values() for key in keys],
    }


def _read_times(times: Times, kept: dict[str, Any], window: float) -> None:
    times.window, times.now, times.turned = window, kept["now"], kept["turned"]
    times.ahead = (kept["ahead"][0], kept["ahead"][1])
    times.hours = {hour: array("Q", b64decode(keys)) for hour, keys in kept["hours"]}
    every = (key for keys in times.hours.values() for key in keys)
    times.texts = dict(zip(every, kept["texts"], strict=True))


def _packed(data: bytes) -> str:
    return b64encode(data).decode()
