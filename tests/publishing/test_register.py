"""The public register of what was corrected, withdrawn and hidden."""

from datetime import timedelta

from hue.governance.models import Acceptance, PolicyVersion
from hue.lib import clock
from hue.publishing import actions, jobs
from tests.cast import NOON, Cast
from tests.publishing.public import read, say, written


def test_a_delayed_removal_is_listed_when_its_time_has_come(cast: Cast) -> None:
    PolicyVersion.objects.create(
        number=1,
        text="t",
        values={"removed_public_after_minutes": 30},
        in_force_at=NOON - timedelta(days=1),
        by=cast.comms,
    )
    Acceptance.objects.create(
        officer=cast.officer, version_id=PolicyVersion.objects.get().pk, at=NOON
    )
    now = clock.now()
    post = say(cast, at=now)
    actions.withdraw(by=cast.sergeant, at=now, post=post, reason="It named a street.")
    written()
    assert "It named a street." not in read("removed.html")
    jobs.list_removals_due(at=now + timedelta(minutes=10))
    written()
    assert "It named a street." not in read("removed.html")
    clock.run_at(1, shown=now + timedelta(minutes=31))
    try:
        jobs.list_removals()
        written()
    finally:
        clock.reset()
    assert "It named a street." in read("removed.html")


def test_the_register_says_what_was_done_to_each_post(cast: Cast) -> None:
    wrong, gone = say(cast, "A wallt."), say(cast, "A zebra.")
    actions.correct(by=cast.sergeant, at=NOON, post=wrong, seen=1, text="A wallet.", reason="Typo.")
    actions.withdraw(by=cast.sergeant, at=NOON, post=gone, reason="Wrong.")
    written()
    register = read("removed.html")
    assert "<td><b>corrected</b>: Typo.</td>" in register
    assert "<td><b>withdrawn</b>: Wrong.</td>" in register
