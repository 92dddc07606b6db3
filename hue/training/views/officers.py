"""Somebody who practises: what their mentor and their supervisor see and decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import View, may, refused, who
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile
from hue.training import access, actions, learning
from hue.training.forms import MentorForm, NotYetForm
from hue.training.models import Mentoring

Deed = Callable[[Officer, Officer, dict[str, Any]], object]


@may(Permission.WRITE_POSTS, Permission.TRAIN_OFFICERS)
@require_GET
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _officer(pk)
    try:
        access.may_see_training(who(request), found)
    except Refused as refusal:
        return refused(request, refusal)
    return _page(request, found)


def _deed(permission: Permission, do: Deed, says: str, form_class: type[Form] = Form) -> View:
    """The view of one decision: refusals come back on the officer's page, with what was typed."""

    @may(permission)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found, form = _officer(pk), form_class(request.POST)
        try:
            access.may_see_training(who(request), found)
        except Refused as refusal:
            return refused(request, refusal)
        if not form.is_valid():
            wrong = " ".join(str(text) for texts in form.errors.values() for text in texts)
            return _page(request, found, refusal=wrong, status=422)
        try:
            do(who(request), found, form.cleaned_data)
        except (Refused, IllegalMove, MovedMeanwhile) as trouble:
            return _page(request, found, refusal=str(trouble), status=409)
        messages.success(request, says.format(officer=found))
        return redirect("training:officer", pk=pk)

    return view


name_mentor = _deed(
    Permission.TRAIN_OFFICERS,
    lambda by, officer, told: actions.name_mentor(
        by=by, at=clock.now(), officer=officer, mentor=told["mentor"]
    ),
    "{officer} has a mentor; both are told.",
    MentorForm,
)
say_ready = _deed(
    Permission.WRITE_POSTS,
    lambda by, officer, told: actions.say_ready(
        by=by, at=clock.now(), mentoring=_mentoring(officer)
    ),
    "Said. A supervisor ends the practice.",
)
say_not_yet = _deed(
    Permission.WRITE_POSTS,
    lambda by, officer, told: actions.say_not_yet(
        by=by, at=clock.now(), mentoring=_mentoring(officer), because=told["because"]
    ),
    "{officer} reads why.",
    NotYetForm,
)
end_practice = _deed(
    Permission.TRAIN_OFFICERS,
    lambda by, officer, told: actions.end_practice(by=by, at=clock.now(), officer=officer),
    "{officer} posts in public from now on.",
)


def _page(
    request: HttpRequest, found: Officer, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = learning.officer(found, who(request), at=clock.now())
    context |= {"refusal": refusal, "because": request.POST.get("because", "")}
    return render(request, "training/officer.html", context, status=status)


def _officer(pk: int) -> Officer:
    everybody = Officer.objects.get_queryset().exclude(roles__contains=["system"])
    return get_object_or_404(everybody.select_related("unit", "team"), pk=pk)


def _mentoring(officer: Officer) -> Mentoring:
    found = Mentoring.objects.going_on().filter(officer=officer).first()
    if found is None:
        raise Refused(f"{officer} has no mentor.")
    return found
