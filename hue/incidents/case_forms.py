"""What people write about a case: its class, the people in it, the orders of courts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from hue.incidents.forms import Moment, past
from hue.incidents.kinds import (
    CONSULTED,
    FORGOTTEN_FOR,
    NAMING_PURPOSES,
    OFFENCES,
    ORDERS,
    ROLES,
)
from hue.incidents.models import Concerned, CourtOrder


class Lines(forms.CharField):
    """One thing a line."""

    def __init__(self, label: str, *, help_text: str = "") -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in super().clean(value).splitlines())))


class OffenceForm(forms.Form):
    offence = forms.ChoiceField(
        label="Does the law give somebody anonymity?",
        required=False,
        choices=list(OFFENCES.items()),
        help_text="In these cases the victim stays unnamed for life, the teacher until charged.",
    )
    has_victim = forms.BooleanField(
        label="Somebody was wronged, and hears the outcome before the public", required=False
    )
    small_place = forms.BooleanField(
        label="Few people live there: an age and a job already tell who it is", required=False
    )


class OperationForm(forms.Form):
    note = forms.CharField(
        label="In a sentence, for everybody who writes about it",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FoundForm(forms.Form):
    when = Moment("When they were found or caught")

    def clean_when(self) -> datetime:
        return past(self, "when")


KNOWN = ("name", "age", "suspect", "also", "details")
NOTHING_KNOWN = (
    "Say at least one thing that is known: a name, an age, a step of the proceedings, or what "
    "else tells who it is."
)


class PersonForm(forms.Form):
    """Somebody new, or with `person` a change of somebody who is noted."""

    role = forms.ChoiceField(
        label="What they are in the case",
        choices=[("", "Choose"), *ROLES.items()],
        error_messages={"required": "Choose what they are in the case."},
    )
    name = forms.CharField(label="Name", required=False, max_length=200)
    age = forms.IntegerField(label="Age", required=False, min_value=0, max_value=120)
    suspect = forms.TypedChoiceField(
        label="Whose steps of the proceedings are theirs",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Only of somebody suspected, wanted or accused.",
    )
    also = Lines("Other names, nicknames, handles", help_text="One a line.")
    details = Lines(
        "What else tells who it is", help_text="Street, employer, school, family tie. One a line."
    )
    ethnicity_purpose = forms.CharField(
        label="Why ethnicity or nationality may be told",
        required=False,
        max_length=500,
        help_text="Left empty, a second person looks at a post that tells it.",
    )

    def __init__(
        self, *args: Any, unclaimed: Iterable[int], person: Concerned | None = None, **kwargs: Any
    ) -> None:
        self.person = person
        own = [person.suspect] if person and person.suspect else []
        initial = _said_of(person) if person else {}
        given = {"initial": initial, "auto_id": _ids("person", person), **kwargs}
        super().__init__(*args, **given)
        choices = [("", "Somebody without a step so far")]
        choices += [(str(number), f"Suspect {number}") for number in sorted({*unclaimed, *own})]
        self.fields["suspect"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Of somebody known what was touched: somebody else may be changing the rest."""
        said = super().clean() or self.cleaned_data
        if self.person is None:
            if not any(said.get(name) not in (None, "", ()) for name in KNOWN):
                self.add_error("name", NOTHING_KNOWN)
            return said
        return {name: value for name, value in said.items() if name in self.changed_data}


class ConsentForm(forms.Form):
    when = Moment("When they agreed")
    scope = forms.CharField(
        label="To what they agreed",
        max_length=500,
        help_text="First name only, a picture, for how long. For a child: who agreed.",
    )
    waived = forms.BooleanField(
        label="They gave up the anonymity that the law gives them, in writing", required=False
    )

    def __init__(self, *args: Any, person: Concerned, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **{"auto_id": _ids("consent", person), **kwargs})

    def clean_when(self) -> datetime:
        return past(self, "when")


class NamingForm(forms.Form):
    purpose = forms.ChoiceField(
        label="The exceptional purpose", choices=[("", "Choose"), *NAMING_PURPOSES.items()]
    )
    consulted = forms.ChoiceField(
        label="Who was consulted", choices=[("", "Choose"), *CONSULTED.items()]
    )
    rationale = forms.CharField(
        label="Why it is necessary and proportionate", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, person: Concerned, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **{"auto_id": _ids("naming", person), **kwargs})


class ForgetForm(forms.Form):
    reason = forms.ChoiceField(label="Why", choices=[("", "Choose"), *FORGOTTEN_FOR.items()])

    def __init__(self, *args: Any, person: Concerned, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **{"auto_id": _ids("forget", person), **kwargs})


class OrderForm(forms.Form):
    kind = forms.ChoiceField(label="What it forbids", choices=list(ORDERS.items()))
    person = forms.ChoiceField(label="Whom it protects", required=False)
    words = Lines("Words that may not be said", help_text="A name, a tie, a place. One a line.")
    made_at = Moment("When it was made")

    def __init__(self, *args: Any, people: list[Concerned], **kwargs: Any) -> None:
        self.people = {str(person.pk): person for person in people}
        super().__init__(*args, **{"auto_id": "order_%s", **kwargs})
        named = [(pk, _name_of(person)) for pk, person in self.people.items()]
        self.fields["person"].choices = [("", "Everybody in the case"), *named]  # type: ignore[attr-defined]

    def clean_person(self) -> Concerned | None:
        return self.people.get(self.cleaned_data["person"])

    def clean_made_at(self) -> datetime:
        return past(self, "made_at")


class LiftForm(forms.Form):
    when = Moment("When it was lifted")

    def __init__(self, *args: Any, order: CourtOrder, **kwargs: Any) -> None:
        self.order = order
        super().__init__(*args, **{"auto_id": f"lift_{order.pk}_%s", **kwargs})

    def clean_when(self) -> datetime:
        return past(self, "when")


def _ids(form: str, person: Concerned | None) -> str:
    return f"{form}_{person.pk if person else 'new'}_%s"


def _name_of(person: Concerned) -> str:
    name = person.identity.name
    return f"{name} ({person.label})" if name else str(person)


def _said_of(person: Concerned) -> dict[str, Any]:
    identity = person.identity
    return {
        "role": person.role,
        "age": person.age,
        "suspect": person.suspect,
        "name": identity.name,
        "also": "\n".join(identity.also),
        "details": "\n".join(identity.details),
        "ethnicity_purpose": identity.ethnicity_purpose,
    }
