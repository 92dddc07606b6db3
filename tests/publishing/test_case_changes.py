"""A case changes: what was said of it is looked at again, and what must not stand goes at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.governance.models import Removal
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.media import actions as media
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.people.queries import system
from hue.publishing import actions, jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post, Review
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.cases import BURGLAR, CALM, SOON, arrest, happened


@pytest.fixture
def burglary(cast: Cast) -> Incident:
    incident = happened(cast)
    Incident.objects.update(case_changed=False)
    return incident


@pytest.fixture
def said(cast: Cast, burglary: Incident) -> dict[str, Post]:
    return {
        text: actions.compose(by=cast.officer, at=NOON, draft=Draft(text, incident=burglary))
        for text in (BURGLAR, CALM)
    }


def public_words(settings: LazySettings, word: str) -> list[str]:
    write_stale(at=SOON)
    root = Path(settings.PUBLIC_ROOT)
    return [str(f) for f in root.rglob("*") if f.is_file() and word.encode() in f.read_bytes()]


def test_what_prejudices_is_hidden_everywhere_and_the_rest_is_listed(
    cast: Cast, burglary: Incident, said: dict[str, Post], settings: LazySettings
) -> None:
    assert public_words(settings, "garden door")
    arrest(cast, burglary)
    hidden, calm = (Post.objects.get(pk=said[text].pk) for text in (BURGLAR, CALM))
    assert (hidden.state, calm.state) == ("hidden", "published")
    assert public_words(settings, "garden door") == []
    page = Path(settings.PUBLIC_ROOT, f"posts/{hidden.pk}.html").read_text()
    assert "We are looking at this again" in page
    assert {review.post_id for review in Review.objects.open()} == {hidden.pk, calm.pk}
    assert Entry.objects.filter(kind="post.hidden").count() == 1
    assert Removal.objects.get(what="hidden").reason.startswith("We are looking")


def test_an_end_that_concerns_nobody_lists_only_what_the_guard_finds_now(
    cast: Cast, burglary: Incident
) -> None:
    calm = actions.compose(by=cast.officer, at=NOON, draft=Draft(CALM, incident=burglary))
    incidents.note_outcome(by=cast.sergeant, at=SOON, incident=burglary, words="All calm.")
    actions.recheck(by=system(), at=SOON, incident=burglary)
    assert not Review.objects.exists()
    incidents.mark_found(by=cast.sergeant, at=SOON, incident=burglary, when=SOON)
    burglary.refresh_from_db()
    actions.recheck(by=system(), at=SOON, incident=burglary)
    assert Review.objects.get().post_id == calm.pk


def test_practice_is_neither_hidden_nor_told_to_anybody(cast: Cast, burglary: Incident) -> None:
    cast.officer.practice = True
    cast.officer.save()
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft(BURGLAR, incident=burglary))
    assert post.practice
    before = post.state
    arrest(cast, burglary)
    assert Post.objects.get(pk=post.pk).state == before
    assert not Review.objects.exists()
    assert not Removal.objects.exists()


def test_a_named_person_withdraws_or_restores_it(
    cast: Cast, burglary: Incident, said: dict[str, Post], settings: LazySettings
) -> None:
    arrest(cast, burglary)
    post = Post.objects.get(pk=said[BURGLAR].pk)
    with pytest.raises(Refused, match="Only gold or a senior investigating officer"):
        actions.restore(by=cast.sergeant, at=SOON, post=post, reason="It is fair.")
    with pytest.raises(Refused, match="may not approve"):
        actions.restore(by=cast.officer, at=SOON, post=post, reason="Mine.")
    incidents.add_step(by=cast.sergeant, at=SOON, incident=burglary, step="nfa", when=SOON)
    actions.restore(by=cast.sergeant, at=SOON, post=post, reason="No further action.")
    post.refresh_from_db()
    assert (post.state, post.text) == ("published", BURGLAR)
    assert public_words(settings, "garden door")
    register = Path(settings.PUBLIC_ROOT, "removed.html").read_text()
    assert "<b>not shown for now</b>" in register
    assert "<b>shown again</b>: We looked at it again" in register
    assert not Review.objects.open().filter(post=post).exists()


def test_whoever_decides_sees_the_words_and_the_picture(
    cast: Cast, burglary: Incident, client: Client
) -> None:
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(), alt="A garden door")
    draft = Draft(BURGLAR, incident=burglary, pictures=[picture])
    post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    arrest(cast, burglary)
    address = f"/desk/media/{picture.pk}/480/"
    for who, seen in ((cast.sergeant, True), (cast.officer, False)):
        client.force_login(who)
        item = client.get(f"/desk/posts/{post.pk}/").content.decode()
        assert ("garden door" in item, address in item) == (seen, seen)
        assert (client.get(address).status_code == 200) is seen
        assert "not shown for now" in client.get("/desk/posts/").content.decode()
    actions.withdraw(by=cast.sergeant, at=SOON, post=post, reason="It could prejudice a trial.")
    client.force_login(cast.sergeant)
    assert client.get(address).status_code == 403


def test_what_is_hidden_is_withdrawn_with_its_words_kept_sealed(
    cast: Cast, burglary: Incident, said: dict[str, Post]
) -> None:
    from hue.lib import sealing

    arrest(cast, burglary)
    post = Post.objects.get(pk=said[BURGLAR].pk)
    actions.withdraw(by=cast.sergeant, at=SOON, post=post, reason="It could prejudice a trial.")
    post.refresh_from_db()
    assert post.state == "withdrawn"
    assert sealing.open_text(post.sealed_text) == BURGLAR
    assert not Review.objects.open().filter(post=post).exists()


def test_what_is_planned_goes_back_to_a_person(cast: Cast, burglary: Incident) -> None:
    draft = Draft(BURGLAR, incident=burglary, publish_at=NOON + timedelta(hours=2))
    post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    assert post.state == "approved"
    arrest(cast, burglary)
    post.refresh_from_db()
    assert post.state == "in_review"
    assert "Its case has changed" in post.note


def test_the_list_is_worked_through_on_the_desk(
    cast: Cast, burglary: Incident, said: dict[str, Post], client: Client
) -> None:
    arrest(cast, burglary)
    client.force_login(cast.sergeant)
    assert CALM in client.get("/desk/queues/cases/").content.decode()
    item = f"/desk/posts/{said[CALM].pk}/"
    assert "It is still right: it stands" in client.get(item).content.decode()
    assert client.post(item + "stands/", {"version": 1}).status_code == 302
    assert CALM not in client.get("/desk/queues/cases/").content.decode()
    hidden = client.get(f"/desk/posts/{said[BURGLAR].pk}/").content.decode()
    assert "mark-stop" in hidden


def test_the_clock_notices_within_a_second(
    cast: Cast, burglary: Incident, said: dict[str, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    incidents.add_step(by=cast.sergeant, at=SOON, incident=burglary, step="arrested", when=SOON)
    assert Incident.objects.case_changed().count() == 1
    monkeypatch.setattr("hue.lib.clock.now", lambda: SOON)
    jobs.look_around()
    assert Post.objects.get(pk=said[BURGLAR].pk).state == "hidden"
    assert Incident.objects.case_changed().count() == 0


def test_a_question_of_the_clock_that_fails_keeps_no_other_from_being_asked(
    cast: Cast, burglary: Incident, said: dict[str, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = Draft(CALM, publish_at=NOON + timedelta(minutes=1))
    post = actions.compose(by=cast.officer, at=NOON, draft=planned)
    # What the software never writes: what the guard had found in it cannot be read.
    post.looks.update(findings=[{"unheard": "of"}])
    incidents.add_step(by=cast.sergeant, at=SOON, incident=burglary, step="arrested", when=SOON)
    monkeypatch.setattr("hue.lib.clock.now", lambda: SOON)
    with pytest.raises(ExceptionGroup, match="publishing"):
        jobs.look_around()
    assert Post.objects.get(pk=said[BURGLAR].pk).state == "hidden"
