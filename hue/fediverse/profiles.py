"""What each of our accounts says of itself: its row, and those of who speaks under it."""

from collections.abc import Callable

from hue.events.models import LiveEvent
from hue.fediverse.models import Actor
from hue.fediverse.objects import Profile
from hue.media.models import Portrait
from hue.people import icons
from hue.people.models import Force, LocalPolicingUnit, Officer, Team
from hue.people.queries import the_force

EMERGENCY = "Not watched around the clock. In danger ring 999, otherwise 101."


def of(one: Actor) -> Profile:
    return _KINDS[one.kind](one, the_force())


def _force(one: Actor, force: Force) -> Profile:
    about = f"What {force.name} is doing, from its own server. {EMERGENCY}"
    return Profile(force.name, about, "/", _crest(force))


def _unit(one: Actor, force: Force) -> Profile:
    unit = LocalPolicingUnit.objects.get(slug=one.key)
    about = f"{unit.name}, a unit of {force.name}. {EMERGENCY}"
    return Profile(unit.name, about, f"/units/{unit.slug}/", _crest(force))


def _team(one: Actor, force: Force) -> Profile:
    team = Team.objects.select_related("neighbourhood").get(slug=one.key)
    place = team.neighbourhood
    about = f"The neighbourhood team of {place.name}, {force.name}. {EMERGENCY}"
    return Profile(team.name, about, f"/neighbourhoods/{place.slug}/", _crest(force))


def _officer(one: Actor, force: Force) -> Profile:
    """Nothing of somebody who has taken their name back."""
    officer = Officer.objects.named_in_public().filter(pk=int(one.key)).first()
    if officer is None or one.state == "closed":
        return Profile(one.name, f"An account of {force.name}.", "/", _crest(force))
    face = Portrait.objects.public().filter(officer=officer).select_related("picture").first()
    icon = f"/media/{face.picture.name_of(face.picture.width)}" if face else _crest(force)
    about = f"{officer.public_line} {force.name}. {EMERGENCY}".strip()
    place = officer.neighbourhood
    page = f"/neighbourhoods/{place.slug}/" if place else "/"
    return Profile(str(officer), about, page, icon)


def _event(one: Actor, force: Force) -> Profile:
    event = LiveEvent.objects.get(hashtag=one.key)
    after = f" {event.afterwards}" if event.state in {"closing", "closed"} else ""
    about = f"{event.purpose}{after} {EMERGENCY}"
    return Profile(
        f"{event.name} · {force.name}", about, f"/events/{event.hashtag}/", _crest(force)
    )


def _instance(one: Actor, force: Force) -> Profile:
    about = f"The server of {force.name}: it says nothing, and signs when we look something up."
    return Profile(force.name, about, "/", _crest(force))


def _crest(force: Force) -> str:
    """Drawn for phones: servers elsewhere take no SVG."""
    return f"/{icons.of(force)[1].path}"


_KINDS: dict[str, Callable[[Actor, Force], Profile]] = {
    "force": _force,
    "unit": _unit,
    "team": _team,
    "officer": _officer,
    "event": _event,
    "instance": _instance,
}
