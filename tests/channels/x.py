"""X as https://docs.x.com/x-api describes it, its signatures checked by a library of others."""

import re
from typing import Any
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature

from tests.channels.stub import Asked, Says, Stub, must_fit

KEYS = {
    "consumer_key": "x-consumer-key",
    "consumer_secret": "x-consumer-secret",
    "token": "x-token",
    "token_secret": "x-token-secret",
}
# https://docs.x.com/x-api/posts/create-post
TWEET: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "reply": {
            "type": "object",
            "required": ["in_reply_to_tweet_id"],
            "properties": {"in_reply_to_tweet_id": {"type": "string", "pattern": "^[0-9]{1,19}$"}},
        },
        "media": {
            "type": "object",
            "required": ["media_ids"],
            "properties": {"media_ids": {"type": "array", "minItems": 1, "maxItems": 4}},
        },
    },
}
NOT_SIGNED_IN = {
    "title": "Unauthorized",
    "type": "about:blank",
    "status": 401,
    "detail": "Unauthorized",
}


class XStub(Stub):
    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/2/users/me", "me"),
                ("POST", "/2/tweets", "create"),
                ("DELETE", "/2/tweets/([0-9]+)", "delete"),
                ("POST", "/2/media/upload", "media"),
                ("POST", "/2/media/metadata", "metadata"),
            ]
        )

    def answer(self, asked: Asked) -> Says:
        if not self._signed(asked):
            self.asked.append(asked)
            return Says(401, NOT_SIGNED_IN)
        return super().answer(asked)

    def _signed(self, asked: Asked) -> bool:
        head = asked.headers.get("authorization", "")
        told = {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', head)}
        given = told.pop("oauth_signature", "")
        if told.get("oauth_token") != KEYS["token"]:
            return False
        base = signature.signature_base_string(
            asked.method,
            signature.base_string_uri(self.url + asked.path),
            signature.normalize_parameters(list(told.items())),
        )
        key = f"{KEYS['consumer_secret']}&{KEYS['token_secret']}"
        return bool(given == _hmac(base, key))

    def me(self, asked: Asked) -> Says:
        return Says(200, {"data": {"id": "1", "name": "Test", "username": "testpolice"}})

    def create(self, asked: Asked) -> Says:
        must_fit(TWEET, asked.body)
        if any(one["text"] == asked.body["text"] for one in self.posts.values()):
            detail = "You are not allowed to create a Tweet with duplicate content."
            told = {"detail": detail, "type": "about:blank", "title": "Forbidden", "status": 403}
            return Says(403, told)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, **asked.body}
        return Says(201, {"data": {"id": id_, "text": asked.body["text"]}})

    def delete(self, asked: Asked, id_: str) -> Says:
        return Says(200, {"data": {"deleted": self.posts.pop(id_, None) is not None}})

    def media(self, asked: Asked) -> Says:
        assert asked.body["media"].startswith(b"\xff\xd8")
        return Says(200, {"data": {"id": self.new_id(), "media_key": "3_1"}})

    def metadata(self, asked: Asked) -> Says:
        assert asked.body["metadata"]["alt_text"]["text"]
        return Says(200, {"data": {"id": asked.body["id"]}})


def _hmac(base: str, key: str) -> str:
    import base64
    import hashlib
    import hmac

    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
