"""A Mastodon server as its documentation describes it."""

import html
from typing import Any

from tests.channels.issuer import APP, Issuer
from tests.channels.stub import Asked, Below, Says, Stub, must_fit

TOKEN = "masto-secret-token"
# https://docs.joinmastodon.org/methods/statuses/#create
STATUS: dict[str, Any] = {
    "type": "object",
    "required": ["status"],
    "additionalProperties": False,
    "properties": {
        "status": {"type": "string", "minLength": 1},
        "media_ids": {"type": "array", "items": {"type": "string"}, "maxItems": 4},
        "in_reply_to_id": {"type": ["string", "null"]},
        "sensitive": {"type": "boolean"},
        "spoiler_text": {"type": "string"},
        "visibility": {"enum": ["public", "unlisted", "private", "direct"]},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
    },
}


class MastodonStub(Stub):
    def __init__(self) -> None:
        self.issuer = Issuer()
        super().__init__(
            routes=[
                ("GET", "/api/v1/accounts/verify_credentials", "me"),
                ("GET", "/api/v1/accounts/1/statuses", "statuses"),
                ("POST", "/api/v1/statuses", "create"),
                ("PUT", "/api/v1/statuses/([0-9]+)", "edit"),
                ("DELETE", "/api/v1/statuses/([0-9]+)", "delete"),
                ("POST", "/api/v2/media", "media"),
                ("POST", "/api/v1/apps", "apps"),
                ("POST", "/oauth/token", "token"),
                ("GET", "/api/v1/statuses/([0-9]+)", "one"),
                ("GET", "/api/v1/statuses/([0-9]+)/context", "context"),
            ]
        )
        self.keys: dict[str, str] = {}

    def answer(self, asked: Asked) -> Says:
        opens = [f"Bearer {key}" for key in (TOKEN, *self.issuer.keys)]
        entrance = asked.path in {"/api/v1/apps", "/oauth/token"}
        if asked.headers.get("authorization") not in opens and not entrance:
            # https://docs.joinmastodon.org/entities/Error/
            self.asked.append(asked)
            return Says(401, {"error": "The access token is invalid"})
        return super().answer(asked)

    def me(self, asked: Asked) -> Says:
        return Says(
            200,
            {
                "id": "1",
                "acct": "testpolice",
                "url": f"{self.url}/@testpolice",
                "followers_count": 41,
            },
        )

    def apps(self, asked: Asked) -> Says:
        """https://docs.joinmastodon.org/methods/apps/#create"""
        assert set(asked.body) == {"client_name", "redirect_uris", "scopes", "website"}
        return Says(200, {"id": "1", "name": asked.body["client_name"], **APP})

    def token(self, asked: Asked) -> Says:
        return self.issuer.token(asked)

    def statuses(self, asked: Asked) -> Says:
        return Says(200, list(reversed(self.posts.values())))

    def one(self, asked: Asked, id_: str) -> Says:
        """https://docs.joinmastodon.org/entities/Status/"""
        if id_ not in self.posts:
            return Says(404, {"error": "Record not found"})
        counts = {"favourites_count": 3, "reblogs_count": 2, "replies_count": len(self.below)}
        return Says(200, {**self.posts[id_], **counts, "account": {"id": "1"}})

    def context(self, asked: Asked, id_: str) -> Says:
        told = [self._below(one) for one in self.below_of(id_)]
        private = {**self._below(Below(id_, "9999", "For your eyes.")), "visibility": "direct"}
        return Says(200, {"ancestors": [], "descendants": [*told, private] if told else []})

    def _below(self, one: Below) -> dict[str, Any]:
        own = one.who == "testpolice"
        return {
            "id": one.id,
            "uri": f"{self.url}/users/{one.who}/statuses/{one.id}",
            "url": f"{self.url}/@{one.who}/{one.id}",
            "content": f"<p>{one.words}</p>",
            "created_at": "2026-07-09T10:59:00.000Z",
            "visibility": "public",
            "account": {"id": "1" if own else "7", "acct": one.who},
        }

    def create(self, asked: Asked) -> Says:
        must_fit(STATUS, asked.body)
        assert len(asked.body["status"]) <= 600
        key = asked.headers.get("idempotency-key", "")
        if key not in self.keys:
            self.keys[key] = self.new_id()
            self._keep(self.keys[key], asked.body)
        # https://docs.joinmastodon.org/api/rate-limits/
        left = {"X-RateLimit-Remaining": "299", "X-RateLimit-Reset": "2030-01-01T00:00:00.000000Z"}
        return Says(200, self.posts.get(self.keys[key], {"id": self.keys[key]}), left)

    def _keep(self, id_: str, told: dict[str, Any]) -> None:
        self.posts[id_] = {
            "id": id_,
            "url": f"{self.url}/@testpolice/{id_}",
            "text": told["status"],
            "content": f"<p>{html.escape(told['status'])}</p>",
            "in_reply_to_id": told.get("in_reply_to_id"),
            "media_ids": told.get("media_ids", []),
        }

    def edit(self, asked: Asked, id_: str) -> Says:
        must_fit(STATUS, asked.body)
        if id_ not in self.posts:
            return Says(404, {"error": "Record not found"})
        self._keep(id_, asked.body)
        return Says(200, self.posts[id_])

    def delete(self, asked: Asked, id_: str) -> Says:
        if id_ not in self.posts:
            return Says(404, {"error": "Record not found"})
        return Says(200, self.posts.pop(id_))

    def media(self, asked: Asked) -> Says:
        assert asked.body["file"].startswith(b"\xff\xd8"), "a JPEG"
        assert asked.body["description"]
        return Says(200, {"id": self.new_id(), "url": f"{self.url}/m.jpg"})
