"""E-mail through a company: anymail's own client, before a stand-in of Postmark.

https://postmarkapp.com/developer/api/email-api and …/overview#error-codes
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hue.channels import posted
from hue.channels.calling import Line, Trouble
from hue.channels.letter import LEAVE, OWN, Letter, Reader
from hue.channels.message import Door
from hue.channels.networks.email import Email
from tests.channels.stub import Asked, Says, Stub, must_fit, serving

TOKEN = "6f2f8a0e-token"
SEND = {
    "type": "object",
    "required": ["From", "To", "Subject", "TextBody"],
    "properties": {
        "From": {"type": "string"},
        "To": {"type": "string"},
        "Subject": {"type": "string"},
        "TextBody": {"type": "string"},
        "Headers": {
            "type": "array",
            "items": {"type": "object", "required": ["Name", "Value"]},
        },
    },
    "additionalProperties": False,
}
INACTIVE = (
    "You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: "
    "jo@home.example. Inactive recipients are ones that have generated a hard bounce, a spam "
    "complaint, or a manual suppression."
)
READER = Reader("jo@home.example", "https://x/own/", "https://x/leave/", "1.1.abc")
LETTER = Letter("k", "Kings Heath: Puppy", f"Puppy.\n{OWN}\n{LEAVE}", "Puppy.", "https://x/")


@dataclass
class Postmark(Stub):
    routes: list[tuple[str, str, str]] = field(
        default_factory=lambda: [("POST", "/api/email", "take")]
    )

    def take(self, asked: Asked) -> Says:
        assert asked.headers["x-postmark-server-token"] == TOKEN
        must_fit(SEND, asked.body)
        self.posts[self.new_id()] = asked.body
        return Says(
            200, {"To": asked.body["To"], "MessageID": "m", "ErrorCode": 0, "Message": "OK"}
        )


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postmark]:
    company = posted.COMPANIES["api.postmarkapp.com"]
    with serving(Postmark()) as stub:
        assert isinstance(stub, Postmark)
        monkeypatch.setattr(posted, "SCHEME", "http")
        monkeypatch.setitem(posted.COMPANIES, "127.0.0.1", company)
        yield stub


def hand(address: str) -> str:
    secrets = {"sender": "Test <watch@test.example>", "neutral": "x@y.example", "password": TOKEN}
    door = Door(address, "", Line("E-mail", lambda status, said: None), secrets)
    line = posted.Posted(door)
    try:
        return line.hand(LETTER, READER)
    finally:
        line.close()


def test_a_letter_is_handed_over_with_its_one_tap(stub: Postmark) -> None:
    assert hand(f"{stub.url}/api/") == READER.key
    [told] = stub.posts.values()
    assert told["To"] == READER.to
    assert READER.own in told["TextBody"]
    headers = {one["Name"]: one["Value"] for one in told["Headers"]}
    assert headers["List-Unsubscribe"] == "<https://x/leave/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("says", "is_"),
    [
        (Says(401, {"ErrorCode": 10, "Message": "Bad or missing Server API token."}), "signed_out"),
        (Says(422, {"ErrorCode": 300, "Message": "Invalid 'From' address."}), "final"),
        (Says(429, {"ErrorCode": 429, "Message": "Rate limit exceeded"}), "again"),
        (Says(500, {"ErrorCode": 500, "Message": "Internal server error"}), "unsure"),
        (Says(422, {"ErrorCode": 406, "Message": INACTIVE}), "gone"),
    ],
)
def test_a_refusal_is_read_for_what_it_is(stub: Postmark, says: Says, is_: str) -> None:
    stub.next.append(says)
    with pytest.raises(Trouble) as caught:
        hand(f"{stub.url}/api/")
    assert getattr(caught.value, is_)
    assert READER.to not in str(caught.value)


def test_a_time_out_after_it_was_handed_over_is_unsure(stub: Postmark) -> None:
    stub.silent = True
    with pytest.raises(Trouble) as caught:
        hand(f"{stub.url}/api/")
    assert caught.value.unsure
    assert len(stub.posts) == 1


def test_no_address_of_somebody_elses_choice_is_asked() -> None:
    with pytest.raises(Trouble, match=r"one of: https://api\.postmarkapp\.com"):
        hand("https://169.254.169.254/latest/")
    assert "https" in Email.schemes
