"""The Bot API as https://core.telegram.org/bots/api describes it."""

from typing import Any

from tests.channels.stub import Asked, Below, Says, Stub, must_fit

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
CHAT = {"chat_id": {"type": ["string", "integer"]}}
ID = {**CHAT, "message_id": {"type": "integer"}}
REPLY = {"type": "object", "required": ["message_id"]}


def _schema(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": fields}


SCHEMAS: dict[str, dict[str, Any]] = {
    "getChat": _schema(**CHAT),
    "sendMessage": _schema(
        **CHAT,
        text={"type": "string", "minLength": 1, "maxLength": 4096},
        reply_parameters=REPLY,
    ),
    "editMessageText": _schema(**ID, text={"type": "string", "minLength": 1}),
    "editMessageCaption": _schema(**ID, caption={"type": "string", "maxLength": 1024}),
    "deleteMessage": _schema(**ID),
    "getChatMemberCount": _schema(**CHAT),
    "getUpdates": _schema(
        offset={"type": "integer"},
        limit={"type": "integer", "minimum": 1, "maximum": 100},
        allowed_updates={"type": "array", "items": {"type": "string"}},
    ),
}


class TelegramStub(Stub):
    def __init__(self) -> None:
        super().__init__(routes=[("POST", f"/bot{TOKEN}/([A-Za-z]+)", "method")])

    def answer(self, asked: Asked) -> Says:
        if not asked.path.startswith(f"/bot{TOKEN}/"):
            self.asked.append(asked)
            return Says(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        return super().answer(asked)

    def method(self, asked: Asked, name: str) -> Says:
        if name in SCHEMAS:
            must_fit(SCHEMAS[name], asked.body)
        result = getattr(self, name)(asked)
        if result is None:
            told = {"ok": False, "error_code": 400, "description": "Bad Request: message not found"}
            return Says(400, told)
        return Says(200, {"ok": True, "result": result})

    def getChat(self, asked: Asked) -> Any:
        return {"id": -1001, "type": "channel", "title": "Test", "username": "testpolice"}

    def getChatMemberCount(self, asked: Asked) -> Any:
        return 41

    def getUpdates(self, asked: Asked) -> Any:
        new = [one for one in self.below if int(one.id) >= asked.body["offset"]]
        return [{"update_id": int(one.id), "message": self._below(one)} for one in new]

    def _below(self, one: Below) -> dict[str, Any]:
        """https://core.telegram.org/bots/api#message: in the group, below the channel's copy."""
        channel = {"id": -1001, "username": "testpolice"}
        copy = {"type": "channel", "chat": channel, "message_id": int(one.post)}
        return {
            "message_id": int(one.id),
            "date": 1783594740,
            "text": one.words,
            "from": {"id": 7, "username": one.who},
            "chat": {"id": -1002},
            "reply_to_message": {"is_automatic_forward": True, "forward_origin": copy},
        }

    def sendMessage(self, asked: Asked) -> Any:
        return self._keep(asked.body["text"], asked.body.get("reply_parameters"))

    def sendPhoto(self, asked: Asked) -> Any:
        assert asked.body["photo"].startswith(b"\xff\xd8")
        assert len(asked.body["caption"].decode()) <= 1024
        return {**self._keep(asked.body["caption"].decode(), None), "photo": []}

    def _keep(self, text: str, reply: Any) -> Any:
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, "text": text, "reply": reply}
        return {"message_id": int(id_), "text": text}

    def editMessageText(self, asked: Asked) -> Any:
        known = self.posts.get(str(asked.body["message_id"]))
        return known and known.update(text=asked.body["text"]) is None

    def deleteMessage(self, asked: Asked) -> Any:
        return self.posts.pop(str(asked.body["message_id"]), None) and True
