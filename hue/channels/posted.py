"""E-mail through a company's interface instead of a mail server, by anymail."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from hue.channels.calling import SECONDS, Trouble, signed_out
from hue.channels.letter import LEAVE, Hands, Letter, Reader, filled
from hue.channels.message import Door


class Company(NamedTuple):
    backend: str  # of anymail
    key: str  # what it calls the key


SCHEME = "https"
# Only these: whoever connects an account must not lead anymail, which knows nothing of lib/fetch,
# to an address of their own.
COMPANIES = {
    "api.postmarkapp.com": Company("postmark", "server_token"),
    "api.sendgrid.com": Company("sendgrid", "api_key"),
    "api.brevo.com": Company("brevo", "api_key"),
    "api.resend.com": Company("resend", "api_key"),
    "api.mailersend.com": Company("mailersend", "api_token"),
    "api.sparkpost.com": Company("sparkpost", "api_key"),
}


class Posted(Hands):
    """Letters handed to a company."""

    def __init__(self, door: Door) -> None:
        from django.core.mail import get_connection

        parts = urlsplit(door.address)
        company = COMPANIES.get(parts.hostname or "")
        if company is None or parts.scheme != SCHEME:
            known = ", ".join(f"https://{host}" for host in COMPANIES)
            raise Trouble(f"Write the address of a mail server, or one of: {known}.", final=True)
        self._door = door
        told: dict[str, Any] = {company.key: door.secrets["password"], "requests_timeout": SECONDS}
        if parts.path.strip("/"):
            told["api_url"] = door.address
        backend = f"anymail.backends.{company.backend}.EmailBackend"
        self._line: Any = get_connection(backend, **told)

    def hand(self, letter: Letter, reader: Reader) -> str:
        from anymail.exceptions import AnymailError

        self._door.line.calls += 1
        try:
            self._line.send_messages([_message(self._door, letter, reader)])
        # Without what it says: the address stands in it.
        except AnymailError as error:
            raise _trouble(error) from None
        return reader.key

    def close(self) -> None:
        self._line.close()


def _message(door: Door, letter: Letter, reader: Reader) -> Any:
    from django.core.mail import EmailMessage

    headers = {"Auto-Submitted": "auto-generated"}
    if not letter.asks:
        headers["List-Unsubscribe"] = f"<{filled(LEAVE, reader)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    sender = door.secrets["neutral" if letter.neutral else "sender"]
    text = filled(letter.text, reader)
    return EmailMessage(letter.subject, text, sender, [reader.to], headers=headers)


def _trouble(error: Exception) -> Trouble:
    from anymail.exceptions import AnymailRecipientsRefused

    status = getattr(error, "status_code", None)
    if isinstance(error, AnymailRecipientsRefused):
        return Trouble("There is nobody at that address.", final=True, gone=True)
    if status in {401, 403}:
        return signed_out("The company that sends e-mail")
    if status == 429:
        return Trouble("The company that sends e-mail takes no more for now.", again=60.0)
    if status is None or status >= 500:
        return Trouble("The company that sends e-mail did not answer.", unsure=status != 503)
    return Trouble(f"The company that sends e-mail refuses it ({status}).", final=True)
