"""The register of rumours: what is said, where it was seen, what was decided about it and why."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hue.lib.ids import new_id
from hue.listening.states import RUMOUR, VERDICT, VERDICTS
from hue.people.models import Neighbourhood, Officer
from hue.publishing.models import Post
from hue.states.graph import Graph
from hue.states.moving import Moving


class RumourQuerySet(models.QuerySet["Rumour"]):
    def public(self) -> RumourQuerySet:
        """What /rumours/ shows; one that was merged leads to the one it is part of."""
        return self.exclude(shown_at=None)

    def listed(self) -> RumourQuerySet:
        return self.public().exclude(state="merged")

    def standing(self) -> RumourQuerySet:
        return self.exclude(state="merged")

    def answered(self) -> RumourQuerySet:
        return self.filter(state__in=VERDICTS)

    def overdue(self, *, at: datetime) -> RumourQuerySet:
        return self.standing().filter(next_check_at__lte=at)

    def to_call_out(self, *, at: datetime) -> RumourQuerySet:
        """Overdue, and nobody was told of it yet."""
        silent = Q(missed_at=None) | Q(missed_at__lt=F("next_check_at"))
        return self.overdue(at=at).filter(silent)

    def locked(self, rumour: Rumour) -> Rumour:
        """The row as it is now, and nobody else's until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=rumour.pk)

    def to_read(self) -> RumourQuerySet:
        return self.select_related("owner__unit", "checked_by", "into").prefetch_related("places")


class Rumour(Moving, models.Model):
    """One claim in people's words, and what the force says to it now. Older answers are verdicts
    of their own. Nobody is named here: what is shown goes through the guard."""

    GRAPH: ClassVar[Graph] = RUMOUR
    KINDS: ClassVar = [
        ("unknown", "not known yet"),
        ("mis", "misinformation: wrong, and passed on in good faith"),
        ("dis", "disinformation: wrong, and meant to mislead"),
        ("mal", "malinformation: true, and spread to do harm"),
    ]
    HARMS: ClassVar = [
        ("low", "low: nobody is likely to act on it"),
        ("serious", "serious: people may act on it"),
        ("high", "high: somebody may come to harm"),
        ("life", "danger to life"),
    ]
    SUBJECTS: ClassVar = [
        ("other", "something else"),
        ("force", "the force itself, or somebody who works for it"),
        ("iopc", "a death or serious injury after contact with us, or a complaint"),
    ]
    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    question = models.CharField(max_length=200)  # the public heading: "Are shops on fire in …?"
    claim = models.TextField()  # as people say it
    kind = models.CharField(max_length=8, choices=KINDS, default="unknown")
    harm = models.CharField(max_length=8, choices=HARMS, default="low")
    subject = models.CharField(max_length=8, choices=SUBJECTS, default="other")
    places = models.ManyToManyField(Neighbourhood, through="RumourPlace", related_name="+")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RUMOUR.choices(), default=RUMOUR.start)
    version = models.PositiveIntegerField(default=1)  # raised with each change: guards against two
    first_seen_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    # Since when it waits for the next look: until it is answered, since it was opened.
    next_check_at = models.DateTimeField(db_index=True)
    answer = models.TextField(blank=True)  # public; the fact first
    looked_at = models.TextField(blank=True)  # public: what was looked at
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    missed_at = models.DateTimeField(null=True, blank=True)  # nobody looked in time: called out
    shown_at = models.DateTimeField(null=True, blank=True)
    countered_at = models.DateTimeField(null=True, blank=True)  # first answered in public
    independent_reference = models.CharField(max_length=60, blank=True)
    independent_over_at = models.DateTimeField(null=True, blank=True)
    into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = RumourQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False)
                | (~Q(state="merged") & Q(into=None)),
                name="merged_into_something",
            )
        ]
        indexes = [models.Index(fields=["state", "next_check_at"])]

    def __str__(self) -> str:
        return self.question

    @property
    def address(self) -> str:
        return f"/rumours/{self.id}/"

    @property
    def about_us(self) -> bool:
        return self.subject != "other"

    @property
    def place(self) -> str:
        return ", ".join(place.name for place in self.places.all()) or "the force"


class RumourPlace(models.Model):
    """A place that a rumour is about."""

    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rumour", "place"], name="a_place_once_a_rumour")
        ]

    def __str__(self) -> str:
        return f"{self.rumour_id} {self.place_id}"


class Sighting(models.Model):
    """Where a rumour was seen: counts and places, never who said it."""

    SOURCES: ClassVar = [
        ("facebook", "Facebook"),
        ("instagram", "Instagram"),
        ("x", "X"),
        ("tiktok", "TikTok"),
        ("whatsapp", "WhatsApp"),
        ("snapchat", "Snapchat"),
        ("telegram", "Telegram"),
        ("bluesky", "Bluesky"),
        ("mastodon", "the fediverse"),
        ("nextdoor", "Nextdoor"),
        ("youtube", "YouTube"),
        ("replies", "replies to us"),
        ("form", "our own form"),
        ("call", "calls to 101 or 999"),
        ("street", "people on the street"),
        ("press", "press and broadcasters"),
        ("other", "somewhere else"),
    ]
    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="sightings")
    claim = models.CharField(max_length=80, blank=True)  # of the engine; blank: seen by a person
    source = models.CharField(max_length=12, choices=SOURCES)
    place = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)
    accounts = models.PositiveIntegerField(default=1)  # distinct, as far as they were counted

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rumour", "claim", "source", "place"],
                nulls_distinct=False,
                name="one_sighting_a_claim_source_and_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rumour_id} {self.source} {self.count}"


class Seen(models.Model):
    """How much was seen of a rumour in one hour: its growth."""

    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="hours")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "seen"
        constraints = [
            models.UniqueConstraint(fields=["rumour", "hour"], name="one_count_a_rumour_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.rumour_id} {self.hour:%Y-%m-%d %H} {self.count}"


class Verdict(Moving, models.Model):
    """What was decided once, by whom and why; the public reads `answer` and `looked_at`."""

    GRAPH: ClassVar[Graph] = VERDICT
    VERDICTS: ClassVar = [
        ("false", "No, that is wrong"),
        ("true", "Yes, that is so"),
        ("partly", "Partly"),
        ("cannot_say", "We cannot say"),
    ]
    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    state = models.CharField(max_length=12, choices=VERDICT.choices(), default=VERDICT.start)
    answer = models.TextField()
    looked_at = models.TextField()
    rationale = models.TextField()  # for the record and for those who decide; never shown
    decision_model = models.JSONField(default=dict)  # RSK-3: the six headings, where filled
    next_check_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    second = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    second_says = models.TextField(blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    shown = models.BooleanField(default=False)  # it stood in public
    replaced_at = models.DateTimeField(null=True, blank=True)
    changed_because = models.TextField(blank=True)  # public: why another answer took its place

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rumour"], condition=Q(state="in_force"), name="one_verdict_in_force"
            ),
            models.UniqueConstraint(
                fields=["rumour"], condition=Q(state="proposed"), name="one_verdict_proposed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rumour_id} {self.verdict}"


class Check(models.Model):
    """Something that was looked at, by whom, and what it showed. For the desk alone."""

    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="checks")
    what = models.CharField(max_length=200)
    found = models.TextField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.what


class RebuttalQuerySet(models.QuerySet["Rebuttal"]):
    def standing(self) -> RebuttalQuerySet:
        """Their post is public now."""
        of_a_thread = Q(post__thread=None) | Q(post__thread__state="published")
        return self.filter(of_a_thread, post__state="published", post__practice=False)

    def moved(self) -> RebuttalQuerySet:
        """Their post came out or went away since the rumour's page was written."""
        stands = Rebuttal.objects.standing().values("pk")
        return self.filter(Q(shown=False, pk__in=stands) | (Q(shown=True) & ~Q(pk__in=stands)))


class Rebuttal(models.Model):
    """A post that answers a rumour. `shown` is whether the rumour's page lists it now."""

    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="rebuttals")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shown = models.BooleanField(default=False)
    objects = RebuttalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.rumour_id} {self.post_id}"
