"""The policy in force and every earlier one: read, accepted, gone back to."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hue.governance import access, actions, kinds
from hue.governance import policy as policies
from hue.governance.compare import compare, of_the_guard
from hue.governance.forms import PackForm, PolicyForm, ReasonForm
from hue.governance.models import Pack, PolicyVersion
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
        "guard": of_the_guard(rules),
        "accepted": access.accepted(rules.number).filter(officer=by).first(),
        "count": access.accepted(rules.number).values("officer").distinct().count(),
        "people": Officer.objects.serving().count(),
        "versions": PolicyVersion.objects.select_related("by", "agreed_by", "back_to").order_by(
            "-number"
        ),
        "at": at,
        "waiting": Pack.objects.filter(state="waiting").select_related("by").order_by("-at"),
        "may_set": by.may(Permission.SET_POLICY),
        "may_elections": by.may(Permission.SEE_INCIDENTS),
        "form": PackForm(),
        **more,
    }
    return render(request, "governance/policy.html", context, status=status)


@may(Permission.SEE_DESK)
@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, and what going back to it would change."""
    found = get_object_or_404(
        PolicyVersion.objects.select_related("by", "agreed_by"), number=number
    )
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            new = actions.roll_back(by=who(request), at=clock.now(), to=found, reason=reason)
        except Refused as refusal:
            return _version(request, found, status=409, refusal=str(refusal))
        messages.success(request, f"Version {new.number} is in force: it says what this one says.")
        return redirect("governance:policy")
    return _version(request, found)


def _version(
    request: HttpRequest, found: PolicyVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    at = clock.now()
    now, rules = policies.in_force(at=at), policies.of(found)
    may_go_back = who(request).may(Permission.SET_POLICY) and _can_go_back_to(found, at)
    context = {
        "version": found,
        "numbers": _numbers(rules),
        "guard": of_the_guard(rules),
        "changes": compare(now, rules) if may_go_back else [],
        "may_go_back": may_go_back,
        "form": ReasonForm(request.POST or None),
        **more,
    }
    return render(request, "governance/version.html", context, status=status)


def _can_go_back_to(version: PolicyVersion, at: datetime) -> bool:
    try:
        access.may_go_back_to(version, at=at)
    except Refused:
        return False
    return True


@may(Permission.SET_POLICY)
@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest) -> HttpResponse:
    """Starts from what is in force, so that a change is a change and not a guess."""
    at = clock.now()
    now = policies.in_force(at=at)
    start = {entry.name: getattr(now, entry.name) for entry in policies.rules()}
    form = PolicyForm(request.POST or None, initial={**start, "text": now.text})
    if request.method == "POST" and form.is_valid():
        try:
            pack = _propose(form, by=who(request), at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("governance:pack", pk=pack.pk)
    status = 422 if form.errors else 200
    return render(request, "governance/new_version.html", {"form": form}, status=status)


def _propose(form: PolicyForm, *, by: Officer, at: datetime) -> Pack:
    told = form.cleaned_data
    start = told["in_force_at"]
    return actions.propose(by=by, at=at, text=told["text"], values=form.values(), in_force_at=start)


def _numbers(rules: policies.Policy) -> list[tuple[str, str]]:
    return [
        (entry.metadata["says"], kinds.in_words(entry, getattr(rules, entry.name)))
        for entry in policies.rules()
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
