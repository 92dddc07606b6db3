"""The page of one incident, whatever was done on it last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hue.incidents import forms, story
from hue.incidents.kinds import OUTCOMES, SENSITIVE, STEPS
from hue.incidents.models import Incident, Proceeding
from hue.incidents.states import PROCEEDINGS
from hue.people.gate import who
from hue.people.roles import Permission

Given = dict[str, Any]


def incident(pk: int) -> Incident:
    return get_object_or_404(Incident.objects.select_related("neighbourhood", "by"), pk=pk)


def show(request: HttpRequest, incident: Incident, **bound: Any) -> HttpResponse:
    officer = who(request)
    outcome = {"code": incident.outcome_code, "words": incident.outcome_words}
    told: Given = {
        "incident": incident,
        "facts": facts(incident),
        "suspects": _suspects(incident, bound.get("step")),
        "outcome": bound.get("outcome") or forms.OutcomeForm(initial=outcome),
        "outcome_says": incident.outcome_words or OUTCOMES.get(incident.outcome_code, ""),
        "victim": bound.get("victim") or forms.VictimForm(),
        "posts_html": story.posts_about(incident, officer),
        "may_record": officer.may(Permission.RECORD_INCIDENTS),
        "sensitive": incident.kind in SENSITIVE,
    }
    return render(request, "incidents/show.html", told, status=422 if bound else 200)


def _suspects(incident: Incident, bound: forms.StepForm | None) -> list[Given]:
    """Each suspect with the steps so far and a form for the next; then one more, still empty."""
    steps: dict[int, list[Proceeding]] = {}
    for proceeding in incident.proceedings.select_related("by"):
        steps.setdefault(proceeding.suspect, []).append(proceeding)
    told = []
    for number in [*sorted(steps), max(steps, default=0) + 1]:
        taken = steps.get(number, [])
        last = taken[-1].step if taken else ""
        form: forms.StepForm | None = forms.StepForm(suspect=number, after=last)
        if bound is not None and bound.initial["suspect"] == number:
            form = bound
        if last and not PROCEEDINGS.moves[last]:
            form = None
        words = [{"at": step.at, "says": STEPS[step.step], "by": step.by} for step in taken]
        told.append({"number": number, "steps": words, "form": form})
    return told


def facts(incident: Incident) -> list[tuple[str, Any]]:
    facts = [
        ("Place", ", ".join(filter(None, [incident.where, incident.place]))),
        ("Log number", incident.log_reference),
        ("What was reported", incident.reported),
        ("What officers did", incident.did),
        ("Recorded by", str(incident.by)),
    ]
    return [(name, value) for name, value in facts if value]
