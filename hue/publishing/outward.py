"""What leaves the house with a public post: to the fediverse, and to our accounts elsewhere."""

from datetime import datetime

from hue.channels import actions as channels
from hue.channels import queries as accounts
from hue.fediverse import say
from hue.media.models import Picture
from hue.people.queries import system
from hue.publishing.models import Alert, Post, Reshare
from hue.publishing.states import GONE
from hue.subscribers import choices

Page = tuple[str, str]
GRAVE = ("Extreme", "Severe")


def tell(post: Post, thread: list[Post], change: str, *, at: datetime) -> list[Page]:
    """Rows, which jobs work through; gives the pages that they change."""
    _to_accounts(post, thread, change, at=at)
    return _to_fediverse(post, thread, change, at=at)


def hasten(post: Post, *, at: datetime) -> None:
    """It is an alert now."""
    say.hurry(post.pk)
    if accounts.knows(post.id):
        grave = _level(post) == "danger"
        channels.hasten(by=system(), at=at, ref=post.id, grave=grave)


def _to_accounts(post: Post, thread: list[Post], change: str, *, at: datetime) -> None:
    if change == "added" and accounts.any_open():
        channels.put(by=system(), at=at, said=_piece(post, change))
    elif change == "restored" and accounts.any_open():
        hung = [member for member in thread if member.thread_id == post.pk]
        for one in (post, *(member for member in hung if member.state == "published")):
            channels.put(by=system(), at=at, said=_piece(one, change))
    elif change == "withdrawn" and accounts.knows(post.id):
        channels.take_back(by=system(), at=at, ref=post.id)
    elif change == "changed" and accounts.knows(post.id, before=post.version):
        channels.change(by=system(), at=at, said=_piece(post, change), clean=_sealed(post))


def _piece(post: Post, change: str) -> channels.Said:
    shown = post.placed_pictures.filter(removed_at=None)
    return channels.Said(
        ref=post.id,
        address=post.address,
        text=post.text,
        at=post.published_at or post.written_at,
        version=post.version,
        hashtag=post.event.hashtag if post.event else "",
        pictures=tuple(shown.values_list("picture", flat=True)),
        unit=post.neighbourhood.unit if post.neighbourhood else None,
        place=post.neighbourhood,
        topic=choices.topic_of(post.kind, post.incident.kind if post.incident else ""),
        level=_level(post, is_new=post.thread_id is None and change == "added"),
        follows=post.thread_id or "",
    )


def _level(post: Post, *, is_new: bool = False) -> str:
    """How grave it is, for those who asked to be told; what is new is no alert yet."""
    grave = Alert.objects.in_force().filter(severity__in=GRAVE, exercise=False)
    if not is_new and grave.filter(post=post.root).exists():
        return "danger"
    return choices.level_of(post.kind, post.incident.kind if post.incident else "")


def _to_fediverse(post: Post, thread: list[Post], change: str, *, at: datetime) -> list[Page]:
    """With the first post of a thread what followed it goes, too."""
    root = thread[0]
    whole = post.pk == root.pk and change in {"withdrawn", "restored"}
    changed = thread if whole else [one for one in thread if one.pk == post.pk]
    said = [_said(member, root) for member in changed]
    return say.add(said[0], at=at) if change == "added" else say.follow(said, at=at)


def _said(post: Post, root: Post) -> say.Said:
    """What is asked of the database only if an account is open."""

    def pictures() -> list[Picture]:
        placed = post.placed_pictures.filter(removed_at=None).select_related("picture")
        return [one.picture for one in placed]

    assert post.published_at is not None
    reshare = Reshare.objects.filter(post=post).first()
    return say.Said(
        id=post.id,
        text=post.text,
        at=post.published_at,
        author=post.author,
        place=post.neighbourhood,
        event=root.event,
        follows="" if post.pk == root.pk else root.pk,
        gone=not GONE.keys().isdisjoint({post.state, root.state}),
        urgent=lambda: Alert.objects.filter(post=root, state="in_force").exists(),
        redacted=lambda: _sealed(post),
        pictures=pictures,
        passes_on=say.Passed(reshare.uri, reshare.inbox) if reshare else None,
    )


def _sealed(post: Post) -> bool:
    """The words of the version before it must not stay anywhere."""
    return post.versions.filter(number=post.version - 1, redacted=True).exists()
