"""Writing to the record, inside the transaction of the thing recorded."""

import json
import uuid
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from hue.audit.kinds import REGISTRY, Kind
from hue.audit.models import Entry, SealedKey
from hue.jobs import queue
from hue.lib import sealing

OPENED = Kind("record.opened", "{by} read the personal data of entry {entry}: {why}")
SHREDDED = Kind("record.shredded", "{by} shredded the personal data of entry {entry}: {why}")
EXPORTED = Kind("record.exported", "{by} exported all tables, posts, pictures and the record.")


class Actor(Protocol):
    """Whoever acts: as the record remembers them."""

    @property
    def record_id(self) -> str: ...
    @property
    def record_name(self) -> str: ...
    @property
    def record_role(self) -> str: ...


def record(
    kind: Kind,
    *,
    by: Actor,
    at: datetime,
    subject: models.Model | str,
    data: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> Entry:
    """Leave an entry. `personal` can be shredded later; `data` stands for ever."""
    with transaction.atomic(savepoint=False):  # whoever acts undoes all of it, or nothing
        key_id, sealed = _seal(personal, name_of(subject)) if personal else ("", "")
        entry = Entry.objects.create(
            kind=kind.slug,
            at=at,
            by_id=by.record_id,
            by_name=by.record_name,
            by_role=by.record_role,
            subject=name_of(subject),
            data=data or {},
            personal=sealed,
            key_id=key_id,
        )
        queue.defer("audit.seal", once="audit.seal")
    return entry


def name_of(subject: models.Model | str) -> str:
    """ "post:0h3kd8m2q1" """
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.model_name}:{subject.pk}"


def read_aloud(entry: Entry, *, personal: bool = False, shredded: bool = False) -> str:
    """The entry as a sentence. Without `personal` what is personal stays closed."""
    if entry.kind not in REGISTRY:  # a kind that an older version had
        return f"{entry.by_name}: {entry.kind} ({entry.subject})"
    opened = personal_of(entry) if personal else {}
    closed = "[shredded]" if personal or shredded else "[personal data]"
    return REGISTRY[entry.kind].read(entry.by_name, {**entry.data, **opened}, missing=closed)


def personal_of(entry: Entry) -> dict[str, Any]:
    """The personal part, or nothing once its key is gone."""
    key = SealedKey.objects.filter(pk=entry.key_id).first() if entry.key_id else None
    if key is None:
        return {}
    opened: dict[str, Any] = json.loads(
        sealing.open_with(sealing.open_text(key.sealed), entry.personal)
    )
    return opened


def read_personal(*, by: Actor, at: datetime, entry: Entry, why: str) -> str:
    """The whole sentence; that it was read, by whom and why, is an entry itself."""
    record(OPENED, by=by, at=at, subject=entry.subject, data={"entry": entry.pk, "why": why})
    return read_aloud(entry, personal=True)


def shred(*, by: Actor, at: datetime, entry: Entry, why: str) -> None:
    """The key goes, the sealed text stays: the chain holds, and nobody can read it any more."""
    with transaction.atomic():
        if SealedKey.objects.filter(pk=entry.key_id).delete()[0]:
            told = {"entry": entry.pk, "why": why}
            record(SHREDDED, by=by, at=at, subject=entry.subject, data=told)


def _seal(personal: dict[str, Any], about: str) -> tuple[str, str]:
    key = sealing.new_key()
    row = SealedKey.objects.create(id=uuid.uuid4().hex, sealed=sealing.seal_text(key), about=about)
    return row.id, sealing.seal_with(key, json.dumps(personal, sort_keys=True))
