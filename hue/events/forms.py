"""The charter of a live event, and a guest's hours."""

from typing import Any

from django import forms

from hue.events import access
from hue.events.models import LiveEvent
from hue.incidents.forms import Moment
from hue.people.access import Refused
from hue.people.models import LocalPolicingUnit, Officer


class CharterForm(forms.Form):
    """Everything that is said beforehand; `hashtag` only while the event is new."""

    hashtag = forms.CharField(
        label="Hashtag", max_length=31, help_text="Letters and figures, such as bsp24."
    )
    name = forms.CharField(label="Name", max_length=120)
    unit = forms.ModelChoiceField(LocalPolicingUnit.objects.all(), label="Unit", empty_label=None)
    purpose = forms.CharField(
        label="Purpose, as the public will read it", widget=forms.Textarea(attrs={"rows": 3})
    )
    introduction = forms.CharField(
        label="Introduction on the page before it starts",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    afterwards = forms.CharField(
        label="What happens after it",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: the page stays, outcomes are added for a week, then it is closed.",
    )
    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")
    starts_at = Moment("Starts")
    ends_at = Moment("Ends")

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Officer.objects.serving().exclude(roles=["guest"]).order_by("name")
        if not new:
            del self.fields["hashtag"]

    def clean_hashtag(self) -> str:
        try:
            return access.hashtag_that_works(self.cleaned_data["hashtag"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        start, end = said.get("starts_at"), said.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "The event must end after it starts.")
        return said


class GuestForm(forms.Form):
    guest = forms.ModelChoiceField(Officer.objects.none(), label="Guest")
    starts_at = Moment("May post from")
    ends_at = Moment("Until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guest = self.fields["guest"]
        assert isinstance(guest, forms.ModelChoiceField)
        guest.queryset = (
            Officer.objects.serving().filter(roles__contains=["guest"]).order_by("name")
        )


def charter_of(event: LiveEvent) -> dict[str, Any]:
    """An event as the form's first values; times to the minute, as the form shows them."""
    names = ("name", "unit", "purpose", "introduction", "afterwards", "owner")
    minutes = {
        name: getattr(event, name).replace(second=0, microsecond=0)
        for name in ("starts_at", "ends_at")
    }
    return {**{name: getattr(event, name) for name in names}, **minutes}
