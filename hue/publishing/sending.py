"""From a form to a post: the one way for the page, the phone and the plain form."""

from datetime import datetime

from django.db import transaction

from hue.lib import clock
from hue.media import actions as media
from hue.media.models import Picture
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.forms import ComposeForm
from hue.publishing.models import Post


def send(form: ComposeForm, *, by: Officer, at: datetime) -> Post:
    """The post that a valid form describes. The same key twice gives the same post, kept once."""
    told = form.cleaned_data
    key = told["idempotency_key"] or None
    known = Post.objects.filter(author=by, idempotency_key=key).first() if key else None
    if known is not None:
        return known  # before its pictures are kept a second time
    with transaction.atomic():
        draft = Draft(
            text=told["text"],
            kind=form.kind_of_post(),
            neighbourhood=told["neighbourhood"],
            event=told["event"],
            incident=told["incident"],
            thread=told["parent"],
            pictures=_pictures(form, by=by, at=at),
            written_at=told["written_at"] and clock.as_shown(told["written_at"]),
            publish_at=told["publish_at"],
            holds_from=told["holds_from"],
            holds_until=told["holds_until"],
            idempotency_key=key,
        )
        return actions.compose(by=by, at=at, draft=draft, send=told["action"] or "review")


def _pictures(form: ComposeForm, *, by: Officer, at: datetime) -> list[Picture]:
    told = form.cleaned_data
    alts = [alt for alt in told["alts"] if alt]
    return [
        media.take_in(by=by, at=at, content=file, alt=alt)
        for file, alt in zip(told["pictures"], alts, strict=False)
    ]
