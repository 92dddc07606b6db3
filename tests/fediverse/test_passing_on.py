"""A resident's good post goes out again: credited, through the guard, and gone when theirs is."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from hue.fediverse import accounts, foreign, jobs, names
from hue.fediverse.foreign import Foreign
from hue.fediverse.models import Activity, Actor, Note, Server, Share
from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing import jobs as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.fediverse.door import Door
from tests.fediverse.neighbour import Json, Neighbour, answer
from tests.publishing.public import holding, read, written

LATER = NOON + timedelta(hours=1)
HTML = "<p>The <b>lost</b> dog is home.</p><p>Thank you!</p><script>alert(1)</script>"
FIRST = "Good news from Kings Heath."
Theirs = Callable[..., str]


@pytest.fixture
def theirs(neighbour: Neighbour) -> Theirs:
    """Has a post stand elsewhere; its address."""

    def stand(words: str = HTML, **also: Any) -> str:
        told: Json = neighbour.note(words, id_="9", inReplyTo=None, **also)
        neighbour.serves["/notes/9"] = partial(_answer, told)
        return f"{neighbour.site}/notes/9"

    return stand


def _answer(told: Json, asked: Any) -> None:
    answer(asked, told)


def fetched(address: str) -> Foreign:
    return foreign.fetched(address, accounts.signing_as(None))


def passed(cast: Cast, address: str, words: str = FIRST) -> Post:
    given = {"said": fetched(address), "words": words, "place": cast.kings_heath}
    return actions.pass_on(by=cast.officer, at=NOON, **given)


def told() -> list[tuple[str, str]]:
    """What was said, and to whom; "" is everybody who follows."""
    rows = Activity.objects.order_by("at", "pk").values_list("kind", "to")
    return sorted(rows)


def test_it_is_quoted_with_credit_here_and_passed_on_as_it_is_there(
    cast: Cast, force: Actor, neighbour: Neighbour, theirs: Theirs
) -> None:
    address = theirs()
    post = passed(cast, address)
    host = neighbour.site.partition("//")[2]
    assert post.state == "published"
    assert post.text == (
        f"{FIRST}\n\n“The lost dog is home.\nThank you!”\n@ann on {host}, {address}"
    )
    written()
    page = read(f"posts/{post.id}.html")
    assert f"@ann on {host}" in page
    assert f'href="{address}"' in page
    assert "alert(1)" not in page
    assert not Note.objects.exists()
    assert told() == [("Announce", ""), ("Announce", f"{neighbour.actor()}/inbox")]
    (first, second) = (json.loads(one.body) for one in Activity.objects.all())
    assert first == second
    assert (first["actor"], first["object"]) == (names.actor("police"), address)
    (shared,) = json.loads(read("actors/police/outbox/1.activity.json"))["orderedItems"]
    assert shared["object"] == address
    with pytest.raises(Refused, match="passed on already"):
        passed(cast, address)


def test_a_withdrawal_undoes_it(cast: Cast, force: Actor, theirs: Theirs) -> None:
    post = passed(cast, theirs())
    announced = json.loads(Activity.objects.filter(to="").get().body)["id"]
    Activity.objects.all().delete()
    actions.withdraw(by=cast.sergeant, at=LATER, post=post, reason="We were wrong about it.")
    assert [kind for kind, _ in told()] == ["Undo", "Undo"]
    assert json.loads(Activity.objects.all()[0].body)["object"]["id"] == announced
    written()
    assert holding("lost dog") == []
    assert json.loads(read("actors/police/outbox/1.activity.json"))["orderedItems"] == []


@pytest.mark.parametrize("leaves", [True, False])
def test_when_its_author_takes_it_back_so_do_we_and_a_person_sees_why(
    cast: Cast, force: Actor, neighbour: Neighbour, theirs: Theirs, door: Door, leaves: bool
) -> None:
    address = theirs()
    post = passed(cast, address)
    door.send(neighbour, neighbour.activity("Delete", address, who="bob"))
    jobs.receive()
    publishing.follow_sources()
    post.refresh_from_db()
    assert post.state == "published", "bob did not write it"
    gone = neighbour.actor() if leaves else address
    assert door.send(neighbour, neighbour.activity("Delete", gone)).status == 202
    jobs.receive()
    publishing.follow_sources()
    publishing.follow_sources()
    post.refresh_from_db()
    assert post.state == "withdrawn"
    assert post.note == "Whoever had written what it passed on took it back."
    assert Share.objects.get().undone_at is not None
    assert ("Undo", "") in told()
    written()
    assert holding("lost dog") == []


@pytest.mark.parametrize(
    ("also", "why"),
    [
        ({"to": []}, "not public"),
        ({"summary": "Blood"}, "behind a warning"),
        ({"type": "Question"}, "no words of a post"),
        ({"interactionPolicy": {"canQuote": {"automaticApproval": []}}}, "ask them first"),
        ({"attributedTo": "https://other.example/users/ann"}, "no author on its own server"),
    ],
)
def test_what_is_not_theirs_to_give_is_not_taken(
    cast: Cast, theirs: Theirs, also: Json, why: str
) -> None:
    with pytest.raises(accounts.NotTold, match=why):
        fetched(theirs(**also))


def test_it_goes_through_the_guard_and_nothing_from_a_blocked_server_goes_out(
    cast: Cast, force: Actor, theirs: Theirs
) -> None:
    post = passed(cast, theirs("<p>PC Smith lives at 12 Acacia Road, B14 7SA.</p>"))
    assert post.state != "published"
    assert not Share.objects.exists()
    Post.objects.update(state="dropped")
    Server.objects.update(blocked_at=NOON)
    with pytest.raises(Refused, match="is blocked"):
        passed(cast, theirs())


def test_nobody_edits_the_credit_away(cast: Cast, force: Actor, theirs: Theirs) -> None:
    post = passed(cast, theirs())
    given = {"by": cast.sergeant, "at": LATER, "post": post, "seen": post.version}
    with pytest.raises(Refused, match="must stay in it"):
        actions.correct(**given, text="The lost dog is home.", reason="Shorter.")


def test_the_screen_shows_it_before_it_is_sent(
    cast: Cast, force: Actor, client: Client, theirs: Theirs, neighbour: Neighbour
) -> None:
    client.force_login(cast.officer)
    assert client.get("/desk/posts/pass-on/").status_code == 200
    typed = {"address": theirs(), "words": FIRST, "place": str(cast.kings_heath.pk)}
    shown = client.post("/desk/posts/pass-on/", typed)
    assert "“The lost dog is home." in shown.content.decode()
    assert not Post.objects.exists()
    nothing = client.post("/desk/posts/pass-on/", {**typed, "address": f"{neighbour.site}/no"})
    assert nothing.status_code == 409
    assert "There is no post at" in nothing.content.decode()
    sent = client.post("/desk/posts/pass-on/", {**typed, "send": "yes"}, follow=True)
    assert sent.status_code == 200
    assert Post.objects.get().state == "published"
