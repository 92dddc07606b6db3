"""One attempt at one delivery: the row is claimed, the network is called, what came of it noted.

The call stands outside every transaction. Whoever dies in the middle leaves a claimed row, which
is in doubt once its time is over: then the network is asked before anything is sent again.
"""

import logging
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings

from hue.channels import access, actions, copies, crops
from hue.channels.adapt import fit
from hue.channels.calling import Line, Trouble, understood
from hue.channels.connector import Can, Connector
from hue.channels.letter import ListConnector
from hue.channels.message import Door, Image, Message, Sent
from hue.channels.models import URGENT, Account, Delivery, Host
from hue.channels.networks import LISTS, NETWORKS
from hue.channels.queries import spent_in
from hue.media import files
from hue.media.models import Picture
from hue.people import queries as people
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
AT_ONCE = 50
NO_FILE = "The file of its picture is missing here."
WIDTHS = (1600, 960, 480)  # of pictures: the largest that a network takes


def deliver(account: Account, *, at: datetime) -> int:
    """What is due there, the most urgent first; how many attempts were made."""
    tried: list[int] = []
    if people.the_force().demonstration:
        return 0  # nothing ever leaves a demonstration
    while len(tried) < AT_ONCE and (row := _next(account, tried, at)):
        attempt(row, at=at)
        tried.append(row.pk)
    return len(tried)


def _next(account: Account, tried: list[int], at: datetime) -> Delivery | None:
    """Looked for each time: what became urgent meanwhile does not wait for the others. Behind a
    door that is shut one urgent delivery knocks."""
    due = Delivery.objects.due(at=at).filter(account=account).exclude(pk__in=tried)
    if host_is_shut(host_of(account), at):
        due = due.none() if tried else due.filter(URGENT)
    return due.first()


def attempt(delivery: Delivery, *, at: datetime) -> None:
    by = people.system()
    row = actions.claim(by=by, at=at, delivery=delivery)
    if row is None:
        return
    network = NETWORKS[row.account.network]
    door = open_door(network, row.account)
    trouble, dollars = None, Decimal(0)
    try:
        if network.slug in LISTS:
            _to_readers(LISTS[network.slug], door, row, at)
        elif row.state == "withdrawing":
            with understood(network.name):
                _withdraw(network, door, row)
            actions.settle_gone(by=by, at=at, delivery=row)
        else:
            said = message_of(network, row)
            with understood(network.name):
                sent = _bring(network, door, row, said, at)
            actions.settle(by=by, at=at, delivery=row, sent=sent, version=said.version)
            dollars = network.can.cost * len(said.parts)
    except Trouble as caught:
        trouble = caught
        actions.settle_trouble(by=by, at=at, delivery=row, trouble=caught)
    except (IllegalMove, MovedMeanwhile) as meanwhile:
        log.warning("delivery %s: %s", row.pk, meanwhile)
    note_call(row.account, door.line, trouble, dollars, at=at)


def _to_readers(network: ListConnector, door: Door, row: Delivery, at: datetime) -> None:
    version, taking_back = row.piece.version, row.state == "withdrawing"
    with understood(network.name):
        copies.bring(network, door, row, at=at)
    by = people.system()
    if taking_back:
        actions.settle_gone(by=by, at=at, delivery=row)
    else:
        actions.settle(by=by, at=at, delivery=row, sent=Sent(("list",)), version=version)


def later(account: Account, *, at: datetime) -> None:
    """To readers for whom something waits until now."""
    network, trouble = LISTS[account.network], None
    door = open_door(network, account)
    try:
        with understood(network.name):
            copies.bring_later(network, door, account, at=at)
    except Trouble as caught:
        trouble = caught
    if door.line.calls or trouble:
        note_call(account, door.line, trouble, at=at)


def ask_receipts(*, at: datetime) -> None:
    """What became of what was handed over, where the network tells."""
    for account in Account.objects.reachable().filter(network__in=LISTS):
        network = LISTS[account.network]
        door = open_door(network, account)
        try:
            with understood(network.name):
                told = network.receipts(door)
        except Trouble as trouble:
            log.warning("receipts of %s: %s", network.name, trouble)
            continue
        copies.note_receipts(account, told, at=at)


def try_account(account: Account, *, at: datetime) -> None:
    """Whether its key still opens it."""
    network = NETWORKS[account.network]
    door, trouble = open_door(network, account), None
    try:
        with understood(network.name):
            network.who(door)
    except Trouble as caught:
        trouble = caught
    note_call(account, door.line, trouble, at=at)


def note_call(
    account: Account,
    line: Line,
    trouble: Trouble | None,
    dollars: Decimal = Decimal(0),
    *,
    at: datetime,
) -> None:
    actions.note_answer(
        by=people.system(),
        at=at,
        account=account,
        host=host_of(account),
        trouble=trouble,
        quota=line.quota,
        calls=line.calls,
        dollars=dollars,
    )


def open_door(network: Connector, account: Account) -> Door:
    line = Line(network.name, network.reads)
    return Door(account.address, account.handle, line, account.opened())


def host_of(account: Account) -> str:
    return urlsplit(account.address).hostname or account.network


def host_is_shut(host: str, at: datetime) -> bool:
    return Host.objects.filter(name=host, shut_until__gt=at).exists()


def _bring(network: Connector, door: Door, row: Delivery, said: Message, at: datetime) -> Sent:
    """Sent, or what stands there changed to what is meant now."""
    if why := access.can_still_pay(
        row.account, spent_in(row.account, at), network.can.cost * len(said.parts)
    ):
        raise Trouble(why, final=True)
    if network.can.needs_picture and not said.pictures:
        raise Trouble(f"{network.name} takes nothing without a picture.", final=True)
    if row.version and row.piece.clean_from > row.version:
        _withdraw(network, door, row)
        return network.send(door, replace(said, there=()))
    if row.version and network.can.edit:
        return network.edit(door, said)
    if row.doubt and (found := _found(network, door, said)):
        return _with(row, found)
    return _with(row, network.send(door, said))


def _with(row: Delivery, sent: Sent) -> Sent:
    """A correction stands beside what it corrects: both can be taken away."""
    if not row.version:
        return sent
    return Sent((*row.references, *sent.references), row.link)


def _found(network: Connector, door: Door, said: Message) -> Sent | None:
    if network.can.asked:
        return network.find(door, said)
    if network.can.repeats:
        return None
    raise Trouble("It is not known whether it arrived.", unsure=True)


def _withdraw(network: Connector, door: Door, row: Delivery) -> None:
    said = Message(
        key=key_of(row),
        text="",
        parts=("",),
        link=settings.HUE_SITE + row.piece.address,
        version=row.piece.version,
        at=row.piece.at,
        there=tuple(row.references),
    )
    if not said.there and row.doubt and network.can.asked:
        found = network.find(door, said)
        if found is None:
            return
        said = replace(said, there=found.references)
    if not network.can.delete:
        raise Trouble(
            f"{network.name}: nothing there is deleted from outside: {_by_hand(row)}", final=True
        )
    network.withdraw(door, said)


def _by_hand(row: Delivery) -> str:
    return f"delete it there by hand, then say so here. {row.link}".strip()


def key_of(row: Delivery) -> str:
    return f"{row.piece.ref}.{row.account_id}.{row.piece.version}.{row.piece.put_at:%Y%m%d%H%M%S%f}"


def message_of(network: Connector, row: Delivery) -> Message:
    """The piece as it fits there. Where nothing is edited a correction is a part that says so."""
    piece, can = row.piece, network.can
    link = settings.HUE_SITE + piece.address
    corrects = bool(row.version) and not can.edit and piece.clean_from <= row.version
    text = f"Correction: {piece.text}" if corrects else piece.text
    pictures = tuple(_pictures(network, piece.pictures))
    fitted = fit(
        can,
        text,
        link,
        hashtag=piece.hashtag,
        pictures=len(pictures),
        thread=row.account.threads and not corrects,
    )
    return Message(
        key=key_of(row),
        text=piece.text,
        parts=fitted.parts,
        link=link,
        version=piece.version,
        at=piece.at,
        hashtag=piece.hashtag,
        pictures=() if corrects and not can.needs_picture else pictures,
        reply_to=tuple(row.references) if corrects else _followed(row),
        there=() if corrects else tuple(row.references),
    )


def _followed(row: Delivery) -> tuple[str, ...]:
    """Where the first of its thread stands on the same account."""
    if row.piece.parent is None:
        return ()
    first = Delivery.objects.filter(piece=row.piece.parent, account=row.account, state="sent")
    return tuple(first.values_list("references", flat=True).first() or ())


def _pictures(network: Connector, ids: list[str]) -> list[Image]:
    can, known = network.can, Picture.objects.in_bulk(ids)
    shown = [known[one] for one in ids[: can.pictures] if one in known]
    return [_cut(network, one) or _image(can, one) for one in shown]


def _cut(network: Connector, picture: Picture) -> Image | None:
    """Only where it takes no picture of that shape."""
    within = crops.needed(picture, network.slug)
    if within is None:
        return None
    try:
        content = crops.content(picture, within)
        url = crops.publish(picture, network.slug)
    except FileNotFoundError:
        raise Trouble(NO_FILE, final=True) from None
    return Image(content, picture.alt[: network.can.alt], url, within.width, within.height)


def _image(can: Can, picture: Picture) -> Image:
    """The largest of its sizes that the network takes."""
    for width in WIDTHS:
        name = picture.name_of(width)
        try:
            content = files.where(name).read_bytes()
        except FileNotFoundError:
            raise Trouble(NO_FILE, final=True) from None
        if len(content) <= can.picture_bytes:
            break
    height = round(picture.height * width / picture.width)
    url = f"{settings.HUE_SITE}/media/{name}"
    return Image(content, picture.alt[: can.alt], url, min(width, picture.width), height)
