"""What the public types."""

from django import forms

from hue.people.models import Neighbourhood


class _Open(forms.Form):
    """Open to everybody. `website` is for machines alone: people never see it."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)


class AskForm(_Open):
    words = forms.CharField(
        label="What have you seen or heard?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Paste the message. Leave out names and telephone numbers of people.",
        error_messages={"required": "Paste or write what you have seen."},
    )
    place = forms.ModelChoiceField(
        Neighbourhood.objects.order_by("name"),
        label="About which place",
        required=False,
        empty_label="Another place, or none",
    )


class DoubtForm(_Open):
    words = forms.CharField(
        label="What is wrong with it, and how do you know?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Leave out names of people. Do not tell us here of a crime: call 101, or 999.",
        error_messages={"required": "Say what is wrong with the answer, and how you know."},
    )
