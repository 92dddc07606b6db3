"""The desk: queues, decisions in one tap, and what happens when two decide at once."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.governance import actions as governance
from hue.lib import clock
from hue.people import queries as people
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.governance.laid import laid_down


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def waiting(cast: Cast, text: str = "Puppy found on the High Street.") -> Post:
    return actions.compose(by=cast.officer, at=clock.now(), draft=Draft(text), send="review")


def test_anonymous_is_sent_to_the_sign_in(cast: Cast) -> None:
    answer = Client().get("/desk/queues/approve/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_somebody_without_a_role_is_told_who_may(cast: Cast) -> None:
    answer = signed_in(cast.stranger).get("/desk/queues/approve/")
    assert answer.status_code == 403
    assert b"These roles may" in answer.content


def test_a_supervisor_sees_what_waits_and_approves_it_in_one_tap(cast: Cast) -> None:
    post = waiting(cast)
    desk = signed_in(cast.sergeant)
    page = desk.get("/desk/queues/approve/").content.decode()
    assert "Puppy found" in page
    assert f"/desk/posts/{post.pk}/" in page
    answer = desk.post(f"/desk/posts/{post.pk}/approve/", {"version": 1}, follow=True)
    post.refresh_from_db()
    assert post.state == "published"
    assert "Approved." in answer.content.decode()
    empty = desk.get("/desk/queues/approve/").content.decode()
    assert "Posts that need a second person appear here." in empty


def test_the_author_sees_why_there_is_no_button(cast: Cast) -> None:
    post = waiting(cast)
    page = signed_in(cast.officer).get(f"/desk/posts/{post.pk}/").content.decode()
    assert "somebody else decides" in page
    assert f"{post.pk}/approve/" not in page


def test_the_second_of_two_editors_is_told_and_keeps_the_words(cast: Cast) -> None:
    post = waiting(cast)
    first, second = signed_in(cast.sergeant), signed_in(cast.colleague)
    first.post(f"/desk/posts/{post.pk}/edit-and-approve/", {"version": 1, "text": "First words."})
    answer = second.post(f"/desk/posts/{post.pk}/edit/", {"version": 1, "text": "Second words."})
    assert answer.status_code == 409
    page = answer.content.decode()
    post.refresh_from_db()
    assert post.text == "First words."
    assert "Nothing was changed" in page


def test_a_returned_post_can_be_taken_back_for_seconds_by_the_same_person(cast: Cast) -> None:
    post = waiting(cast)
    desk = signed_in(cast.sergeant)
    answer = desk.post(
        f"/desk/posts/{post.pk}/send-back/", {"version": 1, "reason": "Too exact."}, follow=True
    )
    page = answer.content.decode()
    post.refresh_from_db()
    assert post.state == "draft"
    undo = page.split('action="/desk/posts/undo/')[1].split('"')[0]
    other = signed_in(cast.colleague).post(f"/desk/posts/undo/{undo}", follow=True)
    assert "Only the person who decided" in other.content.decode()
    desk.post(f"/desk/posts/undo/{undo}")
    post.refresh_from_db()
    assert post.state == "in_review"


def _undo_of(answer: HttpResponse) -> str:
    return (
        "/desk/posts/undo/"
        + answer.content.decode().split('action="/desk/posts/undo/')[1].split('"')[0]
    )


def test_an_undo_overwrites_nothing_that_happened_after_the_decision(cast: Cast) -> None:
    """The author mended the words, and sent them again, while the undo was still on the screen."""
    post, desk = waiting(cast), signed_in(cast.sergeant)
    said = {"version": 1, "reason": "Too exact."}
    undo = _undo_of(desk.post(f"/desk/posts/{post.pk}/send-back/", said, follow=True))
    actions.edit(by=cast.officer, at=clock.now(), post=post, seen=1, text="Puppy found.")
    answer = desk.post(undo, follow=True)
    assert "Somebody changed this post after you decided" in answer.content.decode()
    post.refresh_from_db()
    assert (post.state, post.version) == ("draft", 2)


def test_two_who_undo_are_not_both_told_that_it_was_done(cast: Cast) -> None:
    post, desk = waiting(cast), signed_in(cast.sergeant)
    said = {"version": 1, "reason": "Twice told."}
    undo = _undo_of(desk.post(f"/desk/posts/{post.pk}/drop/", said, follow=True))
    assert "Taken back." in desk.post(undo, follow=True).content.decode()
    assert "nothing was taken back" in desk.post(undo, follow=True).content.decode()


def test_an_undo_takes_back_its_own_decision_and_no_later_one(cast: Cast) -> None:
    """Dropped, taken back, and dropped by a colleague: all while the first undo still counts."""
    post, desk = waiting(cast), signed_in(cast.sergeant)
    said = {"version": 1, "reason": "Twice told."}
    undo = _undo_of(desk.post(f"/desk/posts/{post.pk}/drop/", said, follow=True))
    desk.post(undo)
    signed_in(cast.colleague).post(f"/desk/posts/{post.pk}/drop/", said)
    assert "nothing was taken back" in desk.post(undo, follow=True).content.decode()
    post.refresh_from_db()
    assert post.state == "dropped"


def test_while_everything_is_stopped_nothing_is_taken_back(cast: Cast) -> None:
    draft = Draft("The fair opens.", publish_at=clock.now() + timedelta(hours=1))
    post = actions.compose(by=cast.officer, at=clock.now(), draft=draft)
    assert post.state == "approved"
    desk = signed_in(cast.sergeant)
    said = {"version": 1, "reason": "Cancelled."}
    undo = _undo_of(desk.post(f"/desk/posts/{post.pk}/drop/", said, follow=True))
    governance.stop_all(by=cast.comms, at=clock.now(), reason="A false report is going round.")
    assert "Everything is stopped" in desk.post(undo, follow=True).content.decode()
    post.refresh_from_db()
    assert post.state == "dropped"


def test_sending_back_without_a_reason_changes_nothing(cast: Cast) -> None:
    post = waiting(cast)
    answer = signed_in(cast.sergeant).post(f"/desk/posts/{post.pk}/send-back/", {"version": 1})
    assert answer.status_code == 422
    post.refresh_from_db()
    assert post.state == "in_review"


def test_a_correction_keeps_both_versions_and_a_withdrawal_says_what_vanishes(cast: Cast) -> None:
    post = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Both lanes closed."))
    desk = signed_in(cast.sergeant)
    assert "will vanish from" in desk.get(f"/desk/posts/{post.pk}/").content.decode()
    new = {"version": 1, "text": "One lane closed.", "reason": "One lane was opened."}
    desk.post(f"/desk/posts/{post.pk}/correct/", new)
    post.refresh_from_db()
    assert (post.text, post.version) == ("One lane closed.", 2)
    desk.post(f"/desk/posts/{post.pk}/withdraw/", {"version": 2, "reason": "It named a street."})
    post.refresh_from_db()
    assert post.state == "withdrawn"


def test_a_stop_holds_all_and_each_is_confirmed_by_a_person(cast: Cast) -> None:
    post = waiting(cast)
    governance.stop_all(by=cast.comms, at=clock.now(), reason="A false report is going round.")
    assert actions.hold_waiting(by=people.system(), at=clock.now()) == 1
    desk = signed_in(cast.sergeant)
    page = desk.get("/desk/queues/held/").content.decode()
    assert "A false report is going round." in page
    answer = desk.post(f"/desk/posts/{post.pk}/release/", {"version": 1})
    assert answer.status_code == 409
    halt = governance.stop_all(by=cast.comms, at=clock.now(), reason="again")
    governance.lift_stop(by=cast.comms, at=clock.now(), halt=halt, reason="It is over.")
    desk.post(f"/desk/posts/{post.pk}/release/", {"version": 1})
    post.refresh_from_db()
    assert post.state == "published"


def test_what_is_held_waits_since_it_was_held(cast: Cast) -> None:
    hours_ago = clock.now() - timedelta(hours=3)
    draft = Draft("The fair opens.", publish_at=clock.now() + timedelta(hours=1))
    post = actions.compose(by=cast.officer, at=hours_ago, draft=draft)
    desk = signed_in(cast.sergeant)
    governance.stop_all(by=cast.comms, at=clock.now(), reason="A false report is going round.")
    actions.hold_waiting(by=people.system(), at=clock.now() - timedelta(minutes=4))
    row = desk.get("/desk/queues/held/").context["rows"][0]
    assert (row["clock_words"], row["late"]) == ("4 minutes", False)
    assert "waits 4 minutes" in desk.get(f"/desk/posts/{post.pk}/").content.decode()


def test_an_approved_post_whose_words_are_changed_goes_back_to_review(cast: Cast) -> None:
    draft = Draft("The fair opens.", publish_at=clock.now() + timedelta(hours=1))
    post = actions.compose(by=cast.officer, at=clock.now(), draft=draft, send="review")
    desk = signed_in(cast.sergeant)
    desk.post(f"/desk/posts/{post.pk}/approve/", {"version": 1})
    post.refresh_from_db()
    assert post.state == "approved"
    new = {"version": 1, "text": "The fair opens at noon."}
    answer = signed_in(cast.officer).post(f"/desk/posts/{post.pk}/edit/", new, follow=True)
    assert "A second person is looking" in answer.content.decode()
    assert "It was changed after it had been approved." in answer.content.decode()
    assert not Post.objects.due(at=clock.now() + timedelta(hours=2)).exists()
    desk.post(f"/desk/posts/{post.pk}/approve/", {"version": 1})  # what was on the old screen
    post.refresh_from_db()
    assert post.state == "in_review"


def test_where_two_are_asked_for_whoever_changes_the_words_is_offered_no_approval(
    cast: Cast, owner: Officer
) -> None:
    now = clock.now()
    laid_down(owner, "Two people.", {"approval_needed": True}, at=now)
    for officer in (cast.officer, cast.sergeant, cast.colleague):
        governance.accept_policy(by=officer, at=clock.now())
    post, desk = waiting(cast), signed_in(cast.sergeant)
    page = desk.get(f"/desk/posts/{post.pk}/").content.decode()
    assert f"/desk/posts/{post.pk}/approve/" in page
    assert "edit-and-approve" not in page
    new = {"version": 1, "text": "Puppy found."}
    page = desk.post(f"/desk/posts/{post.pk}/edit/", new, follow=True).content.decode()
    assert "You changed its words: somebody else approves it." in page
    assert f"/desk/posts/{post.pk}/approve/" not in page
    other = signed_in(cast.colleague).get(f"/desk/posts/{post.pk}/").content.decode()
    assert f"/desk/posts/{post.pk}/approve/" in other
    told = desk.get("/desk/permissions/").content.decode()
    assert "whoever changed the words of a post before it was public" in told


def test_a_draft_that_waited_on_the_desk_is_not_late(cast: Cast) -> None:
    writer = signed_in(cast.officer)
    written = clock.now() - timedelta(minutes=40)
    post = actions.compose(by=cast.officer, at=written, draft=Draft("All calm."), send="draft")
    writer.post(f"/desk/posts/{post.pk}/submit/", {"version": 1})
    post.refresh_from_db()
    assert post.state == "published"


def test_a_planned_post_past_its_time_asks_again(cast: Cast) -> None:
    at = clock.now()
    draft = Draft("Road closed from noon.", kind="notice", publish_at=at + timedelta(seconds=1))
    post = actions.compose(by=cast.officer, at=at, draft=draft, send="review")
    Post.objects.filter(pk=post.pk).update(publish_at=at - timedelta(hours=1))
    desk = signed_in(cast.sergeant)
    answer = desk.post(f"/desk/posts/{post.pk}/approve/", {"version": 1})
    assert answer.status_code == 409
    assert "Is it still right?" in answer.content.decode()
    desk.post(f"/desk/posts/{post.pk}/approve/", {"version": 1, "confirmed": "yes"})
    post.refresh_from_db()
    assert post.state == "published"


def test_what_missed_its_time_by_long_goes_back_to_a_person(cast: Cast) -> None:
    at = clock.now()
    draft = Draft("Road closed.", kind="notice", publish_at=at + timedelta(minutes=5))
    post = actions.compose(by=cast.officer, at=at, draft=draft)
    assert post.state == "approved"
    later = at + timedelta(hours=2)
    assert actions.publish_planned(by=people.system(), at=later, post=post).state == "in_review"


def test_a_draft_is_seen_by_its_authors_team_only(cast: Cast) -> None:
    post = actions.compose(by=cast.sergeant, at=clock.now(), draft=Draft("Not yet."), send="draft")
    assert signed_in(cast.officer).get(f"/desk/posts/{post.pk}/").status_code == 403
    assert signed_in(cast.colleague).get(f"/desk/posts/{post.pk}/").status_code == 200


def test_htmx_gets_the_pane_alone(cast: Cast) -> None:
    post = waiting(cast)
    answer = signed_in(cast.sergeant).get(f"/desk/posts/{post.pk}/", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Puppy found" in answer.content


def test_colleagues_see_who_is_on_what(cast: Cast) -> None:
    post = waiting(cast)
    signed_in(cast.colleague).post("/desk/presence/", {"subject": f"post:{post.pk}"})
    page = signed_in(cast.sergeant).get("/desk/queues/approve/").content.decode()
    assert "Inspector Tom on it" in page


def test_the_wall_and_the_installable_parts_answer(cast: Cast) -> None:
    desk = signed_in(cast.sergeant)
    assert "#day24" in desk.get("/desk/wall/").content.decode()
    assert desk.get("/desk/manifest.webmanifest").json()["start_url"] == "/desk/phone/"
    assert desk.get("/desk/service-worker.js")["Service-Worker-Allowed"] == "/desk/"


@pytest.mark.parametrize(
    "address",
    ["/desk/posts/%00/", "/desk/posts/new/?parent=%00", "/desk/queues/approve/?queue=%00"],
)
def test_an_address_with_a_zero_byte_is_no_fault_of_ours(
    cast: Cast, client: Client, address: str
) -> None:
    client.force_login(cast.sergeant)
    assert client.get(address).status_code == 400


def test_nonsense_in_small_forms_is_no_fault_of_ours(cast: Cast, client: Client) -> None:
    client.force_login(cast.sergeant)
    assert client.post("/desk/presence/", {"subject": "a\x00b"}).status_code == 204
    assert client.post("/desk/policy/", {"number": "9" * 5000}).status_code == 409


def test_a_public_post_is_found_again_by_its_words_or_its_address(cast: Cast) -> None:
    texts = ("Puppy found on the High Street.", "All calm in the park.")
    puppy, _ = (
        actions.compose(by=cast.officer, at=clock.now(), draft=Draft(text)) for text in texts
    )
    desk = signed_in(cast.sergeant)
    link = f"/desk/posts/{puppy.id}/"
    for q in ("", "puppy", "PUPPY high", "Heath", f"https://x.example/posts/{puppy.id}/"):
        assert link in desk.get("/desk/posts/", {"q": q}).content.decode(), q
    assert link not in desk.get("/desk/posts/", {"q": "calm"}).content.decode()
    assert "Nothing public has" in desk.get("/desk/posts/", {"q": "zebra"}).content.decode()
    assert "Published" in desk.get("/desk/queues/approve/").content.decode()
    assert signed_in(cast.guest).get("/desk/posts/").status_code == 403


def test_whoever_may_stop_everything_can_from_every_page_and_the_menu_is_the_same(
    cast: Cast,
) -> None:
    desk, phone = signed_in(cast.sergeant), signed_in(cast.officer)
    for path in ("/desk/queues/approve/", "/desk/posts/", "/desk/incidents/", "/desk/phone/"):
        page = desk.get(path).content.decode()
        head = page[page.index("<header") : page.index("</header>")]
        assert 'href="/desk/stop/"' in head
        assert ('<nav class="queues"' in page) == (path != "/desk/phone/")
    assert 'href="/desk/stop/"' not in phone.get("/desk/phone/").content.decode()


def test_a_held_post_is_let_out_after_the_stop_and_the_record_says_what_was_pressed(
    cast: Cast,
) -> None:
    post = waiting(cast)
    halt = governance.stop_all(by=cast.sergeant, at=clock.now(), reason="A false report.")
    actions.hold_waiting(by=people.system(), at=clock.now())
    desk = signed_in(cast.colleague)
    during = desk.get(f"/desk/posts/{post.pk}/").content.decode()
    assert "let it out" not in during.replace("can be let out", "")
    assert "once the stop is lifted" in during
    governance.lift_stop(by=cast.sergeant, at=clock.now(), halt=halt, reason="It was false.")
    assert "Confirm: let it out" in desk.get(f"/desk/posts/{post.pk}/").content.decode()
    desk.post(f"/desk/posts/{post.pk}/release/", {"version": 1})
    post.refresh_from_db()
    assert post.state == "published"
    said = read_aloud(Entry.objects.get(kind="post.released"))
    assert said.endswith(": let it out")


def test_posts_held_in_one_moment_keep_their_order(cast: Cast) -> None:
    posts = [waiting(cast, f"Post {number}.") for number in range(5)]
    Post.objects.update(since=NOON)
    desk = signed_in(cast.sergeant)
    for _ in range(2):
        page = desk.get("/desk/queues/approve/").content.decode()
        found = sorted(posts, key=lambda post: page.index(f"/desk/posts/{post.pk}/"))
        assert found == sorted(posts, key=lambda post: post.pk)
        Post.objects.filter(pk=found[0].pk).update(escalated_at=NOON)  # moves its row on the disk
