"""What a case is and who is in it, noted on the page of its incident."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hue.incidents import access, actions, case_forms
from hue.incidents.models import Concerned, CourtOrder, Incident
from hue.incidents.queries import unclaimed_suspects
from hue.incidents.views import page
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, refused, who
from hue.people.roles import Permission


@require_POST
@may(Permission.RECORD_INCIDENTS)
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    incident, form = page.incident(pk), case_forms.OffenceForm(request.POST)
    return _noted(request, incident, form, actions.classify, incident=incident)


@require_POST
@may(Permission.FLAG_OPERATIONS)
def flag_operation(request: HttpRequest, pk: int) -> HttpResponse:
    """Stood down where it is live, live where it is not."""
    incident, form = page.incident(pk), case_forms.OperationForm(request.POST)
    after = "stood_down" if incident.operation == "live" else "live"
    act = actions.flag_operation
    return _noted(request, incident, form, act, incident=incident, operation=after)


@require_POST
@may(Permission.RECORD_INCIDENTS)
def mark_found(request: HttpRequest, pk: int) -> HttpResponse:
    incident, form = page.incident(pk), case_forms.FoundForm(request.POST)
    return _noted(request, incident, form, actions.mark_found, incident=incident)


@require_POST
@may(Permission.RECORD_INCIDENTS)
def mark_sought(request: HttpRequest, pk: int) -> HttpResponse:
    incident = page.incident(pk)
    return _noted(request, incident, _nothing(), actions.mark_sought, incident=incident)


@require_POST
@may(Permission.KNOW_PEOPLE)
def note_person(request: HttpRequest, pk: int) -> HttpResponse:
    incident = page.incident(pk)
    form = case_forms.PersonForm(request.POST, unclaimed=unclaimed_suspects(incident))
    return _noted(request, incident, form, actions.note_person, incident=incident)


@require_POST
@may(Permission.KNOW_PEOPLE)
def change_person(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    incident, one = page.incident(pk), _person(pk, person)
    unclaimed = unclaimed_suspects(incident)
    form = case_forms.PersonForm(request.POST, unclaimed=unclaimed, person=one)
    return _noted(request, incident, form, actions.change_person, person=one)


@require_POST
@may(Permission.KNOW_PEOPLE)
def agree(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    incident, one = page.incident(pk), _person(pk, person)
    form = case_forms.ConsentForm(request.POST, person=one)
    return _noted(request, incident, form, actions.agree_to_be_named, person=one)


@require_POST
@may(Permission.KNOW_PEOPLE)
def take_back(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    incident, one = page.incident(pk), _person(pk, person)
    return _noted(request, incident, _nothing(), actions.take_consent_back, person=one)


@require_POST
@may(Permission.KNOW_PEOPLE)
def allow_naming(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    try:
        access.require_command(who(request))
    except Refused as refusal:
        return refused(request, refusal)
    incident, one = page.incident(pk), _person(pk, person)
    form = case_forms.NamingForm(request.POST, person=one)
    return _noted(request, incident, form, actions.allow_naming, person=one)


@require_POST
@may(Permission.KNOW_PEOPLE)
def end_naming(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    incident, one = page.incident(pk), _person(pk, person)
    return _noted(request, incident, _nothing(), actions.end_naming, person=one)


@require_POST
@may(Permission.SHRED_PERSONAL_DATA)
def forget(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    incident, one = page.incident(pk), _person(pk, person)
    form = case_forms.ForgetForm(request.POST, person=one)
    return _noted(request, incident, form, actions.forget_person, person=one)


@require_POST
@may(Permission.KNOW_PEOPLE)
def note_order(request: HttpRequest, pk: int) -> HttpResponse:
    incident = page.incident(pk)
    form = case_forms.OrderForm(request.POST, people=list(incident.concerned.all()))
    return _noted(request, incident, form, actions.note_order, incident=incident)


@require_POST
@may(Permission.KNOW_PEOPLE)
def lift_order(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    one = get_object_or_404(CourtOrder.objects.select_related("incident"), pk=order, incident=pk)
    form = case_forms.LiftForm(request.POST, order=one)
    return _noted(request, page.incident(pk), form, actions.lift_order, order=one)


def _noted(
    request: HttpRequest,
    incident: Incident,
    form: forms.Form,
    act: Callable[..., object],
    /,
    **about: Any,
) -> HttpResponse:
    """Done, or the page again with what was typed and what is wrong with it."""
    if form.is_valid():
        try:
            act(by=who(request), at=clock.now(), **about, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Noted. The posts about it are looked at again.")
            return redirect("incidents:show", pk=incident.pk)
    return page.show(request, incident, bound=form)


def _nothing() -> forms.Form:
    """Of a button that asks nothing."""
    return forms.Form({})


def _person(incident: int, person: int) -> Concerned:
    people = Concerned.objects.select_related("incident", "naming_by")
    return get_object_or_404(people, pk=person, incident=incident)
