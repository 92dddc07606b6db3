"""E-mail through a mail server, over a connection that is kept, or through a company.

RFC 5321, 2369, 8058.

Nobody can be asked whether a letter arrived: what broke off after it was handed over is unsure.
"""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.header import Header
from email.utils import formataddr, formatdate, parseaddr
from itertools import zip_longest
from typing import ClassVar
from urllib.parse import urlsplit

from hue.channels.calling import Trouble, signed_out
from hue.channels.connector import Can
from hue.channels.counting import characters
from hue.channels.letter import LEAVE, OWN, Hands, Letter, ListConnector, Reader
from hue.channels.message import Door, Fact
from hue.channels.posted import Posted

SECONDS = 20.0
TO, KEY, DATE = "%%to%%", "%%key%%", "%%date%%"
_NOBODY = {550, 551, 553}
Parcel = tuple[Letter, Reader]
MADE = 100  # letters that are kept prepared
_LONGEST = 900  # bytes of a line: mail servers take 998


class Email(ListConnector):
    slug: ClassVar = "email"
    via: ClassVar = "email"
    codes: ClassVar = False
    name: ClassVar = "E-mail"
    home: ClassVar = ""
    schemes: ClassVar = frozenset({"smtp", "smtps", "https"})  # https: a company's interface
    secrets: ClassVar[dict[str, str]] = {
        "sender": "Sender, such as Test Police <watch@police.example>",
        "neutral": "Sender that does not name the police, for people who are not safe",
        "user": "Name at the mail server",
        "password": "Password at the mail server, or the company's key",
    }
    optional: ClassVar = frozenset({"user", "password"})
    can: ClassVar = Can(length=100_000, counts=characters, delete=False, readers=True, proved=True)

    def who(self, door: Door) -> Fact:
        for name in ("sender", "neutral"):
            if "@" not in parseaddr(door.secrets[name])[1]:
                raise Trouble(f"The {name} needs an address, such as watch@police.example.")
        with self.open(door):
            return Fact(parseaddr(door.secrets["sender"])[1])

    @contextmanager
    def open(self, door: Door) -> Iterator["Smtp | Posted"]:
        if door.address.startswith("https://"):
            posted = Posted(door)
            try:
                yield posted
            finally:
                posted.close()
            return
        smtp = Smtp(door)
        try:
            smtp.connect()
            yield smtp
        finally:
            smtp.close()


class Smtp(Hands):
    """One connection; letters are prepared once."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._line: smtplib.SMTP | None = None
        self._made: dict[Letter, tuple[bytes, str]] = {}
        self._asked: Reader | None = None  # for whom the next answers are

    def connect(self) -> None:
        parts, secrets = urlsplit(self._door.address), self._door.secrets
        host = parts.hostname or ""
        sure = ssl.create_default_context()
        line: smtplib.SMTP | None = None
        try:
            # The mail server mostly stands inside the force's own network, where lib/fetch goes to
            # nobody: two people name it, never a visitor.
            if parts.scheme == "smtps":
                line = smtplib.SMTP_SSL(host, parts.port or 0, timeout=SECONDS, context=sure)
            else:
                line = smtplib.SMTP(host, parts.port or 0, timeout=SECONDS)
            line.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and line.has_extn("starttls"):
                line.starttls(context=sure)
                line.ehlo_or_helo_if_needed()
            if secrets.get("user"):
                _must_be_safe(line, host)
                line.login(secrets["user"], secrets.get("password", ""))
        except smtplib.SMTPAuthenticationError:
            assert line is not None
            line.close()
            raise signed_out("The mail server") from None
        except (OSError, smtplib.SMTPException):
            if line is not None:
                line.close()
            raise Trouble(f"{host} does not answer as a mail server.") from None
        self._line = line

    def close(self) -> None:
        if self._line is not None:
            if self._asked is None:  # else it waits for a letter, and a word is taken for one
                with suppress(OSError, smtplib.SMTPException):
                    self._line.quit()
            self._line.close()
        self._line, self._asked = None, None

    def hand(self, letter: Letter, reader: Reader) -> str:
        [answer] = self.hand_all([(letter, reader)])
        if isinstance(answer, Trouble):
            raise answer
        return answer

    def hand_all(self, parcels: Sequence[Parcel]) -> Iterator[str | Trouble]:
        for parcel, after in zip_longest(parcels, parcels[1:]):
            try:
                yield self._handed(parcel, after)
            except Trouble as trouble:
                yield trouble

    def _handed(self, parcel: Parcel, after: Parcel | None) -> str:
        if self._line is None:
            self.connect()
        self._door.line.calls += 1
        try:
            self._envelope(parcel)
        except (OSError, smtplib.SMTPException):
            self.close()
            raise Trouble("The mail server broke off.") from None
        try:
            self._content(self._filled(*parcel), after)
        except (OSError, smtplib.SMTPException):
            self.close()
            says = "The mail server broke off after a letter was handed over."
            raise Trouble(says, unsure=True) from None
        return parcel[1].key

    def _envelope(self, parcel: Parcel) -> None:
        """Asked in one go: each answer that is waited for alone costs as much as the letter."""
        line, asked = self._line, self._questions(parcel)
        assert line is not None
        if line.has_extn("pipelining"):
            if self._asked is not parcel[1]:
                line.send("".join(asked))
            codes = [line.getreply()[0] for _ in asked]
        else:
            codes = []
            for one in asked:
                line.send(one)
                codes.append(line.getreply()[0])
                if codes[-1] >= 400:
                    break
        self._asked = None
        if codes[-1] == 354 and max(codes) >= 400:
            line.send(".\r\n")  # it would take a letter to nobody: an empty one, which it refuses
            line.getreply()
        if max(codes) >= 400:
            line.rset()
            raise _refusal(codes)

    def _questions(self, parcel: Parcel) -> list[str]:
        letter, reader = parcel
        sender = self._letter(letter)[1]
        asked = (f"MAIL FROM:<{sender}> BODY=8BITMIME", f"RCPT TO:<{reader.to}>", "DATA")
        return [f"{line}\r\n" for line in asked]

    def _content(self, content: bytes, after: Parcel | None) -> None:
        """With the question whether the next is taken: one turn of the line a letter, and never
        more than one letter in doubt. RFC 2920, 3.1."""
        line = self._line
        assert line is not None
        if after is not None and line.has_extn("pipelining"):
            self._asked = after[1]
            content += "".join(self._questions(after)).encode()
        line.send(content)
        code, _ = line.getreply()
        if code >= 400:
            final = code >= 500
            says = f"The mail server does not take the letter ({code})."
            raise Trouble(says, final=final)

    def _filled(self, letter: Letter, reader: Reader) -> bytes:
        content, _ = self._letter(letter)
        for mark, value in (
            (OWN, reader.own),
            (LEAVE, reader.leave),
            (TO, reader.to),
            (KEY, reader.key),
        ):
            content = content.replace(mark.encode(), value.encode())
        return content

    def _letter(self, letter: Letter) -> tuple[bytes, str]:
        if letter not in self._made:
            if len(self._made) > MADE:
                self._made.clear()
            self._made[letter] = self._prepared(letter)
        return self._made[letter]

    def _prepared(self, letter: Letter) -> tuple[bytes, str]:
        """All but what differs between readers, with dots as RFC 5321 wants them."""
        secrets = self._door.secrets
        name, sender = parseaddr(secrets["neutral" if letter.neutral else "sender"])
        host = sender.partition("@")[2]
        head = [
            f"From: {formataddr((name, sender))}",
            f"To: {TO}",
            f"Subject: {Header(letter.subject, 'utf-8').encode()}",
            f"Date: {formatdate()}",
            f"Message-ID: <{KEY}@{host}>",
            "Auto-Submitted: auto-generated",
            *(() if letter.asks else _to_leave()),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        lines = [piece for line in letter.text.split("\n") for piece in _broken(line)]
        dotted = [f".{line}" if line.startswith(".") else line for line in lines]
        return "\r\n".join([*head, "", *dotted, ".", ""]).encode(), sender


def _must_be_safe(line: smtplib.SMTP, host: str) -> None:
    if not isinstance(line.sock, ssl.SSLSocket) and host not in {"localhost", "127.0.0.1", "::1"}:
        says = "The mail server offers no encryption: a password does not go there. Use smtps://."
        raise Trouble(says, final=True)


def _to_leave() -> tuple[str, str]:
    return f"List-Unsubscribe: <{LEAVE}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def _broken(line: str) -> Iterator[str]:
    """At a space where there is one."""
    while len(line.encode()) > _LONGEST:
        head = line.encode()[:_LONGEST].decode(errors="ignore")
        end = head.rfind(" ") if " " in head else len(head)
        yield line[:end]
        line = line[end:].lstrip()
    yield line


def _refusal(codes: list[int]) -> Trouble:
    """Without the server's own words: they hold the address."""
    worst = codes[1] if len(codes) > 1 and codes[1] >= 400 else max(codes)
    if worst in _NOBODY:
        return Trouble("There is nobody at that address.", final=True, gone=True)
    if worst == 421 or worst < 500:
        return Trouble(f"The mail server takes no more for now ({worst}).", again=60.0)
    return Trouble(f"The mail server refuses it ({worst}).", final=True)
