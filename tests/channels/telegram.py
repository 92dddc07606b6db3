"""The Bot API as https://core.telegram.org/bots/api describes it."""

from typing import Any

from tests.channels.stub import Asked, Says, Stub, must_fit

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
