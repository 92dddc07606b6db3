"""The page of one incident, whatever was done on it last."""

from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hue.guard.proceedings import BEFORE_CHARGE
from hue.incidents import access, case_forms, forms, story
from hue.incidents.kinds import OFFENCES, OUTCOMES, SENSITIVE, STEPS
from hue.incidents.models import Concerned, CourtOrder, Incident, Proceeding
from hue.incidents.states import PROCEEDINGS
from hue.people.gate import who
from hue.people.models import Officer
from hue.people.roles import Permission

Given = dict[str, Any]
Steps = dict[int, list[Proceeding]]
F = TypeVar("F", bound=Form)


def incident(pk: int) -> Incident:
    return get_object_or_404(Incident.objects.select_related("neighbourhood", "by"), pk=pk)


def show(request: HttpRequest, incident: Incident, bound: Form | None = None) -> HttpResponse:
    """`bound` is the form that could not be done: it keeps its place, its words and its errors."""
    officer = who(request)
    outcome = {"code": incident.outcome_code, "words": incident.outcome_words}
    people = list(incident.concerned.select_related("naming_by"))
    steps = _steps(incident, people)
    told: Given = {
        "incident": incident,
        "facts": facts(incident),
        "suspects": _suspects(steps, bound),
        "outcome": _kept(bound, forms.OutcomeForm(initial=outcome)),
        "outcome_says": incident.outcome_words or OUTCOMES.get(incident.outcome_code, ""),
        "victim": _kept(bound, forms.VictimForm()),
        "posts_html": story.posts_about(incident, officer),
        "may_record": officer.may(Permission.RECORD_INCIDENTS),
        "sensitive": incident.kind in SENSITIVE,
        "operation": _operation(officer, bound),
        **_case(incident, people, bound),
        **_people(incident, people, steps, officer, bound),
    }
    return render(request, "incidents/show.html", told, status=422 if bound else 200)


def facts(incident: Incident) -> list[tuple[str, Any]]:
    facts = [
        ("Place", ", ".join(filter(None, [incident.where, incident.place]))),
        ("Log number", incident.log_reference),
        ("What was reported", incident.reported),
        ("What officers did", incident.did),
        ("Recorded by", str(incident.by)),
    ]
    return [(name, value) for name, value in facts if value]


def _steps(incident: Incident, people: list[Concerned]) -> Steps:
    """By the number of the suspect, also of those noted without a step."""
    steps: Steps = {one.suspect: [] for one in people if one.suspect}
    for proceeding in incident.proceedings.select_related("by"):
        steps.setdefault(proceeding.suspect, []).append(proceeding)
    return steps


def _suspects(steps: Steps, bound: Form | None) -> list[Given]:
    """Each suspect with the steps so far and a form for the next; then one more, still empty."""
    told = []
    for number in [*sorted(steps), max(steps, default=0) + 1]:
        taken = steps.get(number, [])
        last = taken[-1].step if taken else ""
        form: forms.StepForm | None = forms.StepForm(suspect=number, after=last)
        if isinstance(bound, forms.StepForm) and bound.initial["suspect"] == number:
            form = bound
        if last and not PROCEEDINGS.moves[last]:
            form = None
        words = [{"at": step.at, "says": STEPS[step.step], "by": step.by} for step in taken]
        told.append({"number": number, "steps": words, "form": form, "known": number in steps})
    return told


def _case(incident: Incident, people: list[Concerned], bound: Form | None) -> Given:
    names = ("offence", "has_victim", "small_place")
    offence = {name: getattr(incident, name) for name in names}
    sought = any(one.role in {"missing", "wanted"} for one in people)
    return {
        "offence": _kept(bound, case_forms.OffenceForm(initial=offence)),
        "offence_says": OFFENCES[incident.offence],
        "looked_for": sought or incident.kind == "missing_person" or incident.found_at,
        "found": _kept(bound, case_forms.FoundForm()),
    }


def _operation(officer: Officer, bound: Form | None) -> Form | None:
    if not officer.may(Permission.FLAG_OPERATIONS):
        return None
    return _kept(bound, case_forms.OperationForm(auto_id="operation_%s"))


def _people(
    incident: Incident,
    people: list[Concerned],
    steps: Steps,
    officer: Officer,
    bound: Form | None,
) -> Given:
    """Names, and the forms to change anything, only for those who may know them."""
    orders = list(incident.orders.select_related("by"))
    if not access.may_know_people(officer):
        shown = [{"person": one} for one in people]
        return {"people": shown, "orders": [{"order": one} for one in orders]}
    unclaimed = {*steps} - {one.suspect for one in people}
    return {
        "may_know": True,
        "people": [_person(one, unclaimed, steps, officer, bound) for one in people],
        "new_person": _kept(bound, case_forms.PersonForm(unclaimed=unclaimed)),
        "orders": [_order(one, people, bound) for one in orders],
        "new_order": _kept(bound, case_forms.OrderForm(people=people)),
    }


def _person(
    person: Concerned, unclaimed: set[int], steps: Steps, officer: Officer, bound: Form | None
) -> Given:
    told: Given = {"person": person, "identity": person.identity}
    told["change"] = _kept(bound, case_forms.PersonForm(unclaimed=unclaimed, person=person))
    if not person.is_accused:
        told["consent"] = _kept(bound, case_forms.ConsentForm(person=person))
    elif access.commands(officer) and _is_before_charge(steps.get(person.suspect or 0, [])):
        told["naming"] = _kept(bound, case_forms.NamingForm(person=person))
    if officer.may(Permission.SHRED_PERSONAL_DATA):
        told["forget"] = _kept(bound, case_forms.ForgetForm(person=person))
    return told


def _is_before_charge(steps: list[Proceeding]) -> bool:
    return not steps or steps[-1].step in BEFORE_CHARGE


def _order(order: CourtOrder, people: list[Concerned], bound: Form | None) -> Given:
    told: Given = {"order": order, "words": order.words}
    told["person"] = next((one for one in people if one.pk == order.person_id), None)
    if order.lifted_at is None:
        told["lift"] = _kept(bound, case_forms.LiftForm(order=order))
    return told


def _kept(bound: Form | None, fresh: F) -> F:
    """What was posted, if it was this form and about the same row."""
    same = type(bound) is type(fresh) and all(
        getattr(bound, about, None) == getattr(fresh, about, None) for about in ("person", "order")
    )
    return bound if same else fresh  # type: ignore[return-value]
