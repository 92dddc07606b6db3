"""Posts in words for the screens of the desk: whole sentences, no codes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.forms import Form
from django.urls import reverse

from hue.channels import queries as channels
from hue.channels.preview import names
from hue.events.models import LiveEvent
from hue.fediverse.queries import quotes
from hue.governance import policy
from hue.governance.models import Election, Halt
from hue.governance.policy import Policy
from hue.incidents.models import Incident
from hue.lib import clock, sealing
from hue.lib.html import to_html
from hue.media.access import require_describing
from hue.media.models import Picture
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.people.roles import Permission
from hue.publishing import access, beside, cap, findings, guarding, offline, queries, render
from hue.publishing.models import Alert, Post, Review
from hue.publishing.states import GONE

STATES = {
    "draft": ("Not sent yet", "wait"),
    "in_review": ("A second person is looking", "wait"),
    "approved": ("Approved, goes out at its time", "out"),
    "published": ("Published", "out"),
    "held": ("Held until somebody confirms it", "wait"),
    "withdrawn": ("Withdrawn", "stop"),
    "hidden": ("Hidden until somebody withdraws or restores it", "stop"),
    "dropped": ("Dropped", "stop"),
}
WAITS = frozenset({"draft", "in_review", "approved", "held", "hidden"})
MOVES = {
    "draft": ("submit", "edit", "drop"),
    "in_review": ("approve", "edit-and-approve", "schedule", "send-back", "drop"),
    "approved": ("edit", "schedule", "drop"),
    "held": ("release", "drop"),
    "published": ("correct", "withdraw", "alert"),
    "hidden": ("restore", "withdraw"),
}
NEEDS = {
    "correct": Permission.CORRECT_POSTS,
    "withdraw": Permission.WITHDRAW_POSTS,
    "alert": Permission.SEND_ALERTS,
}
QUOTES_SHOWN = 20
USUAL_ALERT = timedelta(hours=6)
PRACTICE = ["the practice page of your team"]
PLACES = ["the public site and its feeds", "open screens"]
# What becomes of a post during a stop, by whether its author publishes alone.
STOPPED = {
    True: "What you publish is not taken and stays with you; what you hand to a second person "
    "waits for them.",
    False: "What you send waits until a person confirms it.",
}
FIELD_IDS = {"pictures": "id_pictures", "__all__": "item-head"}
SENT_BACK_REASONS = (
    "The place is too exact.",
    "Officers are still there.",
    "It names somebody.",
    "It is not our news to tell.",
    "Please say it shorter.",
)


def item(post: Post, by: Officer, *, at: datetime) -> dict[str, Any]:
    """Everything that the right-hand pane shows of one post."""
    words, kind = STATES[post.state]
    stands = channels.stands(post.pk)
    moves, why_not = _decides(post, by, policy.in_force(at=at))
    return {
        "post": post,
        **_guarded(post, by, at),
        "review": Review.objects.open().filter(post=post).first(),
        "pictures": [] if access.sealed_from(by, post) else _pictures(post, by),
        "state_words": words,
        "state_kind": kind,
        "waited": clock.in_words(at - post.since),
        "late": _late(post),
        "moves": moves,
        "may_write": by.may(Permission.WRITE_POSTS),
        "why_not": why_not,
        "goes_to": PRACTICE if post.practice else [*PLACES, *_elsewhere(post.neighbourhood)],
        "vanishes_from": _vanishes_from(post, stands),
        "stands": stands,
        "quotes": quotes(post.pk)[:QUOTES_SHOWN],
        "may_revoke": by.may(Permission.OPEN_ACCOUNTS),
        "reasons": SENT_BACK_REASONS,
        "story": queries.story(post, opened=access.may_read_rationale(by)),
        "versions": () if access.sealed_from(by, post) else post.versions.select_related("by"),
        "owed": getattr(post, "owed", None),
        **_alert(post, at),
        **beside.asked(post, by, at),
    }


def _alert(post: Post, at: datetime) -> dict[str, Any]:
    """The alert made of it, and what may be chosen for one."""
    if post.state != "published" or post.practice:
        return {"may_alert": False}
    codes = {
        "category": cap.CATEGORIES,
        "urgency": cap.URGENCIES,
        "severity": cap.SEVERITIES,
        "certainty": cap.CERTAINTIES,
    }
    found = Alert.objects.filter(post=post).first()
    until = at + USUAL_ALERT
    return {"may_alert": True, "alert": found, "alert_codes": codes, "alert_until": until}


def _guarded(post: Post, by: Officer, at: datetime) -> dict[str, Any]:
    """The words with what the guard finds in them, while somebody still decides about them."""
    text = post.text
    if post.state == "hidden" and not access.sealed_from(by, post):
        text = sealing.open_text(post.sealed_text)
    if not text or post.state not in WAITS:
        return {"text_html": to_html(text)}
    found = guarding.check(guarding.words_of(post, text), at=at).findings
    stops = guarding.open_stops(post, found)
    mine = by.pk == post.author.pk
    named = access.who_may_override(stops)
    return {
        "text_html": findings.marked_html(text, found) if found else to_html(text),
        "findings": findings.shown(found, text),
        "stopped": bool(stops),
        "may_ask": bool(named) and mine and post.state == "draft",
        "may_override": bool(named & set(by.roles)) and not access.wrote(by, post),
        "who_may": access.names_of(stops),
        "overrides": post.overrides.filter(version=post.version).select_related("by"),
        "reads_rationale": access.may_read_rationale(by),
    }


def _pictures(post: Post, by: Officer) -> list[dict[str, Any]]:
    """From the desk's own address: a picture that waits is in no public folder."""
    return [
        {
            "url": reverse("publishing:picture", args=[placed.picture.pk, 1600]),
            "src": reverse("publishing:picture", args=[placed.picture.pk, 480]),
            "width": placed.picture.width,
            "height": placed.picture.height,
            "alt": placed.picture.alt,
            "facts_url": _facts_url(placed.picture, by),
        }
        for placed in post.placed_pictures.filter(removed_at=None).select_related("picture")
    ]


def _facts_url(picture: Picture, by: Officer) -> str:
    """Where to say what it shows; nothing for those who may not."""
    try:
        require_describing(by, picture)
    except Refused:
        return ""
    return reverse("media:picture_facts", args=[picture.pk])


def _decides(post: Post, by: Officer, rules: Policy) -> tuple[frozenset[str], str]:
    """What this officer may do with it, and why not more."""
    moves, why_not = _moves(post, by), _why_not(post, by)
    if Halt.objects.in_force().exists():
        moves -= {"release"}
    if not rules.approval_needed or not moves & {"approve", "release"}:
        return moves, why_not
    if "edit-and-approve" in moves:
        moves = moves - {"edit-and-approve"} | {"edit"}
    try:
        access.other_words_than_ones_own(by, post, rules)
    except Refused:
        return moves - {"approve", "release"}, "You changed its words: somebody else approves it."
    return moves, why_not


def _moves(post: Post, by: Officer) -> frozenset[str]:
    offered = set(MOVES.get(post.state, ()))
    mine = by.pk == post.author.pk
    if post.state != "hidden" and Review.objects.open().filter(post=post).exists():
        offered |= {"stands"}
    if mine or not by.may(Permission.APPROVE_POSTS):
        offered -= {"approve", "edit-and-approve", "send-back", "release", "restore", "stands"}
        offered |= {"edit"} if mine and post.state == "in_review" else set()
    if not mine:
        offered -= {"submit"}
        if not by.may(Permission.APPROVE_POSTS):
            offered -= {"edit", "schedule", "drop"}
    if mine and not by.may(Permission.WRITE_POSTS):
        offered -= {"submit", "edit", "schedule", "drop"}
    return frozenset(move for move in offered if move not in NEEDS or by.may(NEEDS[move]))


def _why_not(post: Post, by: Officer) -> str:
    if post.state in {"in_review", "held", "hidden"}:
        if by.pk == post.author.pk:
            return "You wrote this: somebody else decides. You will see it here at once."
        if not by.may(Permission.APPROVE_POSTS):
            return "Your role reads this; a supervisor or the digital desk decides."
        if post.state == "held" and Halt.objects.in_force().exists():
            return "Everything is stopped: it can be let out once the stop is lifted."
    return ""


def _late(post: Post) -> str:
    gap = post.received_at - post.written_at
    if gap < timedelta(minutes=5):
        return ""
    return f"Written {clock.in_words(gap)} before it reached us: is it still true?"


def _vanishes_from(post: Post, stands: list[dict[str, Any]]) -> list[str]:
    """What a withdrawal changes, in words."""
    places = ["its own page", "the force's page and feed"]
    if post.neighbourhood:
        places.append(f"the page and feed of {post.neighbourhood.name}")
    if post.event:
        places.append(f"#{post.event.hashtag} and its feed")
    return places + [one["where"] for one in stands if one["state"] == "sent"]


def next_sentence(by: Officer, rules: Policy, *, at: datetime) -> str:
    """What happens when the officer presses the button."""
    halt = Halt.objects.in_force().first()
    if halt is not None:
        alone = by.practice or not access.needs_second_person(by, rules)
        return f"Everything is stopped: {halt.reason} {STOPPED[alone]}"
    if by.practice:
        return "You are practising: only your team sees this."
    if not access.needs_second_person(by, rules):
        return "It goes out at once."
    wait = queries.usual_wait(at=at)
    usually = f"; usually {clock.in_words(wait)}" if wait else ""
    return f"A second person sees this next{usually}."


def compose(by: Officer, typed: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """What the compose form offers, with what was typed before."""
    rules = policy.in_force(at=at)
    event = LiveEvent.objects.filter(state="live").order_by("-starts_at").first()
    told = _incident(by, str(typed.get("incident", "")))
    home = by.neighbourhood.slug if by.neighbourhood else ""
    there = told.neighbourhood.slug if told and told.neighbourhood else ""
    values = {"neighbourhood": there or home, "fixed": there, "event": event, **typed}
    parent = Post.objects.filter(pk=typed.get("parent") or "-", state="published").first()
    if parent is not None and access.why_not_seen(by, parent):
        parent = None
    elsewhere = [] if by.practice else _elsewhere(by.neighbourhood)
    return {
        "limit": rules.longest_post,
        "values": values,
        "neighbourhoods": people.neighbourhoods(),
        "home": home,
        "incidents": _incidents(by, at, told) if by.may(Permission.SEE_INCIDENTS) else [],
        "event": event,
        "elections": Election.objects.running(at=at),
        "operations": _operations(by),
        "parent": parent,
        "offline_rules": offline.rules(rules.guard),
        "preview_html": render.preview(by, parent, at=at),
        "goes_to": PRACTICE if by.practice else [*PLACES, *elsewhere],
        "elsewhere": bool(elsewhere),
        "next_sentence": next_sentence(by, rules, at=at),
        "may_publish": by.practice or not access.needs_second_person(by, rules),
    }


def _elsewhere(place: Neighbourhood | None) -> list[str]:
    return names(place.unit if place else None)


def _operations(by: Officer) -> list[Incident]:
    """Those that are live: whoever writes about them tells no place, number, tactic or time."""
    if not by.may(Permission.SEE_INCIDENTS):
        return []
    return list(Incident.objects.in_live_operation().select_related("neighbourhood"))


def _incident(by: Officer, pk: str) -> Incident | None:
    """The one that somebody came from, however old it is."""
    if not pk.isdecimal() or not by.may(Permission.SEE_INCIDENTS):
        return None
    return Incident.objects.select_related("neighbourhood").filter(pk=pk).first()


def _incidents(by: Officer, at: datetime, told: Incident | None) -> list[dict[str, Any]]:
    """The newest open ones, the officer's own neighbourhood first; before them the one told of."""
    recent = Incident.objects.open().filter(happened_at__gte=at - timedelta(days=2))
    newest = list(recent.select_related("neighbourhood").order_by("-happened_at")[:60])
    newest.sort(key=lambda incident: incident.neighbourhood != by.neighbourhood)
    if told is not None:
        newest = [told, *(incident for incident in newest if incident != told)]
    return [
        {"id": i.pk, "label": f"{_log(i)}{i}, {clock.hour_and_minute(i.happened_at)}"}
        for i in newest
    ]


def _log(incident: Incident) -> str:
    return f"log {incident.log_reference}: " if incident.log_reference else ""


def faults(form: Form) -> list[dict[str, str]]:
    """What is wrong, each with the field that it leads to."""
    return [
        {"field": FIELD_IDS.get(name, name), "text": str(text)}
        for name, texts in form.errors.items()
        for text in texts
    ]


def mine(posts: Iterable[Post], seen: dict[str, int]) -> list[dict[str, Any]]:
    """One's own posts with what became of them; `seen` counts views by address."""
    return [_mine(post, seen.get(post.address)) for post in posts]


def published(posts: Iterable[Post]) -> list[dict[str, Any]]:
    """What stands in public, whoever wrote it."""
    return [
        {**_mine(post, None), "who": str(post.author), "gone": GONE.get(post.state)}
        for post in posts
    ]


def _mine(post: Post, seen: int | None) -> dict[str, Any]:
    words, kind = STATES[post.state]
    owed = getattr(post, "owed", None)
    open_debt = owed is not None and owed.settled_at is None and post.state == "published"
    compose = reverse("publishing:compose")
    return {
        "at": post.published_at or post.written_at,
        "place": post.place,
        "text": post.text or "(the words are sealed)",
        "state_words": f"{words}: {post.note}" if post.note else words,
        "state_kind": kind,
        "url": post.address if post.state == "published" and not post.practice else "",
        "item_url": reverse("publishing:item", args=[post.pk]),
        "seen": seen,
        "owed_at": owed.due_at if owed is not None and open_debt else None,
        "overdue": owed is not None and open_debt and owed.officer_reminded_at is not None,
        "follow_url": f"{compose}?parent={post.pk}&kind=outcome" if open_debt else "",
        "mend_url": reverse("publishing:item", args=[post.pk]) if post.state == "draft" else "",
    }
