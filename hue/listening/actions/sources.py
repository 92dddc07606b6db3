"""A source is named, its terms are read by somebody, and only then it is switched on."""

import json
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib import sealing
from hue.lib.html import plain
from hue.listening import access
from hue.listening.models import KINDS, Source
from hue.pages import stale
from hue.people.access import Refused
from hue.people.models import Officer

NAMED = Kind("source.named", "{by} named the source “{source}”; it is off.")
TERMS = Kind("source.terms", "{by} read the terms of “{source}” ({terms}) and recorded the basis.")
SWITCHED = Kind("source.switched", "{by} switched “{source}” {state}.")
FEWEST_SECONDS = 15


@transaction.atomic
def name(
    *,
    by: Officer,
    at: datetime,
    name: str,
    kind: str,
    address: str = "",
    query: str = "",
    secret: str = "",
    cap: Decimal | None = None,
    every: int = 60,
) -> Source:
    access.may_switch(by)
    name = " ".join(plain(name).split())
    if kind not in KINDS:
        raise Refused("There is no such kind of source.")
    if Source.objects.filter(name=name).exists():
        raise Refused(f"“{name}” is there already.")
    access.source_that_works(kind, plain(address), plain(query), cap)
    source = Source.objects.create(
        name=name,
        kind=kind,
        address=plain(address),
        query=plain(query),
        secrets=sealing.seal_text(json.dumps({"token": secret})) if secret else "",
        cap=cap,
        every=max(every, FEWEST_SECONDS),
    )
    record(NAMED, by=by, at=at, subject=source, data={"source": name})
    return source


@transaction.atomic
def read_terms(
    *, by: Officer, at: datetime, source: Source, terms: str, terms_say: str, basis: str
) -> None:
    """A named person says where they stand, that they allow this use, and why it is lawful."""
    access.may_switch(by)
    terms, terms_say, basis = map(plain, (terms, terms_say, basis))
    access.terms_were_read(source, terms, terms_say, basis)
    told = {"terms": terms, "terms_say": terms_say, "basis": basis}
    Source.objects.filter(pk=source.pk).update(**told, terms_read_by=by, terms_read_at=at)
    record(TERMS, by=by, at=at, subject=source, data={"source": str(source), "terms": terms})
    stale.mark(("listening.public", ""), at=at)


@transaction.atomic
def switch(*, by: Officer, at: datetime, source: Source, state: str) -> None:
    access.may_switch(by)
    source.refresh_from_db()
    if state == "on":
        access.ready(source)
    source.move_to(state, next_at=at, trouble="", trouble_at=None)
    record(SWITCHED, by=by, at=at, subject=source, data={"source": str(source), "state": state})
    stale.mark(("listening.public", ""), at=at)


@transaction.atomic
def note_trouble(*, by: Officer, at: datetime, source: Source, says: str) -> None:
    """It did not answer, or not as expected; the others go on."""
    access.require_the_software(by)
    Source.objects.filter(pk=source.pk).update(trouble=says[:300], trouble_at=at)
