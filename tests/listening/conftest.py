"""A watch on a file that anybody of the role may hand in."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from hue.listening import actions, reading
from hue.listening.arrival import Arrival, Haul
from hue.listening.jobs import watches as jobs
from hue.listening.models import Source, Watch
from hue.people import queries as people
from tests.cast import NOON, Cast

PURPOSE = "To answer rumours about the disorder in Kings Heath."
BASIS = "Common law duty to prevent crime; open, as this page says so."


@pytest.fixture(autouse=True)
def _no_engine_from_another_test() -> None:
    reading.forget()


@pytest.fixture
def source(cast: Cast) -> Source:
    return switched_on(cast, "Handed in")


def switched_on(cast: Cast, name: str, kind: str = "file", **more: Any) -> Source:
    made = actions.name(by=cast.comms, at=NOON, name=name, kind=kind, **more)
    terms = "https://terms.example/use"
    said = "They allow to read what is public."
    actions.read_terms(
        by=cast.comms, at=NOON, source=made, terms=terms, terms_say=said, basis=BASIS
    )
    actions.switch(by=cast.comms, at=NOON, source=made, state="on")
    made.refresh_from_db()
    return made


def charter(cast: Cast, *sources: Source, **more: Any) -> actions.Charter:
    told: dict[str, Any] = {
        "name": "Kings Heath tonight",
        "role": "communications",
        "purpose": PURPOSE,
        "basis": BASIS,
        "topics": ["looting", "fire", "#kingsheath"],
        "owner": cast.comms,
        "sources": list(sources),
        "starts_at": NOON - timedelta(hours=1),
        "review_at": NOON + timedelta(days=3),
        "expires_at": NOON + timedelta(days=7),
    }
    return actions.Charter(**(told | more))


@pytest.fixture
def watch(cast: Cast, source: Source) -> Watch:
    return approved(cast, source)


def approved(cast: Cast, *sources: Source, **more: Any) -> Watch:
    watch = actions.write(by=cast.comms, at=NOON, charter=charter(cast, *sources, **more))
    actions.approve(by=cast.sergeant, at=NOON, watch=watch)
    return watch


def said(text: str, number: int = 1, *, at: datetime = NOON, **more: Any) -> Arrival:
    return Arrival(f"post-{number}", text, at, **({"author": f"@someone{number}"} | more))


def heard(source: Source, *arrivals: Arrival, at: datetime = NOON) -> dict[str, int]:
    """Taken in and read."""
    counts = actions.take(by=people.system(), at=at, source=source, haul=Haul(arrivals))
    read(at=at)
    return counts


def read(*, at: datetime = NOON) -> None:
    jobs.read_all(at=lambda: at)


Lines = Callable[..., bytes]


def ndjson(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)
