"""Posts that answer a rumour: drafted with the fact first, and listed while they stand."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.listening import access
from hue.listening.announce import show_anew
from hue.listening.models import Rebuttal, Rumour
from hue.listening.register import words_of_a_post
from hue.listening.states import VERDICTS
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post

DRAFTED = Kind("rumour.rebuttal_drafted", "{by} drafted a post that answers it.")
LINKED = Kind("rumour.rebuttal_linked", "{by} noted that a post answers it.")
ANSWERED = Kind("rumour.rebuttal_out", "{by} saw that a post answers it in public.")
GONE = Kind("rumour.rebuttal_gone", "{by} saw that a post that answered it is not public any more.")


@transaction.atomic
def draft_rebuttal(*, by: Officer, at: datetime, rumour: Rumour) -> Post:
    """A draft of `by`: the fact, then the question, then where the answer stands. It goes out as
    every post does."""
    rumour = Rumour.objects.locked(rumour)
    access.may_keep(by)
    access.not_merged(rumour)
    if rumour.state not in VERDICTS or rumour.shown_at is None:
        raise Refused("There is no answer in public yet: decide it and show it, then post it.")
    places = list(rumour.places.all())
    place = places[0] if len(places) == 1 else None
    draft = Draft(words_of_a_post(rumour), neighbourhood=place)
    post = publishing.compose(by=by, at=at, draft=draft, send="draft")
    Rebuttal.objects.create(rumour=rumour, post=post, by=by, at=at)
    record(DRAFTED, by=by, at=at, subject=rumour)
    return post


@transaction.atomic
def link_rebuttal(*, by: Officer, at: datetime, rumour: Rumour, post: Post) -> Rebuttal:
    """A post that was written without the register."""
    rumour = Rumour.objects.locked(rumour)
    access.may_keep(by)
    access.not_merged(rumour)
    if Rebuttal.objects.filter(post=post).exists():
        raise Refused("That post answers a rumour already.")
    row = Rebuttal.objects.create(rumour=rumour, post=post, by=by, at=at)
    record(LINKED, by=by, at=at, subject=rumour)
    return row


@transaction.atomic
def follow(*, by: Officer, at: datetime, rebuttal: Rebuttal) -> None:
    """The post came out, or is not public any more: the rumour's page follows."""
    access.require_software(by)
    stands = Rebuttal.objects.standing().filter(pk=rebuttal.pk).exists()
    if not Rebuttal.objects.filter(pk=rebuttal.pk, shown=not stands).update(shown=stands):
        return
    rumour = Rumour.objects.locked(rebuttal.rumour)
    if stands and rumour.countered_at is None:
        rumour.countered_at = at
        rumour.save(update_fields=["countered_at"])
    if stands:
        record(ANSWERED, by=by, at=at, subject=rumour)
    else:
        record(GONE, by=by, at=at, subject=rumour)
    show_anew(rumour, at=at)
