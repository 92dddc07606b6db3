"""A poster for the noticeboard: A4, readable by a screen reader too (PDF/UA-1)."""

import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from hue import pages
from hue.events.models import LiveEvent
from hue.lib import clock
from hue.people.models import Force

DESIGN = Path(__file__).with_name("poster.typ")
# Put there at set-up; without them typst takes the serif font it carries.
FONTS = Path(pages.__file__).with_name("fonts")
COLOURS = {"ink": "#0b1f3a", "lamp": "#1f5fbf"}


def poster(event: LiveEvent, force: Force) -> bytes:
    """The PDF. The design is a file of its own; words and colours are handed to it."""
    import typst  # here: large, and most processes never draw

    return typst.compile(
        DESIGN,
        format="pdf",
        sys_inputs={"poster": json.dumps(_words(event, force))},
        font_paths=[FONTS] if FONTS.exists() else [],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=clock.now().replace(microsecond=0),
    )


def hours(event: LiveEvent) -> str:
    """From and to in full, as clocks show it, with the real length: "… (25 hours)"."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    # Real time: a night in which the clocks change has 23 or 25 hours.
    span = clock.in_words(event.ends_at - event.starts_at).removesuffix(" 0 min")
    span = span.removesuffix(" h") + " hours" if span.endswith(" h") else span
    form = "l j F Y, H:i"
    return f"{date_format(start, form)} to {date_format(end, form)} ({span})"


def _words(event: LiveEvent, force: Force) -> dict[str, Any]:
    address = f"{settings.HUE_SITE}/events/{event.hashtag}/"
    return {
        "force": force.name,
        "name": event.name,
        "hashtag": f"#{event.hashtag}",
        "purpose": event.purpose,
        "hours": hours(event),
        "address": address,
        "shown": address.partition("://")[2].rstrip("/"),
        "qr": _qr(address),
        "demonstration": force.demonstration,
        **{name: force.colours.get(name, usual) for name, usual in COLOURS.items()},
    }


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    import segno

    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=0, dark="#000000"
    )
    return drawn.getvalue().decode()
