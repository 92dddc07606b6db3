"""Who may quote us is told at once, stands in a file, and can be taken back."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.fediverse import actions, jobs, names
from hue.fediverse.models import Activity, Actor, Note, Quote, Received
from hue.people.access import Refused
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.fediverse.conftest import asked
from tests.fediverse.door import Door
from tests.fediverse.neighbour import Json, Neighbour
from tests.publishing.public import say, written

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def post(cast: Cast, force: Actor) -> Post:
    return say(cast)


@pytest.fixture
def told(post: Post, door: Door, neighbour: Neighbour) -> Any:
    """Asks to quote it; what was answered, and why it was refused if it was."""

    def tell(who: str = "ann", **also: Any) -> tuple[Json | None, str]:
        given = {"object_": names.note(post.pk), "instrument": f"{neighbour.site}/notes/9"}
        request = neighbour.activity("QuoteRequest", who=who, **(given | also))
        assert door.send(neighbour, request).status == 202
        before = Activity.objects.count()
        jobs.receive()
        why = Received.objects.get(activity_id=request["id"]).why
        if Activity.objects.count() == before:
            return None, why
        answer = json.loads(Activity.objects.latest("at").body)
        assert answer["object"]["id"] == request["id"]
        return answer, why

    return tell


def stamp_of(answer: Json) -> tuple[int, Json | None]:
    written()
    status, headers, body = asked(answer["result"].removeprefix(settings.HUE_SITE))
    if status == 200:
        assert headers[b"content-type"].startswith(b"application/activity+json")
    return status, json.loads(body) if status == 200 else None


def test_who_asks_may_and_the_stamp_stands_in_a_file(
    told: Any, post: Post, neighbour: Neighbour
) -> None:
    answer, why = told()
    assert (answer["type"], why) == ("Accept", "")
    assert answer["object"]["instrument"] == f"{neighbour.site}/notes/9"
    status, stamp = stamp_of(answer)
    assert status == 200
    assert stamp is not None
    assert stamp.pop("@context")
    assert stamp == {
        "id": answer["result"],
        "type": "QuoteAuthorization",
        "attributedTo": names.actor("police"),
        "interactingObject": f"{neighbour.site}/notes/9",
        "interactionTarget": names.note(post.pk),
    }
    assert told()[0]["result"] == answer["result"], "asked again, told the same"
    assert Quote.objects.count() == 1


def test_a_note_that_nobody_may_quote_is_not_quoted(told: Any, neighbour: Neighbour) -> None:
    note = Note.objects.get()
    for allowed, answered in (([], "Reject"), ([neighbour.actor()], "Accept")):
        note.object["interactionPolicy"]["canQuote"]["automaticApproval"] = allowed
        note.save(update_fields=["object"])
        assert told()[0]["type"] == answered


def test_what_was_taken_back_and_who_is_closed_are_not_quoted(
    told: Any, post: Post, force: Actor
) -> None:
    Note.objects.update(state="gone", object={}, gone_at=NOON)
    assert told()[0]["type"] == "Reject"
    Note.objects.update(state="out")
    Actor.objects.filter(pk=force.pk).update(state="closed")
    assert told()[0]["type"] == "Reject"
    assert not Quote.objects.exists()


def test_nobody_is_stamped_for_somebody_else(told: Any, neighbour: Neighbour, post: Post) -> None:
    assert "another server" in told(instrument="https://other.example/1")[1]
    words = {
        "id": f"{neighbour.site}/notes/9",
        "attributedTo": neighbour.actor(),
        "quote": names.note(post.pk),
    }
    bobs = {**words, "attributedTo": neighbour.actor("bob")}
    assert told(instrument=bobs)[1] == "It is somebody else's."
    other = {**words, "quote": "https://other.example/1"}
    assert told(instrument=other)[1] == "The post that came with it quotes something else."
    assert told(object_=names.note("9999999999"))[1] == "It is about nothing that we said."
    assert told(instrument=words)[0]["type"] == "Accept"
    assert told("bob")[0]["type"] == "Reject", "it is ann's post"


def test_a_person_takes_it_back_and_they_are_told(
    told: Any, cast: Cast, client: Client, neighbour: Neighbour, post: Post
) -> None:
    answer, _ = told()
    quote = Quote.objects.get()
    with pytest.raises(Refused, match="open and close the force's accounts"):
        actions.revoke_quote(by=cast.officer, at=NOON, quote=quote, reason="I do not like it.")
    client.force_login(cast.comms)
    assert f"{neighbour.site}/notes/9" in client.get("/desk/fediverse/").content.decode()
    client.force_login(cast.sergeant)
    assert f"{neighbour.site}/notes/9" in client.get(f"/desk/posts/{post.pk}/").content.decode()
    client.force_login(cast.comms)
    address = f"/desk/fediverse/quotes/{quote.pk}/revoke/"
    assert b"Say why" in client.post(address, {"reason": " "}, follow=True).content
    client.post(address, {"reason": "It mocks a victim."})
    gone = Activity.objects.get(kind="Delete")
    assert gone.to == f"{neighbour.actor()}/inbox"
    assert json.loads(gone.body)["object"]["type"] == "QuoteAuthorization"
    assert json.loads(gone.body)["object"]["id"] == answer["result"]
    assert stamp_of(answer)[0] == 404
    assert read_aloud(Entry.objects.get(kind="fediverse.quote_revoked")) == (
        f"Sam took back that somebody at {neighbour.site.partition('//')[2]} may quote a post: "
        "It mocks a victim."
    )
    assert told()[0]["type"] == "Reject", "it was taken back for good"


def test_with_the_post_its_stamps_go(
    told: Any, cast: Cast, post: Post, neighbour: Neighbour
) -> None:
    answer, _ = told()
    written()
    publishing.withdraw(by=cast.sergeant, at=LATER, post=post, reason="It could hurt somebody.")
    to_them = Activity.objects.get(kind="Delete", to=f"{neighbour.actor()}/inbox")
    assert json.loads(to_them.body)["object"]["id"] == answer["result"]
    assert stamp_of(answer)[0] == 404
    assert not Quote.objects.exists()


@pytest.mark.parametrize("leaves", [True, False])
def test_who_deletes_the_quote_or_leaves_has_no_stamp(
    told: Any, neighbour: Neighbour, door: Door, leaves: bool
) -> None:
    answer, _ = told()
    assert stamp_of(answer)[0] == 200
    gone = neighbour.actor() if leaves else f"{neighbour.site}/notes/9"
    if leaves:
        neighbour.gone.add("ann")
    door.send(neighbour, neighbour.activity("Delete", gone))
    jobs.receive()
    assert not Quote.objects.exists()
    assert stamp_of(answer)[0] == 404
