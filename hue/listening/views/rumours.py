"""The register of rumours on the desk."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.lib.html import plain
from hue.listening import deeds
from hue.listening import register as words
from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.decide import Answer
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.forms import rumours as forms
from hue.listening.models import Asked, Rumour, Verdict
from hue.listening.queries import rumours as queries
from hue.listening.queries.watches import circles
from hue.listening.taking_up import Heard, heard_of
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile, MovedMeanwhile

SHOWN = 100
STUCK = (Refused, IllegalMove, MovedMeanwhile, EditedMeanwhile)
ENTRY = ("question", "claim", "harm", "kind", "subject")
LOOK_AGAIN = timedelta(days=1)


@may(Permission.SEE_INCIDENTS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    asked, state = plain(request.GET.get("q", ""))[:200], request.GET.get("state", "")
    state = state if state in words.STATES else ""
    found = list(queries.register(asked, state)[: SHOWN + 1])
    at = clock.now()
    context = {
        "q": asked,
        "state": state,
        "states": [(slug, told) for slug, (told, _) in words.STATES.items()],
        "rows": [words.row(one, at=at) for one in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "may_keep": who(request).may(Permission.KEEP_RUMOURS),
    }
    return render(request, "listening/register.html", context)


@may(Permission.KEEP_RUMOURS)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    by = who(request)
    asked, heard = _asked(request), _heard(request)
    first = {"owner": by, **({"claim": asked.words, "source": "form"} if asked else {})}
    if heard:
        first |= {"claim": heard.words, "source": heard.source, "count": heard.count}
    form = forms.EnterForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        glimpse = Glimpse(told["source"], told["place"], count=told["count"])
        glimpse = heard.glimpse(glimpse) if heard else glimpse
        places = told["places"] or ([told["place"]] if told["place"] else [])
        entry = {name: told[name] for name in ENTRY}
        try:
            made = actions.enter(
                by=by,
                at=clock.now(),
                owner=told["owner"],
                places=list(places),
                glimpse=glimpse,
                asked=asked,
                **entry,
            )
        except STUCK as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Entered. The desk sees it at once.")
            return redirect("rumours:rumour", pk=made.pk)
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
            return redirect("rumours:rumour", pk=pk)
    context = {"form": form, "rumour": found, "title": "Change the entry", "act": "Save"}
    return render(request, "listening/rumour_form.html", context, status=_status(form))


@may(Permission.DECIDE_RUMOURS)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    found, at = _rumour(pk), clock.now()
    again = (at + LOOK_AGAIN).replace(second=0, microsecond=0)
    answered = found.verdicts.filter(state="in_force").exists()
    form = forms.DecideForm(
        request.POST or None, initial={"next_check_at": again}, answered=answered
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = ("verdict", "says", "looked_at", "rationale", "next_check_at", "changed_because")
        answer = Answer(
            **{name: told[name] for name in names if name in told},
            decision_model=form.decision_model(),
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
            return redirect("rumours:rumour", pk=pk)
    context = {"form": form, "rumour": found, **words.rumour(found, who(request), at=at)}
    return render(request, "listening/decide.html", context, status=_status(form))


@may(Permission.DECIDE_RUMOURS)
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: str) -> HttpResponse:
    found = _rumour(pk)
    form = forms.SplitForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            part = actions.split(
                by=who(request),
                at=clock.now(),
                rumour=found,
                seen=_seen(request),
                **form.told(),
            )
        except STUCK as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, "Split: this is the new entry.")
            return redirect("rumours:rumour", pk=part.pk)
    context = {"form": form, "rumour": found, "title": "Split a claim off", "act": "Split it off"}
    return render(request, "listening/rumour_form.html", context, status=_status(form))


@may(Permission.KEEP_RUMOURS)
@require_POST
def draft_rebuttal(request: HttpRequest, pk: str) -> HttpResponse:
    try:
        post = actions.draft_rebuttal(by=who(request), at=clock.now(), rumour=_rumour(pk))
    except STUCK as trouble:
        return _pane(request, _rumour(pk), wrong=str(trouble), status=409)
    messages.success(request, "A draft of yours: read it, then send it on its way.")
    return redirect("publishing:item", pk=post.pk)


@may(Permission.KEEP_RUMOURS)
@require_POST
def do(request: HttpRequest, pk: str, deed: str) -> HttpResponse:
    """One deed of the pane: then the entry as it is now, or what is wrong beside what was typed."""
    if deed not in deeds.DEEDS:
        raise Http404("Nothing like that is done with a rumour.")
    try:
        said = deeds.DEEDS[deed](who(request), clock.now(), _rumour(pk), request.POST)
    except STUCK as trouble:
        return _pane(request, _rumour(pk), wrong=str(trouble), status=409)
    messages.success(request, said)
    return redirect("rumours:rumour", pk=pk)


def _pane(
    request: HttpRequest, found: Rumour, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    alone = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {
        **words.rumour(found, who(request), at=clock.now()),
        "sighting": forms.SightingForm(),
        "owners": forms.OwnerForm(initial={"owner": found.owner}),
        "others_standing": queries.others(found),
        "wrong": wrong,
        "typed": request.POST,
        "item": "listening/rumour.html",
    }
    template = "listening/rumour.html" if alone else "listening/rumour_page.html"
    return render(request, template, context, status=status)


def _asked(request: HttpRequest) -> Asked | None:
    """The question of the public that it is entered from."""
    told = request.GET.get("asked", "")
    if not (told.isdecimal() and len(told) < 12):
        return None
    return Asked.objects.filter(pk=told, state="waiting").first()


def _heard(request: HttpRequest) -> Heard | None:
    """The claim of a watch of their own that it is entered from."""
    role, claim = request.GET.get("role", ""), request.GET.get("claim", "")
    if not claim or role not in circles(who(request)):
        return None
    return heard_of(role, claim, at=clock.now())


def _rumour(pk: str) -> Rumour:
    found = Rumour.objects.to_read().filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such rumour.")
    return found


def _seen(request: HttpRequest) -> int:
    return deeds.seen(request.POST)


def _decided(verdict: Verdict) -> str:
    if verdict.state == "proposed":
        return "It waits for a second decider of another unit: the force is the subject."
    return "Decided."


def _status(form: Any) -> int:
    return 422 if form.errors else 200
