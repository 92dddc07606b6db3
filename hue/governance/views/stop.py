"""The stop of everything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.governance import actions
from hue.governance.forms import ReasonForm
from hue.governance.models import Halt
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission


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
