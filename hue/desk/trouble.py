"""When a page cannot be made: what is wrong, what was kept, what to do. Asks no database."""

import sys

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.pages import files
from hue.people.gate import public

STAFF = ("/desk/", "/sign-in/")


@public
def trouble(request: HttpRequest) -> HttpResponse:
    """Django's handler500: it stands in the handling of what went wrong."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    answer = _answer(request.path, away=away)
    answer.status_code = 503 if away else 500
    if away:
        answer["Retry-After"] = "5"
    return answer


def _answer(path: str, *, away: bool) -> HttpResponse:
    """To a phone a reason, to the public their own page, to staff what became of their work."""
    if path.startswith("/api/"):
        return JsonResponse({"reason": "The server is in trouble. Nothing was lost: try again."})
    if not path.startswith(STAFF) and (page := files.within_root("trouble.html")).exists():
        return HttpResponse(page.read_bytes())
    told = {"away": away, "css": static("hue/site.css"), "site": settings.HUE_SITE}
    return HttpResponse(render_to_string("desk/trouble.html", told))
