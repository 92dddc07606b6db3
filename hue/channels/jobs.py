from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from hue.channels import (
    actions,
    greeting,
    letters,
    listed,
    models,
    queries,
    receiving,
    sending,
    signing_in,
)
from hue.channels.models import Account, Copy, Day, Delivery
from hue.channels.networks import NETWORKS
from hue.events.models import LiveEvent
from hue.jobs import queue
from hue.jobs.queue import BULK, NORMAL, URGENT, every, job
from hue.lib import clock
from hue.pages import stale
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people import queries as people

DAY_BEFORE = timedelta(days=1)


@job("channels.send", priority=URGENT)
def send() -> None:
    send_by(at=clock.now())


@every("* * * * * */5", "channels.due")
def look_around() -> None:
    send_by(at=clock.now())


def send_by(*, at: datetime) -> None:
    """One job for each account: a network that is slow keeps no other waiting. One for what is
    urgent does not wait behind the routine."""
    due = Delivery.objects.due(at=at).order_by().values_list("account")
    for account, urgent in due.annotate(urgent=Count("pk", filter=models.URGENT)):
        once = f"channels.deliver {account}{' urgent' if urgent else ''}"
        priority = URGENT if urgent else NORMAL
        queue.defer("channels.deliver", once=once, priority=priority, account=account)


@job("channels.deliver", priority=NORMAL)
def deliver(account: int) -> None:
    sending.deliver(Account.objects.get(pk=account), at=clock.now())


@every("*/5 * * * *", "channels.listed")
def look_at_the_list() -> None:
    """Accounts on our own server open, move and close below us: their rows tell."""
    if not listed.as_written(at=clock.now()):
        stale.mark(("channels.list", ""), at=clock.now())


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
    watch_silence(at=clock.now())
    watch_owners(at=clock.now())


def watch_keys(*, at: datetime) -> None:
    """Somebody hears of a key that ends before it has ended."""
    for account in Account.objects.expiring(at=at).select_related("owner"):
        assert account.expires_at is not None
        when = date_format(timezone.localtime(account.expires_at), "l j F, H:i")
        ends = "ended" if account.expires_at <= at else "ends"
        says = f"The key to {account} {ends} {when}: {account.owner} reconnects it before that."
        raise_alarm(f"channel {account.pk} key", says, at=at)


def watch_silence(*, at: datetime) -> None:
    """An account that nobody uses looks like an office that nobody staffs."""
    for account in Account.objects.open().select_related("owner"):
        slug = f"channel {account.pk} silent"
        if since := queries.silent_since(account, at=at):
            day = date_format(timezone.localtime(since), "j F")
            says = f"{account}: nothing since {day}. {account.owner} says something, or closes it."
            raise_alarm(slug, says, at=at)
        else:
            end_alarm(slug, at=at)


def watch_owners(*, at: datetime) -> None:
    """No account is nobody's: who was named follows, or somebody hears of it."""
    gone = Account.objects.reachable().exclude(owner__left_at=None)
    for account in gone.select_related("owner", "deputy"):
        deputy = account.deputy
        if deputy is not None and deputy.is_active:
            actions.succeed(by=people.system(), at=at, account=account)
        else:
            says = f"{account}: {account.owner} has left, and nobody answers for it. Hand it over."
            raise_alarm(f"channel {account.pk} owner", says, at=at)


@every("*/5 * * * * 30", "channels.hear")
def hear() -> None:
    hear_by(at=clock.now())


def hear_by(*, at: datetime) -> None:
    if people.the_force().demonstration:
        return  # nobody outside is asked
    able = [network.slug for network in NETWORKS.values() if network.can.receive]
    due = Delivery.objects.to_hear(at=at).filter(account__network__in=able).order_by("account")
    for account in due.values_list("account", flat=True).distinct():
        queue.defer("channels.receive", once=f"channels.receive {account}", account=account)


@job("channels.receive", priority=BULK)
def receive(account: int) -> None:
    receiving.receive(Account.objects.get(pk=account), at=clock.now())


@every("25 * * * *", "channels.count")
def count() -> None:
    count_day(at=clock.now())


def count_day(*, at: datetime) -> None:
    """Each account once a day, from its first day on; who does not answer is asked again."""
    day, by = timezone.localtime(at).date(), people.system()
    for one in queries.own_not_counted(day=day):
        actions.count(by=by, at=at, day=one)
    if people.the_force().demonstration:
        return  # no account elsewhere is asked for it
    for account in queries.not_counted(day=day):
        receiving.count_followers(account, at=at, day=Day(account=account, day=day))


@every("50 4 * * *", "channels.forget")
def forget() -> None:
    actions.forget(by=people.system(), at=clock.now())


@every("* * * * * 45", "channels.renew")
def renew() -> None:
    renew_keys(at=clock.now())


def renew_keys(*, at: datetime) -> None:
    for account in Account.objects.to_renew(at=at):
        signing_in.renew(account, at=at)


@every("40 5 * * *", "channels.check")
def check() -> None:
    check_accounts(at=clock.now())


def check_accounts(*, at: datetime) -> None:
    """Each key is tried once a day, so that nobody learns from a post that a network has signed us
    out. Where a call costs, the next post tells."""
    free = [network.slug for network in NETWORKS.values() if not network.can.cost]
    for account in Account.objects.reachable().filter(network__in=free).exclude(secrets=""):
        sending.try_account(account, at=at)
