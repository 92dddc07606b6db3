from hue.fediverse import keys, names
from hue.fediverse.accounts import Account
from hue.fediverse.models import Actor, Server, Stranger
from hue.fediverse.signatures import Signer


def account_of_key(key_id: str) -> Account | None:
    """As our rows have it."""
    row = Stranger.objects.filter(key_id=key_id, gone_at=None).first()
    if row is None:
        return None
    return Account(row.uri, row.handle, row.inbox, row.shared_inbox, row.key_id, row.public_key)


def is_known(uri: str) -> bool:
    return Stranger.objects.filter(uri=uri).exists()


def instance_signer() -> Signer | None:
    row = Actor.objects.open().of("instance", "").first()
    return Signer(names.key(row.name), keys.opened(row.private_key)) if row else None


def states_of_accounts() -> dict[str, str]:
    return dict(Actor.objects.values_list("name", "state"))


def blocked_hosts() -> frozenset[str]:
    return frozenset(Server.objects.blocked().values_list("host", flat=True))
