from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from hue.channels import actions, greeting, letters, sending
from hue.channels.models import Account, Copy, Delivery
from hue.channels.networks import NETWORKS
from hue.events.models import LiveEvent
from hue.jobs import queue
from hue.jobs.queue import NORMAL, URGENT, every, job
from hue.lib import clock
from hue.pages.alarms import raise_alarm
from hue.people import queries as people

DAY_BEFORE = timedelta(days=1)


@job("channels.send", priority=URGENT)
def send() -> None:
    """One job for each account: a network that is slow keeps no other waiting."""
    send_by(at=clock.now())


@every("* * * * * */5", "channels.due")
def look_around() -> None:
    send_by(at=clock.now())


def send_by(*, at: datetime) -> None:
    due = Delivery.objects.due(at=at).order_by("account").values_list("account", flat=True)
    for account in due.distinct():
        queue.defer("channels.deliver", once=f"channels.deliver {account}", account=account)


@job("channels.deliver", priority=NORMAL)
def deliver(account: int) -> None:
    sending.deliver(Account.objects.get(pk=account), at=clock.now())


@every("* * * * * */2", "channels.greet")
def greet() -> None:
    greeting.greet_all(at=clock.now())


@every("* * * * * */20", "channels.later")
def look_for_later() -> None:
    later_by(at=clock.now())


def later_by(*, at: datetime) -> None:
    """What waits for a reader's hour."""
    waiting = Copy.objects.due(at=at).order_by("delivery__account")
    for account in waiting.values_list("delivery__account", flat=True).distinct():
        once = f"channels.bring_later {account}"
        queue.defer("channels.bring_later", once=once, account=account)


@job("channels.bring_later", priority=NORMAL)
def bring_later(account: int) -> None:
    sending.later(Account.objects.get(pk=account), at=clock.now())


@every("*/10 * * * *", "channels.receipts")
def ask_receipts() -> None:
    sending.ask_receipts(at=clock.now())


@every("*/15 * * * *", "channels.before_events")
def tell_before_events() -> None:
    before_events(at=clock.now())


def before_events(*, at: datetime) -> None:
    """Who passes messages on has something to pass on, a day before."""
    coming = LiveEvent.objects.filter(state="planned", starts_at__range=(at, at + DAY_BEFORE))
    for event in coming.order_by("starts_at"):
        said = letters.ready_text(event, at=at)
        actions.tell_volunteers(by=people.system(), at=at, said=said)


@every("20 4 * * *", "channels.forget_copies")
def forget_copies() -> None:
    actions.forget_copies(by=people.system(), at=clock.now())


@every("12 * * * *", "channels.watch")
def watch() -> None:
    watch_keys(at=clock.now())


def watch_keys(*, at: datetime) -> None:
    """Somebody hears of a key that ends before it has ended."""
    for account in Account.objects.expiring(at=at).select_related("owner"):
        assert account.expires_at is not None
        when = date_format(timezone.localtime(account.expires_at), "l j F, H:i")
        ends = "ended" if account.expires_at <= at else "ends"
        says = f"The key to {account} {ends} {when}: {account.owner} reconnects it before that."
        raise_alarm(f"channel {account.pk} key", says, at=at)


@every("40 5 * * *", "channels.check")
def check() -> None:
    check_accounts(at=clock.now())


def check_accounts(*, at: datetime) -> None:
    """Each key is tried once a day, so that nobody learns from a post that a network has signed us
    out. Where a call costs, the next post tells."""
    free = [network.slug for network in NETWORKS.values() if not network.can.cost]
    for account in Account.objects.reachable().filter(network__in=free).exclude(secrets=""):
        sending.try_account(account, at=at)
