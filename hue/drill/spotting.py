"""When the engine had a claim of the event, and which entry the desk made of it."""

from datetime import datetime

from django.db.models import Min

from hue.drill import script
from hue.drill.hearing import id_of
from hue.drill.models import Drill, DrillCue
from hue.listening import keys
from hue.listening.models import Asked, Key, Remark, RemarkQuerySet, Rumour
from hue.listening.queries.rumours import of_claims


def had_at(drill: Drill, claim: str) -> datetime | None:
    """None where it has not heard it: it is said where nobody listens."""
    at: datetime | None = _heard(drill, claim).aggregate(at=Min("taken_at"))["at"]
    return at


def rumour_of(drill: Drill, claim: str) -> Rumour | None:
    """Made of the questions about this claim, or of what was heard of it; merged: the one it is
    in."""
    cues = DrillCue.objects.filter(drill=drill, claim=claim).exclude(asked=None)
    asked = Asked.objects.filter(pk__in=cues.values("asked")).exclude(rumour=None)
    made = [one.rumour for one in asked.select_related("rumour__into") if one.rumour]
    found = [one.into or one for one in made]
    for role, heard in _claims(drill, claim):
        found += of_claims(role, [heard]).values()
    return min(found, key=lambda one: one.opened_at, default=None)


def _claims(drill: Drill, claim: str) -> list[tuple[str, str]]:
    """By role what the engine took its posts for."""
    return list(_heard(drill, claim).order_by().values_list("role", "claim").distinct())


def _heard(drill: Drill, claim: str) -> RemarkQuerySet:
    told = script.events()[drill.event]
    ids = [id_of(drill, post) for post in script.posts(told) if post.claim == claim]
    hashes = [keys.hashed(key, "file", one) for key in Key.objects.all() for one in ids]
    return Remark.objects.read().filter(outside__in=hashes)
