"""When a staff page cannot be made: what is wrong, what was kept, what to do. Asks no database."""

import sys

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.people.gate import public


@public
def trouble(request: HttpRequest) -> HttpResponse:
    """Django's handler500: it stands in the handling of what went wrong."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    told = {"away": away, "css": static("hue/site.css"), "site": settings.HUE_SITE}
    return HttpResponse(
        render_to_string("desk/trouble.html", told),
        status=503 if away else 500,
        headers={"Retry-After": "5"} if away else {},
    )
