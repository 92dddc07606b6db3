"""What leaves the house with a public post: to our accounts elsewhere."""

from datetime import datetime

from hue.channels import actions as channels
from hue.channels import queries as accounts
from hue.people.queries import system
from hue.publishing.models import Post


def tell(post: Post, thread: list[Post], change: str, *, at: datetime) -> None:
    """Rows, which jobs work through."""
    if change == "added" and accounts.any_open():
        channels.put(by=system(), at=at, said=_piece(post))
    elif change == "restored" and accounts.any_open():
        hung = [member for member in thread if member.thread_id == post.pk]
        for one in (post, *(member for member in hung if member.state == "published")):
            channels.put(by=system(), at=at, said=_piece(one))
    elif change == "withdrawn" and accounts.knows(post.id):
        channels.take_back(by=system(), at=at, ref=post.id)
    elif change == "changed" and accounts.knows(post.id, before=post.version):
        channels.change(by=system(), at=at, said=_piece(post), clean=_sealed(post))


def _piece(post: Post) -> channels.Said:
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
        follows=post.thread_id or "",
    )


def _sealed(post: Post) -> bool:
    """The words of the version before it must not stay anywhere."""
    return post.versions.filter(number=post.version - 1, redacted=True).exists()
