"""What somebody's safety may depend on goes before everything that can wait."""

import json
from datetime import timedelta
from typing import Any

import pytest

from hue.fediverse import fanout, jobs, mail
from hue.fediverse.models import Activity, Actor, Dispatch, Note
from hue.lib import clock
from hue.publishing import actions
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.fediverse.conftest import sent
from tests.fediverse.elsewhere import Elsewhere, elsewhere, follow
from tests.publishing.public import say

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=1)
CODES = {"category": "Safety", "urgency": "Immediate", "severity": "Severe"}
INBOXES, SECONDS = 2000, 0.3
# A machine that is busy with other tests would have all of them under way at once.
OPEN, ON_THE_WAY = 128, 400


def alerted(cast: Cast, post: Post) -> None:
    told: dict[str, Any] = {"event": "Gas leak", "expires_at": NOON + timedelta(hours=6)}
    told |= {**CODES, "certainty": "Observed", "exercise": False}
    actions.send_alert(by=cast.sergeant, at=LATER, post=post, **told)


def ids(there: Elsewhere) -> list[str]:
    return [one["object"]["id"] if one["type"] != "Delete" else "gone" for one in there.took]


@pytest.mark.slow
@pytest.mark.usefixtures("loopback")
def test_an_alert_overtakes_a_fan_out_to_two_thousand_slow_servers(
    cast: Cast, force: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "OPEN", OPEN)
    before: list[int] = []
    with elsewhere() as there:
        there.seconds = SECONDS
        port = there.url.rpartition(":")[2]
        for number in range(INBOXES):
            follow(force, f"http://h{number}.urgent.test:{port}")
        say(cast, "Bikes are marked today.")

        def leak() -> None:
            alerted(cast, say(cast, "Gas leak at the High Street. Stay away."))
            jobs.address()
            for note in Activity.objects.filter(rank=mail.URGENT).values_list("note", flat=True):
                jobs.hurry(note)
            before.append(len(there.took))

        there.after(300, leak)
        sent()
        came = ids(there)
    assert len(came) == 2 * INBOXES
    leak_id = next(note.object["id"] for note in Note.objects.all() if "Gas" in str(note.object))
    last = len(came) - came[::-1].index(leak_id)
    assert came.count(leak_id) == INBOXES
    assert before[0] < INBOXES / 2, "the first was under way"
    assert last - INBOXES - before[0] < ON_THE_WAY, "only what had begun went before it"


def ranks() -> dict[str, int]:
    return dict(Dispatch.objects.values_list("activity__kind", "rank"))


def test_a_correction_takes_what_it_corrects_along(cast: Cast, force: Actor) -> None:
    follow(force, "http://social.test")
    post = say(cast)
    jobs.address()
    assert ranks() == {"Create": 4}
    given = {"by": cast.sergeant, "at": LATER, "post": post, "seen": post.version}
    actions.correct(**given, text="A kitten was found.", reason="It was one.")
    jobs.address()
    assert ranks() == {"Create": mail.URGENT, "Update": mail.URGENT}


def test_what_is_urgent_is_found_among_much_that_is_not(cast: Cast, force: Actor) -> None:
    for number in range(4):
        follow(force, f"http://h{number}.social.test")
    say(cast, "Bikes are marked today.")
    leak = say(cast, "Gas leak at the High Street.")
    jobs.address()
    alerted(cast, leak)
    jobs.hurry(leak.pk)
    found = mail.take(10, but=[], at=clock.real_now(), below=4)
    told = Activity.objects.filter(pk__in=[row.activity for row in found])
    assert len(found) == 4
    assert [json.loads(one.body)["object"]["content"] for one in told] == [
        "<p>Gas leak at the High Street.</p>"
    ]


def test_what_follows_up_an_alert_is_as_urgent(cast: Cast, force: Actor) -> None:
    leak = say(cast, "Gas leak at the High Street.")
    alerted(cast, leak)
    say(cast, "Stay away from Mill Lane, too.", thread=leak)
    assert set(Activity.objects.values_list("rank", flat=True)) == {mail.URGENT}
