"""What publishing adds to the screens of an incident."""

from django.template.loader import render_to_string

from hue.incidents import story
from hue.incidents.models import Incident, IncidentQuerySet
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.models import OutcomeOwed, Post


def posts_about(incident: Incident, officer: Officer) -> str:
    posts = Post.objects.filter(incident=incident, practice=False).exclude(state="dropped")
    told = {
        "posts": posts.to_read().order_by("received_at"),
        "owed": OutcomeOwed.objects.open().filter(post__incident=incident).first(),
        "incident": incident,
        "may_write": officer.may(Permission.WRITE_POSTS),
    }
    return render_to_string("publishing/about_incident.html", told)


def owing(incidents: IncidentQuerySet) -> IncidentQuerySet:
    return incidents.filter(pk__in=OutcomeOwed.objects.open().values("post__incident"))


def fill() -> None:
    """At start: incidents lie below, and know nothing of posts."""
    story.posts_about, story.owing = posts_about, owing
