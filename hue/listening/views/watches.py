"""Watches: what is watched, why, by whom, and until when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.listening import access, actions, assessing
from hue.listening.forms.watches import ReviewForm, WatchForm, WhyForm
from hue.listening.models import Watch
from hue.listening.queries.watches import charters_for, circles
from hue.listening.sensitive import sensitive
from hue.people.access import Refused
from hue.people.gate import View, may, refused, who
from hue.people.models import Officer
from hue.people.roles import Permission as P
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

SEES = (P.LISTEN, P.APPROVE_WATCHES)
Deed = Callable[[Officer, Watch, dict[str, Any]], object]


@may(*SEES)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = who(request)
    context = {
        "watches": charters_for(by)[:100],
        "may_write": by.may(P.WRITE_WATCHES),
        "at": clock.now(),
    }
    return render(request, "listening/watches.html", context)


@may(P.WRITE_WATCHES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = who(request), clock.now()
    form = WatchForm(request.POST or None, by=by, at=at)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        told |= {"places": tuple(told["places"]), "sources": list(told["sources"])}
        try:
            watch = actions.write(by=by, at=at, charter=actions.Charter(**told))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Written. It hears nothing until a second person approves it."
            )
            return redirect("listening:watch", pk=watch.pk)
    return render(request, "listening/new_watch.html", {"form": form}, status=_status(form))


@may(*SEES)
@require_GET
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _watch(request, pk))


@may(*SEES, P.SWITCH_SOURCES)
@require_GET
def impact(request: HttpRequest) -> HttpResponse:
    """A data protection impact assessment, as far as the configuration can fill it in."""
    return render(request, "listening/impact.html", assessing.told(at=clock.now()))


def _deed(permission: P, do: Deed, says: str, form_class: type[Form] = Form) -> View:
    """The view of one decision: refusals come back on the watch's page."""

    @may(permission)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found, form = _watch(request, pk), form_class(request.POST)
        if not form.is_valid():
            wrong = " ".join(str(text) for texts in form.errors.values() for text in texts)
            return _page(request, found, refusal=wrong, status=422)
        try:
            do(who(request), found, form.cleaned_data)
        except (Refused, IllegalMove, MovedMeanwhile) as trouble:
            return _page(request, found, refusal=str(trouble), status=409)
        messages.success(request, says)
        return redirect("listening:watch", pk=pk)

    return view


approve = _deed(
    P.APPROVE_WATCHES,
    lambda by, watch, told: actions.approve(by=by, at=clock.now(), watch=watch),
    "Approved. It stands on the public page, too.",
)
refuse = _deed(
    P.APPROVE_WATCHES,
    lambda by, watch, told: actions.refuse(by=by, at=clock.now(), watch=watch, why=told["why"]),
    "Refused. Its writer reads why.",
    WhyForm,
)
end = _deed(
    P.WRITE_WATCHES,
    lambda by, watch, told: actions.end(by=by, at=clock.now(), watch=watch),
    "Ended: nothing new comes in.",
)
review = _deed(
    P.WRITE_WATCHES,
    lambda by, watch, told: actions.review(
        by=by, at=clock.now(), watch=watch, why=told["why"], next_at=told["next_at"]
    ),
    "Reviewed.",
    ReviewForm,
)
declare = _deed(
    P.APPROVE_WATCHES,
    lambda by, watch, told: actions.declare(
        by=by, at=clock.now(), watch=watch, incident=told["why"]
    ),
    "Words are kept for 30 days.",
    WhyForm,
)
stand_down = _deed(
    P.APPROVE_WATCHES,
    lambda by, watch, told: actions.declare(by=by, at=clock.now(), watch=watch, incident=""),
    "Words are kept for 7 days again.",
)


def _watch(request: HttpRequest, pk: int) -> Watch:
    """Another role's watch is not there at all, unless it waits for this officer."""
    found = charters_for(who(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such watch among yours.")
    return found


def _page(
    request: HttpRequest, found: Watch, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    by, at = who(request), clock.now()
    try:
        access.may_see(by, found)
    except Refused as refused_:
        return refused(request, refused_)
    own = found.role in circles(by)
    context = {
        "watch": found,
        "running": found.state == "approved" and found.starts_at <= at < found.expires_at,
        "decides": found.state == "written" and by.may(P.APPROVE_WATCHES),
        "own": own and by.may(P.WRITE_WATCHES),
        "declares": own and by.may(P.APPROVE_WATCHES),
        "sensitive": sensitive(found.topics),
        "refusal": refusal,
    }
    return render(request, "listening/watch.html", context, status=status)


def _status(form: Form) -> int:
    return 422 if form.errors else 200
