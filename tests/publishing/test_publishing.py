"""A post from an officer's words to the public file, and back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from hue.audit.models import Entry
from hue.governance import actions as governance
from hue.governance.models import PolicyVersion
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.streams.models import Told
from tests.cast import NOON, Cast


def test_an_officers_words_become_a_public_page(cast: Cast, settings: LazySettings) -> None:
    draft = Draft("Puppy found on the High Street. Owner, we have her.", event=cast.event)
    post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    write_stale(at=NOON)
    page = Path(settings.PUBLIC_ROOT, f"posts/{post.id}.html").read_text()
    assert "Puppy found on the High Street" in page
    assert "Puppy found" in Path(settings.PUBLIC_ROOT, "events/day24.html").read_text()
    assert "Puppy found" in Path(settings.PUBLIC_ROOT, "index.html").read_text()
    assert Told.objects.filter(topic="event/day24", kind="added").count() == 1
    assert Entry.objects.filter(kind="post.published").count() == 1


def test_the_same_key_is_one_post(cast: Cast) -> None:
    draft = Draft("Road clear again.", idempotency_key="k1")
    first = actions.compose(by=cast.officer, at=NOON, draft=draft)
    again = actions.compose(by=cast.officer, at=NOON, draft=draft)
    assert first.pk == again.pk
    assert Post.objects.count() == 1


def test_nobody_approves_their_own(cast: Cast) -> None:
    draft = Draft("All calm.")
    post = actions.compose(by=cast.sergeant, at=NOON, draft=draft, send="review")
    with pytest.raises(Refused, match="own post"):
        actions.approve(by=cast.sergeant, at=NOON, post=post, seen=1)
    actions.approve(by=cast.colleague, at=NOON, post=post, seen=1)
    post.refresh_from_db()
    assert post.state == "published"


def test_where_two_are_asked_for_changed_words_are_approved_by_another(cast: Cast) -> None:
    PolicyVersion.objects.create(
        number=1, text="t", values={"approval_needed": True}, in_force_at=NOON, by=cast.comms
    )
    for officer in (cast.officer, cast.sergeant, cast.colleague):
        governance.accept_policy(by=officer, at=NOON)
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft("All calm."))
    with pytest.raises(Refused, match="somebody else approves it"):
        actions.edit_and_approve(by=cast.sergeant, at=NOON, post=post, seen=1, text="Not so calm.")
    post = actions.edit(by=cast.sergeant, at=NOON, post=post, seen=1, text="Not so calm.")
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=2, text="Not so calm today.")
    with pytest.raises(Refused, match="somebody else approves it"):
        actions.approve(by=cast.sergeant, at=NOON, post=post, seen=3)  # some words are still hers
    actions.approve(by=cast.colleague, at=NOON, post=post, seen=3)
    post.refresh_from_db()
    assert post.state == "published"


def test_a_guest_is_signed_as_a_guest(cast: Cast) -> None:
    assert cast.guest.publicly == "Guest"
    cast.guest.team, cast.guest.public, cast.guest.rank = cast.officer.team, True, "Councillor"
    assert cast.guest.publicly == "Councillor Jo, guest of the Kings Heath team"
    cast.guest.public = False
    assert cast.guest.publicly == "Guest of the Kings Heath team"


def test_stop_all_stops(cast: Cast) -> None:
    governance.stop_all(by=cast.sergeant, at=NOON, reason="A false report is going round.")
    with pytest.raises(Refused, match="false report"):
        actions.compose(by=cast.officer, at=NOON, draft=Draft("Hello."))


def test_what_was_withdrawn_is_in_no_public_file(cast: Cast, settings: LazySettings) -> None:
    post = actions.compose(
        by=cast.officer, at=NOON, draft=Draft("Officers are at Zebra Lane.", event=cast.event)
    )
    write_stale(at=NOON)
    actions.withdraw(
        by=cast.sergeant,
        at=NOON + timedelta(minutes=5),
        post=post,
        reason="It named a street while officers were still there.",
        rule="PUB-19",
    )
    write_stale(at=NOON)
    root = Path(settings.PUBLIC_ROOT)
    assert not [f for f in root.rglob("*.*") if f.is_file() and b"Zebra" in f.read_bytes()]
    assert "PUB-19" in (root / f"posts/{post.id}.html").read_text()
    assert "It named a street" in (root / "removed.html").read_text()
