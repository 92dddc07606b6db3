"""The text of the chain: what each digest covers, and how a sealed entry leaves the house."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hue.audit.models import Entry, Seal

GENESIS = "0" * 64
CHUNK = 2000


def digest_of(previous: str, text: str) -> str:
    return hashlib.sha256((previous + text).encode()).hexdigest()


def sealed_text(entry: Entry, *, number: int, sealed_at: datetime) -> str:
    """Canonical JSON of an entry and its place; personal data only as ciphertext."""
    return canonical(
        {
            "number": number,
            "sealed_at": sealed_at.isoformat(),
            "id": entry.id,
            "kind": entry.kind,
            "at": entry.at.isoformat(),
            "by_id": entry.by_id,
            "by_name": entry.by_name,
            "by_role": entry.by_role,
            "subject": entry.subject,
            "data": entry.data,
            "personal": entry.personal,
            "key_id": entry.key_id,
        }
    )


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def lines() -> Iterator[dict[str, Any]]:
    """The whole record as it is exported and verified: sealed entries in order, then the rest."""
    sealed = Seal.objects.select_related("entry").order_by("number")
    for seal in sealed.iterator(CHUNK):
        text = sealed_text(seal.entry, number=seal.number, sealed_at=seal.sealed_at)
        yield {
            "number": seal.number,
            "previous": seal.previous,
            "digest": seal.digest,
            "signature": seal.signature,
            "sealed": text,
        }
    for entry in Entry.objects.filter(seal=None).order_by("id").iterator(CHUNK):
        yield {"number": None, "id": entry.id, "kind": entry.kind, "at": entry.at.isoformat()}
