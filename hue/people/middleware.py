"""At the door, before any page: a phone to be cleared, and a second factor that is missing."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

from hue.lib import clock
from hue.people import actions, gate, phones, queries
from hue.people.models import Officer
from hue.people.signin import lacks_second_factor

INSIDE = ("/desk/", "/api/")
ALWAYS = (gate.PUBLIC, gate.SIGNED_IN)


class AtTheDoor:
    """Holds for every view inside, whichever room it is in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: Any
    ) -> HttpResponseBase | None:
        if not request.path.startswith(INSIDE):
            return None
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("No address of ours holds a zero byte, and PostgreSQL takes none.")
        if (answer := wiped(request)) is not None:
            return answer
        if not isinstance(request.user, Officer):
            return None
        if getattr(view, "who", None) not in ALWAYS and lacks_second_factor(
            request.user, request.session
        ):
            return without_second_factor(request)
        return None


def wiped(request: HttpRequest) -> HttpResponse | None:
    """A suspended person's session is over, so it is the device that we recognise.

    One that its owner gave up may still have a session: that ends here.
    """
    phone = phones.to_be_wiped(request.COOKIES.get(phones.COOKIE, ""))
    if phone is None or (isinstance(request.user, Officer) and request.user != phone.officer):
        return None
    given_up = isinstance(request.user, Officer)
    actions.wipe_phone(by=queries.system(), at=clock.now(), phone=phone)
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse({"reason": "This phone was cleared.", "wipe": True}, status=403)
    else:
        answer = render(request, "people/wiped.html", status=403)
    # Cookies stay: the phone must be known again at its next contact.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    if given_up:
        logout(request)
        answer.delete_cookie(phones.COOKIE)  # whoever signs in here later starts anew
    return answer


def without_second_factor(request: HttpRequest) -> HttpResponseBase:
    reason = "Your roles need a second factor: open the desk in a browser and set one up."
    if request.path.startswith("/api/"):
        return JsonResponse({"reason": reason}, status=403)
    return redirect("people:second_factor")
