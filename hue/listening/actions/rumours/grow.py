"""The engine heard more of what the register has: the figures grow, and nobody need do anything."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from hue.listening import access
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Rumour
from hue.people.models import Officer

# One statement each, however much came.
_MORE = """
    FROM jsonb_to_recordset(%s::jsonb) AS v(rumour text, claim text, source text, place bigint,
        hour timestamptz, first timestamptz, last timestamptz, count int, accounts int)
"""
_SIGHTINGS = f"""
    INSERT INTO listening_sighting AS s
        (rumour_id, claim, source, place_id, first_seen_at, last_seen_at, count, accounts)
    SELECT rumour, claim, source, place, min(first), max(last), sum(count), max(accounts) {_MORE}
    GROUP BY rumour, claim, source, place
    ON CONFLICT (rumour_id, claim, source, place_id) DO UPDATE SET
        count = s.count + excluded.count, accounts = greatest(s.accounts, excluded.accounts),
        first_seen_at = least(s.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at)
"""
_HOURS = f"""
    INSERT INTO listening_seen AS s (rumour_id, hour, count)
    SELECT rumour, hour, sum(count) {_MORE} GROUP BY rumour, hour
    ON CONFLICT (rumour_id, hour) DO UPDATE SET count = s.count + excluded.count
"""


@transaction.atomic
def grow(*, by: Officer, at: datetime, seen: Sequence[tuple[Rumour, datetime, Glimpse]]) -> None:
    """`seen`: of which entry, in which hour, what. As `see`, for a whole batch at once."""
    access.require_software(by)
    keys = {rumour.pk for rumour, _, _ in seen}
    locked = Rumour.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    now = {rumour.pk: rumour for rumour in locked}
    rows = [_row(now[rumour.pk], hour, glimpse, at) for rumour, hour, glimpse in seen]
    with connection.cursor() as cursor:
        for statement in (_SIGHTINGS, _HOURS):
            cursor.execute(statement, [json.dumps(rows, default=str)])
    earlier = [now[r.pk] for r, _, g in seen if g.first and g.first < now[r.pk].first_seen_at]
    for rumour in earlier:
        rumour.first_seen_at = min(
            glimpse.first for one, _, glimpse in seen if one.pk == rumour.pk and glimpse.first
        )
    Rumour.objects.bulk_update(earlier, ["first_seen_at"])


def _row(rumour: Rumour, hour: datetime, glimpse: Glimpse, at: datetime) -> dict[str, object]:
    return {
        "rumour": rumour.into_id or rumour.pk,  # merged meanwhile
        "claim": glimpse.claim,
        "source": glimpse.source,
        "place": glimpse.place.pk if glimpse.place else None,
        "hour": hour,
        "first": glimpse.first or at,
        "last": glimpse.last or at,
        "count": glimpse.count,
        "accounts": glimpse.accounts,
    }
