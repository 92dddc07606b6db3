"""What people write about an incident."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from hue.incidents import access
from hue.incidents.kinds import KINDS, OUTCOMES, STEPS
from hue.incidents.models import Incident
from hue.incidents.states import PROCEEDINGS
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Neighbourhood

LOCAL = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A day and a time where the force is, from the browser's own picker.

    Django refuses the hour that comes twice when clocks go back; here its first pass is meant.
    """

    def __init__(self, label: str, **also: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(label=label, widget=widget, **also)

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            when = timezone.make_aware(datetime.fromisoformat(str(value)).replace(tzinfo=None))
            meant = when.astimezone(UTC)
            back = timezone.localtime(meant)
        except (ValueError, OverflowError):  # the calendar ends in the year 9999
            raise forms.ValidationError(
                "Write a day and a time, such as 9/7/2026, 14:05."
            ) from None
        if back.replace(tzinfo=None) != when.replace(tzinfo=None):
            raise forms.ValidationError("Clocks go forward at that hour: this time does not exist.")
        return meant


def past(form: forms.Form, field: str) -> datetime:
    when: datetime = form.cleaned_data[field]
    try:
        access.has_happened(when, at=clock.now())
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from None
    return when


class IncidentForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What kind of incident", choices=[("", "Choose"), *KINDS.items()]
    )
    happened_at = Moment("When it happened")
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label="Neighbourhood",
        to_field_name="slug",
        empty_label="Choose",
    )
    where = forms.CharField(
        label="Street or park",
        required=False,
        max_length=160,
        help_text="Never a house number. Leave it empty for domestic abuse, violence, a missing "
        "person or a concern for somebody's safety: for these only the neighbourhood is kept.",
    )
    log_reference = forms.CharField(
        label="The control room's log number", required=False, max_length=40
    )
    reported = forms.CharField(
        label="What was reported",
        help_text="Every officer reads this: no names here. People are noted on the case's page.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    did = forms.CharField(
        label="What officers did", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def clean_happened_at(self) -> datetime:
        return past(self, "happened_at")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        try:
            kept = access.place_that_may_be_kept(said.get("kind", ""), said.get("where", ""))
        except Refused as refusal:
            self.add_error("where", str(refusal))
            return said
        if said.get("where") and not kept:
            self.add_error("where", "For this kind of incident leave the street or park empty.")
        return said


class StepForm(forms.Form):
    """Only the steps that the law knows after the last one."""

    suspect = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    step = forms.ChoiceField(label="Next step")
    when = Moment("When")

    def __init__(self, *args: Any, suspect: int, after: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"suspect_{suspect}_%s", **kwargs})
        self.initial["suspect"] = suspect
        steps = PROCEEDINGS.moves[after] if after else (PROCEEDINGS.start, *_first_steps())
        self.fields["step"].choices = [(step, STEPS[step]) for step in steps]  # type: ignore[attr-defined]

    def clean_when(self) -> datetime:
        return past(self, "when")


class OutcomeForm(forms.Form):
    code = forms.ChoiceField(
        label="Home Office outcome",
        required=False,
        choices=[("", "No code"), *((code, f"{code} · {says}") for code, says in OUTCOMES.items())],
    )
    words = forms.CharField(
        label="In plain words, as the public will read it",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Left empty, the plain words of the code are shown.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        try:
            access.may_be_told(said.get("code", ""), said.get("words", ""))
        except Refused as refusal:
            self.add_error("words", str(refusal))
        return said


class VictimForm(forms.Form):
    informed_at = Moment("When the victim was told")

    def clean_informed_at(self) -> datetime:
        return past(self, "informed_at")


class FilterForm(forms.Form):
    """The list's filters, all of them in its address."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), ("open", "Open"), ("over", "Over")]
    )
    place = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label="Neighbourhood",
        required=False,
        to_field_name="slug",
        empty_label="All",
    )
    day = forms.DateField(
        label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *KINDS.items()])
    log = forms.CharField(label="Log number", required=False, max_length=40)
    owes = forms.BooleanField(label="Owes an outcome", required=False)


def _first_steps() -> tuple[str, ...]:
    return PROCEEDINGS.moves[PROCEEDINGS.start]


def account_of(incident: Incident) -> dict[str, Any]:
    """An incident as the form's first values."""
    slug = incident.neighbourhood.slug if incident.neighbourhood else None
    names = ("kind", "where", "log_reference", "reported", "did")
    values = {name: getattr(incident, name) for name in names}
    minute = incident.happened_at.replace(second=0, microsecond=0)  # all that the form can show
    return {
        **values,
        "happened_at": minute,
        "neighbourhood": slug,
        "seen": incident.version,
    }
