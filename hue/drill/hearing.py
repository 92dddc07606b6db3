"""What is said in a drill goes through the intake that real sources use."""

from datetime import datetime, timedelta

from hue.drill.models import Drill
from hue.drill.script import Event, Post, posts
from hue.listening import actions
from hue.listening.models import Bringing, Watch
from hue.listening.replaying import Line, replay
from hue.people.models import Officer
from hue.people.queries import system

ROLES = ("digital_desk", "communications")  # who hears it: the first that somebody has


def listen(drill: Drill, event: Event, *, at: datetime) -> None:
    staffed = {role for told in Officer.objects.serving() for role in told.roles}
    role = next((role for role in ROLES if role in staffed), ROLES[0])
    lines = [_line(drill, post) for post in posts(event)]
    replay(role, event.listening, lines, opens=at, before=at)


def stop(event: Event, *, at: datetime) -> None:
    """Nothing more is said; what was heard is put together as after every watch."""
    by, source = system(), event.listening["source"]["name"]
    for bringing in Bringing.objects.going().filter(source__name=source):
        actions.finish(by=by, at=at, bringing=bringing, why="The drill ended.")
    for watch in Watch.objects.running(at=at).filter(sources__name=source):
        actions.end(by=by, at=at, watch=watch)
        actions.report(by=by, at=at, watch=watch)


def id_of(drill: Drill, post: Post) -> str:
    """Another drill says the same anew."""
    return f"drill {drill.pk} {post.key}"


def _line(drill: Drill, post: Post) -> Line:
    of = f"drill {drill.pk} {post.reshare_of}" if post.reshare_of else ""
    at = drill.began_at + timedelta(minutes=post.minute)
    return Line(id_of(drill, post), at, post.by, post.text, of)
