"""Where somebody is reached: brought into one form, sealed, and known again by a keyed hash."""

import base64
import json
import re
from binascii import Error
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hue.lib import sealing
from hue.people.access import Refused

_MOBILE = re.compile(r"(?:\+44|0044|0)(7\d{9})")
_FOREIGN = re.compile(r"\+[1-9]\d{7,14}")
SECURE = "https"
_P256, _SECRET = 65, 16  # bytes


def in_one_form(via: str, said: str) -> str:
    """Raises Refused with what to write instead."""
    return _FORMS[via](said.strip())


def known_by(via: str, address: str) -> str:
    """The same for the same address, and of no use to whoever has the database alone."""
    lasting = json.loads(address)["endpoint"] if via == "webpush" else address.lower()
    return sealing.keyed(f"{via} {lasting}", purpose="subscriber")


def shown(via: str, address: str) -> str:
    """Enough of it for its owner, too little for anybody else."""
    if via == "email":
        name, _, host = address.partition("@")
        return f"{name[:1]}…@{host}"
    return f"…{address[-3:]}" if via == "sms" else "this device"


def _email(said: str) -> str:
    try:
        validate_email(said)
    except ValidationError as error:
        raise Refused("Write the whole e-mail address, such as name@example.com.") from error
    if len(said) > 254 or not said.isascii():
        raise Refused("Write the e-mail address in plain letters, such as name@example.com.")
    name, _, host = said.rpartition("@")
    return f"{name}@{host.lower()}"


def _phone(said: str) -> str:
    digits = re.sub(r"[\s().-]", "", said)
    if found := _MOBILE.fullmatch(digits):
        return f"+44{found[1]}"
    if _FOREIGN.fullmatch(digits) and not digits.startswith("+44"):
        return digits
    raise Refused("Write a mobile number, such as 07700 900123.")


def _push(said: str) -> str:
    """What a browser gives for itself: where, and two keys of its own."""
    try:
        told: Any = json.loads(said)
        where, keys = str(told["endpoint"]), told["keys"]
        sizes = (len(_bytes(keys["p256dh"])), len(_bytes(keys["auth"])))
    except (ValueError, LookupError, TypeError, Error) as error:
        raise Refused("This browser gave no address for messages: choose e-mail.") from error
    if sizes != (_P256, _SECRET) or not where.startswith(f"{SECURE}://") or len(where) > 1000:
        raise Refused("This browser gave no address for messages: choose e-mail.")
    kept = {"p256dh": str(keys["p256dh"]), "auth": str(keys["auth"])}
    return json.dumps({"endpoint": where, "keys": kept}, sort_keys=True)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_FORMS = {"email": _email, "sms": _phone, "webpush": _push}
