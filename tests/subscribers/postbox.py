"""A real mail server on this machine, which keeps what it is sent; and letters read back."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "smtp-password-42"


@dataclass
class Postbox:
    """`answers` come first, once each, to a letter that was handed over."""

    got: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    nobody: set[str] = field(default_factory=set)  # addresses that it does not know
    on_letter: Callable[[int], None] | None = None
    breaks_off: bool = False  # takes the letter, then says nothing any more
    pipelines: bool = True  # takes questions together, RFC 2920
    address: str = ""
    lines: list[Any] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, told: list[str]
    ) -> list[str]:
        session.host_name = name
        return [*told[:-1], "250-PIPELINING", told[-1]] if self.pipelines else told

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.nobody:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        self.lines.append(server.transport)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(letter, EmailMessage)
        self.got.append((envelope.rcpt_tos[0], letter))
        if self.on_letter:
            self.on_letter(len(self.got))
        if self.breaks_off:
            assert server.transport is not None
            server.transport.close()
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.got if to == address]


@contextmanager
def postbox(box: Postbox | None = None) -> Iterator[Postbox]:
    box = box or Postbox()

    def known(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = data.login.decode() == USER and data.password.decode() == PASSWORD
        return AuthResult(success=right)

    with socket.create_server(("127.0.0.1", 0)) as asked:
        free = asked.getsockname()[1]
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free,
        authenticator=known,
        auth_require_tls=False,
    )
    controller.start()
    box.address = f"smtp://127.0.0.1:{free}"
    try:
        yield box
    finally:
        for line in box.lines:
            controller.loop.call_soon_threadsafe(line.close)
        time.sleep(0.05)  # a socket is closed a turn of the loop later
        controller.stop()


def link_in(letter: EmailMessage, kind: str) -> str:
    """Its path, as a browser asks for it."""
    found = re.search(rf"https?://[^/]+(/my-watch/{kind}/[a-z0-9-]+/)", letter.get_content())
    assert found, letter.get_content()
    return found[1]
