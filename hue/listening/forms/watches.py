"""The charter of a watch, a source and its terms, a file, a hand-off."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from hue.incidents.forms import Moment
from hue.listening.actions import SPEEDS, TAKEN_IN
from hue.listening.models import KINDS, Source
from hue.people.models import Neighbourhood, Officer
from hue.people.roles import ROLES, Permission


def _text(label: str, rows: int, help_text: str = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, help_text=help_text, **more)


class WatchForm(forms.Form):
    name = forms.CharField(label="What it is called", max_length=80)
    role = forms.ChoiceField(label="For which role", help_text="No other role sees what it hears.")
    purpose = _text("Purpose, as the public will read it", 3)
    basis = _text(
        "Basis in law, and why it is overt",
        3,
        "Part 3 of the Data Protection Act 2018 for law enforcement, the UK GDPR for the rest. "
        "The public page says that this is watched.",
    )
    topics = _text("Topics, one a line", 5, "Words or hashtags. Never a person, handle or profile.")
    places = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.all(),
        label="Only what names one of these places",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sources = forms.ModelMultipleChoiceField(
        Source.objects.order_by("name"),
        label="Where it listens",
        widget=forms.CheckboxSelectMultiple,
    )
    necessity = _text(
        "Why it is necessary",
        3,
        "Only for a religion, a party, a union, protest, or who people are: why nothing less "
        "would do.",
        required=False,
    )
    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")
    starts_at = Moment("Starts")
    review_at = Moment("Somebody looks whether it is still needed")
    expires_at = Moment("Ends", help_text="28 days after the start at most.")

    def __init__(self, *args: Any, by: Officer, at: datetime, **kwargs: Any) -> None:
        at = at.replace(second=0, microsecond=0)
        first = {
            "owner": by,
            "starts_at": at,
            "review_at": at + timedelta(days=7),
            "expires_at": at + timedelta(days=14),
        }
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        role, owner = self.fields["role"], self.fields["owner"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        role.choices = [
            (slug, ROLES[slug].name)
            for slug in by.roles
            if Permission.WRITE_WATCHES in ROLES[slug].may
        ]
        owner.queryset = Officer.objects.serving().order_by("name")

    def clean_topics(self) -> list[str]:
        return str(self.cleaned_data["topics"]).splitlines()


class SourceForm(forms.Form):
    name = forms.CharField(label="What it is called", max_length=80)
    kind = forms.ChoiceField(label="What it is", choices=list(KINDS.items()))
    address = forms.CharField(
        label="Address",
        max_length=500,
        required=False,
        help_text="Of the feed, the Mastodon server or the Jetstream.",
    )
    query = forms.CharField(
        label="Hashtag or words",
        max_length=200,
        required=False,
        help_text="For Mastodon, Bluesky and X. Topics, not people.",
    )
    secret = forms.CharField(
        label="Key",
        max_length=2000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Where the network wants one. It is sealed, and never shown again.",
    )
    cap = forms.DecimalField(
        label="Most that it may cost in a month, in US dollars",
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        required=False,
    )
    every = forms.IntegerField(
        label="Seconds between two looks", min_value=15, max_value=86_400, initial=60
    )


class TermsForm(forms.Form):
    terms = forms.CharField(label="Address of its terms of use", max_length=500, required=False)
    terms_say = _text("What the terms say about this use, in your words", 3)
    basis = _text("On which basis we may", 3)


class FileForm(forms.Form):
    source = forms.ModelChoiceField(
        Source.objects.on().filter(kind__in=TAKEN_IN).order_by("name"),
        label="Source",
        empty_label=None,
    )
    file = forms.FileField(
        label="File",
        help_text="A letter (.eml), or NDJSON or CSV up to 200 MB: id, text, at; and author, "
        "address, reshare_of, quotes, language where they are known.",
        widget=forms.ClearableFileInput(attrs={"accept": ".ndjson,.jsonl,.csv,.eml"}),
    )
    speed = forms.TypedChoiceField(
        label="How fast", choices=list(SPEEDS.items()), coerce=int, initial=0
    )


class WhyForm(forms.Form):
    why = forms.CharField(max_length=500, error_messages={"required": "Say why."})


class ReviewForm(WhyForm):
    next_at = Moment("The next review")


class HandOffForm(forms.Form):
    reference = forms.CharField(
        max_length=80, error_messages={"required": "Give the reference of the hand-off."}
    )


class LessonForm(forms.Form):
    kind = forms.CharField(max_length=40, required=False)
    urgency = forms.CharField(max_length=20, required=False)


class SummaryForm(forms.Form):
    experienced = _text("Experienced: what people say happened to them", 4, required=False)
    evidenced = _text("Evidenced: what records show", 4, required=False)
    potential = _text("Potential: what may come", 4, required=False)
    missed = _text("What was missed, and why", 3, required=False)
