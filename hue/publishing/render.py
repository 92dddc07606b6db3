"""The public line of a post: rendered once when its rows change, joined into every page after."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from hue.incidents.kinds import OUTCOMES
from hue.incidents.models import Incident
from hue.lib.html import to_html
from hue.media.models import Picture
from hue.people.models import Officer
from hue.publishing.models import OutcomeOwed, Post, Version
from hue.publishing.states import GONE, PUBLIC

DAY = "l j F, H:i"


def line(thread: list[Post]) -> str:
    """The HTML of a thread: the first post and what followed."""
    return render_to_string("publishing/line.html", {"post": _thread(thread)})


def thread_of(root: Post) -> list[Post]:
    """The first post and what followed, as its line shows them."""
    shown = root.followers.filter(state__in=PUBLIC, practice=root.practice)
    return [root, *shown.to_read().order_by("published_at")]


def preview(by: Officer, parent: Post | None, *, at: datetime) -> str:
    """The line that a new post of theirs would be, empty: the phone fills it in, offline too."""
    new: dict[str, Any] = {
        "id": "preview",
        "at": at,
        "when": {"from": at, "words": " "},
        "author_line": by.publicly,
        "pictures": [{"url": "#", "src": "#"}],
    }
    told = new
    if parent is not None:
        told = _thread(thread_of(parent.root))
        told["thread"].append(new)
    return render_to_string("publishing/line.html", {"post": told})


def _thread(thread: list[Post]) -> dict[str, Any]:
    root, *followers = thread
    over = root.incident is not None and root.incident.tells_outcome
    return {
        **_post(root),
        "thread": [_post(post) for post in followers],
        "over": over,
        "outcome_html": _outcome_html(root.incident) if root.incident and over else "",
        "update_due": update_due(root),
    }


def _outcome_html(incident: Incident) -> str:
    return to_html(incident.outcome_words or OUTCOMES.get(incident.outcome_code, ""))


def update_due(root: Post) -> datetime | None:
    """Since when the public waits to hear what came of it: said once the officer was reminded."""
    owed = OutcomeOwed.objects.open().filter(post=root).exclude(officer_reminded_at=None).first()
    return owed.due_at if owed else None


def place_of(post: Post) -> dict[str, str]:
    if post.neighbourhood is None:
        return {"name": "", "slug": "", "url": "/"}
    slug = post.neighbourhood.slug
    return {"name": post.neighbourhood.name, "slug": slug, "url": f"/neighbourhoods/{slug}/"}


def _post(post: Post) -> dict[str, Any]:
    event = post.event.hashtag if post.event else ""
    return {
        "id": post.id,
        "url": post.address,
        "at": post.published_at,
        "place": place_of(post),
        "author_line": post.author.publicly,
        "text_html": to_html(post.text, tags=frozenset({event})),
        "when": _when(post),
        "pictures": [] if post.withdrawn_at else pictures(post),
        "corrections": _corrections(post),
        "withdrawn": _withdrawn(post),
    }


def pictures(post: Post) -> list[dict[str, Any]]:
    placed = post.placed_pictures.filter(removed_at=None).select_related("picture")
    return [picture(one.picture) for one in placed]


def picture(shown: Picture) -> dict[str, Any]:
    """What a template needs of a public picture; the smallest size is its src."""
    sizes = sorted((int(width), name) for width, name in shown.sizes.items())
    return {
        "url": f"/media/{sizes[-1][1]}",
        "src": f"/media/{sizes[0][1]}",
        "srcset": ", ".join(f"/media/{name} {width}w" for width, name in sizes),
        "width": shown.width,
        "height": shown.height,
        "alt": shown.alt,
    }


def _corrections(post: Post) -> list[dict[str, Any]]:
    """Of what is hidden neither the last words nor those before them show."""
    shown = post.versions.filter(public=True) if post.state != "hidden" else ()
    return [_correction(version) for version in shown]


def _correction(version: Version) -> dict[str, Any]:
    return {
        "at": version.replaced_at,
        "summary": "",
        "reason": version.reason,
        "old_html": None if version.redacted else to_html(version.text),
        "old_when": span(version),
    }


def _when(post: Post) -> dict[str, Any] | None:
    """When what a notice tells of happens."""
    return {"from": post.holds_from, "words": span(post)} if post.holds_until else None


def span(notice: Post | Version) -> str:
    """ "Friday 10 July, 09:00 to 13:00"; the day again only where it is another."""
    if notice.holds_from is None or notice.holds_until is None:
        return ""
    start, end = timezone.localtime(notice.holds_from), timezone.localtime(notice.holds_until)
    form = "H:i" if start.date() == end.date() else DAY
    return f"{date_format(start, DAY)} to {date_format(end, form)}"


def _withdrawn(post: Post) -> dict[str, Any] | None:
    if post.state not in GONE:
        return None
    return {
        "at": post.withdrawn_at,
        "reason": post.note,
        "rule": post.withdrawn_rule,
        "what": GONE[post.state],
    }


def local(at: datetime | None) -> str:
    """ "Thursday 7 July, 14:05" in the force's time zone."""
    return date_format(timezone.localtime(at), DAY) if at else ""


def event_link(post: Post) -> dict[str, str] | None:
    if post.event is None:
        return None
    tag = post.event.hashtag
    return {"name": post.event.name, "hashtag": tag, "url": f"/events/{tag}/"}
