"""Who may do what with a post."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from hue.events.access import require_pass
from hue.fediverse.foreign import Foreign
from hue.fediverse.models import Server
from hue.governance.access import require_acceptance
from hue.governance.policy import Policy
from hue.guard.finding import Finding, Severity
from hue.guard.rules import RULES
from hue.incidents.models import Incident
from hue.media.access import approving_role
from hue.media.models import Picture
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import ROLES, Permission
from hue.publishing.cap import LONGEST_EVENT
from hue.publishing.models import Alert, Post, PostPicture, Reshare, Sample
from hue.publishing.states import GONE, PUBLIC
from hue.states.moving import EditedMeanwhile

MISSED = timedelta(minutes=1)
LONGEST_ALERT = timedelta(days=7)
WAITS = {
    "in_review": "Only a post that waits for a second person is approved.",
    "held": "Only a held post is released.",
}


class Wipe(Exception):
    """The phone belongs to somebody who may not post any more: its queue is to be erased."""


class Stopped(Refused):
    """The guard stops it; only the roles that its rules name may let it out, and say why."""


class AsksAgain(Refused):
    """It may go out, but only when the same person says once more that it is still right."""


def may_write(by: Officer, post: Post, *, at: datetime) -> None:
    require(by, Permission.WRITE_POSTS)
    require_acceptance(by, at=at)
    require_pass(by, post.event, at=at)
    if post.thread is not None:  # an answer stands where its thread stands
        require_pass(by, post.thread.event, at=at)


def may_tell_of(by: Officer, incident: Incident | None) -> None:
    """Whoever may not see what is not public yet cannot bring it out with a post either."""
    if incident is not None:
        require(by, Permission.SEE_INCIDENTS)


def may_submit(by: Officer, post: Post, *, at: datetime) -> None:
    """One's own only: whether a second person is needed depends on who wrote it."""
    if by.pk != post.author.pk:
        raise Refused("Only its author sends a draft on its way.")
    if post.state != "draft":
        raise Refused("Only a draft is sent on its way: somebody decides about this post already.")
    may_write(by, post, at=at)


def may_see(by: Officer, post: Post) -> None:
    """Drafts and practice stay with their author, the team and those who decide."""
    if why := why_not_seen(by, post):
        raise Refused(why)


def may_see_picture(by: Officer, picture: Picture) -> None:
    """Whoever may see a post that shows it, or approve the picture; before there is a post,
    whoever took it in. What a redacting correction took away is for nobody."""
    placed = PostPicture.objects.filter(picture=picture)
    if not placed and by.pk == picture.by.pk:
        return
    approves = bool(approving_role(by))
    shown = [one.post for one in placed.filter(removed_at=None).select_related("post__author")]
    if all(sealed_from(by, post) or (why_not_seen(by, post) and not approves) for post in shown):
        raise Refused("This picture belongs to a post that you may not see.")


def sealed_from(by: Officer, post: Post) -> bool:
    """Withdrawn is for nobody; what is hidden is read by those who decide about it."""
    return post.state in GONE and not (post.state == "hidden" and by.may(Permission.APPROVE_POSTS))


def why_not_seen(by: Officer, post: Post) -> str:
    """Empty: they may see it."""
    if by.pk == post.author.pk or by.may(Permission.APPROVE_POSTS):
        return ""
    if "guest" in by.roles:
        return "A guest sees their own posts here, and everybody's on the public page."
    same_team = by.team_id is not None and by.team_id == post.author.team_id
    if (post.practice or post.state == "draft") and not same_team:
        return "Drafts and practice posts are seen by their author's team."
    return ""


def may_read_rationale(by: Officer) -> bool:
    """Why a stop may pass often names whom the guard protects."""
    return by.may(Permission.KNOW_PEOPLE)


def may_edit(by: Officer, post: Post) -> None:
    require(by, Permission.WRITE_POSTS if by.pk == post.author.pk else Permission.APPROVE_POSTS)
    if post.state in {*PUBLIC, "dropped"}:
        raise Refused("Only a post that is not public yet is edited; a public one is corrected.")


def may_override(by: Officer, post: Post, stops: Sequence[Finding]) -> None:
    """Only a role that each of the rules names, and nobody who wrote words of this post."""
    wrong = " ".join(dict.fromkeys(stop.wrong for stop in stops))
    if not who_may_override(stops):
        raise Stopped(f"{wrong} Nobody may override this: the words have to change.")
    if not who_may_override(stops) & set(by.roles):
        raise Stopped(f"{wrong} Only {names_of(stops)} may let it pass.")
    if wrote(by, post):
        raise Stopped(f"{wrong} You wrote words of this post: somebody else lets it pass.")


def wrote(by: Officer, post: Post) -> bool:
    """Its author, and whoever changed its words."""
    return by.pk == post.author.pk or post.versions.filter(by=by.pk).exists()


def who_may_override(findings: Iterable[Finding]) -> set[str]:
    """The roles that every one of these rules names; nobody where one names nobody."""
    named = [set(finding.may_override) for finding in findings]
    return set.intersection(*named) if named else set()


def names_of(stops: Iterable[Finding]) -> str:
    """ "gold or a senior investigating officer": gold is who commands, not one of many."""
    roles = sorted(ROLES[role].name.lower() for role in who_may_override(stops))
    return " or ".join(role if role == "gold" else f"a {role}" for role in roles)


def may_decide(by: Officer, post: Post) -> None:
    """Approve, send back or drop what another person wrote."""
    require(by, Permission.APPROVE_POSTS)
    not_oneself(by, post.author, "approve their own post")


def may_let_out(by: Officer, post: Post, waits: str) -> None:
    """Only what waits for it: a draft is its author's, and what is hidden is restored."""
    may_decide(by, post)
    if post.state != waits:
        raise Refused(WAITS[waits])


def still_right(post: Post, *, at: datetime, confirmed: bool) -> None:
    """What had a time of its own, and is past it, asks again before it goes out."""
    if post.publish_at and at - post.publish_at > MISSED and not confirmed:
        raise AsksAgain("Its time has passed since it was planned. Is it still right?")


def other_words_than_ones_own(by: Officer, post: Post, policy: Policy) -> None:
    """Where nobody publishes alone, whoever changed its words counts as an author of it."""
    if policy.approval_needed and wrote(by, post):
        raise Refused(
            "You changed its words, and the policy asks for two people: save the change alone, "
            "then somebody else approves it."
        )


def its_thread_stands(post: Post) -> None:
    if post.thread is not None and post.thread.state != "published":
        raise Refused("The post that this follows up is not shown any more: write one by itself.")


def may_pass_on(said: Foreign) -> None:
    """`said` is as its server tells it now: public, and free to be quoted."""
    if Server.objects.blocked().filter(host=said.author.host).exists():
        raise Refused(f"The server {said.author.host} is blocked: nothing from there goes out.")
    known = Reshare.objects.filter(uri=said.uri).exclude(post__state__in=["withdrawn", "dropped"])
    if known.exists():
        raise Refused("That post was passed on already, or waits for a second person.")


def still_credits(post: Post, text: str) -> None:
    reshare = Reshare.objects.filter(post=post).first()
    if reshare is not None and not (reshare.credit in text and reshare.page in text):
        raise Refused(
            f"It passes on what somebody else wrote: {reshare.credit} and {reshare.page} must "
            "stay in it."
        )


def may_be_an_alert(post: Post, event: str, expires_at: datetime, *, at: datetime) -> None:
    if post.state != "published" or post.practice:
        raise Refused("Only what the public reads can be an alert for other systems.")
    if not event or len(event) > LONGEST_EVENT:
        raise Refused(f"Name what happens in up to {LONGEST_EVENT} characters: “Flood warning”.")
    if not at < expires_at <= at + LONGEST_ALERT:
        raise Refused("An alert ends by itself: choose a time from now to a week ahead.")


def its_alert(post: Post) -> Alert:
    """The one in force, locked."""
    alert = Alert.objects.select_for_update().filter(post=post, state="in_force").first()
    if alert is None:
        raise Refused("No alert is in force: somebody has called it off, or its time is over.")
    return alert


def needs_second_person(by: Officer, policy: Policy) -> bool:
    named = set(by.roles) & set(policy.second_person_roles)
    return policy.approval_needed or bool(named) or not by.may(Permission.PUBLISH_POSTS)


def why_second_person(post: Post, pictures: Iterable[Picture], policy: Policy) -> str:
    """What the policy says, whatever the guard finds; empty: it may go out alone."""
    # Late is the way from the phone to us; a draft that waited here was ours all the time.
    if post.received_at - post.written_at > timedelta(minutes=policy.late_after_minutes):
        return "It was written a while ago and only reached us now: is it still right?"
    if needs_second_person(post.author, policy):
        return "A second person looks at it before it goes out."
    if policy.second_person_for_pictures and any(picture.shows for picture in pictures):
        return "It shows somebody: the policy asks a second person."
    return ""


def same_version(post: Post, seen: int) -> None:
    if post.version != seen:
        raise EditedMeanwhile(
            "Somebody changed this post while you had it open. Your words are kept below: "
            "look at the newer version, then save again."
        )


def words_that_fit(text: str, policy: Policy) -> None:
    if not text:
        raise Refused("The post has no words yet.")
    if len(text) > policy.longest_post:
        over = len(text) - policy.longest_post
        raise Refused(
            f"The post is {over} characters too long; the limit is {policy.longest_post}."
        )


def words_that_pass(findings: Iterable[Finding]) -> None:
    """A correction goes out at once: it has nothing that the guard stops."""
    if stops := [one for one in findings if one.severity is Severity.STOP]:
        wrong = " ".join(dict.fromkeys(f"{stop.wrong} {stop.right}" for stop in stops))
        raise Stopped(f"{wrong} Correct it with other words, or withdraw it.")


def may_bring_in(by: Officer, post: Post, seconds: Sequence[Finding]) -> None:
    """No second person looks at a correction: what needs one is brought in by whoever may be."""
    if not seconds or (by.pk != post.author.pk and by.may(Permission.APPROVE_POSTS)):
        return
    wrong = " ".join(dict.fromkeys(second.wrong for second in seconds))
    raise Refused(
        f"{wrong} These words need a second person: somebody who may approve posts, and did not "
        "write this one, makes the correction."
    )


def may_judge(by: Officer, sample: Sample, *, week: date) -> None:
    """Supervisors of the unit, in the week after it, never about their own post."""
    require(by, Permission.REVIEW_SAMPLE)
    not_oneself(by, sample.post.author, "judge the guard by their own post")
    if sample.unit_id != by.unit_id:
        raise Refused("This post is judged by the supervisors of its own unit.")
    if sample.week != week:
        raise Refused("Its week is over: what was not judged then stays open in the report.")


def is_an_answer(sample: Sample, answer: str, rules: Sequence[str], words: str) -> None:
    if answer not in dict(Sample.ANSWERS):
        raise Refused("Say whether the guard was right, missed something or spoke for nothing.")
    if answer == "nothing" and not (rules and set(rules) <= set(sample.spoke)):
        raise Refused("Choose which of the rules spoke for nothing.")
    if answer == "missed" and not rules and not words:
        raise Refused("Choose the rule that should have spoken, or say what it should have seen.")
    if answer == "missed" and not set(rules) <= {rule.id for rule in RULES}:
        raise Refused("The guard has no such rule: choose one from the list.")


def announces_something(post: Post) -> None:
    if post.holds_until is None:
        raise Refused("This post announces nothing: it has no times to correct.")


def still_to_come(holds_until: datetime | None, *, at: datetime) -> None:
    if holds_until is not None and holds_until <= at:
        raise Refused(
            "What this announces is over already: give it a later end, or tell it as it was."
        )
