"""Public, without an account or JavaScript: ask about a claim, doubt an answer."""

import ipaddress
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods

from hue.lib import clock
from hue.lib.html import plain
from hue.listening import register
from hue.listening.actions import rumours as actions
from hue.listening.forms.ask import AskForm, DoubtForm
from hue.listening.models import Rumour
from hue.listening.queries import asked as queries
from hue.pages import shell
from hue.people.access import Refused
from hue.people.gate import public
from hue.people.queries import system
from hue.people.signin import address_of

NOT_FOR_SEARCH = '<meta name="robots" content="noindex">'
LONGEST = 2000


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What was pasted is looked for among the answers first; what is not there can be asked."""
    if request.method == "GET":
        words = plain(request.GET.get("q", ""))[:LONGEST]
        return _asking(request, AskForm(initial={"words": words}), words)
    form, at = AskForm(request.POST), clock.now()
    if not form.is_valid():
        return _asking(request, form, "", status=422)
    told = form.cleaned_data
    if told["website"]:  # only a machine sees that field
        return _page(request, "asked", "Thank you")
    try:
        actions.ask(
            by=system(),
            at=at,
            words=told["words"],
            source=_source(request, at),
            place=told["place"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _asking(request, form, "", status=429)
    return _page(request, "asked", "Thank you", matches=_found(told["words"]))


@public
@require_http_methods(["GET", "POST"])
def doubt(request: HttpRequest, pk: str) -> HttpResponse:
    rumour = get_object_or_404(Rumour.objects.listed(), pk=pk)
    form, at = DoubtForm(request.POST or None), clock.now()
    lead = register.lead(rumour.state, rumour.answer)
    told: dict[str, Any] = {"rumour": rumour, "lead": lead}
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, "doubt", "Is this answer wrong?", status=status, form=form, **told)
    if not form.cleaned_data["website"]:
        words, source = form.cleaned_data["words"], _source(request, at)
        try:
            actions.challenge(by=system(), at=at, rumour=rumour, words=words, source=source)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _page(request, "doubt", "Is this answer wrong?", status=429, form=form, **told)
    return _page(request, "doubted", "Thank you", **told)


def _asking(request: HttpRequest, form: AskForm, words: str, *, status: int = 200) -> HttpResponse:
    told: dict[str, Any] = {"q": words, "matches": _found(words)}
    return _page(request, "ask", "Is it true?", status=status, form=form, **told)


def _found(words: str) -> list[dict[str, Any]]:
    found = queries.matching(words)
    return [{"rumour": one, "lead": register.lead(one.state, one.answer)} for one in found]


def _page(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **told: Any
) -> HttpResponse:
    """In the frame of the public pages."""
    main = render_to_string(f"listening/ask/{template}.html", told, request)
    shell.catch_up()
    page = shell.page(path=request.path, title=title, main=main, head=NOT_FOR_SEARCH)
    return HttpResponse(page, status=status)


def _source(request: HttpRequest, at: datetime) -> str:
    """Whose connection, for a day: a keyed hash that nobody can turn back, IPv6 by its network."""
    address = address_of(request)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        known = None
    if isinstance(known, ipaddress.IPv6Address):
        address = str(ipaddress.ip_network(f"{known}/64", strict=False))
    return salted_hmac("hue.listening.asked", f"{at:%Y-%m-%d} {address}").hexdigest()
