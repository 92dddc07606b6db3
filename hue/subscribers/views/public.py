"""What residents send. No session and no cookie: a link in a message is who somebody is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.pages import shell
from hue.people.access import Refused
from hue.people.gate import View, public
from hue.people.queries import system
from hue.people.signin import address_of
from hue.subscribers import actions, addresses, links, queries, showing
from hue.subscribers.choices import CONSENT, WHYS
from hue.subscribers.forms import AskForm, CodeForm, WishForm
from hue.subscribers.models import Subscriber
from hue.subscribers.sitemaps import ask_page


def resident(view: Callable[..., HttpResponse]) -> View:
    """From a page that is a file, or a program that reads mail: neither has a token of ours."""

    @csrf_exempt
    @public
    @wraps(view)
    def taken(request: HttpRequest, **more: Any) -> HttpResponse:
        if any("\x00" in value for _, values in request.POST.lists() for value in values):
            raise BadRequest("PostgreSQL takes no zero byte, and no address holds one.")
        return view(request, **more)

    return taken


@resident
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address is known, held or new."""
    form = AskForm(request.POST)
    if not form.is_valid():
        typed = {**_typed(request), "address": request.POST.get("address", "")[:254]}
        return _page("Watch messages", ask_page(typed, _errors(form)), status=422)
    via, address = form.cleaned_data["via"], form.cleaned_data["address"]
    actions.ask(
        by=system(),
        at=clock.now(),
        via=via,
        address=address,
        source=address_of(request),
        wish=form.wish(),
    )
    phone = address if via == "sms" else ""
    told = {"via": via, "phone": phone, "safe": form.wish().safe, "words": CONSENT}
    return _show("Nearly done", "asked", told)


@resident
@require_http_methods(["GET", "POST"])
def yes(request: HttpRequest, token: str) -> HttpResponse:
    """A button, not the link alone: programs that look into mail follow every link."""
    try:
        row = links.asked_behind(token)
        if request.method == "GET":
            return _show(CONSENT, "yes", {"token": token, "row": row, "words": CONSENT})
        row = actions.confirm(by=system(), at=clock.now(), row=row)
    except Refused as refusal:
        return _refused(refusal)
    return _show("That is done", "done", {"own": links.own(row.pk, row.epoch), "row": row})


@resident
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """The digits of an SMS, typed where it was asked for."""
    form = CodeForm(request.POST)
    phone = request.POST.get("phone", "")[:40]
    try:
        row = _by_phone(phone) if form.is_valid() else None
        if row is None:
            raise Refused("That is not the code we sent: look again.")
        row = _try(row, form.cleaned_data["code"])
    except Refused as refusal:
        told = {"via": "sms", "phone": phone, "errors": [str(refusal)], "words": CONSENT}
        return _show("Nearly done", "asked", told, status=422)
    return _show("That is done", "done", {"own": links.own(row.pk, row.epoch), "row": row})


@resident
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row = links.behind(token)
        if row.state != "reading":
            raise Refused("These messages have ended. Ask again at “Watch messages”.")
        form = WishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            actions.change(by=system(), at=clock.now(), row=row, wish=form.wish())
            row.refresh_from_db()
            return _own(row, token, said="Saved.")
    except Refused as refusal:
        return _refused(refusal)
    if request.method == "POST":
        return _own(row, token, errors=_errors(form), chosen=_typed(request))
    return _own(row, token)


@resident
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: one POST from a mail program ends it; people get a button, and are asked why."""
    try:
        row = links.behind(token)
        if request.method == "GET" and row.state == "reading":
            return _show("Stop these messages", "leave", {"token": token})
        actions.leave(by=system(), at=clock.now(), row=row)
    except Refused as refusal:
        return _refused(refusal)
    return _show("It is over", "left", {"token": token, "whys": WHYS.items()})


@resident
@require_POST
def why(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row, said = links.behind(token), request.POST.get("why", "")
        actions.say_why(by=system(), at=clock.now(), row=row, why=said)
    except Refused as refusal:
        return _refused(refusal)
    return _show("Thank you", "thanks", {})


@resident
@require_GET
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of somebody, for themselves to take along."""
    try:
        row = links.behind(token)
    except Refused as refusal:
        return _refused(refusal)
    answer = JsonResponse(queries.in_words(row), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="watch-messages.json"'
    return _quiet(answer)


@resident
@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    try:
        actions.erase(by=system(), at=clock.now(), row=links.behind(token))
    except Refused as refusal:
        return _refused(refusal)
    return _show("Everything is erased", "erased", {})


def _by_phone(phone: str) -> Subscriber | None:
    known = addresses.known_by("sms", addresses.in_one_form("sms", phone))
    return Subscriber.objects.filter(known=known).first()


def _try(row: Subscriber, digits: str) -> Subscriber:
    by, at = system(), clock.now()
    try:
        return actions.confirm(by=by, at=at, row=row, code=digits)
    except Refused:
        actions.note_wrong_code(by=by, at=at, row=row)
        raise


def _own(
    row: Subscriber,
    token: str,
    *,
    said: str = "",
    errors: list[str] | None = None,
    chosen: dict[str, Any] | None = None,
) -> HttpResponse:
    told = {
        "token": token,
        "row": row,
        "where": addresses.shown(row.via, row.address()),
        "fields": showing.fields(chosen or queries.choices_of(row)),
        "said": said,
        "errors": errors or [],
    }
    return _show("Your watch messages", "own", told, status=422 if errors else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    lists = {name: post.getlist(name) for name in ("neighbourhoods", "topics")}
    hour = post.get("hour", "18")
    return {**post.dict(), **lists, "hour": hour if hour.isdecimal() and len(hour) < 3 else 18}


def _errors(form: Any) -> list[str]:
    return [message for errors in form.errors.values() for message in errors]


def _refused(refusal: Refused) -> HttpResponse:
    return _show("That does not work", "refused", {"reason": str(refusal)}, status=404)


def _show(title: str, template: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    told = {"errors": [], "exit": static("hue/exit.js"), **told}
    return _page(title, render_to_string(f"subscribers/{template}.html", told), status=status)


def _page(title: str, main: str, *, status: int) -> HttpResponse:
    # Under the address of the public page: the real one opens somebody's choices.
    content = shell.page(path="/watch/", title=title, main=main)
    return _quiet(HttpResponse(content, status=status))


def _quiet(answer: HttpResponse) -> HttpResponse:
    """In no cache, no search, and not told to whatever is opened next."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
