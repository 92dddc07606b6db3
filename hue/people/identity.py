"""Who the force is, for the frame of its pages."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static

from hue.people import crest, icons
from hue.people.queries import the_force


def identity() -> dict[str, Any]:
    """Name, look and address of the force."""
    force = the_force()
    drawn = crest.file_of(force.crest)
    return {
        "name": force.name,
        "short_name": force.short_name,
        "colours": force.colours,
        "colours_url": "/colours.css" if force.colours else "",
        "crest_url": f"/{drawn.path}" if drawn else static("hue/lamp.svg"),
        "contact_email": force.contact_email,
        "icons": icons.of(force),
        "base_url": settings.HUE_SITE,
        "demo": force.demonstration,
    }
