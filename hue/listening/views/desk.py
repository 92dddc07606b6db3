"""The desk in disorder, one claim with its words, and what staff do about them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hue.lib import clock
from hue.listening import access, actions, showing
from hue.listening.forms.watches import HandOffForm, LessonForm, WhyForm
from hue.listening.labels import KINDS, URGENCIES
from hue.listening.models import Danger, Remark
from hue.listening.queries import claims, rumours
from hue.listening.queries.watches import circles, running_for
from hue.listening.spark import spark
from hue.people.access import Refused
from hue.people.gate import may, refused, who
from hue.people.models import Officer
from hue.people.roles import ROLES, Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

MEANWHILE = (Refused, MovedMeanwhile, IllegalMove)
SHOWN = 100


@may(Permission.LISTEN)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """One screen for a phone; with ?mode=wall for a wall."""
    by, at = who(request), clock.now()
    role = _role(by, request.GET.get("role", ""))
    actions.look(by=by, at=at, role=role, subject="desk", why=_purposes(role))
    context = {
        **showing.desk(role, at=at),
        "circles": [(slug, ROLES[slug].name) for slug in circles(by)],
        "may_write": by.may(Permission.WRITE_WATCHES),
    }
    wall = request.GET.get("mode") == "wall"
    return render(request, "listening/wall.html" if wall else "listening/desk.html", context)


@may(Permission.LISTEN)
@require_GET
def claim(request: HttpRequest, role: str, claim: str) -> HttpResponse:
    return _claim(request, role, claim)


@may(Permission.LISTEN)
@require_POST
def teach(request: HttpRequest, pk: int) -> HttpResponse:
    remark, form = _remark(request, pk), LessonForm(request.POST)
    try:
        told = form.cleaned_data if form.is_valid() else {}
        actions.teach(by=who(request), at=clock.now(), remark=remark, **told)
    except MEANWHILE as trouble:
        return _claim(request, remark.role, remark.claim, refusal=str(trouble), status=409)
    messages.success(request, "Learnt: what comes next is judged by it.")
    return _back(remark)


@may(Permission.LISTEN)
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    remark = _remark(request, pk)
    actions.mark(by=who(request), at=clock.now(), remark=remark)
    return _back(remark)


@may(Permission.OPEN_REMARKS)
@require_POST
def open_sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown once, on the answer to the form: there is no address at which it stands."""
    remark, form = _remark(request, pk), WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        told = actions.open_sealed(by=who(request), at=clock.now(), remark=remark, why=why)
    except Refused as refusal:
        return _claim(request, remark.role, remark.claim, refusal=str(refusal), status=409)
    answer = _claim(request, remark.role, remark.claim, opened={"remark": remark, "told": told})
    answer["Cache-Control"] = "no-store"
    return answer


@may(Permission.LISTEN)
@require_POST
def hand_off(request: HttpRequest, pk: int) -> HttpResponse:
    by, form = who(request), HandOffForm(request.POST)
    danger = get_object_or_404(Danger, pk=pk, role__in=circles(by))
    reference = form.cleaned_data["reference"] if form.is_valid() else ""
    try:
        actions.hand_off(by=by, at=clock.now(), danger=danger, reference=reference)
    except MEANWHILE as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, f"Handed off: {reference}.")
    return redirect(f"{reverse('listening:desk')}?role={danger.role}")


def _role(by: Officer, asked: str) -> str:
    own = circles(by)
    if asked and asked not in own:
        raise Http404("No watch of a role of yours.")
    return asked or own[0]


def _purposes(role: str) -> str:
    running = running_for(role, at=clock.now()).values_list("purpose", flat=True)
    return " ".join(running) or "No watch is running."


def _remark(request: HttpRequest, pk: int) -> Remark:
    own = Remark.objects.read().filter(role__in=circles(who(request)))
    return get_object_or_404(own.select_related("key"), pk=pk)


def _back(remark: Remark) -> HttpResponse:
    return redirect("listening:claim", role=remark.role, claim=remark.claim)


def _claim(
    request: HttpRequest, role: str, claim: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    by, at = who(request), clock.now()
    try:
        access.may_listen(by, role)
    except Refused as refusal:
        return refused(request, refusal)
    found = claims.figures_of(role, [claim], at=at)
    if claim not in found:
        raise Http404("Nothing of this claim is kept any more.")
    actions.look(by=by, at=at, role=role, subject=f"claim:{claim}", why=_purposes(role))
    said, all_of_them = claims.remarks_of(role, claim), request.GET.get("copies") == "yes"
    # A copy in which a person saw a risk stays in sight: who said it is opened here.
    shown = list((said if all_of_them else claims.wordings(said))[:SHOWN])
    context = {
        **more,
        "role": role,
        "claim": found[claim],
        "reasons": next(
            (one["reasons"] for one in claims.ranked(role, at=at) if one["claim"] == claim), []
        ),
        "remarks": shown,
        "copies": 0 if all_of_them else found[claim]["posts"] - found[claim]["texts"],
        "spark": spark(claims.lately(role, [claim], at=at)[claim], "5 minutes of the last hour"),
        "kinds": KINDS,
        "urgencies": URGENCIES,
        "may_open": by.may(Permission.OPEN_REMARKS),
        "known": showing.told(rumours.of_claims(role, [claim]).get(claim)),
        "perhaps": rumours.perhaps(match for one in shown for match in one.matches),
        "may_keep": by.may(Permission.KEEP_RUMOURS),
        "at": at,
    }
    return render(request, "listening/claim.html", context, status=status)
