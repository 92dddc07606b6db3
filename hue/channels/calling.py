"""Calls to a network: bounded; its answers as JSON, its refusals as trouble in words."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from hue.lib import clock
from hue.lib.fetch import Answer, FetchFailed, NoAnswer, send

LARGEST, SECONDS = 1_000_000, 10.0
SOON = 60.0  # seconds until a network that says no more is asked again
_QUOTA = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
_RESET = ("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")


class Trouble(Exception):
    """It did not work; the message says what to do. What a network says itself is never trusted
    with more than some words of it."""

    def __init__(
        self,
        says: str,
        *,
        final: bool = False,
        unsure: bool = False,
        gone: bool = False,
        again: float = 0.0,
    ) -> None:
        super().__init__(says)
        self.final, self.unsure, self.gone = final, unsure, gone
        self.again = again  # in so many seconds, said by the network
        self.signed_out = False
        self.there: tuple[str, ...] = ()  # parts that arrived before


class Quota(NamedTuple):
    left: int
    resets: float  # in so many seconds


# What a network's refusal means, where its status alone does not say it.
Reading = Callable[[int, Any], Trouble | None]


class Line:
    """To one network, for one attempt. Nothing that it raises or remembers holds a secret."""

    def __init__(self, name: str, reads: Reading) -> None:
        self.name, self._reads = name, reads
        self.quota: Quota | None = None
        self.calls = 0

    def call(
        self,
        method: str,
        url: str,
        *,
        json_: Any = None,
        form: Mapping[str, Any] | None = None,
        body: bytes = b"",
        plain: bool = False,
        **headers: str,
    ) -> Any:
        """The answer's JSON, or its words. Header names with _ for -. Raises Trouble."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if json_ is not None:
            body, told["Content-Type"] = json.dumps(json_).encode(), "application/json"
        elif form is not None:
            body = urlencode(form, doseq=True).encode()
            told["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, url, body, told)
        said = self._read(method, answer)
        return answer.body.decode() if plain else said

    def _answer(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.calls += 1
        host = urlsplit(url).hostname or "the address"
        try:
            return send(method, url, body=body, headers=headers, largest=LARGEST, seconds=SECONDS)
        # Without what they say: the address may hold a key.
        except NoAnswer:
            unsure = method != "GET"
            raise Trouble(f"{host} did not answer in time.", unsure=unsure) from None
        except FetchFailed:
            raise Trouble(f"{host} cannot be reached.") from None

    def _read(self, method: str, answer: Answer) -> Any:
        said = _json(answer.body)
        self.quota = _quota(answer.headers) or self.quota
        if answer.status < 300:
            return said
        trouble = self._reads(answer.status, said) or self._by_status(method, answer)
        if answer.status == 429 or trouble.again:
            trouble.again = trouble.again or _seconds(answer.headers) or SOON
        raise trouble

    def _by_status(self, method: str, answer: Answer) -> Trouble:
        status, name = answer.status, self.name
        if status == 401:
            return signed_out(name)
        if status in {404, 410}:
            return Trouble(f"{name}: there is nothing at that address.", final=True, gone=True)
        if status == 429:
            return Trouble(f"{name} takes no more for now.", again=_seconds(answer.headers) or SOON)
        if status >= 500:
            # “Unavailable” was not looked at; any other fault may have come after the deed.
            unsure = method != "GET" and status != 503
            return Trouble(f"{name} has trouble of its own ({status}).", unsure=unsure)
        if status < 400:
            return Trouble(f"{name} has moved: connect it under its new address.", final=True)
        return Trouble(f"{name} refuses it ({status}): {words(_json(answer.body))}", final=True)


@contextmanager
def arrived(there: Sequence[str]) -> Iterator[None]:
    """Trouble in the middle of a thread: it remembers the parts that are there."""
    try:
        yield
    except Trouble as trouble:
        trouble.there = tuple(there)
        raise


@contextmanager
def gone_is_as_good() -> Iterator[None]:
    """Around a withdrawal: somebody else was faster."""
    try:
        yield
    except Trouble as trouble:
        if not trouble.gone:
            raise


@contextmanager
def understood(name: str) -> Iterator[None]:
    """Around all that reads a network's answers: one in a shape of its own is trouble too."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError):
        # Without what it says: it may repeat what was sent.
        says = f"{name} answered in a way that this software does not know."
        raise Trouble(says, unsure=True) from None


def multipart(fields: Mapping[str, str], name: str, picture: bytes) -> tuple[bytes, str]:
    """A form with one JPEG, and its content type."""
    edge = secrets.token_hex(16)
    told = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="picture.jpg"'
    file = f"{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + picture
    body = b"".join([*told, file, f"\r\n--{edge}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={edge}"


def signed_out(name: str) -> Trouble:
    trouble = Trouble(f"{name} has signed us out: reconnect the account.", final=True)
    trouble.signed_out = True
    return trouble


def words(said: Any) -> str:
    """Some words out of a network's JSON error, whatever its shape."""
    for name in ("error_description", "message", "detail", "description", "title", "error"):
        found = said.get(name) if isinstance(said, dict) else None
        if isinstance(found, str) and found:
            return found[:200]
        if isinstance(found, dict):
            return words(found)
    return "it does not say why."


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return {}


def _quota(headers: Mapping[str, str]) -> Quota | None:
    left = next((headers[name] for name in _QUOTA if name in headers), "")
    return Quota(int(left), _seconds(headers)) if left.isdecimal() else None


def _seconds(headers: Mapping[str, str]) -> float:
    """Until the network takes more: it says seconds, a time in epoch seconds, or one in words."""
    said = next((headers[name] for name in _RESET if name in headers), "").strip()
    if said.isdecimal():
        number = float(said)
        return max(0.0, number - clock.real_now().timestamp()) if number > 10**9 else number
    try:
        return max(0.0, (datetime.fromisoformat(said) - clock.real_now()).total_seconds())
    except (ValueError, TypeError):
        return 0.0
