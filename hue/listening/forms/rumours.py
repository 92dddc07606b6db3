"""What is typed about rumours, on the desk and in public."""

from typing import Any

from django import forms

from hue.incidents.forms import Moment
from hue.listening.actions.rumours.decide import MODEL
from hue.listening.models import Rumour, Sighting, Verdict
from hue.people.models import Neighbourhood, Officer

ROWS = forms.Textarea(attrs={"rows": 3})
MODEL_WORDS = {
    "code": "Code of ethics",
    "information": "Information",
    "assessment": "Threat, risk and working strategy",
    "powers": "Powers and policy",
    "options": "Options and contingencies",
    "action": "Action and review",
}


class RumourForm(forms.Form):
    """The entry itself."""

    claim = forms.CharField(
        label="The claim, in the words that people use",
        max_length=2000,
        widget=ROWS,
        help_text="No names, no handles: what is said, not who says it.",
    )
    question = forms.CharField(
        label="The question that the public page answers",
        max_length=200,
        help_text="For example: Are shops on fire in Kings Heath?",
    )
    harm = forms.ChoiceField(label="Harm if people believe it", choices=Rumour.HARMS)
    kind = forms.ChoiceField(label="Kind", choices=Rumour.KINDS)
    subject = forms.ChoiceField(label="It is about", choices=Rumour.SUBJECTS)
    places = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.order_by("name"), label="Places", required=False
    )


class SightingForm(forms.Form):
    source = forms.ChoiceField(label="Where it was seen", choices=Sighting.SOURCES)
    place = forms.ModelChoiceField(
        Neighbourhood.objects.order_by("name"), label="About which place", required=False
    )
    count = forms.IntegerField(label="How many times", min_value=1, max_value=1_000_000, initial=1)


class EnterForm(SightingForm, RumourForm):
    """A new one: the entry, and where it was seen first."""

    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")
    field_order = ("claim", "question", "source", "place", "count", "harm", "kind", "subject")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _officers(self.fields["owner"])


class DecideForm(forms.Form):
    """A verdict. What the public reads stands first; the six headings are never demanded."""

    verdict = forms.ChoiceField(label="Is it true?", choices=Verdict.VERDICTS)
    says = forms.CharField(
        label="The answer, the fact first",
        max_length=1000,
        widget=ROWS,
        help_text="The public reads it after “No.”, “Yes.”, “Partly.” or “We cannot say.”",
    )
    looked_at = forms.CharField(
        label="What was looked at, as the public reads it", max_length=1000, widget=ROWS
    )
    rationale = forms.CharField(label="Why, for the record", max_length=4000, widget=ROWS)
    next_check_at = Moment("When somebody looks again")
    changed_because = forms.CharField(
        label="If this changes an answer: why, for everybody",
        max_length=1000,
        widget=ROWS,
        required=False,
    )
    show = forms.BooleanField(label="Show it on the public pages", required=False, initial=True)

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not answered:
            del self.fields["changed_because"]
        for name in MODEL:
            self.fields[f"model_{name}"] = forms.CharField(
                label=MODEL_WORDS[name], required=False, max_length=4000, widget=ROWS
            )

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("model_")]

    @property
    def model(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("model_")]

    def decision_model(self) -> dict[str, str]:
        told = {name: self.cleaned_data[f"model_{name}"] for name in MODEL}
        return {name: said for name, said in told.items() if said}


class CheckForm(forms.Form):
    what = forms.CharField(label="What you looked at", max_length=200)
    found = forms.CharField(label="What it showed", max_length=2000, widget=ROWS)


class LaterForm(forms.Form):
    next_check_at = Moment("When somebody looks again")
    why = forms.CharField(label="What is known by now", max_length=2000)


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _officers(self.fields["owner"])


class SplitForm(forms.Form):
    """A second claim, and which of the sightings were of it."""

    claim = forms.CharField(
        label="The other claim, in people's words", max_length=2000, widget=ROWS
    )
    question = forms.CharField(label="Its question in public", max_length=200)
    why = forms.CharField(label="Why they are two, for the record", max_length=2000, widget=ROWS)

    def __init__(self, rumour: Rumour, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in rumour.sightings.select_related("place"):
            times = "once" if one.count == 1 else f"{one.count} times"
            where = f"{one.get_source_display()}, {one.place or 'no place known'}"
            where = f"It was this one that was seen {times}: {where}"
            self.fields[f"sighting_{one.pk}"] = forms.BooleanField(label=where, required=False)

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        ticked = [name for name, value in said.items() if name.startswith("sighting_") and value]
        words = {name: said[name] for name in ("claim", "question", "why")}
        return {**words, "sightings": [int(name.removeprefix("sighting_")) for name in ticked]}


def _officers(field: forms.Field) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Officer.objects.serving().exclude(roles=["guest"]).order_by("name")
