"""A server of the AT Protocol as its lexicons describe it."""

import re
from typing import Any

from tests.channels.stub import Asked, Below, Says, Stub, must_fit

PASSWORD = "bluesky-app-password"
DID = "did:plc:testpolice"
# https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
RECORD: dict[str, Any] = {
    "type": "object",
    "required": ["$type", "text", "createdAt"],
    "additionalProperties": False,
    "properties": {
        "$type": {"const": "app.bsky.feed.post"},
        "text": {"type": "string", "maxLength": 3000},
        "createdAt": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
        "langs": {"type": "array", "maxItems": 3},
        "facets": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["index", "features"],
                "properties": {
                    "index": {"type": "object", "required": ["byteStart", "byteEnd"]},
                    "features": {"type": "array"},
                },
            },
        },
        "reply": {
            "type": "object",
            "required": ["root", "parent"],
            "additionalProperties": {"type": "object", "required": ["uri", "cid"]},
        },
        "embed": {
            "type": "object",
            "required": ["$type", "images"],
            "properties": {
                "images": {
                    "type": "array",
                    "maxItems": 4,
                    "items": {"type": "object", "required": ["image", "alt"]},
                }
            },
        },
    },
}
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


class BlueskyStub(Stub):
    def __init__(self) -> None:
        xrpc = "/xrpc/com.atproto."
        super().__init__(
            routes=[
                ("POST", f"{xrpc}server.createSession", "session"),
                ("POST", f"{xrpc}repo.putRecord", "put"),
                ("GET", f"{xrpc}repo.getRecord", "get"),
                ("POST", f"{xrpc}repo.deleteRecord", "delete"),
                ("POST", f"{xrpc}repo.uploadBlob", "blob"),
                ("GET", "/xrpc/app.bsky.feed.getPostThread", "thread"),
                ("GET", "/xrpc/app.bsky.actor.getProfile", "profile"),
            ]
        )
        self.token = "jwt-1"

    def answer(self, asked: Asked) -> Says:
        if asked.path.endswith("createSession"):
            self.asked.append(asked)
            return self.session(asked)
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            self.asked.append(asked)
            return Says(400, {"error": "ExpiredToken", "message": "Token has expired"})
        return super().answer(asked)

    def session(self, asked: Asked) -> Says:
        if asked.body["password"] != PASSWORD:
            told = {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            return Says(401, told)
        return Says(200, {"accessJwt": self.token, "did": DID, "handle": "testpolice"})

    def put(self, asked: Asked) -> Says:
        must_fit(RECORD, asked.body["record"])
        assert asked.body["repo"] == DID
        assert TID.fullmatch(asked.body["rkey"])
        rkey, record = asked.body["rkey"], asked.body["record"]
        uri = f"at://{DID}/app.bsky.feed.post/{rkey}"
        self.posts[rkey] = {"id": rkey, "uri": uri, "cid": f"cid-{rkey}", **record}
        return Says(200, {"uri": uri, "cid": f"cid-{rkey}"})

    def get(self, asked: Asked) -> Says:
        found = self.posts.get(asked.query["rkey"])
        if found is None:
            return Says(400, {"error": "RecordNotFound", "message": "Could not locate record"})
        return Says(200, {"uri": found["uri"], "cid": found["cid"], "value": {}})

    def delete(self, asked: Asked) -> Says:
        self.posts.pop(asked.body["rkey"], None)
        return Says(200, {})

    def thread(self, asked: Asked) -> Says:
        """https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/getPostThread.json"""
        found = self.posts.get(asked.query["uri"].rsplit("/", 1)[-1])
        if found is None:
            return Says(400, {"error": "NotFound", "message": "Post not found"})
        post = {"uri": found["uri"], "likeCount": 3, "repostCount": 2, "quoteCount": 0}
        below = [{"post": self._below(one), "replies": []} for one in self.below_of(found["id"])]
        gone = {"uri": "at://gone", "notFound": True}
        told = {"post": {**post, "replyCount": len(below)}, "replies": [*below, gone]}
        return Says(200, {"thread": told})

    def _below(self, one: Below) -> dict[str, Any]:
        did = DID if one.who == "testpolice" else "did:plc:somebody"
        return {
            "uri": f"at://{did}/app.bsky.feed.post/{one.id}",
            "author": {"did": did, "handle": one.who},
            "record": {"text": one.words, "createdAt": "1999-01-01T00:00:00Z"},
            "indexedAt": "2026-07-09T10:59:00.000Z",
        }

    def profile(self, asked: Asked) -> Says:
        assert asked.query["actor"] == DID
        return Says(200, {"did": DID, "handle": "testpolice", "followersCount": 41})

    def blob(self, asked: Asked) -> Says:
        assert asked.raw.startswith(b"\xff\xd8")
        assert len(asked.raw) <= 1_000_000
        link = {"$link": "bafy"}
        return Says(200, {"blob": {"$type": "blob", "ref": link, "mimeType": "image/jpeg"}})
