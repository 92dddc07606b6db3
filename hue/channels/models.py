"""Accounts elsewhere, what is said there, and where each of it stands."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, When

from hue.channels.states import ACCOUNT, COPY, DELIVERY, TO_DECIDE
from hue.governance.models import Halt
from hue.lib import sealing
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving
from hue.subscribers.models import Subscriber

REACHABLE = ("open", "closing")
HEARD_FOR = timedelta(days=30)  # after a post was published
LAST = "last-"  # begins the ref of an account's last post
EXPIRY_TOLD = timedelta(days=14)  # before the key to an account ends


class AccountQuerySet(models.QuerySet["Account"]):
    def open(self) -> AccountQuerySet:
        return self.filter(state="open")

    def reachable(self) -> AccountQuerySet:
        return self.filter(state__in=REACHABLE)

    def ever_opened(self) -> AccountQuerySet:
        """What the public list holds."""
        return self.exclude(opened_at=None).order_by("network", "handle")

    def expiring(self, *, at: datetime) -> AccountQuerySet:
        """Whose key a person renews."""
        return self.reachable().filter(renew_at=None, expires_at__lte=at + EXPIRY_TOLD)

    def to_renew(self, *, at: datetime) -> AccountQuerySet:
        alive = self.exclude(state="closed").exclude(secrets="")
        return alive.filter(renew_at__lte=at).order_by("renew_at")


class Account(Moving, models.Model):
    """One account of ours on somebody else's network, with its charter."""

    GRAPH: ClassVar[Graph] = ACCOUNT
    network = models.CharField(max_length=20)  # slug of its connector
    handle = models.CharField(max_length=200)
    address = models.CharField(max_length=500)  # of the server, the chat or the webhook
    profile = models.CharField(max_length=500, blank=True)  # where people see it
    # Empty: it speaks for the whole force.
    unit = models.ForeignKey(
        LocalPolicingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.TextField()
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(  # answers for it when the owner has left
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    staffed = models.CharField(max_length=200)
    out_of_hours = models.TextField()
    last_words = models.TextField(blank=True)  # its last post, when it closes
    threads = models.BooleanField(default=False)  # long posts as threads, not shortened
    # Days without a word, then its owner hears of it and the public list says so.
    said_at = models.DateTimeField(null=True, blank=True)  # its last post so far
    silent_after = models.PositiveSmallIntegerField(default=14)
    secrets = models.TextField(blank=True)  # sealed
    expires_at = models.DateTimeField(null=True, blank=True)  # the key, not the account
    renew_at = models.DateTimeField(null=True, blank=True)  # the software renews the key then
    cap = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)  # US $ a month
    state = models.CharField(max_length=20, choices=ACCOUNT.choices(), default=ACCOUNT.start)
    connected_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    connected_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Health, as the last call found it.
    well_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)  # the network takes no more
    quota_left = models.PositiveIntegerField(null=True, blank=True)
    quota_resets_at = models.DateTimeField(null=True, blank=True)
    # What is answered there.
    cursor = models.CharField(max_length=500, blank=True)  # the network's own
    listen_at = models.DateTimeField(null=True, blank=True)  # not before
    deaf = models.TextField(blank=True)  # why nothing is heard
    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "handle"],
                condition=~Q(state="closed"),
                name="one_account_a_handle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.network.capitalize()} {self.handle}"

    def opened(self) -> dict[str, str]:
        """Its secrets; nothing once they are gone."""
        told: dict[str, str] = json.loads(sealing.open_text(self.secrets)) if self.secrets else {}
        return told


class Spent(models.Model):
    """What an account cost in a month."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="spent")
    month = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    dollars = models.DecimalField(max_digits=9, decimal_places=4, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "month"], name="one_sum_a_month")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}"


class Host(models.Model):
    """A server that does not answer: nothing goes there until a time."""

    name = models.CharField(max_length=260, primary_key=True)
    faults = models.PositiveIntegerField(default=0)
    shut_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Piece(models.Model):
    """One thing said in public, as it leaves the house: `ref` is what the room above calls it."""

    ref = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    address = models.CharField(max_length=200)  # of its page, from the slash
    text = models.TextField()  # empty once it is taken back
    hashtag = models.CharField(max_length=60, blank=True)
    pictures = models.JSONField(default=list)  # ids of pictures
    version = models.PositiveIntegerField(default=1)
    # Words of versions before this one must not stay anywhere.
    clean_from = models.PositiveIntegerField(default=0)
    urgent = models.BooleanField(default=False)  # other systems are alerted of it
    # Whom it concerns, for those who asked to be told of such things.
    place = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, default="news")
    volunteers = models.BooleanField(default=False)  # for those alone who pass messages on
    at = models.DateTimeField()
    put_at = models.DateTimeField()  # or restored: a network must not take it for the one before
    gone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref


# What takes words back goes first, then alerts.
URGENT = Q(state="withdrawing") | Q(piece__urgent=True)
RANK = Case(
    When(state="withdrawing", then=0),
    When(piece__urgent=True, then=1),
    default=2,
    output_field=models.IntegerField(),
)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, at: datetime) -> DeliveryQuerySet:
        """Its time has come, the most urgent first. During a stop only what takes something back.
        A network that takes no more for now is asked all the same for what is urgent."""
        waiting = self.filter(state__in=["due", "sending", "withdrawing"], due_at__lte=at)
        waiting = waiting.filter(account__state__in=REACHABLE)
        patient = Q(account__paused_until=None) | Q(account__paused_until__lte=at)
        waiting = waiting.filter(patient | URGENT)
        if Halt.objects.in_force().exists():
            waiting = waiting.filter(state="withdrawing")
        return waiting.order_by(RANK, "due_at", "pk")

    def recent(self, *, at: datetime) -> DeliveryQuerySet:
        """Of which somebody may still speak: what it hears is kept no longer than that."""
        return self.filter(piece__at__gt=at - HEARD_FOR)

    def to_hear(self, *, at: datetime) -> DeliveryQuerySet:
        """Whose answers and numbers are asked for now."""
        listening = self.filter(account__state__in=REACHABLE).filter(
            Q(account__listen_at=None) | Q(account__listen_at__lte=at)
        )
        return listening.recent(at=at).filter(state="sent", ask_at__lte=at).order_by("ask_at")

    def to_decide(self) -> DeliveryQuerySet:
        return self.filter(state__in=TO_DECIDE).select_related("account", "piece")


class Delivery(Moving, models.Model):
    """One piece on one account: the row is the queue."""

    GRAPH: ClassVar[Graph] = DELIVERY
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="deliveries")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=20, choices=DELIVERY.choices(), default=DELIVERY.start)
    since = models.DateTimeField()
    due_at = models.DateTimeField()  # of one in work: when it counts as lost
    tries = models.PositiveIntegerField(default=0)
    doubt = models.BooleanField(default=False)  # an attempt may have arrived
    version = models.PositiveIntegerField(default=0)  # of the words that stand there
    references = models.JSONField(default=list)
    link = models.CharField(max_length=500, blank=True)
    says = models.TextField(blank=True)  # what is wrong, and what to do
    ask_at = models.DateTimeField(null=True, blank=True)  # what came of it
    likes = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    views = models.PositiveIntegerField(null=True, blank=True)  # where the network tells
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["piece", "account"], name="one_delivery_an_account")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["due", "sending", "withdrawing"]),
                name="deliveries_due",
            ),
            models.Index(
                fields=["ask_at"], condition=Q(ask_at__isnull=False), name="deliveries_to_hear"
            ),
            models.Index(
                fields=["since"], condition=Q(state__in=list(TO_DECIDE)), name="deliveries_stuck"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_id} {self.account_id}"


class Reply(models.Model):
    """What somebody answered there in public; a room of conversations will pick these rows up.
    Deleted there, it is deleted here; of whoever wrote it nothing is kept but a name."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="replies")
    address = models.CharField(max_length=500)  # as the network names it
    words = models.TextField()
    # Sealed: both name somebody.
    who = models.TextField()
    link = models.TextField(blank=True)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "address"], name="one_row_a_reply")
        ]

    def __str__(self) -> str:
        return self.address


class Day(models.Model):
    """What was counted of an account on a day: who follows it, and what came of all it said."""

    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="days"
    )
    actor = models.CharField(max_length=60, blank=True)  # name of one on our own server instead
    day = models.DateField()
    followers = models.PositiveIntegerField(null=True, blank=True)
    likes = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "actor", "day"], nulls_distinct=False, name="counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id or self.actor} {self.day}"


class CopyQuerySet(models.QuerySet["Copy"]):
    def due(self, *, at: datetime) -> CopyQuerySet:
        return self.filter(state="due", due_at__lte=at)

    def lost(self, *, at: datetime) -> CopyQuerySet:
        """Whoever was about to hand them over is dead: they may have arrived."""
        return self.filter(state="sending", due_at__lte=at)

    def alone(self) -> CopyQuerySet:
        return self.filter(together=False)


class Copy(Moving, models.Model):
    """One piece for one reader: that there is one row is why nobody gets it twice."""

    GRAPH: ClassVar[Graph] = COPY
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="copies")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=20, choices=COPY.choices(), default=COPY.start)
    level = models.CharField(max_length=10)  # of its piece, then: a week's budget is counted by it
    together = models.BooleanField(default=False)  # it waits for the reader's daily summary
    since = models.DateTimeField()
    due_at = models.DateTimeField()  # of one in work: when it counts as lost
    version = models.PositiveIntegerField(default=0)  # of the words that they have
    reference = models.CharField(max_length=100, blank=True)  # as the network names it
    receipt = models.CharField(max_length=40, blank=True)  # what the network says became of it
    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "subscriber"], name="one_copy_a_reader")
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="due"), name="copies_due"),
            # A list is worked through by number: what was sent a moment ago is not passed again.
            models.Index(fields=["delivery", "id"], condition=Q(state="due"), name="copies_to_go"),
            models.Index(fields=["due_at"], condition=Q(state="sending"), name="copies_in_hand"),
            models.Index(fields=["subscriber", "since"], name="copies_of_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.subscriber_id}"
