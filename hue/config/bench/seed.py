"""A force with as many posts as a bench asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections

from hue.events.models import LiveEvent
from hue.lib import clock
from hue.lib.ids import new_id
from hue.people.models import Force, LocalPolicingUnit, Neighbourhood, Officer, Team
from hue.publishing import cards, render, shelves
from hue.publishing.models import Post

PLACES = 12
BATCH = 5000
WORDS = (
    "Officers attending a collision on Bristol Road South. One lane is closed towards the city; "
    "please find another way. Nobody is badly hurt. An update follows."
)


@dataclass
class Seeded:
    officer: Officer
    event: LiveEvent
    places: list[Neighbourhood]


def force() -> Seeded:
    at = clock.now()
    own = Force.objects.create(slug="bench", name="Bench Police", short_name="Bench")
    unit = LocalPolicingUnit.objects.create(force=own, slug="south", name="South")
    places = [
        Neighbourhood.objects.create(
            unit=unit, slug=f"place-{n}", name=f"Place {n}", latitude=52.4, longitude=-1.9
        )
        for n in range(PLACES)
    ]
    team = Team.objects.create(neighbourhood=places[0], slug="team", name="Team")
    officer = Officer.objects.create(
        username="pc", name="A. Constable", rank="PC", roles=["supervisor"], team=team, unit=unit
    )
    event = LiveEvent.objects.create(
        hashtag="day24", name="24 hours", unit=unit, purpose="To show a day's work.",
        afterwards="The page stays.", owner=officer, state="live",
        starts_at=at - timedelta(hours=12), ends_at=at + timedelta(hours=12),
    )  # fmt: skip
    return Seeded(officer, event, places)


def posts(seeded: Seeded, count: int, *, in_event: int) -> None:
    """The newest `in_event` of them stand in the event; one every six minutes before now."""
    at = clock.now()
    sample = _post(seeded, 0, at, in_event)
    line = render.line([sample])
    for start in range(0, count, BATCH):
        rows = [_post(seeded, n, at, in_event) for n in range(start, min(start + BATCH, count))]
        for row in rows:
            row.html = line.replace(sample.id, row.id)
            row.card = cards.digest_of(row)
        Post.objects.bulk_create(rows)
    shelves.put_all()
    connection = connections["owner"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _post(seeded: Seeded, n: int, at: datetime, in_event: int) -> Post:
    when = at - timedelta(minutes=1 + (n if n < in_event else 6 * n))
    return Post(
        id=new_id(),
        kind="update",
        author=seeded.officer,
        text=WORDS,
        neighbourhood=seeded.places[n % PLACES],
        event=seeded.event if n < in_event else None,
        state="published",
        written_at=when,
        received_at=when,
        since=when,
        published_at=when,
        publish_at=when,
    )
