"""The register of rumours on the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.lib.html import plain
from hue.listening import forms, showing
from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.decide import Answer
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Rumour, Verdict
from hue.listening.queries import rumours as queries
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.present import faults
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile, MovedMeanwhile

SHOWN = 100
STUCK = (Refused, IllegalMove, MovedMeanwhile, EditedMeanwhile)
ENTRY = ("question", "claim", "harm", "kind", "subject")
LOOK_AGAIN = timedelta(days=1)


@may(Permission.SEE_INCIDENTS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    words, state = plain(request.GET.get("q", ""))[:200], request.GET.get("state", "")
    state = state if state in showing.STATES else ""
    found = list(queries.register(words, state)[: SHOWN + 1])
    at = clock.now()
    context = {
        "q": words,
        "state": state,
        "states": [(slug, words) for slug, (words, _) in showing.STATES.items()],
        "rows": [showing.row(one, at=at) for one in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "may_keep": who(request).may(Permission.KEEP_RUMOURS),
    }
    return render(request, "listening/register.html", context)


@may(Permission.KEEP_RUMOURS)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    by = who(request)
    form = forms.EnterForm(request.POST or None, initial={"owner": by})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        glimpse = Glimpse(told["source"], told["place"], count=told["count"])
        places = told["places"] or ([told["place"]] if told["place"] else [])
        entry = {name: told[name] for name in ENTRY}
        try:
            made = actions.enter(
                by=by,
                at=clock.now(),
                owner=told["owner"],
                places=list(places),
                glimpse=glimpse,
                **entry,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Entered. The desk sees it at once.")
            return redirect("listening:rumour", pk=made.pk)
    context = {"form": form, "title": "Enter a rumour", "act": "Enter it"}
    return render(request, "listening/rumour_form.html", context, status=_status(form))


@may(Permission.SEE_INCIDENTS)
@require_GET
def rumour(request: HttpRequest, pk: str) -> HttpResponse:
    return _pane(request, _rumour(pk))


@may(Permission.KEEP_RUMOURS)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: str) -> HttpResponse:
    found = _rumour(pk)
    first = {name: getattr(found, name) for name in ENTRY} | {"places": found.places.all()}
    form = forms.RumourForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        entry = {name: told[name] for name in ENTRY}
        try:
            actions.amend(
                by=who(request),
                at=clock.now(),
                rumour=found,
                seen=_seen(request),
                places=list(told["places"]),
                **entry,
            )
        except STUCK as trouble:
            form.add_error(None, str(trouble))
        else:
            return redirect("listening:rumour", pk=pk)
    context = {"form": form, "rumour": found, "title": "Change the entry", "act": "Save"}
    return render(request, "listening/rumour_form.html", context, status=_status(form))


@may(Permission.DECIDE_RUMOURS)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    found, at = _rumour(pk), clock.now()
    again = (at + LOOK_AGAIN).replace(second=0, microsecond=0)
    form = forms.DecideForm(request.POST or None, initial={"next_check_at": again})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = ("verdict", "says", "looked_at", "rationale", "next_check_at", "changed_because")
        answer = Answer(
            **{name: told[name] for name in names}, decision_model=form.decision_model()
        )
        try:
            verdict = actions.decide(
                by=who(request),
                at=at,
                rumour=found,
                seen=_seen(request),
                answer=answer,
                show=told["show"],
            )
        except STUCK as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, _decided(verdict))
            return redirect("listening:rumour", pk=pk)
    context = {"form": form, "rumour": found, **showing.rumour(found, who(request), at=at)}
    return render(request, "listening/decide.html", context, status=_status(form))


@may(Permission.DECIDE_RUMOURS)
@require_POST
def second(request: HttpRequest, pk: str) -> HttpResponse:
    """The second decider, where the force is the subject."""

    def deed(by: Officer, found: Rumour) -> str:
        verdict = get_object_or_404(found.verdicts, pk=request.POST.get("verdict") or 0)
        agrees = request.POST.get("agrees") == "yes"
        says = request.POST.get("says", "")
        actions.second(by=by, at=clock.now(), verdict=verdict, agrees=agrees, says=says)
        return "Decided, by two." if agrees else "It is decided anew."

    return _do(request, pk, deed)


@may(Permission.KEEP_RUMOURS)
@require_POST
def see(request: HttpRequest, pk: str) -> HttpResponse:
    def deed(by: Officer, found: Rumour) -> str:
        form = forms.SightingForm(request.POST)
        told = _valid(form)
        glimpse = Glimpse(told["source"], told["place"], count=told["count"])
        actions.see(by=by, at=clock.now(), rumour=found, glimpse=glimpse)
        return "Noted."

    return _do(request, pk, deed)


@may(Permission.KEEP_RUMOURS)
@require_POST
def check(request: HttpRequest, pk: str) -> HttpResponse:
    def deed(by: Officer, found: Rumour) -> str:
        told = _valid(forms.CheckForm(request.POST))
        actions.check(by=by, at=clock.now(), rumour=found, **told)
        return "Noted: whoever decides sees it."

    return _do(request, pk, deed)


@may(Permission.DECIDE_RUMOURS)
@require_POST
def show(request: HttpRequest, pk: str) -> HttpResponse:
    def deed(by: Officer, found: Rumour) -> str:
        actions.show(by=by, at=clock.now(), rumour=found, seen=_seen(request))
        return "It stands on the public pages."

    return _do(request, pk, deed)


@may(Permission.DECIDE_RUMOURS)
@require_POST
def reopen(request: HttpRequest, pk: str) -> HttpResponse:
    def deed(by: Officer, found: Rumour) -> str:
        why = request.POST.get("why", "")
        actions.reopen(by=by, at=clock.now(), rumour=found, seen=_seen(request), why=why)
        return "Open again."

    return _do(request, pk, deed)


def _do(request: HttpRequest, pk: str, deed: Callable[[Officer, Rumour], str]) -> HttpResponse:
    """One deed of the pane: then the entry as it is now, or what is wrong beside what was typed."""
    try:
        said = deed(who(request), _rumour(pk))
    except STUCK as trouble:
        return _pane(request, _rumour(pk), wrong=str(trouble), status=409)
    messages.success(request, said)
    return redirect("listening:rumour", pk=pk)


def _pane(
    request: HttpRequest, found: Rumour, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    alone = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {
        **showing.rumour(found, who(request), at=clock.now()),
        "sighting": forms.SightingForm(),
        "wrong": wrong,
        "typed": request.POST,
        "item": "listening/rumour.html",
    }
    template = "listening/rumour.html" if alone else "listening/rumour_page.html"
    return render(request, template, context, status=status)


def _rumour(pk: str) -> Rumour:
    found = Rumour.objects.to_read().filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such rumour.")
    return found


def _seen(request: HttpRequest) -> int:
    told = request.POST.get("seen", "")
    return int(told) if told.isdecimal() and len(told) < 9 else 0


def _valid(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(" ".join(fault["text"] for fault in faults(form)))
    told: dict[str, Any] = form.cleaned_data
    return told


def _decided(verdict: Verdict) -> str:
    if verdict.state == "proposed":
        return "It waits for a second decider of another unit: the force is the subject."
    return "Decided."


def _status(form: Any) -> int:
    return 422 if form.errors else 200
