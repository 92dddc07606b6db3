"""Who works on a case in these tests."""

import pytest

from hue.incidents import actions
from hue.incidents.models import Incident
from hue.people.models import Officer
from tests.cast import NOON, Cast


@pytest.fixture
def detective(cast: Cast) -> Officer:
    return Officer.objects.create(username="dc", name="Dee", roles=["investigator"])


@pytest.fixture
def sio(cast: Cast) -> Officer:
    return Officer.objects.create(username="dci", name="Di", roles=["senior_investigating_officer"])


@pytest.fixture
def keeper(cast: Cast) -> Officer:
    return Officer.objects.create(username="rec", name="Rec", roles=["records"])


@pytest.fixture
def burglary(cast: Cast) -> Incident:
    return actions.report(
        by=cast.officer,
        at=NOON,
        kind="burglary",
        happened_at=NOON,
        neighbourhood=cast.kings_heath,
    )
