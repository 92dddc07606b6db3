"""What `hue run` prints once the server answers: where to go, and who can sign in."""

from collections.abc import Iterator

from django.conf import settings

from hue.config import serve
from hue.demo.signins import PASSWORD
from hue.events.models import LiveEvent
from hue.people.models import Officer
from hue.people.roles import ROLES

RULE = "-" * 78


def lines() -> list[str]:
    suffix = ", as a demonstration on this machine" if settings.HUE_DEMONSTRATION else ""
    return [
        "",
        RULE,
        f"  Hue & Cry is running{suffix}.",
        "",
        *_table(list(_addresses())),
        *(_sign_ins() if settings.HUE_DEMONSTRATION else ()),
        "",
        f"  What it keeps is in {settings.HUE_DATA}.",
        "  Ctrl-C stops it; the next start goes on from here.",
        RULE,
        "",
    ]


def _addresses() -> Iterator[tuple[str, str]]:
    site = _site()
    yield "Public page", f"{site}/"
    for event in LiveEvent.objects.open().order_by("starts_at")[:1]:
        page = f"{site}/events/{event.hashtag}/"
        yield "Live event", page
        yield "Its poster", f"{page}poster.pdf"
        yield "Its feeds", f"{page}feed.rss  feed.atom  feed.json"
    yield "Feeds", f"{site}/feed.rss  feed.atom  feed.json"
    yield "Staff desk", f"{site}/desk/"


def _site() -> str:
    """By name where nobody chose another address: a browser keeps passkeys for a name alone."""
    site: str = settings.HUE_SITE
    if site != f"http://{settings.HUE_BIND}":
        return site
    named = serve.by_name(serve.address(settings.HUE_BIND))
    return f"http://{named}" if named else site


def _sign_ins() -> Iterator[str]:
    """One for each role; the software's own cannot sign in."""
    officers = list(Officer.objects.serving().order_by("pk"))
    known = {
        role.name: next((one for one in officers if role.slug in one.roles), None)
        for role in ROLES.values()
    }
    rows = [(name, f"{one.username:<12}  {one}") for name, one in known.items() if one]
    if rows:
        yield ""
        yield f"  Sign in at the desk with the password “{PASSWORD}” as:"
        yield ""
        yield from _table(rows)


def _table(rows: list[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [f"  {name:<{width}}  {value}" for name, value in rows]
