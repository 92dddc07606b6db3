"""A summary on paper: A4, readable by a screen reader too (PDF/UA-1)."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from hue import pages
from hue.lib import clock
from hue.listening.models import Summary
from hue.listening.showing import figures_told
from hue.people.queries import the_force

DESIGN = Path(__file__).with_name("summary.typ")
FONTS = Path(pages.__file__).with_name("fonts")


def paper(summary: Summary) -> bytes:
    import typst  # here: large, and most processes never draw

    return typst.compile(
        DESIGN,
        format="pdf",
        sys_inputs={"summary": json.dumps(_words(summary))},
        font_paths=[FONTS] if FONTS.exists() else [],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=clock.now().replace(microsecond=0),
    )


def _words(summary: Summary) -> dict[str, Any]:
    force, form = the_force(), "l j F Y, H:i"
    hours = [
        date_format(timezone.localtime(at), form) for at in (summary.starts_at, summary.ends_at)
    ]
    told = figures_told(summary.figures)
    parts = [
        ["Experienced: what people say happened to them", summary.experienced],
        ["Evidenced: what records show", summary.evidenced],
        ["Potential: what may come", summary.potential],
        ["What was missed", summary.missed],
    ]
    return {
        "force": force.name,
        "demonstration": force.demonstration,
        "title": summary.title,
        "hours": " to ".join(hours),
        "role": summary.role_name,
        "lines": told["lines"],
        "tables": told["tables"],
        "parts": [part for part in parts if part[1]],
        "written": f"Written by {summary.written_by}." if summary.written_by else "",
    }
