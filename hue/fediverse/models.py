"""Our accounts on the fediverse, what is said under them and to whom; what comes back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from hue.fediverse.states import ACTIVITY, ACTOR, DISPATCH, NOTE, RECEIVED
from hue.lib.ids import new_id
from hue.people.models import Officer
from hue.states.graph import Graph
from hue.states.moving import Moving

KINDS = ["force", "unit", "team", "officer", "event", "instance"]


class ActorQuerySet(models.QuerySet["Actor"]):
    def open(self) -> ActorQuerySet:
        return self.filter(state="open")

    def of(self, kind: str, key: str) -> ActorQuerySet:
        return self.filter(kind=kind, key=key)


class Actor(Moving, models.Model):
    """One of our accounts: `@name@police.example`."""

    GRAPH: ClassVar[Graph] = ACTOR
    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    # Who speaks: the slug of a unit or team, an officer's number, an event's hashtag, or "".
    key = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=ACTOR.choices(), default=ACTOR.start)
    private_key = models.TextField()  # RSA-2048, PEM, sealed
    public_key = models.TextField()  # PEM
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # of what its profile says
    closed_at = models.DateTimeField(null=True, blank=True)
    moved_to = models.URLField(max_length=500, blank=True)
    also_known_as = models.JSONField(default=list)  # accounts elsewhere that may move here
    # Notes and shares so far: the last one's number.
    said = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=64, blank=True)  # SHA-256 of the profile as last told
    objects = ActorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_account_for_each_voice")
        ]

    def __str__(self) -> str:
        return f"@{self.name}"


class ServerQuerySet(models.QuerySet["Server"]):
    def blocked(self) -> ServerQuerySet:
        return self.exclude(blocked_at=None)


class Server(models.Model):
    """A server elsewhere, by its host name and port as in its addresses."""

    host = models.CharField(max_length=255, unique=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    blocked_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)  # of the block
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    next_try_at = models.DateTimeField(null=True, blank=True)
    # It refused the one kind of signature and took the other: remembered until it is so again.
    wants_rfc9421 = models.BooleanField(default=False)
    objects = ServerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.host


class Stranger(models.Model):
    """Somebody's account elsewhere: no more of it than is needed to answer and to verify."""

    uri = models.CharField(max_length=500, unique=True)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, related_name="strangers")
    handle = models.CharField(max_length=320, blank=True)  # "@name@host"
    inbox = models.CharField(max_length=500)
    shared_inbox = models.CharField(max_length=500, blank=True)
    key_id = models.CharField(max_length=500, db_index=True)
    public_key = models.TextField()  # PEM
    fetched_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.uri

    @property
    def mailbox(self) -> str:
        """Where one message serves all who live on their server, when it offers that."""
        return self.shared_inbox or self.inbox


class Follower(models.Model):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="followers")
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="follows")
    follow_id = models.CharField(max_length=500)  # of their Follow, for our Accept
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "stranger"], name="follows_once")]

    def __str__(self) -> str:
        return f"{self.stranger_id} of {self.actor_id}"


class NoteQuerySet(models.QuerySet["Note"]):
    def out(self) -> NoteQuerySet:
        return self.filter(state="out")


class Note(Moving, models.Model):
    """Something said under one of our accounts. `id` is that of the post it was made from."""

    GRAPH: ClassVar[Graph] = NOTE
    id = models.CharField(max_length=12, primary_key=True)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="notes")
    state = models.CharField(max_length=20, choices=NOTE.choices(), default=NOTE.start)
    object = models.JSONField()  # as ActivityPub has it, without @context; {} once it is gone
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField()  # of its actor, from 1: its place in the outbox
    # How often it came out. Whoever was told to delete it takes nothing under that id again.
    shown = models.PositiveSmallIntegerField(default=1)
    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "number"], name="one_note_a_number")
        ]

    def __str__(self) -> str:
        return self.id


class ShareQuerySet(models.QuerySet["Share"]):
    def standing(self) -> ShareQuerySet:
        return self.filter(undone_at=None)

    def taken_back(self) -> ShareQuerySet:
        """Their authors did, and the room above has not yet."""
        return self.standing().exclude(taken_back_at=None)


class Share(models.Model):
    """An account of ours passes on a note: another account's, or a stranger's post elsewhere."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="shares")
    note = models.ForeignKey(
        Note, null=True, blank=True, on_delete=models.CASCADE, related_name="shares"
    )
    uri = models.CharField(max_length=500)  # of what is passed on
    # Of a stranger's: our own post that quotes it, their inbox, and whether it stands no more.
    post = models.CharField(max_length=12, blank=True)
    inbox = models.CharField(max_length=500, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    activity_id = models.CharField(max_length=12)  # of the Announce, which an Undo names
    number = models.PositiveIntegerField()  # as a note's: its place in the outbox
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "number"], name="one_share_a_number")
        ]
        indexes = [
            models.Index(fields=["uri"], name="shares_by_address"),
            models.Index(fields=["post"], condition=~models.Q(post=""), name="shares_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.uri} by {self.actor_id}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def due(self) -> ActivityQuerySet:
        return self.filter(state="due").order_by("rank", "at", "pk")


class Activity(Moving, models.Model):
    """What followers, or one server, are told. `body` is signed and sent as it stands here."""

    GRAPH: ClassVar[Graph] = ACTIVITY
    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=20)  # Create, Update, Delete, Announce, Accept …
    note = models.ForeignKey(
        Note, null=True, blank=True, on_delete=models.CASCADE, related_name="activities"
    )
    body = models.TextField()  # JSON
    to = models.CharField(max_length=500, blank=True)  # one inbox; empty: all followers
    rank = models.PositiveSmallIntegerField(default=5)  # the lower goes out first
    state = models.CharField(max_length=20, choices=ACTIVITY.choices(), default=ACTIVITY.start)
    at = models.DateTimeField()
    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(
                fields=["rank", "at"], condition=models.Q(state="due"), name="activities_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, *, at: datetime) -> DispatchQuerySet:
        return self.filter(state="due", next_at__lte=at).order_by("rank", "next_at", "pk")


class Dispatch(Moving, models.Model):
    """One activity on its way to one inbox."""

    GRAPH: ClassVar[Graph] = DISPATCH
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="dispatches")
    server = models.ForeignKey(Server, on_delete=models.CASCADE, related_name="+")
    inbox = models.CharField(max_length=500)
    rank = models.PositiveSmallIntegerField(default=5)  # as its activity's
    state = models.CharField(max_length=20, choices=DISPATCH.choices(), default=DISPATCH.start)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()  # also: until then one worker has it
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # it failed, in words
    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [models.UniqueConstraint(fields=["activity", "inbox"], name="told_once")]
        indexes = [
            models.Index(
                fields=["rank", "next_at"], condition=models.Q(state="due"), name="dispatches_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} to {self.inbox}"


class ReceivedQuerySet(models.QuerySet["Received"]):
    def due(self) -> ReceivedQuerySet:
        return self.filter(state="due").order_by("pk")

    def stuck(self) -> ReceivedQuerySet:
        return self.filter(state="stuck").order_by("pk")


class Received(Moving, models.Model):
    """An activity from elsewhere. It is kept while its signature would still be taken: the same
    one, sent again, is known. Emptied when it has been worked on, or nobody wants to know more."""

    GRAPH: ClassVar[Graph] = RECEIVED
    activity_id = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=20)
    # Of an account that is gone only this is left, for hours: what it sent does not come in again.
    stranger = models.ForeignKey(
        Stranger, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=RECEIVED.choices(), default=RECEIVED.start)
    why = models.CharField(max_length=300, blank=True)  # it was refused, or is stuck, in words
    at = models.DateTimeField(db_index=True)
    objects = ReceivedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "received"
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="due"), name="received_due")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.activity_id}"


class Reaction(models.Model):
    """A like or a boost, for counting. Undone, it is gone."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="reactions")
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[("like", "like"), ("boost", "boost")])
    activity_id = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "stranger", "kind"], name="reacts_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.note_id}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> ReplyQuerySet:
        return self.filter(gone_at=None)


class Reply(models.Model):
    """What somebody answered, cleaned; a room of conversations will pick these rows up."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="replies")
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="+")
    uri = models.CharField(max_length=500, unique=True)
    html = models.TextField()  # through nh3
    public = models.BooleanField()
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)  # they deleted it: the words went, too
    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.uri


class QuoteQuerySet(models.QuerySet["Quote"]):
    def standing(self) -> QuoteQuerySet:
        return self.filter(revoked_at=None)


class Quote(models.Model):
    """A post elsewhere that shows one of our notes with its own words, as we said it may. `id` is
    that of its stamp, which servers ask for before they show the quote."""

    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="quotes")
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="+")
    uri = models.CharField(max_length=500)  # of the post that quotes
    shown = models.PositiveSmallIntegerField()  # as which the note was quoted
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "uri"], name="quotes_once")]

    def __str__(self) -> str:
        return self.uri


class FlagQuerySet(models.QuerySet["Flag"]):
    def unread(self) -> FlagQuerySet:
        return self.filter(read_at=None)


class Flag(models.Model):
    """A Flag: a server elsewhere says that something of ours, or on its way to us, is wrong."""

    server = models.ForeignKey(Server, on_delete=models.CASCADE, related_name="+")
    about = models.JSONField(default=list)  # addresses
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    objects = FlagQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.server_id} {self.at}"
