"""The case that these tests work on."""

import pytest

from hue.incidents import actions
from hue.incidents.models import Incident
from tests.cast import NOON, Cast


@pytest.fixture
def burglary(cast: Cast) -> Incident:
    return actions.report(
        by=cast.officer,
        at=NOON,
        kind="burglary",
        happened_at=NOON,
        neighbourhood=cast.kings_heath,
    )
