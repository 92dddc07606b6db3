"""Suspended within a second, everywhere, and nobody outside can tell."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.desk.gate import listener
from hue.lib import clock
from hue.pages.build import write_stale
from hue.people import actions, queries
from hue.people.access import Refused
from hue.people.models import Phone
from hue.publishing import actions as publishing
from hue.publishing import jobs as publishing_jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.streams.listen import connect
from hue.streams.sse import Hub
from tests.cast import NOON, Cast

WHY = "Under investigation."
PHONE = "0123456789abcdef0123456789abcdef"


def test_a_suspended_persons_session_ends_at_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert client.get("/desk/me/").status_code == 200
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    assert client.get("/desk/me/").status_code == 302


def test_a_session_does_not_come_back_with_the_reinstatement(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    actions.reinstate(by=cast.sergeant, at=NOON, officer=cast.officer, reason="Cleared.")
    assert client.get("/desk/me/").status_code == 302


def test_a_suspended_person_cannot_sign_in(cast: Cast, client: Client) -> None:
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    answer = client.post(
        "/sign-in/login/", {"login": "amina", "password": "correct horse battery"}, follow=True
    )
    assert "_auth_user_id" not in client.session
    assert "desk" not in answer.request["PATH_INFO"]


def test_nobody_suspends_themselves_and_everybody_says_why(cast: Cast) -> None:
    with pytest.raises(Refused, match="themselves"):
        actions.suspend(by=cast.sergeant, at=NOON, officer=cast.sergeant, reason=WHY)
    with pytest.raises(Refused, match="Say why"):
        actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason="  ")
    with pytest.raises(Refused, match="You may not suspend people"):
        actions.suspend(by=cast.comms, at=NOON, officer=cast.officer, reason=WHY)


def test_the_record_says_who_suspended_whom_and_why(cast: Cast) -> None:
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    entry = Entry.objects.get(kind="person.suspended")
    assert read_aloud(entry, personal=True) == f"Sergeant Priya suspended PCSO Amina: {WHY}"


def test_what_is_scheduled_does_not_go_out(cast: Cast) -> None:
    soon = NOON + timedelta(minutes=5)
    draft = Draft("Road closed on Sunday.", publish_at=soon)
    post = publishing.compose(by=cast.officer, at=NOON, draft=draft)
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    publishing_jobs.publish_due()
    post.refresh_from_db()
    assert post.state in {"approved", "held"}
    assert not Post.objects.due(at=soon).exists()


def test_the_public_cannot_infer_it(cast: Cast, settings: LazySettings) -> None:
    """Every public file, byte for byte, with the clock held still."""
    clock.run_at(0, shown=NOON)
    try:
        actions.set_public(by=cast.officer, at=NOON, public=True, line="Ask me about bicycles.")
        publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found.", event=cast.event))
        before = _everything_public(settings)
        actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
        assert before
        assert _everything_public(settings) == before
    finally:
        clock.reset()


def _everything_public(settings: LazySettings) -> dict[str, bytes]:
    from hue.people.jobs import draw_everything_anew

    write_stale(at=NOON)
    draw_everything_anew()
    root = Path(settings.PUBLIC_ROOT)
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*.*")}


@pytest.mark.parametrize(
    ("path", "said"), [("/api/posts", b'"wipe": true'), ("/desk/", b"cleared")]
)
def test_their_phone_is_cleared_at_its_next_contact(
    cast: Cast, client: Client, path: str, said: bytes
) -> None:
    actions.register_phone(by=cast.officer, at=NOON, phone=PHONE)
    client.cookies["hue_device"] = PHONE
    client.force_login(cast.officer)
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    answer = client.post(path) if path.startswith("/api") else client.get("/desk/people/")
    assert answer.status_code == 403
    assert said in answer.content
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert Phone.objects.get().wiped_at is not None
    assert Entry.objects.filter(kind="phone.wiped").count() == 1


def test_a_phone_that_another_took_over_is_theirs(cast: Cast, client: Client) -> None:
    actions.register_phone(by=cast.officer, at=NOON, phone=PHONE)
    actions.register_phone(by=cast.colleague, at=NOON, phone=PHONE)
    client.cookies["hue_device"] = PHONE
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    assert client.get("/desk/people/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_open_streams_end_within_a_second(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    session = client.session.session_key

    async def watch() -> tuple[float, list[bytes]]:
        hub = Hub(connect)
        listening = asyncio.create_task(hub.run())
        await asyncio.sleep(0.3)
        theirs = hub.read("desk", None, owner=cast.officer.pk)
        others = hub.read("desk", None, owner=cast.colleague.pk)
        await anext(theirs)
        await anext(others)
        loop = asyncio.get_running_loop()
        ended = asyncio.create_task(_until_the_end(theirs))
        rest = asyncio.create_task(_until_the_end(others))
        began = loop.time()
        await asyncio.to_thread(_suspend, cast)
        await asyncio.wait_for(ended, 1)
        took = loop.time() - began
        assert not rest.done()
        rest.cancel()
        listening.cancel()
        allowed = await listener({"hue_session": session}, "desk")
        assert not allowed.allowed
        return took, ended.result()

    took, _ = asyncio.run(watch())
    assert took < 1


def test_a_stream_opened_in_the_very_moment_ends_before_its_first_word() -> None:
    async def nobody() -> bool:
        return False

    async def read() -> list[bytes]:
        return [told async for told in Hub(None).read("desk", None, owner=1, still=nobody)]

    assert asyncio.run(read()) == []


async def _until_the_end(stream: AsyncIterator[bytes]) -> list[bytes]:
    return [told async for told in stream]


def _suspend(cast: Cast) -> None:
    from django.db import connection

    try:
        actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason=WHY)
    finally:
        connection.close()


def test_whoever_left_is_named_no_more(cast: Cast) -> None:
    actions.set_public(by=cast.officer, at=NOON, public=True)
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    assert "Amina" in Post.objects.get(pk=post.pk).html
    admin = actions.add_person(
        by=queries.system(), at=NOON, username="ada", name="Ada", roles=["administrator"]
    )
    actions.leave(by=admin, at=NOON, officer=cast.officer)
    publishing_jobs.sign_again(cast.officer.pk)
    assert "Amina" not in Post.objects.get(pk=post.pk).html


def test_a_phone_given_up_is_cleared_at_its_next_contact_though_signed_in(
    cast: Cast, client: Client
) -> None:
    """Whoever found it could otherwise go on with the session that is still on it."""
    actions.register_phone(by=cast.officer, at=NOON, phone=PHONE)
    actions.forget_phone(by=cast.officer, at=NOON, phone=Phone.objects.get())
    client.cookies["hue_device"] = PHONE
    client.force_login(cast.officer)
    answer = client.get("/desk/phone/")
    assert answer.status_code == 403
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert Phone.objects.get().wiped_at is not None
    assert client.get("/desk/phone/").status_code == 302
    client.force_login(cast.officer)  # found again: as a phone that the desk does not know
    assert client.get("/desk/phone/").status_code == 200


def test_a_device_with_an_impossible_name_is_no_device(client: Client, db: None) -> None:
    client.cookies.load('hue_device="a\\000b"')
    assert client.get("/desk/").status_code == 302
