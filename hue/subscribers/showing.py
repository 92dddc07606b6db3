"""The form as HTML: the same on the public page, after a mistake, and behind a link."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from hue.people.models import Neighbourhood
from hue.subscribers.choices import BUDGETS, LEVELS, PACES, TOPICS

START: dict[str, Any] = {
    "neighbourhoods": [],
    "topics": list(TOPICS),
    "level": "news",
    "pace": "once",
    "hour": 18,
    "quiet": True,
    "whole": True,
    "act_a_week": BUDGETS["act"],
    "news_a_week": BUDGETS["news"],
}


def fields(chosen: Mapping[str, Any]) -> str:
    places = Neighbourhood.objects.select_related("unit").order_by("unit__name", "name")
    told = {
        "chosen": {**chosen, "hour": int(chosen.get("hour") or 18)},
        "places": places,
        "topics": TOPICS.items(),
        "levels": LEVELS.items(),
        "paces": PACES.items(),
        "hours": range(24),
    }
    return render_to_string("subscribers/fields.html", told)
