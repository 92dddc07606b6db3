"""Opening, closing and moving an account; shutting a server out."""

from typing import Any

from django import forms

from hue.fediverse import queries

_NAME_HELP = (
    "What stands before the @: letters, figures and underscores. It stays for ever, and nobody "
    "else gets it."
)


class NameForm(forms.Form):
    """An officer's own."""

    name = forms.CharField(label="Name", max_length=31, help_text=_NAME_HELP)


class OpenForm(NameForm):
    voice = forms.ChoiceField(label="Who speaks", choices=())
    field_order = ("voice", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voice = self.fields["voice"]
        assert isinstance(voice, forms.ChoiceField)
        found = queries.voices_to_open()
        voice.choices = [(f"{kind}/{key}", f"{name} ({kind})") for kind, key, name in found]

    def opened(self) -> dict[str, str]:
        kind, _, key = self.cleaned_data["voice"].partition("/")
        return {"kind": kind, "key": key, "name": self.cleaned_data["name"]}


class CloseForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300)


class AddressForm(forms.Form):
    address = forms.CharField(
        label="Address of the other account",
        max_length=500,
        help_text="Its profile: https://social.example/users/them",
    )


class BlockForm(forms.Form):
    host = forms.CharField(
        label="Server", max_length=255, help_text="As in addresses: social.example"
    )
    reason = forms.CharField(label="Why", max_length=300)
