"""What publishing adds to the screens of the rooms below."""

from django.template.loader import render_to_string

from hue.incidents import story
from hue.incidents.models import Concerned, Incident, IncidentQuerySet
from hue.media import story as pictures
from hue.media.models import Picture
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access
from hue.publishing.models import OutcomeOwed, Post


def posts_about(incident: Incident, officer: Officer) -> str:
    posts = Post.objects.filter(incident=incident, practice=False).exclude(state="dropped")
    read = posts.to_read().order_by("received_at")
    told = {
        "posts": [post for post in read if not access.why_not_seen(officer, post)],
        "owed": OutcomeOwed.objects.open().filter(post__incident=incident).first(),
        "incident": incident,
        "may_write": officer.may(Permission.WRITE_POSTS),
    }
    return render_to_string("publishing/about_incident.html", told)


def owing(incidents: IncidentQuerySet) -> IncidentQuerySet:
    return incidents.filter(pk__in=OutcomeOwed.objects.open().values("post__incident"))


def people_of(picture: Picture, officer: Officer) -> list[tuple[str, str]]:
    """Of the case that the picture's post tells of; by name for those who may know it."""
    cases = Post.objects.filter(pictures=picture).values("incident")
    knows = officer.may(Permission.KNOW_PEOPLE)
    return [
        (str(person.pk), (person.identity.name if knows else "") or str(person))
        for person in Concerned.objects.filter(incident__in=cases)
    ]


def fill() -> None:
    """At start: those rooms lie below, and know nothing of posts."""
    story.posts_about, story.owing = posts_about, owing
    pictures.people_of, pictures.may_see = people_of, access.may_see_picture
