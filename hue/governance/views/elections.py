"""The desk's page of elections: when their period runs, and who stands."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hue.governance import actions
from hue.governance.forms import ElectionForm, NamesForm
from hue.governance.models import Election
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission


@may(Permission.SEE_DESK)
@require_http_methods(["GET", "POST"])
def elections(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, ElectionForm())
    form = ElectionForm(request.POST)
    if form.is_valid():
        try:
            actions.note_election(by=who(request), at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Noted. The guard reads every post in its period for it.")
            return redirect("governance:elections")
    return _page(request, form, status=422)


@may(Permission.SET_ELECTIONS)
@require_POST
def election_names(request: HttpRequest, pk: int) -> HttpResponse:
    form = NamesForm(request.POST)
    if not form.is_valid():
        return _page(request, ElectionForm(), status=422, refusal="These names are too long.")
    return _change(request, pk, actions.change_candidates, **form.cleaned_data)


@may(Permission.SET_ELECTIONS)
@require_POST
def end_election(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, actions.end_election)


def _change(request: HttpRequest, pk: int, act: Callable[..., Any], **told: Any) -> HttpResponse:
    election = get_object_or_404(Election, pk=pk)
    try:
        act(by=who(request), at=clock.now(), election=election, **told)
    except Refused as refusal:
        return _page(request, ElectionForm(), status=409, refusal=str(refusal))
    messages.success(request, "Noted.")
    return redirect("governance:elections")


def _page(
    request: HttpRequest, form: ElectionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    at = clock.now()
    ahead = Election.objects.ahead(at=at).select_related("by")
    context = {
        "elections": ahead,
        "past": Election.objects.exclude(pk__in=ahead).order_by("-starts_at")[:20],
        "form": form if who(request).may(Permission.SET_ELECTIONS) else None,
        "at": at,
        **more,
    }
    return render(request, "governance/elections.html", context, status=status)
