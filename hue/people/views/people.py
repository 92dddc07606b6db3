"""Who works here: the list, one person, and what may be done about them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.people import access, actions, queries
from hue.people.access import Refused
from hue.people.forms import DetailsForm, FilterForm, PersonForm, PlaceForm, ReasonForm, RolesForm
from hue.people.gate import View, may, who
from hue.people.models import Officer
from hue.people.roles import IN_SHORT, ROLES, Permission

MANAGE, SUSPEND, TRAIN = (
    Permission.MANAGE_PEOPLE,
    Permission.SUSPEND_PEOPLE,
    Permission.TRAIN_OFFICERS,
)
Deed = Callable[[Officer, Officer, dict[str, Any]], object]


@may(SUSPEND, MANAGE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.people_like(**asked)
    rows = [{"officer": one, "roles": names_of(one), "state": state_of(one)} for one in found[:500]]
    context = {"form": form, "rows": rows, "may_add": who(request).may(MANAGE)}
    return render(request, "people/people.html", context)


@may(MANAGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            officer = actions.add_person(by=who(request), at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{officer} was added. Now make a sign-in link for them.")
            return redirect("people:person", pk=officer.pk)
    status = 422 if form.errors else 200
    return render(request, "people/add.html", {"form": form}, status=status)


@may(SUSPEND, MANAGE)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _somebody(pk))


def _page(
    request: HttpRequest, officer: Officer, *, status: int = 200, **more: Any
) -> HttpResponse:
    by = who(request)
    other = by.pk != officer.pk
    context = {
        "officer": officer,
        "roles": names_of(officer),
        "state": state_of(officer),
        "other": other,
        "may_manage": other and by.may(MANAGE),
        "may_suspend": other and by.may(SUSPEND),
        "may_practise": other and by.may(TRAIN) and officer.is_active,
        "second_factor": access.has_second_factor(officer),
        "linked": access.is_linked(officer),
        "details_form": DetailsForm(initial=vars(officer)),
        "roles_form": RolesForm(initial={"roles": officer.roles}),
        "place_form": PlaceForm(initial={"unit": officer.unit, "team": officer.team}),
        "reason_form": ReasonForm(),
        **more,
    }
    return render(request, "people/person.html", context, status=status)


def _deed(permission: Permission, do: Deed, says: str, form_class: type[Form] = Form) -> View:
    """The view of one thing that is done to a person: refusals come back on their page."""

    @may(permission)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        officer, form = _somebody(pk), form_class(request.POST)
        if not form.is_valid():
            told = " ".join(str(text) for texts in form.errors.values() for text in texts)
            return _page(request, officer, status=422, refusal=told)
        try:
            do(who(request), officer, form.cleaned_data)
        except Refused as refusal:
            return _page(request, officer, status=409, refusal=str(refusal))
        messages.success(request, says.format(officer=officer))
        return redirect("people:person", pk=pk)

    return view


change_roles = _deed(
    MANAGE,
    lambda by, officer, told: actions.change_roles(
        by=by, at=clock.now(), officer=officer, roles=told["roles"]
    ),
    "{officer} has these roles from now on.",
    RolesForm,
)
assign = _deed(
    MANAGE,
    lambda by, officer, told: actions.assign(by=by, at=clock.now(), officer=officer, **told),
    "{officer} works there from now on.",
    PlaceForm,
)
details = _deed(
    MANAGE,
    lambda by, officer, told: actions.change_details(
        by=by, at=clock.now(), officer=officer, **told
    ),
    "{officer} is called that from now on.",
    DetailsForm,
)
suspend = _deed(
    SUSPEND,
    lambda by, officer, told: actions.suspend(by=by, at=clock.now(), officer=officer, **told),
    "{officer} is suspended.",
    ReasonForm,
)
reinstate = _deed(
    SUSPEND,
    lambda by, officer, told: actions.reinstate(by=by, at=clock.now(), officer=officer, **told),
    "{officer} may sign in again. What was held meanwhile waits for a person.",
    ReasonForm,
)
leave = _deed(
    MANAGE,
    lambda by, officer, told: actions.leave(by=by, at=clock.now(), officer=officer),
    "{officer} has left.",
)
start_practice = _deed(
    TRAIN,
    lambda by, officer, told: actions.set_practice(by=by, at=clock.now(), officer=officer),
    "{officer} practises from now on.",
)
forget_second_factor = _deed(
    MANAGE,
    lambda by, officer, told: actions.forget_second_factor(by=by, at=clock.now(), officer=officer),
    "{officer} sets up a new second factor at the next sign-in.",
)

unlink_directory = _deed(
    MANAGE,
    lambda by, officer, told: actions.unlink_directory(by=by, at=clock.now(), officer=officer),
    "Whoever comes from the directory as {officer.username} next signs in as {officer}.",
)


@may(MANAGE)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is shown now and never again."""
    officer = _somebody(pk)
    try:
        token = actions.invite(by=who(request), at=clock.now(), officer=officer)
    except Refused as refusal:
        return _page(request, officer, status=409, refusal=str(refusal))
    answer = _page(request, officer, link=settings.HUE_SITE + reverse("invitation", args=[token]))
    answer["Cache-Control"] = "no-store"
    return answer


@may(Permission.SEE_DESK)
@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    roles = [role for role in ROLES.values() if role.slug != "system"]
    rows = [(permission, [permission in role.may for role in roles]) for permission in Permission]
    context = {"in_short": IN_SHORT, "roles": roles, "rows": rows}
    return render(request, "people/permissions.html", context)


def names_of(officer: Officer) -> str:
    return ", ".join(ROLES[slug].name for slug in officer.roles) or "no role yet"


def state_of(officer: Officer) -> str:
    if officer.left_at:
        return "left"
    if officer.suspended_at:
        return "suspended"
    return "practising" if officer.practice else ""


def _somebody(pk: int) -> Officer:
    everybody = Officer.objects.get_queryset().exclude(roles__contains=["system"])
    return get_object_or_404(everybody.select_related("unit", "team"), pk=pk)
