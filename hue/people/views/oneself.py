"""One's own page: being named in public, phones, the way one signs in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.lib import clock
from hue.people import access, actions, wording
from hue.people.access import Refused
from hue.people.forms import PublicForm
from hue.people.gate import may, refused, signed_in, who
from hue.people.models import Phone
from hue.people.roles import Permission
from hue.people.views.people import names_of

PLACES = [
    ("people:people", "People", (Permission.SUSPEND_PEOPLE, Permission.MANAGE_PEOPLE)),
    ("training:home", "Training", (Permission.WRITE_POSTS,)),
    ("training:said", "What the desk said", (Permission.SEE_DESK,)),
    ("people:permissions", "Who may do what", (Permission.SEE_DESK,)),
    ("governance:policy", "Policy", (Permission.SEE_DESK,)),
    ("governance:stop", "Stop everything", (Permission.STOP_ALL,)),
    ("people:priorities", "Priorities of neighbourhoods", (Permission.EDIT_PRIORITIES,)),
    ("people:force", "The force's look", (Permission.CHANGE_FORCE,)),
]


@signed_in
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    by = who(request)
    context = {
        "officer": by,
        "roles": names_of(by),
        "form": PublicForm(initial={"public": by.public, "line": by.public_line}),
        "phones": by.phones.filter(wiped_at=None).order_by("-seen_at"),
        "second_factor": access.has_second_factor(by),
        "places": [
            (name, label)
            for name, label, needs in PLACES
            if any(by.may(permission) for permission in needs)
        ],
        **more,
    }
    return render(request, "people/me.html", context, status=status)


@may(Permission.SEE_DESK)
@require_POST
def set_public(request: HttpRequest) -> HttpResponse:
    form = PublicForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    try:
        chosen = actions.set_public(by=who(request), at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error("line", str(refusal))
        return _page(request, status=422, form=form)
    wording.tell_advice(request, chosen.public_line, at=clock.now())
    messages.success(
        request, "You are named in public." if chosen.public else "You are not named in public."
    )
    return redirect("people:me")


@signed_in
@require_POST
def forget_phone(request: HttpRequest, pk: str) -> HttpResponse:
    phone = get_object_or_404(Phone, pk=pk)
    try:
        actions.forget_phone(by=who(request), at=clock.now(), phone=phone)
    except Refused as refusal:
        return refused(request, refusal)
    messages.success(request, "That phone is cleared at its next contact.")
    return redirect("people:me")


@signed_in
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody is sent whose roles need a second factor."""
    missing = access.needs_second_factor(who(request))
    return render(request, "people/second_factor.html", {"missing": missing})
