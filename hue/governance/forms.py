from typing import Any

from django import forms

from hue.governance import policy


class PolicyForm(forms.Form):
    """The text, then one field for each number of the policy."""

    text = forms.CharField(
        label="What everybody accepts", widget=forms.Textarea(attrs={"rows": 14}), max_length=50_000
    )
    in_force_at = forms.DateTimeField(
        label="In force from",
        required=False,
        help_text="Empty: at once.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in policy.rules():
            self.fields[entry.name] = _field(entry.metadata)

    def values(self) -> dict[str, Any]:
        return {entry.name: self.cleaned_data[entry.name] for entry in policy.rules()}


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _field(told: Any) -> forms.Field:
    if "least" not in told:
        return forms.BooleanField(label=told["says"], required=False)
    return forms.IntegerField(label=told["says"], min_value=told["least"], max_value=told["most"])
