"""A correction asks for its reason in a sentence of its own."""

import pytest

from hue.lib import clock
from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import Cast


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_blank_reason_is_asked_for(cast: Cast, reason: str) -> None:
    post = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Blue bike found."))
    with pytest.raises(Refused, match="Say why it is corrected"):
        actions.correct(
            by=cast.comms, at=clock.now(), post=post, seen=1, text="Green bike.", reason=reason
        )
