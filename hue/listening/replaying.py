"""A written day is said again: a source that is a file, a watch that hears it, and its lines."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hue.listening import actions
from hue.listening.models import Source, Watch
from hue.people.access import Refused
from hue.people.models import Officer


@dataclass(frozen=True, slots=True)
class Line:
    """`id` and `reshare_of` are of that day; `by` tells one account from another."""

    id: str
    at: datetime
    by: str
    text: str
    reshare_of: str = ""

    def written(self) -> bytes:
        told = {"id": self.id, "at": self.at.isoformat(), "author": self.by, "text": self.text}
        return json.dumps(told | {"reshare_of": self.reshare_of}).encode() + b"\n"


def replay(
    role: str,
    written: Mapping[str, Any],
    lines: Iterable[Line],
    *,
    opens: datetime,
    before: datetime,
) -> Watch:
    """`written` has the source and the watch in words. It goes through the intake as what people
    say does, each line when its time comes."""
    desk, comms, approver = map(_with_role, (role, "communications", "supervisor"))
    source = _source(written["source"], comms, before)
    charter = actions.Charter(
        **written["watch"],
        role=role,
        owner=desk,
        sources=[source],
        starts_at=before,
        review_at=opens + timedelta(days=7),
        expires_at=opens + timedelta(days=14),
    )
    watch = actions.write(by=desk, at=before, charter=charter)
    actions.approve(by=approver, at=before, watch=watch)
    raw = (line.written() for line in lines)
    file: dict[str, Any] = {"name": "day.ndjson", "chunks": raw, "speed": 1, "begins": opens}
    actions.hand_in(by=desk, at=opens, source=source, **file)
    return watch


def _source(told: Mapping[str, str], by: Officer, at: datetime) -> Source:
    """The one of that name where it was replayed before."""
    if known := Source.objects.on().filter(name=told["name"], kind="file").first():
        return known
    source = actions.name(by=by, at=at, name=told["name"], kind="file")
    actions.read_terms(
        by=by, at=at, source=source, terms="", terms_say=told["terms_say"], basis=told["basis"]
    )
    actions.switch(by=by, at=at, source=source, state="on")
    return source


def _with_role(role: str) -> Officer:
    found = Officer.objects.serving().filter(roles__contains=[role]).order_by("pk").first()
    if found is None:
        raise Refused(f"Nobody works here as {role.replace('_', ' ')}: add somebody first.")
    return found
