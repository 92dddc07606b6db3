"""The desk's screens of accounts elsewhere, and of deliveries that are stuck."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.channels import access, actions, figures, forms, present, signing_in
from hue.channels.actions.account import Charter
from hue.channels.calling import Trouble
from hue.channels.connector import Connector
from hue.channels.dry import dry_run
from hue.channels.entrance import Granted
from hue.channels.models import Account, Delivery
from hue.channels.networks import NETWORKS
from hue.channels.queries import name_of
from hue.channels.trying import try_key
from hue.lib import clock
from hue.lib.html import plain
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

CHARTER = ("purpose", "owner", "staffed", "out_of_hours", "unit", "silent_after", "threads", "cap")
LONGEST = 5000
STUCK = (Refused, IllegalMove, MovedMeanwhile)


@may(Permission.SEE_INCIDENTS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "accounts": present.accounts(at=clock.now()),
        "networks": present.networks(),
        "own": figures.of_our_own(at=clock.now()),
        **present.estimate(request.GET.get("posts", ""), at=clock.now()),
        "may_connect": _may_connect(request),
    }
    return render(request, "channels/index.html", context)


@may(Permission.KEEP_SUBSCRIBERS)
@require_GET
def costs(request: HttpRequest) -> HttpResponse:
    """A part of the page of subscribers, whose room knows no accounts."""
    context = {"lists": present.costs_of_lists(at=clock.now())}
    return render(request, "channels/costs.html", context)


@may(Permission.OPEN_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, slug: str) -> HttpResponse:
    """The key is tried before anything is kept."""
    network = _network(slug)
    by, sent = who(request), request.POST or None
    form = forms.ConnectForm(network, sent, initial={"owner": by})
    charter = forms.CharterForm(network, sent)
    context = {"network": network, "form": form, "charter": charter}
    if request.method == "POST" and form.is_valid() and charter.is_valid():
        said = {**form.cleaned_data, **charter.cleaned_data}
        address = said.get("address") or network.home
        try:
            access.may_connect(by)
            fact = try_key(network, address, form.keys(), said.get("handle", ""))
            account = actions.connect(
                by=by,
                at=clock.now(),
                network=slug,
                address=address,
                secrets=form.keys() or network.makes(),
                fact=fact,
                charter=Charter(**{name: said[name] for name in CHARTER if name in said}),
                expires_at=said["expires_at"],
            )
        except (Refused, Trouble) as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, "Connected. A second person opens it.")
            return redirect("channels:account", pk=account.pk)
    return render(request, "channels/connect.html", context, status=422 if form.errors else 200)


@may(Permission.OPEN_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def sign_in_there(request: HttpRequest, slug: str) -> HttpResponse:
    """What was typed waits in the session, until the network sends them back."""
    network = _with_entrance(slug)
    by, sent = who(request), request.POST or None
    form = forms.SignInForm(network, sent, initial={"owner": by})
    charter = forms.CharterForm(network, sent)
    context = {"network": network, "form": form, "charter": charter, "back": signing_in.back()}
    if request.method == "POST" and form.is_valid() and charter.is_valid():
        address = form.cleaned_data.get("address") or network.home
        typed = {name: request.POST[name] for name in CHARTER if name in request.POST}
        try:
            access.may_connect(by)
            told = {"at": clock.now(), "typed": typed}
            there = signing_in.set_out(request.session, network, address, form.given(), **told)
        except (Refused, Trouble) as trouble:
            form.add_error(None, str(trouble))
        else:
            return render(request, "channels/go_there.html", {"network": network, "there": there})
    status = 422 if form.errors or charter.errors else 200
    return render(request, "channels/sign_in.html", context, status=status)


@may(Permission.OPEN_ACCOUNTS)
@require_POST
def sign_in_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account(pk)
    network = _with_entrance(found.network)
    assert network.entrance is not None
    kept = found.opened()
    given = {name: kept[name] for name in network.entrance.given if name in kept}
    try:
        access.may_connect(who(request))
        told = {"at": clock.now(), "account": pk}
        there = signing_in.set_out(request.session, network, found.address, given, **told)
    except (Refused, Trouble) as trouble:
        messages.error(request, str(trouble))
        return redirect("channels:account", pk=pk)
    return render(request, "channels/go_there.html", {"network": network, "there": there})


@may(Permission.OPEN_ACCOUNTS)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """At once to the account's page: what the network wrote into this address is used up."""
    try:
        trip = signing_in.come_back(request.session, request.GET.get("state", ""), at=clock.now())
        if not request.GET.get("code"):
            raise Refused("The network was not told yes: nothing is connected.")
        account = _key_for(request, trip, signing_in.redeem(trip, request.GET["code"]))
    except (Refused, Trouble) as trouble:
        messages.error(request, str(trouble))
        return redirect("channels:index")
    return redirect("channels:account", pk=account.pk)


def _key_for(request: HttpRequest, trip: signing_in.Trip, granted: Granted) -> Account:
    """Connected with what was typed before, or given a new key."""
    network, by, at = _network(trip.network), who(request), clock.now()
    ends, again = granted.life(at=at)
    fact = try_key(network, trip.address, granted.secrets, "")
    key: dict[str, Any] = {"secrets": granted.secrets, "fact": fact}
    key |= {"expires_at": ends, "renew_at": again}
    if trip.account is not None:
        found = _account(trip.account)
        actions.reconnect(by=by, at=at, account=found, **key)
        messages.success(request, "Reconnected.")
        return found
    form = forms.SignInForm(network, {**trip.typed, **trip.keys, "address": trip.address})
    charter = forms.CharterForm(network, trip.typed)
    if not (form.is_valid() and charter.is_valid()):
        raise Refused(signing_in.LOST)
    said = {**form.cleaned_data, **charter.cleaned_data}
    told = Charter(**{name: said[name] for name in CHARTER if name in said})
    messages.success(request, "Connected. A second person opens it.")
    key |= {"network": trip.network, "address": trip.address}
    return actions.connect(by=by, at=at, charter=told, **key)


@may(Permission.SEE_INCIDENTS)
@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _account(pk))


@may(Permission.SEE_INCIDENTS)
@require_GET
def dry(request: HttpRequest, pk: int) -> HttpResponse:
    found, text = _account(pk), plain(request.GET.get("text", ""))[:LONGEST]
    context = {
        "account": found,
        "name": name_of(found),
        "text": text,
        "calls": dry_run(found, text, at=clock.now()) if text else [],
        "asks_picture": _network(found.network).can.needs_picture,
    }
    return render(request, "channels/dry.html", context)


@may(Permission.OPEN_ACCOUNTS)
@require_POST
def reconnect(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account(pk)
    network = _network(found.network)
    form = forms.KeyForm(network, request.POST)
    if form.is_valid():
        try:
            fact = try_key(network, found.address, form.keys(), found.handle)
            actions.reconnect(
                by=who(request),
                at=clock.now(),
                account=found,
                secrets=form.keys() or found.opened(),
                fact=fact,
                expires_at=form.cleaned_data["expires_at"],
            )
        except (Refused, Trouble) as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, "Reconnected.")
            return redirect("channels:account", pk=pk)
    return _page(request, found, key=form)


@may(Permission.OPEN_ACCOUNTS)
@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account(pk)
    form = forms.CharterForm(_network(found.network), request.POST)
    if form.is_valid():
        try:
            actions.amend(by=who(request), at=clock.now(), account=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("channels:account", pk=pk)
    return _page(request, found, charter=form)


@may(Permission.OPEN_ACCOUNTS)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _account(pk), forms.OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, owner=form)
    owner = form.cleaned_data["owner"]
    try:
        actions.hand_over(by=who(request), at=clock.now(), account=found, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, owner=form)
    messages.success(request, f"{owner} answers for it now.")
    return redirect("channels:account", pk=pk)


@may(Permission.OPEN_ACCOUNTS)
@require_POST
def move(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    found, by, at = _account(pk), who(request), clock.now()
    words = request.POST.get("words", "")
    try:
        if state == "closed":
            actions.close(by=by, at=at, account=found, words=words)
        elif state == "closing":
            actions.run_out(by=by, at=at, account=found, words=words)
        elif state == "open":
            actions.move(by=by, at=at, account=found, state=state)
        else:
            raise Http404("There is no such state.")
    except STUCK as refusal:
        messages.error(request, str(refusal))
    return redirect("channels:account", pk=pk)


@may(Permission.SEE_INCIDENTS)
@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    return _delivery_page(request, _delivery(pk))


@may(Permission.APPROVE_POSTS)
@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    found, form = _delivery(pk), forms.DecisionForm(request.POST)
    if verb not in actions.VERBS:
        raise Http404("There is no such decision.")
    if not form.is_valid():
        return _delivery_page(request, found, errors=["Give its address there, from https:// on."])
    link = form.cleaned_data["link"]
    try:
        actions.decide(by=who(request), at=clock.now(), delivery=found, verb=verb, link=link)
    except STUCK as refusal:
        return _delivery_page(request, _delivery(pk), errors=[str(refusal)])
    messages.success(request, f"Noted: {actions.VERBS[verb]}.")
    return redirect("channels:delivery", pk=pk)


def _page(request: HttpRequest, found: Account, **typed: Any) -> HttpResponse:
    """The page of an account; a form that failed keeps what was typed, but no key."""
    network = _network(found.network)
    context = {
        **present.account(found, at=clock.now()),
        "network": network,
        "may_connect": _may_connect(request),
        "key": forms.KeyForm(network),
        "charter": forms.CharterForm(network, initial=forms.charter_of(found)),
        "owner": forms.OwnerForm(initial={"owner": found.owner, "deputy": found.deputy}),
        **typed,
        "typed": typed,
    }
    return render(request, "channels/account.html", context, status=422 if typed else 200)


def _delivery_page(
    request: HttpRequest, found: Delivery, errors: list[str] | None = None
) -> HttpResponse:
    context = {
        **present.delivery(found),
        "errors": errors or [],
        "may_decide": who(request).may(Permission.APPROVE_POSTS),
        "item": "channels/delivery.html",
    }
    alone = request.headers.get("HX-Request") == "true"
    template = "channels/delivery.html" if alone else "channels/delivery_page.html"
    return render(request, template, context, status=409 if errors else 200)


def _may_connect(request: HttpRequest) -> bool:
    return who(request).may(Permission.OPEN_ACCOUNTS)


def _network(slug: str) -> Connector:
    if slug not in NETWORKS:
        raise Http404("There is no such network.")
    return NETWORKS[slug]


def _with_entrance(slug: str) -> Connector:
    network = _network(slug)
    if network.entrance is None:
        raise Http404("Nobody signs in there.")
    return network


def _account(pk: int) -> Account:
    rows = Account.objects.select_related("owner", "deputy", "unit", "connected_by")
    return get_object_or_404(rows, pk=pk)


def _delivery(pk: int) -> Delivery:
    rows = Delivery.objects.select_related("account__owner", "piece")
    return get_object_or_404(rows, pk=pk)
