"""What a resident fills in, without a script and without a name."""

from typing import Any

from django import forms

from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.subscribers import addresses, queries
from hue.subscribers.choices import BUDGETS, LEVELS, MOST_A_WEEK, PACES, TOPICS, VIAS
from hue.subscribers.choosing import Wish

HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class WishForm(forms.Form):
    neighbourhoods = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.all(),
        to_field_name="slug",
        error_messages={"required": "Choose at least one neighbourhood."},
    )
    whole = forms.BooleanField(required=False)
    topics = forms.MultipleChoiceField(
        choices=list(TOPICS.items()), error_messages={"required": "Choose at least one topic."}
    )
    level = forms.ChoiceField(choices=list(LEVELS.items()))
    pace = forms.ChoiceField(choices=list(PACES.items()))
    hour = forms.TypedChoiceField(choices=HOURS, coerce=int)
    quiet = forms.BooleanField(required=False)
    safe = forms.BooleanField(required=False)
    act_a_week = forms.IntegerField(min_value=0, max_value=MOST_A_WEEK, initial=BUDGETS["act"])
    news_a_week = forms.IntegerField(min_value=0, max_value=MOST_A_WEEK, initial=BUDGETS["news"])

    def wish(self) -> Wish:
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in WishForm.base_fields}
        return Wish(**told | {"neighbourhoods": [p.slug for p in told["neighbourhoods"]]})


class AskForm(WishForm):
    via = forms.ChoiceField(choices=list(VIAS.items()))
    address = forms.CharField(max_length=2000, error_messages={"required": "Write an address."})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if "via" in told and told["via"] not in queries.ways():
            self.add_error("via", "We cannot write to you in that way at the moment.")
        if {"via", "address"} <= told.keys():
            try:
                told["address"] = addresses.in_one_form(told["via"], told["address"])
            except Refused as refusal:
                self.add_error("address", str(refusal))
        return told


class CodeForm(forms.Form):
    phone = forms.CharField(max_length=40)
    code = forms.CharField(max_length=20, error_messages={"required": "Write the six digits."})


class PersonForm(forms.Form):
    """Somebody at the counter, named by the address they read at."""

    via = forms.ChoiceField(
        label="They read by", choices=[(via, VIAS[via]) for via in ("email", "sms")]
    )
    address = forms.CharField(label="Their address or number", max_length=254)


class ListForm(forms.Form):
    owner = forms.ModelChoiceField(
        Officer.objects.none(), label="Who answers for it", required=False, empty_label="nobody"
    )
    silent_days = forms.IntegerField(label="Days it may be silent", min_value=1, max_value=365)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Officer.objects.serving().exclude(roles=["guest"]).order_by("name")
