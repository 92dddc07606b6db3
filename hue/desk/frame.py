"""What stands around every staff screen, for whichever room draws the middle."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from hue.desk import queries
from hue.governance import policy
from hue.lib import clock
from hue.people import phones
from hue.people.gate import who
from hue.people.identity import identity
from hue.people.models import Officer
from hue.people.roles import Permission as P

ASSETS = {
    "site": "hue/site.css",
    "govuk": "vendor/govuk-frontend.min.css",
    "desk": "hue/desk.css",
    "htmx": "vendor/htmx.min.js",
    "desk_js": "desk/desk.js",
    "queue": "publishing/queue.js",
    "compose": "publishing/compose.js",
    "personal": "publishing/personal.js",
    "guard": "publishing/guard.js",
    "preview": "publishing/preview.js",
    "elsewhere": "publishing/elsewhere.js",
}

# The rest of the desk, each for those who may do something there.
ROOMS = (
    ("Write a post", "publishing:compose", P.WRITE_POSTS),
    ("My posts", "publishing:mine", P.WRITE_POSTS),
    ("Published", "publishing:published", P.SEE_INCIDENTS),
    ("Practice", "publishing:practice", P.WRITE_POSTS),
    ("Training", "training:home", P.WRITE_POSTS),
    ("What the desk said", "training:said", P.SEE_DESK),
    ("Rumours", "rumours:register", P.SEE_INCIDENTS),
    ("Incidents", "incidents:index", P.SEE_INCIDENTS),
    ("Import incidents", "incidents:import", P.IMPORT_INCIDENTS),
    ("Live events", "events:index", P.SEE_DESK),
    ("Fediverse", "fediverse:index", P.OPEN_ACCOUNTS),
    ("My fediverse account", "fediverse:mine", P.WRITE_POSTS),
    ("Accounts elsewhere", "channels:index", P.SEE_INCIDENTS),
    ("What is said", "listening:desk", P.LISTEN),
    ("Watches", "listening:watches", P.WRITE_WATCHES),
    ("Sources", "listening:sources", P.SWITCH_SOURCES),
    ("Subscribers", "subscribers:index", P.KEEP_SUBSCRIBERS),
    ("Priorities", "people:priorities", P.EDIT_PRIORITIES),
    ("People", "people:people", P.MANAGE_PEOPLE),
    ("Judge the guard", "publishing:sample", P.REVIEW_SAMPLE),
    ("Report on the guard", "publishing:guard_report", P.APPROVE_POSTS),
    ("Elections", "governance:elections", P.SET_ELECTIONS),
    ("Policy", "governance:policy", P.SEE_DESK),
    ("Permissions", "people:permissions", P.SEE_DESK),
    ("Units and teams", "people:teams", P.CHANGE_FORCE),
    ("The force", "people:force", P.CHANGE_FORCE),
    ("Record", "desk:record", P.READ_RECORD),
    ("Drills", "drill:index", P.RUN_DRILLS),
    ("Wall", "desk:wall", P.SEE_DESK),
)
# Where an item waits that was opened by its own address.
QUEUE_OF = {"rumours:asked": "claims", "rumours:challenge": "doubts"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """A context processor; nothing is read before a template asks for it."""
    me = getattr(request, "user", None)
    if not isinstance(me, Officer):
        return {"force": SimpleLazyObject(identity), "assets": SimpleLazyObject(_assets)}
    return {
        "force": SimpleLazyObject(identity),
        "assets": SimpleLazyObject(_assets),
        "me": me,
        "device": SimpleLazyObject(lambda: phones.device_of(request)),
        "expire_hours": lambda: policy.in_force(at=clock.now()).phone_queue_hours,
        "worker_url": f"{reverse('desk:worker')}?queue={static(ASSETS['queue'])}",
        "banners": lambda: _banners(me),
        "queues": lambda: _queues(me, _queue(request)),
        "rooms": lambda: _rooms(me, request.path),
        "stops": me.may(P.STOP_ALL),
        "queue": queries.QUEUES.get(_queue(request), queries.QUEUES["approve"]),
        "rows": lambda: _rows(request),
        "decides": me.may(P.APPROVE_POSTS),
    }


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    """The list beside an item that was opened on its own."""
    chosen = queries.QUEUES.get(_queue(request), queries.QUEUES["approve"])
    match = request.resolver_match
    current = str(match.kwargs.get("pk", "") if match else "")
    return queries.rows(chosen, by=who(request), at=clock.now(), current=current)


def _queues(me: Officer, current: str) -> list[dict[str, Any]]:
    """A guest has none: what others have not published yet is not theirs to see."""
    if not me.may(P.SEE_INCIDENTS):
        return []
    counted = queries.counts(at=clock.now(), current=current)
    return [told for told in counted if me.may(queries.QUEUES[told["slug"]].needs)]


def _banners(me: Officer) -> list[dict[str, str]]:
    """A guest is told, and led nowhere that they may not go."""
    at = clock.now()
    found = queries.banners(at=at) + queries.reminders(me, at=at)
    return found if me.may(P.SEE_INCIDENTS) else [{**told, "action_url": ""} for told in found]


def _rooms(officer: Officer, path: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": (url := reverse(name)), "current": url == path}
        for label, name, may in ROOMS
        if officer.may(may)
    ]


def _assets() -> dict[str, str]:
    return {name: static(path) for name, path in ASSETS.items()}


def _queue(request: HttpRequest) -> str:
    """The one that it was opened from; else the one in which such an item waits."""
    match = request.resolver_match
    if match is None:
        return request.GET.get("queue", "")
    own = QUEUE_OF.get(match.view_name, "rumours" if match.namespace == "rumours" else "")
    return str(request.GET.get("queue") or match.kwargs.get("slug") or own)
