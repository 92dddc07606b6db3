from typing import Any

from django import forms

from hue.governance import policy
from hue.people.roles import ROLES


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"})


class PolicyForm(forms.Form):
    """The text, then one field for each number of the policy."""

    text = forms.CharField(
        label="What everybody accepts", widget=forms.Textarea(attrs={"rows": 14}), max_length=50_000
    )
    in_force_at = forms.DateTimeField(
        label="In force from",
        required=False,
        help_text="Empty: at once.",
        widget=_moment(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in policy.rules():
            self.fields[entry.name] = _field(entry.metadata)

    def values(self) -> dict[str, Any]:
        return {entry.name: self.cleaned_data[entry.name] for entry in policy.rules()}


class Names(forms.CharField):
    """One a line, each once."""

    def __init__(self) -> None:
        widget = forms.Textarea(attrs={"rows": 6})
        label = "People and parties that stand, one a line"
        super().__init__(label=label, required=False, max_length=20_000, widget=widget)

    def clean(self, value: Any) -> list[str]:
        lines = (line.strip() for line in super().clean(value).splitlines())
        return list(dict.fromkeys(filter(None, lines)))


class NamesForm(forms.Form):
    candidates = Names()


class ElectionForm(forms.Form):
    name = forms.CharField(label="Which election", max_length=120)
    starts_at = forms.DateTimeField(label="Its period begins", widget=_moment())
    ends_at = forms.DateTimeField(label="Its period ends, when the polls close", widget=_moment())
    candidates = Names()


class PackForm(forms.Form):
    file = forms.FileField(
        label="Policy pack",
        help_text="A signed file of another force, or of your own: it ends in .toml.",
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )


class KeyForm(forms.Form):
    """What somebody says after they have asked the other force."""

    heard = forms.CharField(
        label="The last eight characters of the fingerprint, as they read them to you",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    whose = forms.CharField(label="Whose key it is", max_length=200)
    how = forms.CharField(
        label="How you made sure",
        help_text="For example: rang their policy team on the number of their public site.",
        max_length=300,
    )


class AgreeForm(forms.Form):
    in_force_at = forms.DateTimeField(
        label="In force from",
        required=False,
        help_text="Empty: at once.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _field(told: Any) -> forms.Field:
    if "choices" in told:
        choices = [(slug, ROLES[slug].name) for slug in told["choices"]]
        ticks = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            label=told["says"], choices=choices, required=False, widget=ticks
        )
    if "least" not in told:
        return forms.BooleanField(label=told["says"], required=False)
    return forms.IntegerField(label=told["says"], min_value=told["least"], max_value=told["most"])
