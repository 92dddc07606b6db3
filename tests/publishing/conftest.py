"""The case that these tests work on."""

import pytest

from hue.incidents.models import Incident
from tests.cast import Cast
from tests.publishing.cases import happened


@pytest.fixture
def burglary(cast: Cast) -> Incident:
    return happened(cast)
