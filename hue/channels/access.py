"""Who may, in words."""

from decimal import Decimal
from urllib.parse import urlsplit

from hue.channels.models import Account, Delivery
from hue.channels.networks import NETWORKS
from hue.channels.states import TO_DECIDE
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.queries import the_force
from hue.people.roles import Permission

ANSWERS = "information_asset_owner"


def require_the_software(by: Officer) -> None:
    """What leaves the house follows from a post: nobody sends anything by hand."""
    if by.record_role != "system":
        raise Refused("Posts go out by being published: publish, correct or withdraw the post.")


def may_connect(by: Officer) -> None:
    require(by, Permission.OPEN_ACCOUNTS)
    if the_force().demonstration:
        raise Refused("This is a demonstration: nothing leaves it, so nothing is connected to it.")


def may_open(by: Officer, account: Account) -> None:
    """Two people, one of whom answers for the accounts and the data in them."""
    may_connect(by)
    if by.pk == account.connected_by.pk:
        raise Refused("You connected it: a second person opens it.")
    if not {ANSWERS} & {*by.roles, *account.connected_by.roles}:
        raise Refused("An information asset owner connects it or opens it.")
    if not account.secrets and account.network != "webhook":
        raise Refused("It has no key: reconnect it first.")


def may_say_last(account: Account, words: str) -> None:
    network = NETWORKS[account.network]
    if words and network.can.needs_picture:
        raise Refused(
            f"{network.name} takes nothing without a picture: write the last post there by hand, "
            "and leave this empty."
        )


def may_decide(by: Officer, delivery: Delivery) -> None:
    require(by, Permission.APPROVE_POSTS)
    if delivery.state not in TO_DECIDE:
        raise Refused("It is no longer stuck: somebody or the software was faster.")


def address_that_works(address: str, schemes: frozenset[str] = frozenset({"https", "http"})) -> str:
    """Of the web or a mail server, and nothing else in it that could be a key."""
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        such = "smtps://mail.example:465" if "smtps" in schemes else "https://mastodon.example"
        raise Refused(f"Write the whole address, such as {such}.")
    if parts.username or parts.password:
        raise Refused("Write the address without a name and password in it.")
    return address


def can_still_pay(account: Account, spent: Decimal, price: Decimal) -> str:
    """Why not, or nothing."""
    if price and account.cap is not None and spent + price > account.cap:
        return (
            f"This month's cap of ${account.cap} is reached (${spent:.2f} spent): raise it, then "
            "send again."
        )
    return ""


def says_when_nobody_reads(staffed: str, out_of_hours: str) -> None:
    """SOC-5: whoever writes there at night is told where help is."""
    if "24" in staffed and "7" in staffed:
        return
    if "999" not in out_of_hours or "101" not in out_of_hours:
        raise Refused(
            "Say what people read out of hours, with 999 and 101 in it: it is not staffed day and "
            "night."
        )
