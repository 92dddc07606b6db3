"""Accounts elsewhere, what is said there, and where each of it stands."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hue.channels.states import ACCOUNT, COPY, DELIVERY, TO_DECIDE
from hue.governance.models import Halt
from hue.lib import sealing
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving
from hue.subscribers.models import Subscriber

REACHABLE = ("open", "closing")
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
        return self.reachable().filter(expires_at__lte=at + EXPIRY_TOLD)


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
    staffed = models.CharField(max_length=200)
    out_of_hours = models.TextField()
    last_words = models.TextField(blank=True)  # its last post, when it closes
    threads = models.BooleanField(default=False)  # long posts as threads, not shortened
    secrets = models.TextField(blank=True)  # sealed
    expires_at = models.DateTimeField(null=True, blank=True)  # the key, not the account
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


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, at: datetime) -> DeliveryQuerySet:
        """Its time has come. During a stop only what takes something back."""
        waiting = self.filter(state__in=["due", "sending", "withdrawing"], due_at__lte=at)
        waiting = waiting.filter(account__state__in=REACHABLE)
        waiting = waiting.filter(Q(account__paused_until=None) | Q(account__paused_until__lte=at))
        if Halt.objects.in_force().exists():
            waiting = waiting.filter(state="withdrawing")
        return waiting.order_by("due_at", "pk")

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
                fields=["since"], condition=Q(state__in=list(TO_DECIDE)), name="deliveries_stuck"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_id} {self.account_id}"


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
