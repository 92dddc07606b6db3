"""X as https://docs.x.com/x-api describes it, its signatures checked by a library of others."""

import re
from typing import Any
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature

from tests.channels.issuer import Issuer
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
        # https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
        self.issuer = Issuer(seconds=7200, refreshes=True)
        super().__init__(
            routes=[
                ("GET", "/2/users/me", "me"),
                ("POST", "/2/oauth2/token", "token"),
                ("POST", "/2/tweets", "create"),
                ("GET", "/2/tweets", "looked_up"),
                ("GET", "/2/tweets/search/recent", "found"),
                ("DELETE", "/2/tweets/([0-9]+)", "delete"),
                ("POST", "/2/media/upload", "media"),
                ("POST", "/2/media/metadata", "metadata"),
            ]
        )

    def answer(self, asked: Asked) -> Says:
        head = asked.headers.get("authorization", "")
        by_key = head in [f"Bearer {key}" for key in self.issuer.keys]
        if not (by_key or self._signed(asked) or asked.path == "/2/oauth2/token"):
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
            signature.normalize_parameters([*told.items(), *asked.query.items()]),
        )
        key = f"{KEYS['consumer_secret']}&{KEYS['token_secret']}"
        return bool(given == hmac_of(base, key))

    def token(self, asked: Asked) -> Says:
        assert "client_secret" not in asked.body
        return self.issuer.token(asked)

    def me(self, asked: Asked) -> Says:
        told = {"id": "1", "name": "Test", "username": "testpolice"}
        if "user.fields" in asked.query:
            told |= {"public_metrics": {"followers_count": 41}}  # type: ignore[dict-item]
        return Says(200, {"data": told})

    def looked_up(self, asked: Asked) -> Says:
        """https://docs.x.com/x-api/posts/get-posts-by-ids"""
        ids = asked.query["ids"].split(",")
        assert len(ids) <= 100
        here = {*self.posts, *(one.id for one in self.below)}
        counts = {"like_count": 3, "retweet_count": 2, "quote_count": 0, "impression_count": 80}
        metrics = {"public_metrics": {**counts, "reply_count": len(self.below)}}
        return Says(200, {"data": [{"id": one, **metrics} for one in ids if one in here]})

    def found(self, asked: Asked) -> Says:
        """https://docs.x.com/x-api/posts/search-recent-posts"""
        assert asked.query["query"] == "to:testpolice is:reply"
        since = int(asked.query.get("since_id", 0))
        if since == 1:
            fault = {"parameters": {"since_id": ["1"]}, "message": "'since_id' is too long ago"}
            return Says(400, {"errors": [fault], "title": "Invalid Request"})
        new = [one for one in self.below if int(one.id) > since and one.who != "testpolice"]
        told = [
            {
                "id": one.id,
                "text": one.words,
                "author_id": "7",
                "conversation_id": one.post,
                "created_at": "2026-07-09T10:59:00.000Z",
            }
            for one in new
        ]
        meta = {"result_count": len(told), **({"newest_id": told[-1]["id"]} if told else {})}
        users = {"users": [{"id": "7", "username": "resident"}]}
        return Says(
            200, {"data": told, "includes": users, "meta": meta} if told else {"meta": meta}
        )

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


def hmac_of(base: str, key: str) -> str:
    import base64
    import hashlib
    import hmac

    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
