"""What is said in public on the invented day: a watch, and a file that is replayed with it."""

import json
from datetime import datetime, timedelta
from typing import Any

from hue.listening import actions
from hue.listening.models import Source
from hue.people.models import Officer

ROLE = "digital_desk"


def listen(written: dict[str, Any], *, opens: datetime, before: datetime) -> None:
    desk, comms, approver = map(_with_role, (ROLE, "communications", "supervisor"))
    source = _source(written["source"], comms, before)
    charter = actions.Charter(
        **written["watch"],
        role=ROLE,
        owner=desk,
        sources=[source],
        starts_at=before,
        review_at=opens + timedelta(days=7),
        expires_at=opens + timedelta(days=14),
    )
    watch = actions.write(by=desk, at=before, charter=charter)
    actions.approve(by=approver, at=before, watch=watch)
    lines = [_line(number, told, opens) for number, told in enumerate(written["line"])]
    actions.hand_in(by=desk, at=opens, source=source, name="day.ndjson", chunks=lines, speed=1)


def _source(told: dict[str, str], by: Officer, at: datetime) -> Source:
    source = actions.name(by=by, at=at, name=told["name"], kind="file")
    actions.read_terms(
        by=by, at=at, source=source, terms="", terms_say=told["terms_say"], basis=told["basis"]
    )
    actions.switch(by=by, at=at, source=source, state="on")
    return source


def _line(number: int, told: dict[str, Any], opens: datetime) -> bytes:
    at = opens + timedelta(minutes=told["minute"])
    row = {"id": number, "at": at.isoformat(), "author": told["by"], "text": told["text"]}
    return json.dumps(row).encode() + b"\n"


def _with_role(role: str) -> Officer:
    return Officer.objects.filter(roles__contains=[role]).earliest("pk")
