"""The people that every test knows."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from hue.events.models import LiveEvent
from hue.people.models import Force, LocalPolicingUnit, Neighbourhood, Officer, Team

SECRET = "JBSWY3DPEHPK3PXP"
NOON = datetime(2026, 7, 9, 11, 0, tzinfo=UTC)  # a Thursday, noon in Birmingham


@dataclass
class Cast:
    force: Force
    unit: LocalPolicingUnit
    kings_heath: Neighbourhood
    officer: Officer  # PCSO of Kings Heath, publishes alone where policy allows
    sergeant: Officer  # supervisor
    colleague: Officer  # another supervisor
    comms: Officer
    guest: Officer
    stranger: Officer  # signs in, has no role that may do anything
    event: LiveEvent


def _officer(username: str, *roles: str, **also: object) -> Officer:
    officer = Officer(username=username, name=also.pop("name", username.title()), roles=list(roles))
    for name, value in also.items():
        setattr(officer, name, value)
    officer.set_password("correct horse battery")
    officer.save()
    # As in a real force: whoever publishes has a second factor.
    TOTP.activate(officer, SECRET)
    return officer


@pytest.fixture
def cast(db: None) -> Cast:
    """A force with one unit, one neighbourhood and a live event, and who works there."""
    from hue.pages import shell

    shell.forget()
    force = Force.objects.create(slug="test", name="Test Police", short_name="Test")
    unit = LocalPolicingUnit.objects.create(force=force, slug="south", name="South")
    place = Neighbourhood.objects.create(
        unit=unit, slug="kings-heath", name="Kings Heath", latitude=52.43, longitude=-1.893
    )
    team = Team.objects.create(
        neighbourhood=place, slug="kings-heath-team", name="Kings Heath team"
    )
    officer = _officer("amina", "neighbourhood_officer", rank="PCSO", team=team, unit=unit)
    sergeant = _officer("priya", "supervisor", rank="Sergeant", unit=unit)
    comms = _officer("sam", "communications", unit=unit)
    event = LiveEvent.objects.create(
        hashtag="day24",
        name="24 hours",
        unit=unit,
        purpose="To show a day's work.",
        afterwards="The page stays.",
        owner=comms,
        starts_at=NOON.replace(hour=6),
        ends_at=NOON.replace(day=10, hour=6),
        state="live",
    )
    return Cast(
        force=force,
        unit=unit,
        kings_heath=place,
        officer=officer,
        sergeant=sergeant,
        colleague=_officer("tom", "supervisor", rank="Inspector", unit=unit),
        comms=comms,
        guest=_officer("jo", "guest"),
        stranger=_officer("alex"),
        event=event,
    )


@pytest.fixture
def detective(cast: Cast) -> Officer:
    return _officer("dee", "investigator")


@pytest.fixture
def sio(cast: Cast) -> Officer:
    return _officer("di", "senior_investigating_officer")


@pytest.fixture
def keeper(cast: Cast) -> Officer:
    return _officer("rec", "records")


@pytest.fixture
def owner(cast: Cast) -> Officer:
    return _officer("ina", "information_asset_owner")
