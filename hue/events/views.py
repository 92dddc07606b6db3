"""The desk's screens of live events."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.events import actions, forms
from hue.events.models import GuestPass, LiveEvent
from hue.events.poster import hours
from hue.lib import clock
from hue.people import wording
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

# What may be done in a state: the next state, the button, and the consequence in words.
MOVES: dict[str, list[tuple[str, str, str]]] = {
    "planned": [
        ("live", "Start now", "The page goes live at once, before its time."),
        ("cancelled", "Cancel", "The page says that the event is cancelled; its poster goes."),
    ],
    "live": [("closing", "Close now", "No new incidents after this; outcomes still arrive.")],
    "closing": [("closed", "End for good", "The page becomes the archive of the event.")],
}


@require_GET
@may(Permission.SEE_DESK)
def index(request: HttpRequest) -> HttpResponse:
    events = LiveEvent.objects.select_related("owner", "unit").order_by("-starts_at")
    may_plan = who(request).may(Permission.PLAN_EVENTS)
    return render(request, "events/index.html", {"events": events, "may_plan": may_plan})


@require_http_methods(["GET", "POST"])
@may(Permission.PLAN_EVENTS)
def new(request: HttpRequest) -> HttpResponse:
    officer = who(request)
    form = forms.CharterForm(
        request.POST or None, new=True, initial={"owner": officer, "unit": officer.unit}
    )
    if request.method == "POST" and form.is_valid():
        try:
            event = actions.plan(by=officer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _advise(request, form)
            return redirect("events:show", tag=event.hashtag)
    return render(request, "events/edit.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may(Permission.PLAN_EVENTS)
def edit(request: HttpRequest, tag: str) -> HttpResponse:
    event = _event(tag)
    form = forms.CharterForm(request.POST or None, new=False, initial=forms.charter_of(event))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            actions.amend(by=who(request), at=clock.now(), event=event, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _advise(request, form)
            return redirect("events:show", tag=tag)
    return render(request, "events/edit.html", {"form": form, "event": event})


@require_GET
@may(Permission.SEE_DESK)
def show(request: HttpRequest, tag: str) -> HttpResponse:
    return _show(request, _event(tag))


@require_POST
@may(Permission.PLAN_EVENTS)
def move(request: HttpRequest, tag: str, state: str) -> HttpResponse:
    event = _event(tag)
    if state not in {after for moves in MOVES.values() for after, _, _ in moves}:
        raise Http404
    try:
        actions.move(by=who(request), at=clock.now(), event=event, state=state)
    except (IllegalMove, MovedMeanwhile) as refusal:
        messages.error(request, str(refusal))
    return redirect("events:show", tag=tag)


@require_POST
@may(Permission.INVITE_GUESTS)
def invite(request: HttpRequest, tag: str) -> HttpResponse:
    event, form = _event(tag), forms.GuestForm(request.POST)
    if not form.is_valid():
        return _show(request, event, form)
    try:
        actions.admit_guest(by=who(request), at=clock.now(), event=event, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("ends_at", str(refusal))
        return _show(request, event, form)
    return redirect("events:show", tag=tag)


@require_POST
@may(Permission.INVITE_GUESTS)
def revoke(request: HttpRequest, tag: str, pk: int) -> HttpResponse:
    admitted = get_object_or_404(
        GuestPass.objects.select_related("event", "officer"), pk=pk, event__hashtag=tag
    )
    actions.revoke_pass(by=who(request), at=clock.now(), admitted=admitted)
    return redirect("events:show", tag=tag)


def _show(
    request: HttpRequest, event: LiveEvent, guest: forms.GuestForm | None = None
) -> HttpResponse:
    officer = who(request)
    first = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    told: dict[str, Any] = {
        "event": event,
        "hours": hours(event),
        "moves": MOVES.get(event.state, []) if officer.may(Permission.PLAN_EVENTS) else [],
        "may_edit": event.state == "planned" and officer.may(Permission.PLAN_EVENTS),
        "may_invite": event.state in MOVES and officer.may(Permission.INVITE_GUESTS),
        "passes": event.guests.select_related("officer", "host").order_by("starts_at"),
        "guest": guest or forms.GuestForm(initial=first),
        "at": clock.now(),
    }
    return render(request, "events/show.html", told, status=422 if guest else 200)


def _advise(request: HttpRequest, form: forms.CharterForm) -> None:
    words = [form.cleaned_data[name] for name in form.changed_data if name in actions.PUBLIC_WORDS]
    wording.tell_advice(request, *words, at=clock.now())


def _event(tag: str) -> LiveEvent:
    return get_object_or_404(LiveEvent.objects.select_related("owner", "unit"), hashtag=tag)
