"""What the public sent in, on the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.lib import clock
from hue.listening import access, register
from hue.listening.actions import rumours as actions
from hue.listening.models import Asked, Challenge, Rumour
from hue.listening.queries import asked as queries
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile, MovedMeanwhile

STUCK = (Refused, IllegalMove, MovedMeanwhile, EditedMeanwhile)
CHOICES = 300


@may(Permission.KEEP_RUMOURS)
@require_GET
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    return _asked_pane(request, pk)


@may(Permission.KEEP_RUMOURS)
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    def deed(by: Officer) -> None:
        rumour = get_object_or_404(Rumour, pk=request.POST.get("rumour", ""))
        actions.take_up(by=by, at=clock.now(), asked=_asked(pk), rumour=rumour)

    return _do(request, "rumours:asked", pk, deed, "Taken up: it was seen once more.", _asked_pane)


@may(Permission.KEEP_RUMOURS)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    def deed(by: Officer) -> None:
        why = request.POST.get("why", "")
        actions.drop(by=by, at=clock.now(), asked=_asked(pk), why=why)

    return _do(request, "rumours:asked", pk, deed, "Put away.", _asked_pane)


@may(Permission.DECIDE_RUMOURS)
@require_GET
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    return _challenge_pane(request, pk)


@may(Permission.DECIDE_RUMOURS)
@require_POST
def decide_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    def deed(by: Officer) -> None:
        actions.decide_challenge(
            by=by,
            at=clock.now(),
            challenge=_challenge(pk),
            upholds=request.POST.get("upholds") == "yes",
            because=request.POST.get("because", ""),
        )

    said = "Decided: it stands on the public page."
    return _do(request, "rumours:challenge", pk, deed, said, _challenge_pane)


def _do(
    request: HttpRequest,
    name: str,
    pk: int,
    deed: Callable[[Officer], None],
    said: str,
    pane: Callable[..., HttpResponse],
) -> HttpResponse:
    try:
        deed(who(request))
    except STUCK as trouble:
        return pane(request, pk, wrong=str(trouble), status=409)
    messages.success(request, said)
    return redirect(name, pk=pk)


def _asked_pane(
    request: HttpRequest, pk: int, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    found = _asked(pk)
    waits = found.state == "waiting"
    told = {
        "asked": found,
        "matches": queries.matching(found.words, public=False) if waits else [],
        "choices": Rumour.objects.standing().order_by("-opened_at")[:CHOICES] if waits else [],
        "may_keep": not who(request).practice,
    }
    return _pane(request, "asked", {**told, "wrong": wrong}, status)


def _challenge_pane(
    request: HttpRequest, pk: int, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    found, why_not = _challenge(pk), ""
    try:
        access.may_decide_challenge(who(request), found)
    except Refused as refusal:
        why_not = str(refusal)
    opened = found.state == "open"
    told = {
        "challenge": found,
        "lead": register.lead(found.rumour.state, found.rumour.answer),
        "why_not": why_not if opened else "",
        "may_decide": opened and not why_not,
    }
    return _pane(request, "challenge", {**told, "wrong": wrong}, status)


def _pane(request: HttpRequest, name: str, told: dict[str, Any], status: int) -> HttpResponse:
    alone = request.headers.get("HX-Request") == "true"
    context = {**told, "typed": request.POST, "item": f"listening/{name}.html"}
    template = f"listening/{name}.html" if alone else f"listening/{name}_page.html"
    return render(request, template, context, status=status)


def _asked(pk: int) -> Asked:
    return get_object_or_404(Asked.objects.select_related("rumour", "place"), pk=pk)


def _challenge(pk: int) -> Challenge:
    found = Challenge.objects.select_related("rumour", "verdict", "decided_by")
    return get_object_or_404(found, pk=pk)
