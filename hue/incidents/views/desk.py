"""The desk's screens of incidents: find one, read its story, say what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hue.incidents import actions, forms, story
from hue.incidents.kinds import STEPS
from hue.incidents.models import Incident, IncidentQuerySet
from hue.incidents.views import page
from hue.lib import clock
from hue.people import wording
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile

ON_A_PAGE = 50
Given = dict[str, Any]


@require_GET
@may(Permission.SEE_INCIDENTS)
def index(request: HttpRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    pages = Paginator(_found(asked), ON_A_PAGE)
    told: Given = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "query": _without_page(request),
        "filtered": any(asked.values()),
        "may_record": who(request).may(Permission.RECORD_INCIDENTS),
        "may_import": who(request).may(Permission.IMPORT_INCIDENTS),
    }
    return render(request, "incidents/index.html", told)


@require_http_methods(["GET", "POST"])
@may(Permission.RECORD_INCIDENTS)
def new(request: HttpRequest) -> HttpResponse:
    officer, at = who(request), clock.now()
    place = officer.neighbourhood
    form = forms.IncidentForm(
        request.POST or None,
        initial={"happened_at": at, "neighbourhood": place.slug if place else None},
    )
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            incident = actions.report(by=officer, at=at, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("incidents:show", pk=incident.pk)
    return render(request, "incidents/edit.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may(Permission.RECORD_INCIDENTS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    incident = page.incident(pk)
    form = forms.IncidentForm(request.POST or None, initial=forms.account_of(incident))
    told: Given = {"form": form, "incident": incident}
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.changed_data if name != "seen"}
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.amend(by=who(request), at=clock.now(), incident=incident, seen=seen, **said)
        except EditedMeanwhile as meanwhile:
            form.add_error(None, str(meanwhile))
            # Their words stay in the form; to save them again is to have seen the newer ones.
            form.data = {**request.POST.dict(), "seen": str(incident.version)}
            told["meanwhile"] = page.facts(incident)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("incidents:show", pk=pk)
    return render(request, "incidents/edit.html", told)


@require_GET
@may(Permission.SEE_INCIDENTS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return page.show(request, page.incident(pk))


@require_http_methods(["POST"])
@may(Permission.RECORD_INCIDENTS)
def add_step(request: HttpRequest, pk: int, suspect: int) -> HttpResponse:
    incident = page.incident(pk)
    last = incident.proceedings.filter(suspect=suspect).last()
    form = forms.StepForm(request.POST, suspect=suspect, after=last.step if last else "")
    if not form.is_valid():
        return page.show(request, incident, form)
    said = form.cleaned_data
    try:
        actions.add_step(
            by=who(request),
            at=clock.now(),
            incident=incident,
            step=said["step"],
            when=said["when"],
            suspect=suspect,
        )
    except (Refused, IllegalMove) as refusal:
        form.add_error(None, str(refusal))
        return page.show(request, incident, form)
    messages.success(request, f"Noted for suspect {suspect}: {STEPS[said['step']].lower()}.")
    return redirect("incidents:show", pk=pk)


@require_http_methods(["POST"])
@may(Permission.RECORD_INCIDENTS)
def note_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    incident, form = page.incident(pk), forms.OutcomeForm(request.POST)
    if not form.is_valid():
        return page.show(request, incident, form)
    at, told = clock.now(), form.cleaned_data
    try:
        actions.note_outcome(by=who(request), at=at, incident=incident, **told)
    except Refused as refusal:
        form.add_error("words", str(refusal))
        return page.show(request, incident, form)
    wording.tell_advice(request, told["words"], at=at)
    messages.success(request, "Noted. The public posts about it say so within a second or two.")
    return redirect("incidents:show", pk=pk)


@require_http_methods(["POST"])
@may(Permission.RECORD_INCIDENTS)
def inform_victim(request: HttpRequest, pk: int) -> HttpResponse:
    incident, form = page.incident(pk), forms.VictimForm(request.POST)
    if not form.is_valid():
        return page.show(request, incident, form)
    when = form.cleaned_data["informed_at"]
    actions.inform_victim(by=who(request), at=clock.now(), incident=incident, when=when)
    return redirect("incidents:show", pk=pk)


def _found(asked: Given) -> IncidentQuerySet:
    found = Incident.objects.select_related("neighbourhood").order_by("-happened_at", "-pk")
    exact = {"state": "state", "place": "neighbourhood", "kind": "kind", "log": "log_reference"}
    chosen = {field: asked[name] for name, field in exact.items() if asked.get(name)}
    found = found.filter(**chosen)
    if asked.get("day"):
        found = found.of_day(asked["day"])
    return story.owing(found) if asked.get("owes") else found


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
