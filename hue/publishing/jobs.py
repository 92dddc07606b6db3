import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from hue.fediverse.models import Share
from hue.governance import policy
from hue.governance.models import Pack, Removal
from hue.incidents.models import Incident
from hue.jobs import queue
from hue.jobs.queue import BULK, every, job
from hue.lib import clock
from hue.lib.sealing import CannotOpen
from hue.media.models import Picture
from hue.pages import shell, stale
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import LocalPolicingUnit, Officer
from hue.publishing import actions, announce, preview, queries, render, sampling, watch
from hue.publishing.models import Alert, OutcomeOwed, Post
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
MEANWHILE = (Refused, MovedMeanwhile, IllegalMove)
AT_ONCE = 100  # rows a run; the next run takes the rest


@every("* * * * * *", "publishing.due")
def look_around() -> None:
    """One job for four questions: to start a job takes longer than to ask any of them."""
    looks = (publish_due, tell_news, recheck_cases, recheck_pictures)
    troubles = [*filter(None, map(_trouble, looks))]
    if troubles:
        raise ExceptionGroup("publishing.due", troubles)


def _trouble(look: Callable[[], None]) -> Exception | None:
    try:
        look()
    except Exception as error:  # noqa: BLE001  raised above, once the others have had their turn
        return error
    return None


def publish_due() -> None:
    publish_by(at=clock.now())


def publish_by(*, at: datetime) -> None:
    """What has a time of its own goes out when it has come; what must not is held."""
    system = people.system()
    actions.hold_waiting(by=system, at=at)
    for post in Post.objects.due(at=at).select_related("author"):
        try:
            actions.publish_planned(by=system, at=at, post=post)
        except (CannotOpen, *MEANWHILE) as refusal:
            log.warning("post %s stays: %s", post.id, refusal)


@job("publishing.sign_again", priority=BULK)
def sign_again(officer: int) -> None:
    """Whether somebody is named has changed: so have the lines that they signed."""
    announce.sign_again(Officer.objects.get(pk=officer), at=clock.now())


@job("publishing.new_look", priority=BULK)
def new_look() -> None:
    """Cards carry name and colours: their names first, as the pages that follow lead to them."""
    shell.forget()
    announce.new_cards(at=clock.now())
    queue.defer("people.look", once="people.look")


@every("* * * * * */10", "publishing.list_removals")
def list_removals() -> None:
    list_removals_due(at=clock.now())


def list_removals_due(*, at: datetime) -> None:
    """The register's page, once the delay of an entry has ended."""
    if Removal.objects.due_to_list(at=at).update(listed=True):
        stale.mark(("publishing.removed", ""), at=at)


@every("* * * * * */10", "publishing.sources")
def follow_sources() -> None:
    """What was passed on is taken back with the post that it passed on."""
    for share in Share.objects.taken_back():
        post = Post.objects.filter(pk=share.post, state__in=["published", "hidden"]).first()
        if post is not None:
            host = urlsplit(share.uri).netloc
            actions.follow_source(by=people.system(), at=clock.now(), post=post, host=host)


@every("* * * * * */20", "publishing.notices")
def end_notices() -> None:
    end_notices_over(at=clock.now())


def end_notices_over(*, at: datetime) -> None:
    """What was announced is over: the pages at whose top it stood are written without it."""
    for post in Post.objects.filter(announced=True, holds_until__lte=at).to_read()[:AT_ONCE]:
        Post.objects.filter(pk=post.pk).update(announced=False)
        stale.mark(*announce.pages_of(*render.thread_of(post.root)), at=at)


@every("* * * * *", "publishing.alerts")
def end_alerts() -> None:
    end_alerts_over(at=clock.now())


def end_alerts_over(*, at: datetime) -> None:
    system = people.system()
    for alert in Alert.objects.over(at=at).select_related("post")[:AT_ONCE]:
        actions.expire_alert(by=system, at=at, alert=alert)


@every("30 * * * *", "publishing.lists")
def write_lists() -> None:
    """The sitemap of pages that are no posts: new places, officers, hours."""
    stale.mark(("publishing.lists", ""), at=clock.now())


@every("20 4 * * *", "publishing.heard")
def say_who_was_heard() -> None:
    """“Heard from this week” ends by itself, on the pages of those who wrote lately."""
    at = clock.now()
    found = queries.heard_lately(at=at).values_list("pk", flat=True)
    stale.mark(*[("publishing.officer", str(pk)) for pk in found], at=at)


@every("* * * * *", "publishing.watch")
def watch_feeds() -> None:
    # A demonstration's minutes pass faster than its pages can be written.
    watch.look(at=clock.now(), patience=watch.PATIENCE * max(1.0, clock.rate()))


def tell_news() -> None:
    """What became known of an incident reaches its public lines within a second or two."""
    at, system = clock.now(), people.system()
    for incident in Incident.objects.news()[:AT_ONCE]:
        actions.tell_news(by=system, at=at, incident=incident)


@every("* * * * * */10", "publishing.escalate")
def escalate() -> None:
    """A post that nobody answers is called out, after the time that the policy sets."""
    at, system = clock.now(), people.system()
    after = timedelta(minutes=policy.in_force(at=at).escalate_after_minutes)
    for post in Post.objects.to_escalate(at=at, after=after).select_related("author")[:AT_ONCE]:
        actions.escalate(by=system, at=at, post=post)


def recheck_cases() -> None:
    """A case has changed: within a second what was said of it is looked at again."""
    at, system = clock.now(), people.system()
    for incident in Incident.objects.case_changed()[:AT_ONCE]:
        look = partial(actions.recheck, by=system, at=at, incident=incident)
        _look_again(f"incident {incident.pk}", look, at)


def recheck_pictures() -> None:
    """The same where what is said of a picture has changed, and on its day of review."""
    at, system = clock.now(), people.system()
    for picture in Picture.objects.to_look_at_again(at=at)[:AT_ONCE]:
        look = partial(actions.recheck_picture, by=system, at=at, picture=picture)
        _look_again(f"picture {picture.pk}", look, at)


def _look_again(about: str, look: Callable[[], int], at: datetime) -> None:
    """What cannot be read keeps nothing else waiting: it is an alarm until it can be."""
    slug = f"again {about}"
    try:
        look()
    except (CannotOpen, *MEANWHILE) as trouble:
        says = f"Posts about {about} could not be looked at again: {trouble}"
        raise_alarm(slug, f"{says} Look at them yourself, and withdraw what is wrong.", at=at)
    else:
        end_alarm(slug, at=at)


@every("25 * * * *", "publishing.sample")
def draw_samples() -> None:
    """On the first hour of a week, or on the first in which a worker runs in it."""
    at, system = clock.now(), people.system()
    for unit in LocalPolicingUnit.objects.order_by("pk"):
        actions.draw_sample(by=system, at=at, week=sampling.week_to_judge(at), unit=unit)


@job("publishing.preview_policy", priority=BULK)
def preview_policy(pack: int) -> None:
    """What a proposed policy would have done; whoever decides about it sees how far this is."""
    at, rows = clock.now(), Pack.objects.filter(pk=pack, state="waiting")
    found = rows.first()
    if found is None:
        return
    now, posts = policy.in_force(at=at), preview.published_lately(at=at)
    rows.update(preview={"total": posts.count()}, looked_at=0)

    def note(done: int) -> None:
        rows.update(looked_at=done)

    seen = preview.preview(posts, now, policy.of(found), note)
    told = {**seen.as_json(), "ready": True, "version": now.number, "at": at.isoformat()}
    rows.update(preview=told)


@every("* * * * * */5", "publishing.remind")
def remind() -> None:
    """Outcomes that are owed: first their officer is reminded, days later the supervisors."""
    at, system = clock.now(), people.system()
    after = timedelta(days=policy.in_force(at=at).remind_supervisor_after_days)
    owed = OutcomeOwed.objects.select_related("officer", "post").order_by("due_at")
    for debt in owed.to_remind_officer(at=at)[:AT_ONCE]:
        actions.remind_officer(by=system, at=at, owed=debt)
    for debt in owed.to_remind_supervisors(at=at, after=after)[:AT_ONCE]:
        actions.remind_supervisors(by=system, at=at, owed=debt)
