"""A network that lets software in: OAuth 2 as RFC 6749 has it, with the proof of RFC 7636."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.channels.stub import Asked, Says

APP = {"client_id": "our-app-id", "client_secret": "our-app-secret"}
BACK = "http://127.0.0.1:8000/desk/channels/back/"


class Issuer:
    """Beside a stand-in; `keys` are those that open it now."""

    def __init__(self, *, seconds: int | None = None, refreshes: bool = False) -> None:
        self.seconds, self.refreshes = seconds, refreshes
        self.keys: list[str] = []
        self.refresh = ""
        self.asked: dict[str, str] = {}
        self.dead = False  # whoever renews is refused

    def say_yes(self, address: str) -> dict[str, str]:
        """Somebody follows the link and agrees: what stands in the address they come back to."""
        told = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert told["response_type"] == "code"
        assert told["client_id"] == APP["client_id"]
        assert told["redirect_uri"] == BACK
        assert told["code_challenge_method"] == "S256"
        assert len(told["state"]) >= 32
        self.asked = told
        return {"code": "the-code", "state": told["state"]}

    def token(self, asked: Asked) -> Says:
        """https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.3"""
        body: dict[str, Any] = asked.body
        pair = base64.b64encode(f"{APP['client_id']}:{APP['client_secret']}".encode()).decode()
        by_header = asked.headers.get("authorization") == f"Basic {pair}"
        assert by_header or body["client_secret"] == APP["client_secret"]
        if body["grant_type"] == "refresh_token":
            if self.dead or body["refresh_token"] != self.refresh:
                return Says(400, {"error": "invalid_grant"})
            return self.give()
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if proof != self.asked["code_challenge"] or body["code"] != "the-code":
            return Says(400, {"error": "invalid_grant"})
        assert body["redirect_uri"] == BACK
        self.asked = {"code_challenge": "used"}
        return self.give()

    def give(self) -> Says:
        """Each refresh token works once."""
        number = len(self.keys) + 1
        self.keys.append(f"issued-key-{number}")
        told: dict[str, Any] = {"access_token": self.keys[-1], "token_type": "Bearer"}
        if self.refreshes:
            self.refresh = f"refresh-{number}"
            told["refresh_token"] = self.refresh
        if self.seconds is not None:
            told["expires_in"] = self.seconds
        return Says(200, told)
