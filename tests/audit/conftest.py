from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection

from hue.audit.kinds import REGISTRY, Kind
from hue.audit.models import Entry
from hue.audit.record import record
from hue.audit.seal import seal_committed
from hue.config import database
from tests.cast import NOON
from tests.place import HOST


@dataclass
class Somebody:
    record_id: str = "7"
    record_name: str = "PC Amina Khan"
    record_role: str = "neighbourhood_officer"


@pytest.fixture
def somebody() -> Somebody:
    return Somebody()


@pytest.fixture
def noted() -> Iterator[Kind]:
    kind = Kind("test.noted", "{by} noted {what} about {whom}.")
    yield kind
    del REGISTRY[kind.slug]


@pytest.fixture
def note(noted: Kind, somebody: Somebody) -> Any:
    """Leaves an entry, with personal data if `whom` is given."""

    def leave(what: str, *, whom: str = "", at: datetime = NOON) -> Entry:
        personal = {"whom": whom} if whom else None
        data = {"what": what} if whom else {"what": what, "whom": "nobody"}
        return record(
            noted, by=somebody, at=at, subject=f"note:{what}", data=data, personal=personal
        )

    return leave


@pytest.fixture
def ten_sealed(transactional_db: None, note: Any) -> list[Entry]:
    """Ten entries, in three batches of seals."""
    entries = []
    for number in range(1, 11):
        entries.append(note(f"thing {number}", whom="Mr Smith" if number == 4 else ""))
        if number in {3, 7, 10}:
            seal_committed(at=NOON)
    return entries


@pytest.fixture
def superuser(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """Whoever owns the machine: nothing in the database holds him."""
    with database.superuser(HOST, str(connection.settings_dict["NAME"])) as held:
        for table in ("audit_entry", "audit_seal"):
            held.execute(f"ALTER TABLE {table} DISABLE TRIGGER only_grows")
        yield held
