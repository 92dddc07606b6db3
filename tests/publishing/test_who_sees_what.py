"""Somebody else's words, asked for by every way that leads to them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.events.actions import admit_guest
from hue.governance.models import Halt, Removal
from hue.incidents.actions import report
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing import announce as announcing
from hue.publishing.actions.compose import Draft
from hue.publishing.announce import announce, sign_again
from hue.publishing.decisions import DECISIONS
from hue.publishing.models import Post
from hue.streams.models import Told
from tests.cast import NOON, Cast

WORDS = "Words that wait inside."


def _post(by: Officer, send: str = "draft", **also: object) -> Post:
    return actions.compose(by=by, at=NOON, draft=Draft(WORDS, **also), send=send)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_decision_that_fails_shows_nothing_to_those_who_may_not_read_the_post(
    cast: Cast, client: Client, verb: str
) -> None:
    post = _post(cast.officer)
    for nosy in (cast.guest, cast.comms):
        nosy.roles = ["guest"] if nosy == cast.guest else ["press"]
        nosy.save()
        client.force_login(nosy)
        answer = client.post(f"/desk/posts/{post.pk}/{verb}/", {})
        assert answer.status_code == 403
        assert WORDS not in answer.content.decode()


def test_a_guest_sees_no_queue_of_other_peoples_posts(cast: Cast, client: Client) -> None:
    _post(cast.officer, "review")
    client.force_login(cast.guest)
    for address in ("/desk/queues/approve/", "/desk/queues/held/", "/desk/me/"):
        assert WORDS not in client.get(address).content.decode()


def test_beside_their_own_post_a_guest_sees_no_queue_either(cast: Cast, client: Client) -> None:
    _post(cast.officer, "review")
    hours = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=2)}
    admit_guest(by=cast.sergeant, at=NOON, event=cast.event, guest=cast.guest, **hours)
    own = actions.compose(
        by=cast.guest, at=NOON, draft=Draft("Hello.", event=cast.event), send="review"
    )
    client.force_login(cast.guest)
    answer = client.get(f"/desk/posts/{own.pk}/")
    assert answer.status_code == 200
    assert "Hello." in answer.content.decode()
    assert WORDS not in answer.content.decode()


def test_a_guest_is_offered_no_incident_before_it_is_public(cast: Cast, client: Client) -> None:
    from hue.lib import clock

    report(
        by=cast.officer, at=clock.now(), kind="burglary", happened_at=clock.now(),
        neighbourhood=cast.kings_heath, log_reference="4711",
    )  # fmt: skip
    client.force_login(cast.officer)
    assert "4711" in client.get("/desk/posts/new/").content.decode()
    client.force_login(cast.guest)
    answer = client.get("/desk/posts/new/")
    assert answer.status_code == 200
    assert "4711" not in answer.content.decode()


def test_nobody_sends_another_persons_draft_on_its_way(cast: Cast) -> None:
    """Its author may need a second person; a colleague who publishes alone is not one."""
    cast.comms.roles = ["investigator"]
    cast.comms.save()
    post = _post(cast.comms, publish_at=NOON + timedelta(hours=1))
    with pytest.raises(Refused):
        actions.submit(by=cast.officer, at=NOON, post=post)


def test_an_answer_to_a_practice_post_is_practice_too(cast: Cast) -> None:
    cast.officer.practice = True
    cast.officer.save()
    root = _post(cast.officer, "publish")
    assert root.practice
    answer = actions.compose(by=cast.sergeant, at=NOON, draft=Draft("Well done.", thread=root))
    assert answer.practice
    assert not Told.objects.filter(topic="force").exists()


def test_words_withdrawn_meanwhile_are_not_drawn_again_by_whoever_read_them_before(
    cast: Cast,
) -> None:
    root = _post(cast.officer, "publish", event=cast.event)
    read_before = Post.objects.to_read().get(pk=root.pk)
    actions.withdraw(by=cast.sergeant, at=NOON, post=root, reason="Wrong.")
    announce(read_before, "changed", at=NOON)
    assert WORDS not in Post.objects.get(pk=root.pk).html
    assert not [told for told in Told.objects.all() if WORDS in str(told.data)]


def test_a_name_taken_back_brings_no_withdrawn_words_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job reads hundreds of posts at a time; one of them is withdrawn while it works."""
    first = _post(cast.officer, "publish")
    second = _post(cast.officer, "publish")
    mark = announcing.stale.mark

    def meanwhile(*pages: tuple[str, str], **also: Any) -> None:
        mark(*pages, **also)
        if pages[0][0] == "publishing.post":  # the first of the two was drawn
            monkeypatch.setattr(announcing.stale, "mark", mark)
            other = second if pages[0][1] == first.pk else first
            actions.withdraw(by=cast.sergeant, at=NOON, post=other, reason="Wrong.")

    monkeypatch.setattr(announcing.stale, "mark", meanwhile)
    sign_again(cast.officer, at=NOON)
    drawn = Post.objects.filter(pk__in=[first.pk, second.pk], state="withdrawn")
    assert [WORDS in post.html for post in drawn] == [False]


def test_a_name_taken_back_is_not_told_to_those_who_come_back(cast: Cast) -> None:
    cast.officer.public = True
    cast.officer.save()
    post = _post(cast.officer, "publish", event=cast.event)
    heard = Told.objects.filter(data__id=post.pk)
    assert all("Amina" in told.data["html"] for told in heard)
    cast.officer.public = False
    cast.officer.save()
    sign_again(cast.officer, at=NOON)
    assert not [told for told in Told.objects.all() if "Amina" in str(told.data)]
    assert {told.topic for told in heard.all()} == set(announcing.topics_of(post))
    Told.objects.all().delete()
    sign_again(cast.officer, at=NOON)  # nobody comes back for it: an archive makes no noise
    assert not Told.objects.exists()


def test_words_are_changed_and_approved_together_or_not_at_all(cast: Cast, client: Client) -> None:
    post = _post(cast.officer, "review")
    Halt.objects.create(by=cast.sergeant, at=NOON, reason="A false report is going round.")
    client.force_login(cast.sergeant)
    said = {"version": "1", "text": "Other words."}
    assert client.post(f"/desk/posts/{post.pk}/edit-and-approve/", said).status_code == 409
    post.refresh_from_db()
    assert (post.text, post.version) == (WORDS, 1)


def test_who_may_write_no_more_edits_no_more(cast: Cast) -> None:
    post = _post(cast.officer)
    cast.officer.roles = []
    cast.officer.save()
    for change in (
        lambda: actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text="Other words."),
        lambda: actions.drop(by=cast.officer, at=NOON, post=post, reason="No."),
    ):
        with pytest.raises(Refused, match="write posts"):
            change()
    post.refresh_from_db()
    assert (post.text, post.state) == (WORDS, "draft")


def test_a_guest_answers_in_their_event_only(cast: Cast) -> None:
    hours = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=2)}
    admit_guest(by=cast.sergeant, at=NOON, event=cast.event, guest=cast.guest, **hours)
    elsewhere, inside = (
        _post(cast.officer, "publish"),
        _post(cast.officer, "publish", event=cast.event),
    )
    with pytest.raises(Refused, match="guest pass"):
        _post(cast.guest, event=cast.event, thread=elsewhere)
    assert _post(cast.guest, thread=inside).event == cast.event


def test_what_cannot_be_seen_stands_in_no_reason(cast: Cast) -> None:
    unseen = "It named \u202ea\u202c\u200b street.\x07"
    post = _post(cast.officer, "publish")
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason=unseen)
    post.refresh_from_db()
    assert post.note == Removal.objects.get().reason == "It named a street."
    waits = _post(cast.officer, "review")
    actions.send_back(by=cast.sergeant, at=NOON, post=waits, reason=unseen)
    assert waits.note == "It named a street."
    assert not [e for e in Entry.objects.all() if "\u202e" in str(e.data) or "\x07" in str(e.data)]
    for decide, about in ((actions.withdraw, post), (actions.drop, _post(cast.officer))):
        with pytest.raises(Refused, match="Say why"):
            decide(by=cast.sergeant, at=NOON, post=about, reason="\u200b")


def test_to_approve_several_lines_as_they_are_changes_nothing(cast: Cast, client: Client) -> None:
    """A browser ends lines in its own way."""
    draft = Draft("One line.\nAnother.")
    post = actions.compose(by=cast.officer, at=NOON, draft=draft, send="review")
    client.force_login(cast.sergeant)
    said = {"version": "1", "text": "One line.\r\nAnother."}
    assert client.post(f"/desk/posts/{post.pk}/edit-and-approve/", said).status_code == 302
    assert Post.objects.get(pk=post.pk).version == 1


def test_a_redacting_correction_seals_what_an_earlier_correction_left_standing(cast: Cast) -> None:
    draft = Draft("Mr Smith was found.")
    post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    by: dict[str, Any] = {"by": cast.sergeant, "at": NOON, "post": post}
    actions.correct(**by, seen=1, text="Mr Smith was found safe.", reason="He is well.")
    assert "Mr Smith was found." in Post.objects.get(pk=post.pk).html
    actions.correct(**by, seen=2, text="A man was found safe.", reason="A name.", redact=True)
    assert "Smith" not in Post.objects.get(pk=post.pk).html
    assert not [told for told in Told.objects.all() if "Smith" in str(told.data)]


def test_whoever_may_not_write_is_not_led_to_the_form(cast: Cast, client: Client) -> None:
    post = _post(cast.officer, "now")
    for role, offered in (("supervisor", True), ("records", False)):
        cast.comms.roles = [role]
        cast.comms.save()
        client.force_login(cast.comms)
        page = client.get(f"/desk/posts/{post.pk}/").content.decode()
        assert (">Follow up<" in page) is offered, role
        assert "‹ Published" in page, role
        assert "‹ Approve" not in page, role
