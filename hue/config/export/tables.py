"""Which tables leave the house as JSON lines, what of them stays, and what each field is."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

CHUNK = 2000
Row = dict[str, Any]

# A model is in one of the two, or a test fails. What follows its name stays here.
TAKEN: dict[str, dict[str, str]] = {
    "people.Force": {},
    "people.LocalPolicingUnit": {},
    "people.Neighbourhood": {},
    "people.Area": {},
    "people.Priority": {},
    "people.Team": {},
    "people.Officer": {
        "password": "a secret",
        "epoch": "part of what opens a session",
        "last_login": "says when somebody was on duty",
    },
    "governance.KnownKey": {},
    "governance.Pack": {},
    "governance.PolicyVersion": {},
    "governance.Acceptance": {},
    "governance.Election": {},
    "governance.Halt": {},
    "governance.Removal": {},
    "media.Picture": {},
    "media.Portrait": {},
    "incidents.Incident": {},
    "incidents.Proceeding": {},
    "incidents.Concerned": {"sealed": "who they are"},
    "incidents.CourtOrder": {"sealed": "words that a court has forbidden"},
    "incidents.ImportBatch": {},
    "events.LiveEvent": {},
    "events.GuestPass": {},
    "fediverse.Actor": {"private_key": "it speaks for the account"},
    "fediverse.Server": {},
    "fediverse.Note": {},
    "fediverse.Share": {},
    "subscribers.Subscriber": {
        "code": "a secret",
        "epoch": "part of what opens somebody's choices",
        "pending": "not confirmed",
        "greet_at": "not confirmed",
    },
    "subscribers.Reads": {},
    "subscribers.Leaving": {},
    "subscribers.Takeover": {},
    "subscribers.Count": {},
    "subscribers.WatchList": {},
    "channels.Account": {"secrets": "keys to an account"},
    "channels.Spent": {},
    "channels.Piece": {},
    "channels.Delivery": {},
    "channels.Day": {},
    "publishing.Post": {
        "sealed_text": "words that were taken back",
        "idempotency_key": "how a phone names what it sends",
        "html": "made anew from the text",
        "card": "made anew from the text",
    },
    "publishing.Version": {},
    "publishing.PostPicture": {},
    "publishing.OutcomeOwed": {},
    "publishing.Alert": {},
    "publishing.AlertMessage": {},
    "publishing.Look": {},
    "publishing.Override": {},
    "publishing.Reshare": {},
    "publishing.Review": {},
    "publishing.Sample": {},
    "training.Question": {},
    "training.Answer": {},
    "training.Mentoring": {},
    "listening.Watch": {},
    "listening.Source": {"secrets": "keys to an account", "cursor": "how far it was read"},
    "listening.Bringing": {},
    "listening.Danger": {},
    "listening.Look": {},
    "listening.Summary": {},
    "listening.Rumour": {},
    "listening.RumourPlace": {},
    "listening.Sighting": {},
    "listening.Seen": {},
    "listening.Verdict": {},
    "listening.Check": {},
    "listening.Rebuttal": {},
    "listening.Asked": {"source": "from whose connection it came"},
    "listening.Challenge": {"source": "from whose connection it came"},
    "pages.Views": {},
}
LEFT: dict[str, str] = {
    "people.Invitation": "it lets somebody in",
    "people.Phone": "its name lets a device in",
    "audit.Entry": "it is in record/, as its verifier reads it",
    "audit.Seal": "it is in record/, as its verifier reads it",
    "audit.Unsealed": "entries on their way into record/",
    "audit.SealedKey": "it opens sealed personal data",
    "streams.Told": "news to open screens, gone in a while",
    "pages.Stale": "pages that wait to be written",
    "pages.Alarm": "what is wrong with this installation now",
    "pages.Build": "when pages were written",
    "fediverse.Stranger": "of who follows us the names are in fediverse/, the rest is theirs",
    "fediverse.Follower": "it is in fediverse/, as Mastodon has it",
    "fediverse.Reaction": "what strangers like is theirs to tell",
    "fediverse.Reply": "what strangers wrote is theirs",
    "fediverse.Quote": "who quotes us is theirs to tell",
    "fediverse.Flag": "who complains of us is theirs to tell",
    "fediverse.Activity": "made of the notes, and sent",
    "fediverse.Dispatch": "messages on their way",
    "fediverse.Received": "messages that come in, emptied when they are worked on",
    "subscribers.Way": "made anew from the accounts",
    "subscribers.Source": "where questions came from, gone in a day",
    "channels.Copy": "who was sent what is theirs to ask, and gone in months",
    "channels.Host": "servers that do not answer now",
    "channels.Reply": "what strangers wrote is theirs",
    "publishing.Shelf": "made anew from the posts",
    "publishing.Shelved": "made anew from the posts",
    "listening.Remark": "what strangers said is kept for days and goes nowhere else",
    "listening.Key": "it opens who said something",
    "listening.Reader": "what the engine knows of remarks",
    "listening.Lesson": "it hangs on a remark",
    "desk.Presence": "who looks at what now",
    "demo.CueRow": "the demonstration's script",
    "demo.Progress": "the demonstration's clock",
    "drill.Drill": "a drill, in a place of its own",
    "drill.DrillCue": "a drill's script",
}


def _without_sealed_words(row: Row) -> Row:
    return row | {"text": None} if row["redacted"] else row


ALSO: dict[str, Callable[[Row], Row]] = {"publishing.Version": _without_sealed_words}


def file_of(label: str) -> str:
    return f"tables/{apps.get_model(label)._meta.db_table}.jsonl"


def lines(label: str) -> Iterator[str]:
    """Each row as a JSON object, in the order of its key."""
    model = apps.get_model(label)
    names = [field.attname for field in _fields(label)]
    closing = ALSO.get(label, dict)
    for row in model._default_manager.order_by("pk").values(*names).iterator(CHUNK):
        yield json.dumps(closing(row), default=_plain, ensure_ascii=False)


def described() -> str:
    """Every table and field, in words."""
    return "\n".join(
        [
            "# Tables",
            "One file each; one row a line, as a JSON object. Times are ISO 8601 with their zone.",
            *(_table(label) for label in TAKEN),
            "\n## Left out",
            *(f"- {label}: {why}" for label, why in LEFT.items()),
            "- sessions, passwords, second factors, passkeys, sign-in attempts: secrets",
            "",
        ]
    )


def _table(label: str) -> str:
    says = (apps.get_model(label).__doc__ or "").strip().splitlines()[0]
    parts = [f"\n## {file_of(label)}", "" if says.startswith(label.split(".")[1] + "(") else says]
    parts += [f"- {field.attname}: {_described(field)}" for field in _fields(label)]
    parts += [f"- {name}: left out, {why}" for name, why in TAKEN[label].items()]
    if label in ALSO:
        parts.append("- text is null where `redacted`: those words are sealed")
    return "\n".join(part for part in parts if part)


def _described(field: "models.Field[Any, Any]") -> str:
    says = f"{field.verbose_name} ({field.get_internal_type()}{', or null' if field.null else ''})"
    if isinstance(field, models.ForeignKey):
        return f"{says}, of {field.remote_field.model._meta.db_table}"
    if field.choices:
        said = [f"{key or '-'} = {words}" for key, words in field.flatchoices]
        says += "; " + ", ".join(said)
    return says


def _fields(label: str) -> list["models.Field[Any, Any]"]:
    fields = apps.get_model(label)._meta.concrete_fields
    return [field for field in fields if field.name not in TAKEN[label]]


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)  # money: a number of JSON is no exact one
    raise TypeError(f"{type(value)} has no plain form yet: give it one here.")
