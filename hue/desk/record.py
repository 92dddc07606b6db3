"""The record on the desk: read aloud, filtered by link, opened and shredded with a reason."""

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.audit import queries
from hue.audit.kinds import REGISTRY
from hue.audit.models import Entry, Seal
from hue.audit.queries import PAGE, Asked
from hue.audit.verify import public_head
from hue.desk import actions
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission

FILTERS = ("who", "kind", "subject", "day")


@may(Permission.READ_RECORD)
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    told = queries.entries(asked)
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    page = told[:PAGE]
    older = urlencode({**kept, "before": page[-1].entry.id}) if len(told) > PAGE else ""
    context = {"told": page, "kept": kept, "older": older, "kinds": sorted(REGISTRY)}
    return render(request, "desk/record.html", context)


@may(Permission.READ_RECORD)
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    return _entry(request, get_object_or_404(Entry, pk=pk))


@may(Permission.OPEN_PERSONAL_DATA)
@require_POST
def open_personal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Entry, pk=pk)
    why = request.POST.get("why", "")
    try:
        opened = actions.open_personal(by=who(request), at=clock.now(), entry=found, why=why)
    except Refused as refusal:
        return _entry(request, found, error=str(refusal))
    return _entry(request, found, sentence=opened)


@may(Permission.SHRED_PERSONAL_DATA)
@require_POST
def shred_personal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Entry, pk=pk)
    why = request.POST.get("why", "")
    try:
        actions.shred_personal(by=who(request), at=clock.now(), entry=found, why=why)
    except Refused as refusal:
        return _entry(request, found, error=str(refusal))
    messages.success(request, "Shredded. Nobody can read it any more.")
    return redirect("desk:record_entry", pk=pk)


@may(Permission.READ_RECORD)
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """What the chain says, and how somebody outside checks it."""
    context = {
        "seal": Seal.objects.order_by("-number").first(),
        "waiting": Entry.objects.filter(seal=None).count(),
        "public": public_head(),
        "site": settings.HUE_SITE,
    }
    return render(request, "desk/record_chain.html", context)


def _entry(
    request: HttpRequest, found: Entry, *, sentence: str = "", error: str = ""
) -> HttpResponse:
    told = queries.told([found])[0]
    context = {
        "entry": found,
        "told": told,
        "sentence": sentence or told.sentence,
        "opened": bool(sentence),
        "error": error,
        "seal": Seal.objects.filter(entry=found).first(),
        "may_open": told.closed and who(request).may(Permission.OPEN_PERSONAL_DATA),
        "may_shred": told.closed and who(request).may(Permission.SHRED_PERSONAL_DATA),
    }
    answer = render(request, "desk/record_entry.html", context, status=422 if error else 200)
    if sentence:
        answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    before = given.get("before", "")
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        day = None
    return Asked(
        who=given.get("who", ""),
        kind=given.get("kind", ""),
        subject=given.get("subject", ""),
        day=day,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
