"""Units and teams: added, named, and when the public reaches them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hue.lib import clock
from hue.people import actions, wording
from hue.people.access import Refused
from hue.people.forms import TeamChangeForm, TeamForm, UnitForm
from hue.people.gate import may, who
from hue.people.models import LocalPolicingUnit, Team
from hue.people.roles import Permission


@may(Permission.CHANGE_FORCE)
@require_http_methods(["GET", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """All units with their neighbourhoods and teams. A post adds a team, or a unit."""
    posted = request.POST if request.method == "POST" else None
    for_team = posted is not None and "neighbourhood" in posted
    team = TeamForm(posted if for_team else None, auto_id="team_%s")
    unit = UnitForm(None if for_team else posted, auto_id="unit_%s")
    used, act = (team, actions.add_team) if for_team else (unit, actions.add_unit)
    if posted is not None and _done(request, used, act):
        messages.success(request, "Added.")
        return redirect("people:teams")
    units = LocalPolicingUnit.objects.prefetch_related("neighbourhoods__teams").order_by("name")
    context = {"units": units, "team_form": team, "unit_form": unit}
    return render(request, "people/teams.html", context, status=422 if used.errors else 200)


@may(Permission.CHANGE_FORCE)
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Team.objects.select_related("neighbourhood"), slug=slug)
    start = {"name": found.name, "presence": found.presence}
    form = TeamChangeForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and _done(request, form, actions.change_team, team=found):
        messages.success(request, "Saved; the public pages follow in a moment.")
        wording.tell_advice(request, form.cleaned_data["presence"], at=clock.now())
        return redirect("people:teams")
    context = {"team": found, "form": form}
    return render(request, "people/team.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, form: Form, act: Callable[..., Any], **more: Any) -> bool:
    """Whether it was right and done; otherwise the form says why not."""
    if form.is_valid():
        try:
            act(by=who(request), at=clock.now(), **form.cleaned_data, **more)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return form.is_valid()
