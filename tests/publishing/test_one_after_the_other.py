"""Two at once: what was read a moment ago is asked again on the row that nobody else can change."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from hue.governance import actions as governance
from hue.incidents import actions as incidents
from hue.incidents.models import Concerned, Incident
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions, jobs
from hue.publishing.models import Post
from hue.states.moving import MovedMeanwhile
from tests.cast import NOON, Cast
from tests.publishing.cases import BURGLAR, CALM, CLEAN, PHONE, SOON, arrest, happened, wrote

LLAMA = "We saw a purple llama in Kings Heath today. All calm again."


def now(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def forbid_the_llama(sio: Officer, incident: Incident) -> None:
    order = {"kind": "words", "made_at": NOON, "words": ["purple llama"]}
    incidents.note_order(by=sio, at=NOON, incident=incident, **order)  # type: ignore[arg-type]


def meanwhile(act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def held(cast: Cast) -> Post:
    post = wrote(cast.officer, CLEAN, "review")
    halt = governance.stop_all(by=cast.sergeant, at=NOON, reason="Everything stops.")
    actions.hold_waiting(by=system(), at=NOON)
    governance.lift_stop(by=cast.sergeant, at=SOON, halt=halt, reason="Go on.")
    return now(post)


def test_what_is_held_waits_for_a_person_and_not_for_its_author(
    cast: Cast, held: Post, client: Client
) -> None:
    with pytest.raises(Refused, match="Only a draft"):
        actions.submit(by=cast.officer, at=SOON, post=held)
    client.force_login(cast.officer)
    assert client.post(f"/desk/posts/{held.pk}/submit/", {"version": 1}).status_code == 409
    assert now(held).state == "held"


def test_its_author_brings_back_neither_what_was_dropped_nor_what_is_hidden(
    cast: Cast, burglary: Incident
) -> None:
    dropped = wrote(cast.officer, CLEAN, "review")
    actions.drop(by=cast.sergeant, at=NOON, post=dropped, reason="Not our news.")
    hidden = wrote(cast.officer, BURGLAR, incident=burglary)
    arrest(cast, burglary)
    for post, state in ((dropped, "dropped"), (hidden, "hidden")):
        looks = post.looks.count()
        with pytest.raises(Refused, match="Only a draft"):
            actions.submit(by=cast.officer, at=SOON, post=now(post))
        assert (now(post).state, post.looks.count()) == (state, looks)
    assert now(hidden).note.startswith("We are looking")


def test_nobody_approves_what_waits_for_nobody(cast: Cast, burglary: Incident, held: Post) -> None:
    draft = wrote(cast.officer, CLEAN, "draft")
    hidden = wrote(cast.officer, BURGLAR, incident=burglary)
    arrest(cast, burglary)
    for post, state in ((draft, "draft"), (hidden, "hidden"), (held, "held")):
        with pytest.raises(Refused, match="waits for a second person"):
            actions.approve(by=cast.colleague, at=SOON, post=now(post), seen=1)
        assert now(post).state == state
    with pytest.raises(Refused, match="Only a held post"):
        actions.release(by=cast.colleague, at=SOON, post=draft, seen=1)


def test_what_goes_out_is_what_was_read(cast: Cast) -> None:
    post = wrote(cast.officer, CLEAN, "draft")
    read_before = now(post)
    actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text=PHONE)
    assert actions.submit(by=cast.officer, at=NOON, post=read_before).state == "draft"
    assert now(post).state == "draft"


def test_what_is_planned_goes_out_only_while_it_is_due(cast: Cast) -> None:
    later = NOON + timedelta(hours=1)
    post = wrote(cast.officer, CLEAN, publish_at=later)
    read_before = now(post)
    actions.edit(by=cast.sergeant, at=NOON, post=post, seen=1, text=CLEAN + " Good night.")
    with pytest.raises(MovedMeanwhile, match="not due any more"):
        actions.publish_planned(by=system(), at=later, post=read_before)
    assert now(post).state == "in_review"


def test_what_is_hidden_is_what_stands_there_now(cast: Cast, burglary: Incident) -> None:
    post = wrote(cast.officer, "We were there. The zebra man is Al.", incident=burglary)
    read_before = now(post)
    words = {"text": CALM, "reason": "A name too many.", "redact": True}
    actions.correct(by=cast.sergeant, at=SOON, post=post, seen=1, **words)  # type: ignore[arg-type]
    actions.hide(by=system(), at=SOON, post=read_before, why="Its case has changed.")
    actions.restore(by=cast.sergeant, at=SOON, post=now(post), reason="It is right.")
    assert (now(post).version, now(post).text) == (2, CALM)


def test_nothing_is_shown_again_while_everything_is_stopped(cast: Cast, burglary: Incident) -> None:
    post = wrote(cast.officer, BURGLAR, incident=burglary)
    arrest(cast, burglary)
    incidents.add_step(by=cast.sergeant, at=SOON, incident=burglary, step="nfa", when=SOON)
    governance.stop_all(by=cast.colleague, at=SOON, reason="Everything stops.")
    with pytest.raises(Refused, match="Everything is stopped"):
        actions.restore(by=cast.sergeant, at=SOON, post=now(post), reason="No further action.")


def test_what_follows_up_tells_of_the_case_of_its_thread(
    cast: Cast, sio: Officer, burglary: Incident
) -> None:
    forbid_the_llama(sio, burglary)
    root = wrote(cast.officer, CALM, incident=burglary)
    post = wrote(cast.officer, LLAMA, thread=root, incident=happened(cast))
    assert (post.state, post.incident) == ("draft", burglary)


@pytest.mark.django_db(transaction=True)
def test_a_case_that_changes_while_a_post_is_approved_hides_it(
    cast: Cast, burglary: Incident
) -> None:
    post = wrote(cast.officer, BURGLAR, "review", incident=burglary)
    with transaction.atomic():
        actions.approve(by=cast.colleague, at=SOON, post=post, seen=1)
        other = meanwhile(lambda: arrest(cast, burglary))
        time.sleep(0.5)
        assert other.is_alive(), "it waits for the approval"
    other.join(20)
    assert now(post).state == "hidden"


@pytest.mark.django_db(transaction=True)
def test_an_order_of_a_court_waits_for_a_post_that_is_being_written(
    cast: Cast, sio: Officer, burglary: Incident
) -> None:
    def order() -> None:
        forbid_the_llama(sio, burglary)
        jobs.recheck_cases()

    with transaction.atomic():
        post = wrote(cast.officer, LLAMA, incident=burglary)
        other = meanwhile(order)
        time.sleep(0.5)
        assert other.is_alive()
    other.join(20)
    assert now(post).state == "hidden"


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_up_the_same_post_at_once_do_not_wait_for_each_other(
    cast: Cast, burglary: Incident
) -> None:
    root = wrote(cast.officer, CALM, incident=burglary)
    authors = (cast.officer, cast.sergeant)
    both = [meanwhile(partial(wrote, by, CLEAN, thread=root)) for by in authors]
    for one in both:
        one.join(20)
    assert root.followers.filter(state="published").count() == 2


def test_a_case_that_cannot_be_opened_is_an_alarm_and_keeps_no_other_waiting(
    cast: Cast, sio: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = happened(cast), happened(cast)
    wrote(cast.officer, CALM, incident=broken)
    post = wrote(cast.officer, BURGLAR, incident=sound)
    person = incidents.note_person(by=sio, at=NOON, incident=broken, role="victim", name="Ann B")
    sealed = person.sealed
    Concerned.objects.update(sealed="lost")
    incidents.add_step(by=cast.sergeant, at=SOON, incident=sound, step="arrested", when=SOON)
    monkeypatch.setattr("hue.lib.clock.now", lambda: SOON)
    jobs.recheck_cases()
    assert now(post).state == "hidden"
    alarm = Alarm.objects.get(slug=f"again incident {broken.pk}")
    assert "does not open" in alarm.says
    assert alarm.over_at is None
    Concerned.objects.update(sealed=sealed)
    jobs.recheck_cases()
    alarm.refresh_from_db()
    assert alarm.over_at == SOON
