from collections.abc import Iterator
from typing import Any

import pytest

from tests.channels.mastodon import MastodonStub
from tests.channels.stub import serving
from tests.channels.webhook import WebhookStub


@pytest.fixture(autouse=True)
def _loopback(settings: Any) -> None:
    settings.HUE_FETCH_PRIVATE = True


@pytest.fixture
def mastodon() -> Iterator[MastodonStub]:
    with serving(MastodonStub()) as stub:
        assert isinstance(stub, MastodonStub)
        yield stub


@pytest.fixture
def webhook() -> Iterator[WebhookStub]:
    with serving(WebhookStub()) as stub:
        assert isinstance(stub, WebhookStub)
        yield stub
