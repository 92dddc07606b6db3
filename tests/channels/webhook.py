"""Somebody's own server that believes our signature."""

from typing import Any

from hue.lib import signing
from tests.channels.stub import Asked, Says, Stub, must_fit

# docs/reference/webhook.md
TOLD: dict[str, Any] = {
    "type": "object",
    "required": ["type"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["hello", "published", "corrected", "withdrawn"]},
        "url": {"type": "string"},
        "version": {"type": "integer"},
        "text": {"type": "string"},
        "hashtag": {"type": "string"},
        "published": {"type": "string"},
        "in_reply_to": {"type": ["string", "null"]},
        "pictures": {
            "type": "array",
            "items": {"type": "object", "required": ["url", "alt"]},
        },
    },
}


class WebhookStub(Stub):
    def __init__(self) -> None:
        super().__init__(routes=[("POST", "/hook", "told")])
        self.keys: set[str] = set()

    def told(self, asked: Asked) -> Says:
        must_fit(TOLD, asked.body)
        pem = signing.public_pem()
        assert signing.verifies(asked.raw, asked.headers["hue-signature"], pem=pem)
        key = asked.headers["idempotency-key"]
        if key in self.keys and key != "hello":
            return Says(200)
        self.keys.add(key)
        if asked.body["type"] == "withdrawn":
            self.posts.pop(asked.body["url"], None)
        elif asked.body["type"] != "hello":
            self.posts[asked.body["url"]] = {**asked.body, "id": asked.body["url"]}
        return Says(200)
