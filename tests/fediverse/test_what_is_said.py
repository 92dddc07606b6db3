"""A post through its life, as servers elsewhere are told: rows and files, nothing sent."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hue.fediverse import actions as fediverse
from hue.fediverse import jobs, mail
from hue.fediverse.models import Activity, Actor, Dispatch, Note
from hue.lib import clock
from hue.media import actions as media
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.fediverse.conftest import opened
from tests.fediverse.elsewhere import follow
from tests.media.test_pictures import photo
from tests.publishing.cases import BURGLAR, arrest, happened, wrote
from tests.publishing.public import WORDS, holding, read, say, written

SITE = "http://127.0.0.1:8000"
LATER = NOON + timedelta(hours=1)


def told() -> list[dict[str, Any]]:
    """Every activity in the order in which it came about, as it would be sent."""
    return [json.loads(one.body) for one in Activity.objects.order_by("at", "rank") if one.body]


def kinds() -> list[str]:
    return [one["type"] for one in told()]


def note_of(post: Post) -> dict[str, Any]:
    written()
    found: dict[str, Any] = json.loads(read(f"posts/{post.id}.activity.json"))
    return found


def corrected(cast: Cast, post: Post, text: str, **also: Any) -> None:
    post.refresh_from_db()
    given = {"by": cast.sergeant, "at": LATER, "post": post, "seen": post.version, **also}
    actions.correct(text=text, reason="It was wrong.", **given)


def withdrawn(cast: Cast, post: Post) -> None:
    actions.withdraw(by=cast.sergeant, at=LATER, post=post, reason="It could hurt somebody.")


def test_a_note_says_what_the_post_says_and_shows(cast: Cast, force: Actor) -> None:
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(300, 200), alt="A brown puppy")
    post = say(cast, f"{WORDS} #day24", neighbourhood=cast.kings_heath, pictures=[picture])
    note = note_of(post)
    event = f"{SITE}/events/day24/"
    assert note["content"].endswith(f'<a href="{event}">#day24</a></p>')
    assert note["contentMap"] == {"en": note["content"]}
    assert note["tag"] == [{"type": "Hashtag", "name": "#day24", "href": event}]
    assert note["location"] == {"type": "Place", "name": "Kings Heath"}
    (shown,) = note["attachment"]
    assert (shown["name"], shown["mediaType"]) == ("A brown puppy", "image/jpeg")
    assert (shown["width"], shown["height"]) == (300, 200)
    assert Path(settings.PUBLIC_ROOT, shown["url"].removeprefix(f"{SITE}/")).exists()
    assert note["published"] == "2026-07-09T11:00:00Z"
    assert note["to"] == ["https://www.w3.org/ns/activitystreams#Public"]
    assert note["cc"] == [f"{SITE}/actors/police/followers/"]
    assert note["likes"]["totalItems"] == note["shares"]["totalItems"] == 0
    assert note["interactionPolicy"]["canQuote"]["automaticApproval"] == note["to"]
    assert "updated" not in note


def test_what_follows_up_answers_the_first(cast: Cast, force: Actor) -> None:
    root = say(cast)
    after = say(cast, "The owner has her back.", thread=root)
    assert note_of(after)["inReplyTo"] == note_of(root)["id"]


def test_a_correction_is_an_update(cast: Cast, force: Actor) -> None:
    post = say(cast)
    corrected(cast, post, "Kitten found on the High Street.")
    assert kinds() == ["Create", "Update"]
    assert told()[1]["object"]["content"] == "<p>Kitten found on the High Street.</p>"
    assert note_of(post)["updated"] == "2026-07-09T12:00:00Z"
    assert note_of(post)["id"] == told()[0]["object"]["id"]


def test_what_changes_a_page_and_no_word_tells_nobody(cast: Cast, force: Actor) -> None:
    post = say(cast, incident=happened(cast), kind="incident")
    owed = post.owed
    later = owed.due_at + timedelta(minutes=1)
    actions.remind_officer(by=cast.sergeant, at=later, owed=owed)
    assert kinds() == ["Create"]


def test_old_words_that_would_harm_again_stand_in_no_history_elsewhere(
    cast: Cast, force: Actor
) -> None:
    """Mastodon shows what a note said before an Update, and takes no id that was deleted."""
    post = say(cast)
    corrected(cast, post, "A dog was found.", redact=True)
    assert kinds() == ["Delete", "Create"]
    gone, again = told()
    assert gone["object"] == {
        "id": f"{SITE}/posts/{post.id}/",
        "type": "Tombstone",
        "formerType": "Note",
        "deleted": "2026-07-09T12:00:00Z",
    }
    assert again["object"]["id"] == f"{SITE}/posts/{post.id}/?shown=2" == note_of(post)["id"]
    corrected(cast, post, "A dog was found, and is well.")
    assert kinds() == ["Delete", "Create", "Update"]


def test_what_is_withdrawn_leaves_no_word_in_any_file_and_in_nothing_to_send(
    cast: Cast, unit: Actor
) -> None:
    event = opened(cast, "event", "day24", "day24")
    post = say(cast, neighbourhood=cast.kings_heath)
    follow(event, "https://social.example")
    for activity in Activity.objects.due():
        mail.address(activity, at=NOON)
    written()
    assert f"posts/{post.id}.activity.json" in holding("Puppy")
    withdrawn(cast, post)
    written()
    assert holding("Puppy") == []
    assert not Activity.objects.filter(body__contains="Puppy").exists()
    assert note_of(post)["type"] == "Tombstone"
    told_now = [one for one in told() if one["type"] in {"Delete", "Undo"}]
    assert sorted(one["type"] for one in told_now) == ["Delete", "Undo"]
    (undone,) = (one["object"] for one in told_now if one["type"] == "Undo")
    assert (undone["type"], undone["actor"]) == ("Announce", f"{SITE}/actors/day24/")
    waiting = Dispatch.objects.filter(state="due", activity__kind__in=["Create", "Announce"])
    assert not waiting.exists()


def test_with_the_first_of_a_thread_everything_goes_and_comes_back(
    cast: Cast, force: Actor, sio: Officer
) -> None:
    incident = happened(cast)
    root = wrote(cast.officer, BURGLAR, incident=incident)
    after = wrote(cast.officer, "We are back with a zebra van.", thread=root)
    arrest(cast, incident)
    written()
    assert holding("zebra") == holding("gloves") == []
    assert set(Note.objects.values_list("state", flat=True)) == {"gone"}
    root.refresh_from_db()
    actions.restore(
        by=sio, at=LATER, post=root, reason="It may stand.", rationale="Agreed with CPS."
    )
    written()
    assert [note_of(one)["id"] for one in (root, after)] == [
        f"{SITE}/posts/{one.id}/?shown=2" for one in (root, after)
    ]
    assert note_of(after)["inReplyTo"] == note_of(root)["id"]


def test_practice_never_leaves(cast: Cast, force: Actor) -> None:
    cast.officer.practice = True
    cast.officer.save()
    say(cast)
    assert told() == []
    assert not Note.objects.exists()


def test_without_an_open_account_nothing_is_told(cast: Cast, force: Actor) -> None:
    fediverse.close_account(by=cast.comms, at=NOON, actor=force, reason="A merger.")
    before = Activity.objects.count()
    post = say(cast)
    corrected(cast, post, "Kitten found.")
    withdrawn(cast, post)
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("open_ones", "says", "share"),
    [
        (["force"], "force", []),
        (["force", "unit"], "unit", []),
        (["force", "unit", "team"], "team", ["unit"]),
        (["force", "unit", "team", "officer", "event"], "officer", ["event", "unit"]),
        (["force", "event"], "force", ["event"]),
        (["event"], None, []),
    ],
)
def test_the_most_particular_voice_says_it_and_unit_and_event_pass_it_on(
    cast: Cast, open_ones: list[str], says: str | None, share: list[str]
) -> None:
    cast.officer.public = True
    cast.officer.save()
    keys = {"force": "", "unit": "south", "team": "kings-heath-team", "event": "day24"}
    for kind in open_ones:
        if kind == "officer":
            own = {"kind": kind, "key": str(cast.officer.pk), "name": "amina"}
            fediverse.open_account(by=cast.officer, at=NOON, **own)
        else:
            opened(cast, kind, keys[kind], f"{kind}_account")
    post = say(cast, neighbourhood=cast.kings_heath)
    said = Note.objects.filter(pk=post.id).values_list("actor__kind", flat=True).first()
    shared = Activity.objects.filter(kind="Announce").values_list("actor__kind", flat=True)
    assert said == says
    assert sorted(shared) == share


def test_full_pages_of_the_outbox_never_change(cast: Cast, force: Actor) -> None:
    for number in range(20):
        say(cast, f"Number {number}.")
    written()
    full = read("actors/police/outbox/1.activity.json")
    assert len(json.loads(full)["orderedItems"]) == 20
    newest = say(cast, "One more.")
    written()
    assert read("actors/police/outbox/1.activity.json") == full
    second = json.loads(read("actors/police/outbox/2.activity.json"))
    assert [one["object"]["id"] for one in second["orderedItems"]] == [f"{SITE}/posts/{newest.id}/"]
    assert second["next"] == f"{SITE}/actors/police/outbox/1/"
    outbox = json.loads(read("actors/police/outbox.activity.json"))
    assert (outbox["totalItems"], outbox["first"]) == (21, f"{SITE}/actors/police/outbox/2/")


def test_an_outbox_holds_what_its_account_passed_on_until_that_is_taken_back(
    cast: Cast, unit: Actor
) -> None:
    opened(cast, "event", "day24", "day24")
    post = say(cast, neighbourhood=cast.kings_heath)
    written()
    (shared,) = json.loads(read("actors/day24/outbox/1.activity.json"))["orderedItems"]
    assert (shared["type"], shared["object"]) == ("Announce", f"{SITE}/posts/{post.id}/")
    assert shared["id"] == next(one["id"] for one in told() if one["type"] == "Announce")
    assert json.loads(read("actors/day24/outbox.activity.json"))["totalItems"] == 1
    # What was sent is forgotten in time; what was said is not.
    Activity.objects.all().delete()
    withdrawn(cast, post)
    written()
    assert json.loads(read("actors/day24/outbox/1.activity.json"))["orderedItems"] == []
    (undone,) = (one["object"] for one in told() if one["type"] == "Undo")
    assert undone == {name: undone[name] for name in undone if shared[name] == undone[name]}


def test_a_rebuild_writes_the_same(cast: Cast, force: Actor) -> None:
    from hue.pages.rebuild import rebuild

    post = say(cast)
    written()
    names = [
        f"posts/{post.id}.activity.json",
        "actors/police.activity.json",
        "actors/police/outbox.activity.json",
        "actors/police/outbox/1.activity.json",
        "actors/police/followers.activity.json",
        "webfinger/police.jrd",
        "nodeinfo/2.1.json",
        "host-meta.xrd",
    ]
    before = [read(name) for name in names]
    for name in names:
        Path(settings.PUBLIC_ROOT, name).unlink()
    rebuild(at=NOON)
    assert [read(name) for name in names] == before


def test_who_was_told_is_forgotten_after_ninety_days(cast: Cast, force: Actor) -> None:
    say(cast)
    for activity in Activity.objects.due():
        mail.address(activity, at=NOON)
    jobs.forget()
    assert Activity.objects.exists() == (clock.now() - NOON < jobs.KEPT)
    mail.forget(before=clock.now())
    assert not Activity.objects.exists()
    assert Note.objects.exists()
