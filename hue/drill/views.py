"""The desk's page of drills: where one runs, how it goes; elsewhere, how those before it went."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.drill import actions, scoring, script
from hue.drill.models import Drill
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

STUCK = (Refused, IllegalMove, MovedMeanwhile, IntegrityError)
YEAR = timedelta(days=365)  # SOC-7: a drill within twelve months
INJECTS = 20


@may(Permission.RUN_DRILLS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "drill/index.html", _page(at=clock.now()))


@may(Permission.RUN_DRILLS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    at, event = clock.now(), request.POST.get("event", "")
    try:
        speed = _number(request.POST.get("speed", ""))
        actions.begin(by=who(request), at=at, event=event, speed=speed)
    except STUCK as trouble:
        messages.error(request, str(trouble))
    else:
        clock.run_at(speed, shown=at)
        messages.success(request, "It has begun. What people ask arrives in the queues.")
    return redirect("drill:index")


@may(Permission.RUN_DRILLS)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    drill, at = Drill.objects.filter(state="running").first(), clock.now()
    try:
        if drill is None:
            raise Refused("No drill is running.")
        actions.end(by=who(request), at=at, drill=drill)
    except STUCK as trouble:
        messages.error(request, str(trouble))
    else:
        clock.run_at(1, shown=at)
        scoring.keep(drill, at=at)
        messages.success(request, "It is over. The score stands below.")
    return redirect("drill:index")


def _page(*, at: datetime) -> dict[str, Any]:
    drill = Drill.objects.order_by("-began_at", "-pk").first()
    past = scoring.past()
    newest = past[0]["ended"] if past else ""
    return {
        "here": bool(settings.HUE_DRILL),
        "events": script.events().values(),
        "drill": drill,
        "score": scoring.score(drill, at=at) if drill else None,
        "injects": _injects(drill) if drill else [],
        "past": past,
        "long_ago": not newest or at - datetime.fromisoformat(newest) > YEAR,
    }


def _injects(drill: Drill) -> Any:
    """What the exercise staff tells the desk, the newest first."""
    told = drill.cues.filter(what="inject").exclude(played_at=None)
    return told.order_by("-due_at")[:INJECTS]


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        raise Refused("Write the speed as a number between 1 and 60.") from None
