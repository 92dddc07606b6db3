"""The staff home: queues, the list, the wall, and what a phone installs."""

from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.desk import queries
from hue.desk.presence import look_at
from hue.events.models import LiveEvent
from hue.lib import clock
from hue.lib.html import plain
from hue.pages.models import Alarm
from hue.people.gate import may, public, who
from hue.people.roles import Permission
from hue.publishing import queries as publishing
from hue.publishing.models import Post


@may(Permission.SEE_DESK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Those who decide see what waits; everybody else writes."""
    by = who(request)
    if by.may(Permission.WRITE_POSTS) and not by.may(Permission.APPROVE_POSTS):
        return redirect("publishing:phone")
    return redirect("desk:queue", slug="approve")


@may(Permission.SEE_INCIDENTS)
@require_GET
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in queries.QUEUES:
        raise Http404("There is no such queue.")
    chosen = queries.QUEUES[slug]
    context = {"queue": chosen, "rows": queries.rows(chosen, by=who(request), at=clock.now())}
    return render(request, "desk/layout.html", context)


@may(Permission.SEE_DESK)
@require_GET
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    context: dict[str, Any] = {"alarm": get_object_or_404(Alarm, pk=pk)}
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/alarm.html", context)
    chosen = queries.QUEUES["alarms"]
    context |= {"queue": chosen, "rows": queries.rows(chosen, by=who(request), at=clock.now())}
    return render(request, "desk/layout.html", {**context, "item": "desk/alarm.html"})


@may(Permission.SEE_DESK)
@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """Said by an open screen: this officer looks at that item."""
    subject = plain(request.POST.get("subject", ""))[:80]
    look_at(by=who(request), at=clock.real_now(), subject=subject)
    return HttpResponse(status=204)


@may(Permission.SEE_DESK)
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """For a big screen: large figures, no interaction."""
    at = clock.now()
    event = LiveEvent.objects.filter(state="live").order_by("-starts_at").first()
    figures = [
        {"key": total["label"], "label": total["label"], "value": total["value"], "kind": ""}
        for total in (publishing.event_totals(event) if event else [])
    ]
    figures += [
        {
            "key": entry["slug"],
            "label": entry["label"].lower(),
            "value": entry["count"],
            "kind": "late" if entry["late"] else "",
        }
        for entry in queries.counts(at=at)
        if entry["slug"] in {"approve", "owed"}
    ]
    newest = Post.objects.public().filter(thread=None).newest_first()
    newest = newest.filter(event=event) if event else newest
    elapsed = clock.in_words(at - event.starts_at) if event else ""
    context = {
        "event": event,
        "elapsed": elapsed,
        "figures": figures,
        "lines_html": "\n".join(newest.values_list("html", flat=True)[:6]),
    }
    return render(request, "desk/wall.html", context)


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The phone's service worker: from here, so that its scope is the desk."""
    file = finders.find("publishing/service-worker.js")
    if not isinstance(file, str):
        raise Http404("The service worker is missing from this installation.")
    with open(file, encoding="utf-8") as script:
        answer = HttpResponse(script.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/desk/"
    return answer


@public
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    kind = "application/manifest+json"
    return render(request, "desk/manifest.webmanifest", content_type=kind)
