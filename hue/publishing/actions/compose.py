"""Writing: a draft, its edits, and sending it on its way."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.events.models import LiveEvent
from hue.governance import policy
from hue.guard.finding import Finding, Verdict
from hue.incidents.models import Incident
from hue.lib.html import plain
from hue.media.models import Picture
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.publishing import access, guarding
from hue.publishing.actions.publish import publish
from hue.publishing.models import Post, PostPicture, Version
from hue.streams.tell import tell

WRITTEN = Kind("post.written", "{by} wrote a post for {place}.")
EDITED = Kind("post.edited", "{by} changed a post before it was public; version {version}.")
SCHEDULED = Kind("post.scheduled", "{by} planned a post for {when}.")
SUBMITTED = Kind("post.submitted", "{by} asked for a second person: {why}")
STOPPED = Kind("post.stopped", "The guard stopped a post of {by}: {rules}.")


@dataclass(frozen=True)
class Draft:
    """What an officer wrote, as it comes from a form, the phone or a file."""

    text: str
    kind: str = "update"
    neighbourhood: Neighbourhood | None = None
    event: LiveEvent | None = None
    incident: Incident | None = None
    thread: Post | None = None
    pictures: list[Picture] = field(default_factory=list)
    written_at: datetime | None = None  # by the phone's clock; None: now
    publish_at: datetime | None = None  # a planned time; None: as soon as it may
    holds_from: datetime | None = None  # a notice: when what it tells of happens
    holds_until: datetime | None = None
    idempotency_key: str | None = None


@transaction.atomic
def compose(*, by: Officer, at: datetime, draft: Draft, send: str = "publish") -> Post:
    """Keep a draft and, unless `send` is "draft", submit it. The same key gives the same post.

    `send` is "publish", "review" (a second person looks), "override" (somebody who may let pass
    what the guard stops) or "draft".
    """
    known = _sent_before(by, draft)
    if known is not None:
        return known
    text = plain(draft.text)
    access.words_that_fit(text, policy.in_force(at=at))
    root = draft.thread.root if draft.thread else None
    # A thread tells of one case: what follows it up is read with everything known of that one.
    incident = (root.incident if root else None) or draft.incident
    incident = incident and Incident.objects.locked(incident)
    root = root and Post.objects.locked(root)
    post = Post(
        author=by,
        kind=draft.kind,
        text=text,
        neighbourhood=draft.neighbourhood or (root.neighbourhood if root else by.neighbourhood),
        event=draft.event or (root.event if root else None),
        incident=incident,
        thread=root,
        practice=by.practice or (root is not None and root.practice),
        written_at=min(draft.written_at or at, at),
        received_at=at,
        since=at,
        publish_at=draft.publish_at,
        holds_from=draft.holds_from,
        holds_until=draft.holds_until,
        idempotency_key=draft.idempotency_key,
    )
    access.may_write(by, post, at=at)
    access.may_tell_of(by, draft.incident)
    access.still_to_come(draft.holds_until, at=at)
    post.save(force_insert=True)
    PostPicture.objects.bulk_create(
        PostPicture(post=post, picture=picture, position=position)
        for position, picture in enumerate(draft.pictures)
    )
    record(WRITTEN, by=by, at=at, subject=post, data={"place": post.place})
    if send == "draft":
        return post
    override = send == "override"
    return submit(by=by, at=at, post=post, for_review=send == "review", to_override=override)


@transaction.atomic
def edit(*, by: Officer, at: datetime, post: Post, seen: int, text: str) -> Post:
    """New words for a post that is not public yet. `seen` is the version that was on the screen."""
    post = Post.objects.locked(post)
    access.may_edit(by, post)
    access.same_version(post, seen)
    access.words_that_fit(plain(text), policy.in_force(at=at))
    _keep_version(post, by=by, at=at)
    post.text, post.version = plain(text), post.version + 1
    post.save(update_fields=["text", "version"])
    record(EDITED, by=by, at=at, subject=post, data={"version": post.version})
    if post.state == "draft" and post.note:
        guarding.note_again(post, at=at)
    elif post.state == "approved":
        post.move_to("in_review", since=at, note="It was changed after it had been approved.")
    tell("desk", "changed", {"post": post.id}, at=at)
    return post


@transaction.atomic
def schedule(*, by: Officer, at: datetime, post: Post, seen: int, publish_at: datetime) -> Post:
    """Another time for a post that is not public yet."""
    post = Post.objects.locked(post)
    access.may_edit(by, post)
    access.same_version(post, seen)
    if publish_at <= at:
        raise Refused("That time has passed: choose a later one, or publish now.")
    post.publish_at = publish_at
    post.save(update_fields=["publish_at"])
    record(SCHEDULED, by=by, at=at, subject=post, data={"when": publish_at.isoformat()})
    tell("desk", "changed", {"post": post.id}, at=at)
    return post


@transaction.atomic
def submit(
    *, by: Officer, at: datetime, post: Post, for_review: bool = False, to_override: bool = False
) -> Post:
    """Send a draft on: published at once, scheduled, or to a second person, as the policy says.

    What the guard stops stays a draft with the reason, unless `to_override` takes it to somebody
    who may let it out.
    """
    post = Post.objects.locked(post)
    access.may_submit(by, post, at=at)
    rules = policy.in_force(at=at)
    verdict = guarding.look(post, at=at)
    stops = guarding.open_stops(post, verdict.findings)
    if stops and not to_override:
        return _stay(by, at, post, stops)
    why = (
        _why_override(stops)
        or _why_second_person(post, rules, for_review=for_review)
        or _why_guard(post, verdict)
    )
    if why:
        post.move_to("in_review", since=at, note=why)
        record(SUBMITTED, by=by, at=at, subject=post, data={"why": why})
        tell("desk", "waiting", {"post": post.id}, at=at)
    elif post.publish_at and post.publish_at > at:
        post.move_to("approved", since=at, approved_at=at, note="")
        record(SUBMITTED, by=by, at=at, subject=post, data={"why": "it has a time of its own"})
    else:
        publish(by=by, at=at, post=post, verdict=verdict)
    return post


def _stay(by: Officer, at: datetime, post: Post, stops: list[Finding]) -> Post:
    post.note = guarding.in_words(stops)
    post.save(update_fields=["note"])
    rules = ", ".join(sorted({stop.rule for stop in stops}))
    record(STOPPED, by=by, at=at, subject=post, data={"rules": rules})
    return post


def _why_override(stops: list[Finding]) -> str:
    if not stops:
        return ""
    if not access.who_may_override(stops):
        raise Refused("Nobody may override what stops this post: change its words.")
    return f"The guard stops it; {access.names_of(stops)} decides. {guarding.in_words(stops)}"


def _why_guard(post: Post, verdict: Verdict) -> str:
    if post.practice:
        return ""
    return guarding.in_words(guarding.seconds(verdict.findings))


def _why_second_person(post: Post, rules: policy.Policy, *, for_review: bool) -> str:
    if post.practice:
        return ""
    pictures = Picture.objects.filter(pk__in=post.placed_pictures.values("picture"))
    asked = "The author asked for a second person." if for_review else ""
    return access.why_second_person(post, pictures, rules) or asked


def _sent_before(by: Officer, draft: Draft) -> Post | None:
    if not draft.idempotency_key:
        return None
    # Two deliveries of one phone's post at once: the second waits here for the first.
    Officer.objects.select_for_update().get(pk=by.pk)
    return Post.objects.filter(author=by, idempotency_key=draft.idempotency_key).first()


def _keep_version(post: Post, *, by: Officer, at: datetime) -> None:
    Version.objects.create(
        post=post, number=post.version, text=post.text, replaced_at=at, by=by, public=False
    )
