"""Posts, every version of their words, their pictures, and the outcome each one owes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hue.events.models import LiveEvent
from hue.governance.models import Halt
from hue.incidents.models import Incident
from hue.lib import sealing
from hue.lib.ids import new_id
from hue.media.models import Picture
from hue.people.models import Neighbourhood, Officer
from hue.publishing.states import POST, PUBLIC
from hue.states.graph import Graph
from hue.states.moving import Moving

NEWEST_FIRST = ("-published_at", "-id")


class PostQuerySet(models.QuerySet["Post"]):
    def due(self, *, at: datetime) -> PostQuerySet:
        """Approved, its time has come, nothing stops it."""
        if Halt.objects.in_force().exists():
            return self.none()
        return self.filter(
            state="approved", publish_at__lte=at, author__suspended_at=None
        ).order_by("publish_at")

    def to_escalate(self, *, at: datetime, after: timedelta) -> PostQuerySet:
        """They wait for a second person, and nobody has answered for that long."""
        silent = Q(escalated_at=None) | Q(escalated_at__lt=F("since"))
        return self.filter(silent, state="in_review", since__lte=at - after)

    def waiting(self) -> PostQuerySet:
        """Not out yet, and meant to be."""
        return self.filter(state__in=["in_review", "approved"])

    def public(self) -> PostQuerySet:
        """What the public sees, tombstones included."""
        return self.filter(state__in=PUBLIC, practice=False)

    def notices(self, *, at: datetime) -> PostQuerySet:
        """What is announced for a time of its own and not over yet, the next first."""
        # By the mark, which has an index: without it the whole archive is read for the few.
        coming = self.public().filter(state="published", announced=True, holds_until__gt=at)
        stands = Q(thread=None) | Q(thread__state="published")
        return coming.filter(stands).order_by("holds_from", "id")

    def newest_first(self) -> PostQuerySet:
        return self.order_by(*NEWEST_FIRST)

    def locked(self, post: Post) -> Post:
        """The row as it is now, and nobody else's until the transaction ends, nor its case.

        Always in this order, so that nobody waits for each other: the incident, the first of the
        thread, its followers, what hangs on them.
        """
        if post.incident_id is not None or post.thread_id is not None:
            told = Post.objects.filter(pk__in=[post.pk, post.thread_id]).values("incident")
            cases = Incident.objects.filter(pk__in=told).select_for_update(no_key=True)
            list(cases.order_by("pk").values_list("pk"))
        if post.thread_id is not None:
            Post.objects.select_for_update().get(pk=post.thread_id)
        return self.select_for_update(of=("self",)).get(pk=post.pk)

    def to_read(self) -> PostQuerySet:
        """With everything that a line needs, in one query."""
        return self.select_related(
            "author__team__neighbourhood", "neighbourhood__unit", "incident", "event"
        )


class Post(Moving, models.Model):
    """One thing said. `html` is its public line, rendered once, whenever the row changes."""

    GRAPH: ClassVar[Graph] = POST
    KINDS: ClassVar = [
        ("incident", "incident"),
        ("follow_up", "follow-up"),
        ("outcome", "outcome"),
        ("update", "update"),
        ("notice", "planned notice"),
    ]
    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    kind = models.CharField(max_length=20, choices=KINDS, default="update")
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    event = models.ForeignKey(
        LiveEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The first post of the thread, never a post inside it.
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    text = models.TextField()
    pictures = models.ManyToManyField(Picture, through="PostPicture", related_name="+")
    practice = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=POST.choices(), default=POST.start)
    version = models.PositiveIntegerField(default=1)  # raised with each edit: guards against two
    # Why a held or returned post waits: shown to whoever decides.
    note = models.TextField(blank=True)
    written_at = models.DateTimeField()  # by the phone, perhaps offline
    received_at = models.DateTimeField()
    since = models.DateTimeField()  # when it came into its state: how long it waits there
    escalated_at = models.DateTimeField(null=True, blank=True)  # nobody answered for too long
    publish_at = models.DateTimeField(null=True, blank=True)
    # When what a notice tells of happens: it stands among what is coming until that is over.
    holds_from = models.DateTimeField(null=True, blank=True)
    holds_until = models.DateTimeField(null=True, blank=True)
    announced = models.BooleanField(default=False)  # it stands there now
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_rule = models.CharField(max_length=20, blank=True)
    # The words of a post that is withdrawn or hidden: nothing is destroyed, nothing is shown.
    sealed_text = models.TextField(blank=True)
    idempotency_key = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  NULLs differ
    html = models.TextField(blank=True)
    # The picture that other sites show for it: named by its content, see publishing.cards.
    card = models.CharField(max_length=32, blank=True, db_index=True)
    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "idempotency_key"], name="sent_once_by_its_phone"
            ),
            models.CheckConstraint(
                condition=Q(holds_until__gt=F("holds_from")) | Q(holds_from=None, holds_until=None),
                name="notice_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "publish_at"]),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(practice=False), name="public_posts"
            ),
            models.Index(fields=["neighbourhood", "-published_at"]),
            models.Index(fields=["holds_until"], condition=Q(announced=True), name="announced"),
            models.Index(fields=["event", "-published_at"]),
            # Feeds repeat what was changed lately, however old it is.
            models.Index(
                fields=["-corrected_at"], condition=~Q(corrected_at=None), name="lately_corrected"
            ),
            models.Index(
                fields=["-withdrawn_at"], condition=~Q(withdrawn_at=None), name="lately_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def root(self) -> Post:
        return self.thread or self

    @property
    def address(self) -> str:
        return f"/posts/{self.id}/"

    @property
    def place(self) -> str:
        return self.neighbourhood.name if self.neighbourhood else "the force"

    def seal_old_words(self) -> None:
        """Of every version: what is taken out of the last one often stood in those before it."""
        for version in self.versions.filter(redacted=False):
            version.text, version.redacted = sealing.seal_text(version.text), True
            version.save(update_fields=["text", "redacted"])


class Version(models.Model):
    """The words as they stood before a change. Sealed when showing them would repeat the harm."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()  # sealed ciphertext when `redacted`
    redacted = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why it was replaced
    public = models.BooleanField(default=False)  # it stood in public
    # The times of a notice as they stood in public beside these words.
    holds_from = models.DateTimeField(null=True, blank=True)
    holds_until = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.number}"


class PostPicture(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="placed_pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)  # by a redacting correction

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.position}"


class OutcomeOwedQuerySet(models.QuerySet["OutcomeOwed"]):
    def open(self) -> OutcomeOwedQuerySet:
        return self.filter(settled_at=None)

    def due(self, *, at: datetime) -> OutcomeOwedQuerySet:
        return self.open().filter(due_at__lte=at)

    def to_remind_officer(self, *, at: datetime) -> OutcomeOwedQuerySet:
        return self.due(at=at).filter(officer_reminded_at=None)

    def to_remind_supervisors(self, *, at: datetime, after: timedelta) -> OutcomeOwedQuerySet:
        """The officer was reminded that long ago, and nothing came."""
        return self.open().filter(supervisor_reminded_at=None, officer_reminded_at__lte=at - after)


class OutcomeOwed(models.Model):
    """A post about an incident owes the public what came of it."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="owed")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(db_index=True)
    officer_reminded_at = models.DateTimeField(null=True, blank=True)
    supervisor_reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    objects = OutcomeOwedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outcomes owed"

    def __str__(self) -> str:
        return f"outcome owed for {self.post_id}"
