from datetime import datetime

from hue.channels import sending
from hue.channels.models import Account, Delivery
from hue.jobs import queue
from hue.jobs.queue import NORMAL, URGENT, every, job
from hue.lib import clock
from hue.people import queries as people


@job("channels.send", priority=URGENT)
def send() -> None:
    """One job for each account: a network that is slow keeps no other waiting."""
    send_by(at=clock.now())


@every("* * * * * */5", "channels.due")
def look_around() -> None:
    send_by(at=clock.now())


def send_by(*, at: datetime) -> None:
    if people.the_force().demonstration:
        return  # nothing ever leaves a demonstration
    due = Delivery.objects.due(at=at).order_by("account").values_list("account", flat=True)
    for account in due.distinct():
        queue.defer("channels.deliver", once=f"channels.deliver {account}", account=account)


@job("channels.deliver", priority=NORMAL)
def deliver(account: int) -> None:
    sending.deliver(Account.objects.get(pk=account), at=clock.now())
