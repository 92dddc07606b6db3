from typing import Any

from django import forms

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
