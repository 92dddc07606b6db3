"""The desk's page of subscribers: numbers, silence, and what somebody at the counter asks for."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.subscribers import actions, queries
from hue.subscribers.choices import LEVELS, VIAS
from hue.subscribers.forms import ListForm, PersonForm
from hue.subscribers.models import WatchList

SHOWN = timedelta(days=30)


@may(Permission.KEEP_SUBSCRIBERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@may(Permission.KEEP_SUBSCRIBERS)
@require_POST
def person(request: HttpRequest, verb: str) -> HttpResponse:
    form = PersonForm(request.POST)
    if verb not in {"erase", "volunteer", "no-volunteer"}:
        raise Http404("There is nothing of the kind to do.")
    if not form.is_valid():
        return _page(request, form=form)
    told = {"by": who(request), "at": clock.now(), **form.cleaned_data}
    try:
        if verb == "erase":
            actions.erase_for(**told)
        else:
            actions.mark_volunteer(**told, forwards=verb == "volunteer")
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form=form)
    messages.success(request, "Erased." if verb == "erase" else "Noted.")
    return redirect("subscribers:index")


@may(Permission.KEEP_SUBSCRIBERS)
@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(WatchList, pk=pk)
    form = ListForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say who answers for it, and a number of days.")
        return redirect("subscribers:index")
    try:
        actions.amend_list(by=who(request), at=clock.now(), row=row, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved.")
    return redirect("subscribers:index")


def _page(request: HttpRequest, form: PersonForm | None = None) -> HttpResponse:
    at = clock.now()
    lists = WatchList.objects.select_related("neighbourhood", "owner")
    silent = {row.pk for row in queries.silent(at=at)}
    context = {
        "table": queries.table(),
        "columns": ["Readers", *VIAS.values(), *LEVELS.values()],
        "days": queries.by_day(since=(at - SHOWN).date()),
        "reasons": queries.reasons(at=at),
        "lists": [
            {
                "row": row,
                "silent": row.pk in silent,
                "since": queries.since(row),
                "form": ListForm(
                    initial={"owner": row.owner, "silent_days": row.silent_days},
                    auto_id=f"list-{row.pk}-%s",
                ),
            }
            for row in lists.order_by("neighbourhood__name", "topic")
        ],
        "form": form or PersonForm(),
    }
    status = 422 if form is not None else 200
    return render(request, "subscribers/desk.html", context, status=status)
