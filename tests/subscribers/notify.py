"""GOV.UK Notify's stand-in. https://docs.notifications.service.gov.uk/rest-api.html

Requests are held against schemas written from "Send a text message" and "Get message status"; the
refusals are those of its tables of errors.
"""

import base64
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

from tests.channels.stub import Asked, Says, Stub, must_fit

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"live-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
NEUTRAL = "8e222534-7f05-4972-86e3-17c5d9f894e2"

SEND = {
    "type": "object",
    "required": ["phone_number", "template_id"],
    "properties": {
        "phone_number": {"type": "string", "pattern": r"^\+\d{8,15}$"},
        "template_id": {"const": TEMPLATE},
        "personalisation": {
            "type": "object",
            "required": ["message"],
            "properties": {"message": {"type": "string", "minLength": 1, "maxLength": 918}},
            "additionalProperties": False,
        },
        "reference": {"type": "string", "maxLength": 1000},
        "sms_sender_id": {"type": "string", "pattern": "^[0-9a-f-]{36}$"},
    },
    "additionalProperties": False,
}


def refusal(status: int, kind: str, message: str) -> Says:
    return Says(status, {"status_code": status, "errors": [{"error": kind, "message": message}]})


TEAM_ONLY = refusal(
    400, "BadRequestError", "Can’t send to this recipient using a team-only API key"
)
RATE = refusal(
    429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
)
A_DAY = refusal(429, "TooManyRequestsError", "Exceeded send limits (250000) for today")
NO_NUMBER = refusal(400, "ValidationError", "phone_number Not a valid phone number")
WRONG_KEY = refusal(403, "AuthError", "Invalid token: service not found")
BROKEN = refusal(500, "Exception", "Internal server error")


@dataclass
class NotifyStub(Stub):
    mute: bool = False  # does what it is told to send, then says nothing
    forgets: bool = False  # did not take what it did not answer
    routes: list[tuple[str, str, str]] = field(
        default_factory=lambda: [
            ("GET", r"/v2/template/([0-9a-f-]{36})", "template"),
            ("POST", r"/v2/notifications/sms", "take"),
            ("GET", r"/v2/notifications", "listed"),
        ]
    )
    status: dict[str, str] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Says:
        if not _signed(asked.headers.get("authorization", "")):
            return WRONG_KEY
        self.silent = self.mute and asked.method == "POST"
        return super().answer(asked)

    def template(self, asked: Asked, id_: str) -> Says:
        assert id_ == TEMPLATE
        return Says(200, {"id": id_, "type": "sms", "body": "((message))", "version": 1})

    def take(self, asked: Asked) -> Says:
        must_fit(SEND, asked.body)
        id_ = f"740e5834-3a29-46b4-9a6f-{self.new_id():0>12}"
        self.posts[id_] = asked.body
        self.status[id_] = "sending"
        return Says(201, {"id": id_, "reference": asked.body.get("reference")})

    def listed(self, asked: Asked) -> Says:
        assert set(asked.query) <= {"reference", "template_type", "status", "older_than"}
        wanted = asked.query.get("reference")
        found = [
            {"id": id_, "reference": told["reference"], "type": "sms", "status": self.status[id_]}
            for id_, told in self.posts.items()
            if not self.forgets and wanted in {None, told["reference"]}
        ]
        return Says(200, {"notifications": found, "links": {}})

    def texts(self, number: str) -> list[str]:
        told = self.posts.values()
        return [t["personalisation"]["message"] for t in told if t["phone_number"] == number]


def _signed(header: str) -> bool:
    """A token as Notify reads it: HS256, by the secret, made within the last 30 seconds."""
    head, told, signature = header.removeprefix("Bearer ").split(".")
    right = hmac.digest(SECRET.encode(), f"{head}.{told}".encode(), "sha256")
    claims = json.loads(_bytes(told))
    fresh = abs(claims["iat"] - time.time()) < 30
    return (
        json.loads(_bytes(head)) == {"typ": "JWT", "alg": "HS256"}
        and claims["iss"] == SERVICE
        and fresh
        and hmac.compare_digest(_bytes(signature), right)
    )


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def secrets_of(**also: Any) -> dict[str, str]:
    return {"key": KEY, "template": TEMPLATE, "neutral": NEUTRAL, **also}
