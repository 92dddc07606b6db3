"""The desk's screens of our accounts elsewhere, and of the servers that we talk to."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.fediverse import access, accounts, actions, forms, names, queries
from hue.fediverse.accounts import Account
from hue.fediverse.models import Actor, Dispatch, Flag, Quote, Received, Server
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission as P
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

QUOTES_SHOWN, STUCK_SHOWN = 50, 20


@require_GET
@may(P.OPEN_ACCOUNTS)
def index(request: HttpRequest) -> HttpResponse:
    return _index(request)


@require_POST
@may(P.OPEN_ACCOUNTS)
def open_account(request: HttpRequest) -> HttpResponse:
    form = forms.OpenForm(request.POST)
    if not form.is_valid():
        return _index(request, opening=form)
    try:
        actions.open_account(by=who(request), at=clock.now(), **form.opened())
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return _index(request, opening=form)
    return redirect("fediverse:index")


@require_POST
@may(P.OPEN_ACCOUNTS)
def close(request: HttpRequest, name: str) -> HttpResponse:
    actor = get_object_or_404(Actor, name=name)
    reason = request.POST.get("reason", "")
    at = clock.now()
    return _done(
        request,
        lambda: actions.close_account(by=who(request), at=at, actor=actor, reason=reason),
        f"{names.handle(name)} is closed for good.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def move(request: HttpRequest, name: str) -> HttpResponse:
    actor = get_object_or_404(Actor, name=name)
    told = request.POST.get("address", "")

    def act() -> None:
        actions.move_account(by=who(request), at=clock.now(), actor=actor, target=_asked(told))

    return _done(
        request,
        act,
        f"Who follows {names.handle(name)} is asked to follow the other account.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def know_as(request: HttpRequest, name: str) -> HttpResponse:
    actor = get_object_or_404(Actor, name=name)
    other = request.POST.get("address", "")
    at = clock.now()
    return _done(
        request,
        lambda: actions.know_as(by=who(request), at=at, actor=actor, other=other),
        f"That account may now send its followers to {names.handle(name)}.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def block(request: HttpRequest) -> HttpResponse:
    form = forms.BlockForm(request.POST)
    if not form.is_valid():
        return _index(request, blocking=form)
    try:
        actions.block_server(by=who(request), at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error("host", str(refusal))
        return _index(request, blocking=form)
    return redirect("fediverse:index")


@require_POST
@may(P.OPEN_ACCOUNTS)
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    server, at = get_object_or_404(Server, pk=pk), clock.now()
    return _done(
        request,
        lambda: actions.unblock_server(by=who(request), at=at, server=server),
        f"{server.host} is let back in.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    server, at = get_object_or_404(Server, pk=pk), clock.real_now()
    return _done(
        request,
        lambda: actions.send_again(by=who(request), at=at, server=server),
        f"What failed at {server.host} is on its way once more.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def read_flag(request: HttpRequest, pk: int) -> HttpResponse:
    flag, at = get_object_or_404(Flag.objects.select_related("server"), pk=pk), clock.now()
    return _done(
        request,
        lambda: actions.read_flag(by=who(request), at=at, flag=flag),
        "Noted that you have looked at it.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    received, at = get_object_or_404(Received, pk=pk), clock.now()
    return _done(
        request,
        lambda: actions.try_again(by=who(request), at=at, received=received),
        "It is tried once more.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    received, at = get_object_or_404(Received, pk=pk), clock.now()
    return _done(
        request,
        lambda: actions.let_go(by=who(request), at=at, received=received),
        "It is gone.",
    )


@require_POST
@may(P.OPEN_ACCOUNTS)
def revoke_quote(request: HttpRequest, pk: str) -> HttpResponse:
    quotes = Quote.objects.select_related("note__actor", "stranger__server")
    quote, at = get_object_or_404(quotes, pk=pk), clock.now()
    reason = request.POST.get("reason", "")
    return _done(
        request,
        lambda: actions.revoke_quote(by=who(request), at=at, quote=quote, reason=reason),
        "They are told that they may not quote it any more.",
    )


@require_http_methods(["GET", "POST"])
@may(P.WRITE_POSTS)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own account: opened by nobody else."""
    officer, form = who(request), forms.NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"kind": "officer", "key": officer.record_id, **form.cleaned_data}
        try:
            actions.open_account(by=officer, at=clock.now(), **given)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("fediverse:mine")
    actor = queries.account_of(officer)
    told = {"account": actor, "handle": names.handle(actor.name) if actor else "", "form": form}
    return render(request, "fediverse/mine.html", told, status=422 if form.errors else 200)


@require_POST
@may(P.WRITE_POSTS)
def close_mine(request: HttpRequest) -> HttpResponse:
    actor = get_object_or_404(Actor, kind="officer", key=who(request).record_id)
    at, reason = clock.now(), "Closed by who spoke under it."
    return _done(
        request,
        lambda: actions.close_account(by=who(request), at=at, actor=actor, reason=reason),
        f"{names.handle(actor.name)} is closed for good.",
        to="fediverse:mine",
    )


def _asked(told: str) -> Account:
    """The account elsewhere as its own server tells it now."""
    address = access.address_that_works(told)
    try:
        return accounts.fetched(address, accounts.signing_as(queries.instance_signer()))
    except accounts.Gone as gone:
        raise Refused(f"There is no account at {gone}.") from gone
    except accounts.NotTold as why:
        raise Refused(f"The other account could not be looked at: {why}") from why


def _done(
    request: HttpRequest, act: Callable[[], object], says: str, *, to: str = "fediverse:index"
) -> HttpResponse:
    try:
        act()
    except (Refused, IllegalMove, MovedMeanwhile) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return redirect(to)


def _index(
    request: HttpRequest,
    *,
    opening: forms.OpenForm | None = None,
    blocking: forms.BlockForm | None = None,
) -> HttpResponse:
    told = {
        "accounts": [(one, names.handle(one.name)) for one in queries.accounts()],
        "waiting": Dispatch.objects.filter(state="due").count(),
        "troubles": queries.troubles(),
        "flags": Flag.objects.unread().select_related("server").order_by("-at"),
        "stuck": Received.objects.stuck()[:STUCK_SHOWN],
        "quotes": queries.quotes()[:QUOTES_SHOWN],
        "blocked": Server.objects.blocked().select_related("blocked_by").order_by("host"),
        "opening": opening or forms.OpenForm(),
        "blocking": blocking or forms.BlockForm(),
        "closing": forms.CloseForm(),
        "other": forms.AddressForm(),
    }
    status = 422 if opening or blocking else 200
    return render(request, "fediverse/index.html", told, status=status)
