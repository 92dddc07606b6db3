from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from hue.lib import clock
from hue.media.models import SHOWS, SOURCES, Picture


class PortraitForm(forms.Form):
    picture = forms.FileField(
        label="A picture of you",
        help_text="Your face in the middle, nobody else in it. It is cut to a square.",
        error_messages={"required": "Choose a picture first."},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class PictureFactsForm(forms.Form):
    """What somebody who looks at the picture says of it. `people` are those of its case."""

    shows = forms.ChoiceField(
        label="Who can be recognised in it", required=False, choices=list(SHOWS.items())
    )
    person = forms.ChoiceField(label="Which person of the case", required=False)
    age = forms.IntegerField(
        label="Their age",
        required=False,
        min_value=0,
        max_value=120,
        help_text="If it is not known, what they seem to be at the least.",
    )
    source = forms.ChoiceField(label="Where it comes from", choices=list(SOURCES.items()))
    purpose = forms.CharField(
        label="What it is shown for",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The policing purpose, without names: to find out who this is, to find her.",
    )
    prior_enquiries = forms.CharField(
        label="What was tried before",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The public is asked who a suspect is after other ways were tried.",
    )
    others_visible = forms.BooleanField(label="Other people can be seen", required=False)
    others_obscured = forms.BooleanField(
        label="They cannot be recognised: I have looked", required=False
    )
    last_resort = forms.BooleanField(
        label="A custody picture, and no other one of this missing person exists", required=False
    )
    review_at = forms.DateField(
        label="Look again on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Whether it should still be shown. A picture of a person needs a day.",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["person"].choices = [("", "Nobody of them"), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["person"]

    def clean_review_at(self) -> datetime | None:
        day: date | None = self.cleaned_data["review_at"]
        return clock.day_of(day)[0] if day else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("others_obscured") and not said.get("others_visible"):
            self.add_error("others_visible", "Say that others can be seen, if they are obscured.")
        return said


def facts_in(picture: Picture) -> dict[str, Any]:
    """A picture as the form's first values."""
    names = ("shows", "person", "age", "source", "purpose", "prior_enquiries", "last_resort")
    also = ("others_visible", "others_obscured")
    day = timezone.localtime(picture.review_at).date() if picture.review_at else None
    return {name: getattr(picture, name) for name in (*names, *also)} | {"review_at": day}
