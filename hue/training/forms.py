from typing import Any

from django import forms

from hue.people.models import Officer
from hue.publishing.forms import ComposeForm

ASK = {"required": "Say what you want to know."}


class QuestionForm(forms.Form):
    """A question about a draft that is kept already."""

    question = forms.CharField(max_length=1000, error_messages=ASK)
    share = forms.BooleanField(required=False)


class AskForm(ComposeForm, QuestionForm):
    """A draft as the phone or the plain form sends it, with what is asked about it."""

    action = forms.ChoiceField(choices=[("ask", "ask")], required=False)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "action": "draft"}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=4000,
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "The answer has no words yet."},
    )
    for_all = forms.BooleanField(required=False, label="Worth knowing for everybody")


class CaseForm(forms.Form):
    """An answer to a practice case: words, or the button that says nothing is said."""

    words = forms.CharField(required=False, strip=False, max_length=20_000)
    silent = forms.BooleanField(required=False)


class MentorForm(forms.Form):
    mentor = forms.ModelChoiceField(
        Officer.objects.serving(), error_messages={"required": "Choose a mentor."}
    )


class NotYetForm(forms.Form):
    because = forms.CharField(
        max_length=500, error_messages={"required": "Say why not yet: it is what they learn from."}
    )
