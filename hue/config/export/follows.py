"""Who follows our accounts and whom we shut out, in the forms that Mastodon exports and imports."""

import csv
import io
from collections.abc import Iterable, Iterator

from hue.fediverse import names
from hue.fediverse.models import Actor, Follower, Server

FOLDER = "fediverse"
ACCOUNTS = f"{FOLDER}/accounts.csv"
BLOCKED = f"{FOLDER}/blocked_domains.csv"  # of all accounts together; without a header
ACCOUNT = ("Account name", "Address", "State", "Followers")
FOLLOWERS = ("Account address",)
FOLLOWING = ("Account address", "Show boosts", "Notify on new posts", "Languages")


def files() -> Iterator[tuple[str, Iterator[str]]]:
    """Each with its lines."""
    accounts = Actor.objects.exclude(kind="instance").order_by("name")
    yield ACCOUNTS, _lines(ACCOUNT, map(_account, accounts))
    for actor in accounts:
        yield f"{FOLDER}/{actor.name}/followers.csv", _lines(FOLLOWERS, _followers(actor))
        # Our accounts follow nobody.
        yield f"{FOLDER}/{actor.name}/following_accounts.csv", _lines(FOLLOWING, ())
    yield BLOCKED, iter(Server.objects.blocked().order_by("host").values_list("host", flat=True))


def _account(actor: Actor) -> tuple[str, ...]:
    return actor.name, names.actor(actor.name), actor.state, str(actor.followers.count())


def _followers(actor: Actor) -> Iterator[tuple[str]]:
    """By the name that people write, or by the address where a name is too odd for that."""
    rows = Follower.objects.filter(actor=actor).order_by("since", "pk")
    for handle, uri in rows.values_list("stranger__handle", "stranger__uri").iterator(2000):
        yield (handle.removeprefix("@") or uri,)


def _lines(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield ",".join(header)
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        yield line.getvalue()
