"""The force's look, and what its neighbourhoods asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.people import actions, wording
from hue.people.access import Refused
from hue.people.forms import LookForm, PriorityForm, ReviewForm
from hue.people.gate import may, who
from hue.people.models import Neighbourhood, Priority
from hue.people.queries import the_force
from hue.people.roles import Permission


@may(Permission.CHANGE_FORCE)
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    force = the_force()
    start = {
        "name": force.name,
        "short_name": force.short_name,
        "contact_email": force.contact_email,
        **force.colours,
    }
    form = LookForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        crest = form.cleaned_data["crest"]
        try:
            actions.change_look(
                by=who(request),
                at=clock.now(),
                force=force,
                name=form.cleaned_data["name"],
                short_name=form.cleaned_data["short_name"],
                contact_email=form.cleaned_data["contact_email"],
                colours=form.colours(),
                new_crest=crest.read() if crest else None,
                without_crest=form.cleaned_data["without_crest"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Every public page is written anew.")
            return redirect("people:force")
    status = 422 if form.errors else 200
    return render(request, "people/force.html", {"form": form}, status=status)


@may(Permission.EDIT_PRIORITIES)
@require_GET
def priorities(request: HttpRequest) -> HttpResponse:
    """Every neighbourhood; one's own first."""
    own = who(request).neighbourhood
    places = Neighbourhood.objects.prefetch_related("priorities")
    ordered = sorted(places, key=lambda place: (place != own, place.name))
    return render(request, "people/priorities.html", {"places": ordered, "now": clock.now()})


@may(Permission.EDIT_PRIORITIES)
@require_http_methods(["GET", "POST"])
def neighbourhood(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Neighbourhood, slug=slug)
    form = PriorityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_priority(
                by=who(request), at=clock.now(), neighbourhood=place, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            wording.tell_advice(request, *form.cleaned_data.values(), at=clock.now())
            return redirect("people:neighbourhood", slug=slug)
    return _neighbourhood(request, place, status=422 if form.errors else 200, form=form)


@may(Permission.EDIT_PRIORITIES)
@require_POST
def change_priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Reviewed, or ended where the button says so."""
    priority = get_object_or_404(Priority.objects.select_related("neighbourhood"), pk=pk)
    form = ReviewForm(request.POST)
    act = actions.end_priority if "end" in request.POST else actions.review_priority
    place = priority.neighbourhood
    if not form.is_valid():
        return _neighbourhood(request, place, status=422, refusal="Say what was done.")
    try:
        act(by=who(request), at=clock.now(), priority=priority, **form.cleaned_data)
    except Refused as refusal:
        return _neighbourhood(request, place, status=409, refusal=str(refusal))
    wording.tell_advice(request, *form.cleaned_data.values(), at=clock.now())
    return redirect("people:neighbourhood", slug=place.slug)


def _neighbourhood(
    request: HttpRequest, place: Neighbourhood, *, status: int, **more: Any
) -> HttpResponse:
    context = {
        "place": place,
        "priorities": place.priorities.filter(ended_at=None).order_by("pk"),
        "ended": place.priorities.exclude(ended_at=None).order_by("-ended_at")[:20],
        "form": PriorityForm(),
        "now": clock.now(),
        **more,
    }
    return render(request, "people/neighbourhood.html", context, status=status)
