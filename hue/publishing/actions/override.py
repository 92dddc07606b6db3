"""A stop of the guard that somebody lets pass: only who the rule names, and with a rationale."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.guard.finding import Finding
from hue.lib.html import plain
from hue.people.models import Officer
from hue.people.roles import ROLES
from hue.publishing import access, guarding
from hue.publishing.models import Override, Post

OVERRIDDEN = Kind(
    "post.overridden",
    "{by} let a post of {author} pass although the guard stops it ({rules}): {rationale}",
)


@transaction.atomic
def override(
    *, by: Officer, at: datetime, post: Post, stops: list[Finding], rationale: str
) -> None:
    """For this version of the words only."""
    access.may_override(by, post, stops)
    rationale = plain(rationale)
    if not rationale:
        raise access.Stopped(
            f"The guard stops it: {guarding.in_words(stops)} You may let it pass: say why."
        )
    role = min(access.who_may_override(stops) & set(by.roles))
    for rule, family in sorted({(stop.rule, stop.family) for stop in stops}):
        places = [stop.place[1:] for stop in stops if stop.rule == rule]
        Override.objects.create(
            post=post,
            version=post.version,
            rule=rule,
            places=places,
            family=family,
            by=by,
            role=ROLES[role].name,
            rationale=rationale,
            at=at,
        )
    rules = ", ".join(sorted({stop.rule for stop in stops}))
    told = {"author": str(post.author), "rules": rules}
    why = {"rationale": rationale}
    record(OVERRIDDEN, by=by, at=at, subject=post, data=told, personal=why)
