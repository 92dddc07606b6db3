"""Which phone is whose: known by a cookie, so that a suspended officer's queue can be wiped."""

import re
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hue.people import actions
from hue.people.models import Officer, Phone

COOKIE = "hue_device"
_OURS = re.compile("[0-9a-f]{32}")
A_YEAR = 365 * 24 * 3600


def device_of(request: HttpRequest) -> str:
    """The device's own name; a new one for a device that we have not seen."""
    known: dict[str, Any] = request.META
    told = request.COOKIES.get(COOKIE, "")
    return told if _OURS.fullmatch(told) else known.setdefault("hue.device", uuid.uuid4().hex)


def meet(request: HttpRequest, officer: Officer, *, at: datetime) -> None:
    """This officer uses this device now."""
    actions.register_phone(by=officer, at=at, phone=device_of(request))


def keep_cookie(request: HttpRequest, answer: HttpResponse) -> None:
    answer.set_cookie(
        COOKIE,
        device_of(request),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def to_be_wiped(device: str) -> Phone | None:
    """The phone of that name, if it may keep nothing any more."""
    if not _OURS.fullmatch(device):
        return None
    phone = Phone.objects.filter(pk=device).select_related("officer").first()
    if phone is None or (phone.wiped_at is None and phone.officer.is_active):
        return None
    return phone
