from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation

from hue.people.contrast import TOKENS
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer, Team
from hue.people.roles import ROLES

ROLE_CHOICES = [(role.slug, role.name) for role in ROLES.values() if role.slug != "system"]
STATES = [
    ("serving", "Serving"),
    ("practice", "Practising"),
    ("suspended", "Suspended"),
    ("left", "Left"),
]


class FilterForm(forms.Form):
    """By address, so that a list can be sent to a colleague."""

    q = forms.CharField(label="Name or number", required=False, max_length=60)
    role = forms.ChoiceField(required=False, choices=[("", "every role"), *ROLE_CHOICES])
    unit = forms.ModelChoiceField(
        LocalPolicingUnit.objects.order_by("name"), required=False, empty_label="every unit"
    )
    state = forms.ChoiceField(required=False, choices=STATES)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Which ones",
        choices=ROLE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PlaceForm(forms.Form):
    unit = forms.ModelChoiceField(
        LocalPolicingUnit.objects.order_by("name"), required=False, empty_label="no unit"
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("name"), required=False, empty_label="no team"
    )


class DetailsForm(forms.Form):
    name = forms.CharField(max_length=120)
    rank = forms.CharField(label="Rank or post", max_length=60, required=False)
    collar_number = forms.CharField(max_length=20, required=False)


class UnitForm(forms.Form):
    name = forms.CharField(label="A new unit", max_length=120)


class TeamForm(forms.Form):
    name = forms.CharField(label="A new team", max_length=120)
    neighbourhood = forms.ModelChoiceField(Neighbourhood.objects.all(), empty_label="choose one")


class TeamChangeForm(forms.Form):
    name = forms.CharField(max_length=120)
    presence = forms.CharField(
        label="When people reach it",
        max_length=160,
        required=False,
        help_text="In public, and coarse: “weekday afternoons”. Never a shift pattern.",
    )


class PersonForm(DetailsForm, PlaceForm, RolesForm):
    username = forms.SlugField(
        label="Sign-in name",
        max_length=60,
        help_text="Small letters, digits and hyphens. It cannot be changed later.",
    )
    email = forms.EmailField(label="E-mail at work", required=False)
    practice = forms.BooleanField(
        label="Practises first",
        required=False,
        initial=True,
        help_text="Posts stay on a page that only the team sees, until a supervisor ends it.",
    )
    field_order = [
        "name", "rank", "collar_number", "username", "email", "unit", "team", "roles", "practice",
    ]  # fmt: skip

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), label="Why (kept in the record)"
    )


class PublicForm(forms.Form):
    public = forms.BooleanField(
        label="Name me in public",
        required=False,
        help_text="Your name and rank then stand beside your posts and on your team's page. "
        "Your own page says where you are usually active and whether you wrote lately: no times.",
    )
    line = forms.CharField(
        label="A line about you",
        max_length=200,
        required=False,
        help_text="For your public page. No times when you are on duty.",
    )


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Sign-in name"
        self.fields[
            "login"
        ].help_text = (
            "As your administrator gave it to you, like pc-jane-smith. Not your e-mail address."
        )
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text="At least 12 characters. Four words that have nothing to do with each other.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.officer)
        return password


class LookForm(forms.Form):
    name = forms.CharField(label="Name of the force", max_length=120)
    short_name = forms.CharField(
        max_length=40, help_text="For narrow places: a phone's bar, a card."
    )
    contact_email = forms.EmailField(
        label="E-mail for what is wrong on a page",
        required=False,
        help_text="Stands on every post's page. Empty: no such link there.",
    )
    crest = forms.FileField(
        required=False,
        help_text="An SVG or a PNG, up to 200 KB. Empty: the crest stays as it is.",
        widget=forms.FileInput(attrs={"accept": "image/svg+xml,image/png"}),
    )
    without_crest = forms.BooleanField(label="Take the crest away", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for token, says in TOKENS.items():
            self.fields[token] = forms.CharField(
                label=f"{says} ({token})",
                required=False,
                max_length=7,
                help_text="Like #0b1f3a. Empty: ours.",
            )

    def colours(self) -> dict[str, str]:
        return {token: str(self.cleaned_data[token]) for token in TOKENS}


class PriorityForm(forms.Form):
    you_said = forms.CharField(
        label="You said", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    we_did = forms.CharField(
        label="We did", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReviewForm(forms.Form):
    we_did = forms.CharField(
        label="We did", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
