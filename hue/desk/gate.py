"""Who may listen to which stream: whoever may open the desk, and nobody else."""

from collections.abc import Mapping
from typing import NamedTuple

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from hue.people import phones
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.people.signin import lacks_second_factor
from hue.streams.tell import PUBLIC


class Listener(NamedTuple):
    """Whether, and as whom: a stream with an owner ends when their sessions do."""

    allowed: bool
    owner: int | None


async def listener(cookies: Mapping[str, str], topic: str) -> Listener:
    """Public topics: anybody. The desk's, and an officer's own: with a session."""
    if topic.startswith(PUBLIC):
        return Listener(True, None)
    return await _staff(cookies, topic)


@sync_to_async
def _staff(cookies: Mapping[str, str], topic: str) -> Listener:
    session = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    officer = _officer_of(session)
    if officer is None or not officer.may(Permission.SEE_DESK):
        return Listener(False, None)
    if lacks_second_factor(officer, session) or _given_up(officer, cookies):
        return Listener(False, None)
    own = {"desk", f"officer/{officer.pk}", *(f"listening/{role}" for role in officer.roles)}
    return Listener(topic in own, officer.pk)


def _given_up(officer: Officer, cookies: Mapping[str, str]) -> bool:
    """Their phone, which its owner gave up: the session on it may be in other hands."""
    phone = phones.to_be_wiped(cookies.get(phones.COOKIE, ""))
    return phone is not None and phone.officer == officer


def _officer_of(session: SessionStore) -> Officer | None:
    """Whose session it is; nobody's once the officer's epoch or password changed."""
    if BACKEND_SESSION_KEY not in session:
        return None
    officer = Officer.objects.filter(pk=session[SESSION_KEY]).first()
    if officer is None:
        return None
    same = constant_time_compare(session[HASH_SESSION_KEY], officer.get_session_auth_hash())
    return officer if same else None
