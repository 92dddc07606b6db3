"""The policy in force, and the stop of everything."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.governance import actions
from hue.governance import policy as policies
from hue.governance.forms import PolicyForm, ReasonForm
from hue.governance.models import Acceptance, Halt, PolicyVersion
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Officer
from hue.people.roles import Permission


@may(Permission.SEE_DESK)
@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """Read it, and accept it."""
    at, by = clock.now(), who(request)
    if request.method == "POST":
        try:
            actions.accept_policy(by=by, at=at, seen=_number(request.POST.get("number", "")))
        except Refused as refusal:
            return _policy(request, status=409, refusal=str(refusal))
        messages.success(request, "Accepted. Thank you.")
        return redirect("governance:policy")
    return _policy(request)


def _policy(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    at, by = clock.now(), who(request)
    rules = policies.in_force(at=at)
    context = {
        "policy": rules,
        "numbers": _numbers(rules),
        "accepted": Acceptance.objects.filter(officer=by, version__number=rules.number).first(),
        "count": Acceptance.objects.filter(version__number=rules.number).count(),
        "people": Officer.objects.serving().count(),
        "versions": PolicyVersion.objects.select_related("by").order_by("-number"),
        "at": at,
        "may_set": by.may(Permission.SET_POLICY),
        **more,
    }
    return render(request, "governance/policy.html", context, status=status)


@may(Permission.SEE_DESK)
@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(PolicyVersion.objects.select_related("by"), number=number)
    context = {"version": found, "numbers": _numbers(policies.of(found))}
    return render(request, "governance/version.html", context)


@may(Permission.SET_POLICY)
@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest) -> HttpResponse:
    """Starts from what is in force, so that a change is a change and not a guess."""
    at = clock.now()
    now = policies.in_force(at=at)
    start = {entry.name: getattr(now, entry.name) for entry in policies.rules()}
    form = PolicyForm(request.POST or None, initial={**start, "text": now.text})
    if request.method == "POST" and form.is_valid() and _set(form, by=who(request), at=at):
        messages.success(request, "Set. Everybody is asked to accept it before their next post.")
        return redirect("governance:policy")
    status = 422 if form.errors else 200
    return render(request, "governance/new_version.html", {"form": form}, status=status)


def _set(form: PolicyForm, *, by: Officer, at: datetime) -> bool:
    told = form.cleaned_data
    start = told["in_force_at"] or at
    try:
        actions.set_policy(by=by, at=at, text=told["text"], values=form.values(), in_force_at=start)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@may(Permission.STOP_ALL)
@require_GET
def stop(request: HttpRequest) -> HttpResponse:
    return _stop(request)


@may(Permission.STOP_ALL)
@require_POST
def stop_now(request: HttpRequest) -> HttpResponse:
    return _decide(request, None)


@may(Permission.STOP_ALL)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, get_object_or_404(Halt, pk=pk))


def _decide(request: HttpRequest, halt: Halt | None) -> HttpResponse:
    """Stop where no halt is given, lift the one that is."""
    by, at, reason = who(request), clock.now(), request.POST.get("reason", "")
    try:
        if halt is None:
            actions.stop_all(by=by, at=at, reason=reason)
        else:
            actions.lift_stop(by=by, at=at, halt=halt, reason=reason)
    except Refused as refusal:
        return _stop(request, status=422, refusal=str(refusal))
    return redirect("governance:stop")


def _stop(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "halt": Halt.objects.in_force().select_related("by").first(),
        "past": Halt.objects.exclude(lifted_at=None)
        .select_related("by", "lifted_by")
        .order_by("-at")[:20],
        "form": ReasonForm(request.POST or None),
        **more,
    }
    return render(request, "governance/stop.html", context, status=status)


def _numbers(rules: policies.Policy) -> list[tuple[str, str]]:
    return [
        (entry.metadata["says"], _told(getattr(rules, entry.name))) for entry in policies.rules()
    ]


def _told(value: int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
