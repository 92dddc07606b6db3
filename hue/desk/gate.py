"""Who may listen to which stream."""

from typing import NamedTuple

from asgiref.sync import sync_to_async
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from hue.people.models import Officer
from hue.people.roles import Permission
from hue.streams.tell import PUBLIC


class Listener(NamedTuple):
    """Whether, and as whom: a stream with an owner ends when their sessions do."""

    allowed: bool
    owner: int | None


async def listener(session_key: str | None, topic: str) -> Listener:
    """Public topics: anybody. The desk's, and an officer's own: with a session."""
    if topic.startswith(PUBLIC):
        return Listener(True, None)
    return await _staff(session_key, topic)


@sync_to_async
def _staff(session_key: str | None, topic: str) -> Listener:
    officer = officer_of(session_key)
    if officer is None or not officer.may(Permission.SEE_DESK):
        return Listener(False, None)
    return Listener(topic in {"desk", f"officer/{officer.pk}"}, officer.pk)


def officer_of(session_key: str | None) -> Officer | None:
    """Whose session it is; nobody's once the officer's epoch or password changed."""
    session = SessionStore(session_key)
    if BACKEND_SESSION_KEY not in session:
        return None
    officer = Officer.objects.filter(pk=session[SESSION_KEY]).first()
    if officer is None:
        return None
    same = constant_time_compare(session[HASH_SESSION_KEY], officer.get_session_auth_hash())
    return officer if same else None
