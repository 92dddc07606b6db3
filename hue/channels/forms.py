"""Connecting an account, and its charter."""

from typing import Any

from django import forms

from hue.channels.connector import Connector
from hue.channels.models import Account
from hue.incidents.forms import Moment
from hue.people.models import LocalPolicingUnit, Officer


def _text(label: str, rows: int, help_text: str = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, help_text=help_text, **more)


class CharterForm(forms.Form):
    purpose = _text("What it is for, as the public will read it", 2)
    unit = forms.ModelChoiceField(
        LocalPolicingUnit.objects.all(),
        label="Speaks for",
        empty_label="the whole force",
        required=False,
    )
    staffed = forms.CharField(
        label="When somebody reads there", max_length=200, help_text="Such as 8 to 20, every day."
    )
    out_of_hours = _text(
        "What people read out of hours", 2, "With 999 and 101 in it.", required=False
    )
    silent_after = forms.IntegerField(
        label="Days without a word, then it counts as silent",
        min_value=1,
        max_value=365,
        initial=14,
        help_text="Whoever answers for it is told then, and the public list says since when.",
    )
    threads = forms.BooleanField(label="Long posts as threads, not shortened", required=False)
    cap = forms.DecimalField(
        label="Most that it may cost in a month, in US dollars",
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        required=False,
    )

    def __init__(self, network: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not network.can.threads:
            del self.fields["threads"]
        if not network.can.cost:
            del self.fields["cap"]


class KeyForm(forms.Form):
    """What the network wants to see; never shown again."""

    expires_at = Moment("When the key ends, if it does", required=False)

    def __init__(self, network: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = forms.PasswordInput(attrs={"autocomplete": "off"})
        for name, label in network.secrets.items():
            field = forms.CharField(label=label, max_length=2000, widget=hidden, strip=True)
            field.required = name not in network.optional
            self.fields[name] = field
        self.order_fields([*network.secrets, "expires_at"])
        self._secrets = tuple(network.secrets)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self._secrets:
            if not str(said.get(name, "")).isascii() or not str(said.get(name, "")).isprintable():
                self.add_error(name, "Copy it once more: it holds characters that no key has.")
        return said

    def keys(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in self._secrets}


class ConnectForm(KeyForm):
    handle = forms.CharField(label="Name", max_length=200, help_text="As the public list shows it.")
    address = forms.CharField(label="Address", max_length=500)
    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")

    def __init__(self, network: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(network, *args, **kwargs)
        if network.home:
            self.fields["address"].required = False
        if network.secrets and network.slug != "telegram":
            del self.fields["handle"]
        self.order_fields(["address", "handle", *self._secrets, "expires_at", "owner"])
        _serving(self.fields["owner"])


class SignInForm(forms.Form):
    """Before somebody signs in at a network: what it must know of our software."""

    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it")

    def __init__(self, network: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert network.entrance is not None
        self._given = tuple(network.entrance.given)
        hidden = forms.PasswordInput(attrs={"autocomplete": "off"})
        for name, label in network.entrance.given.items():
            widget = hidden if name.endswith("secret") else forms.TextInput()
            self.fields[name] = forms.CharField(label=label, max_length=500, widget=widget)
        address = forms.CharField(label="Address", max_length=500, required=not network.home)
        self.fields["address"] = address
        self.order_fields(["address", *self._given, "owner"])
        _serving(self.fields["owner"])

    def given(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in self._given}


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(Officer.objects.none(), label="Who answers for it from now on")
    deputy = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Who does when they leave",
        empty_label="nobody is named",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _serving(self.fields["owner"])
        _serving(self.fields["deputy"])


def _serving(field: forms.Field) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Officer.objects.serving().exclude(roles=["guest"]).order_by("name")


class DecisionForm(forms.Form):
    link = forms.URLField(label="Its address there", required=False, assume_scheme="https")


def charter_of(account: Account) -> dict[str, Any]:
    names = ("purpose", "unit", "staffed", "out_of_hours", "silent_after", "threads", "cap")
    return {name: getattr(account, name) for name in names}
