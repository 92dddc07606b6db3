"""Who may open a page, said over the view itself: every route carries one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from hue.people.access import Refused, require_any
from hue.people.models import Officer
from hue.people.roles import Permission

View = Callable[..., HttpResponseBase]
PUBLIC: Final = "everybody"
SIGNED_IN: Final = "everybody who is signed in"


def may(*permissions: Permission) -> Callable[[View], View]:
    """Whoever has one of them. Anonymous: to the sign-in. Others: 403 with the reason."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, Officer):
                return to_sign_in(request)
            try:
                require_any(request.user, allowed)
            except Refused as refusal:
                answer = refused(request, refusal)
                answer.refused_by_gate = True  # type: ignore[attr-defined]
                return answer
            return view(request, *args, **kwargs)

        guarded.who = allowed  # type: ignore[attr-defined]
        return guarded

    allowed = frozenset(permissions)
    return guard


def signed_in(view: View) -> View:
    """One's own things: whatever the role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Officer):
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.who = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Everybody, on purpose."""

    @wraps(view)
    def open_to_all(*args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(*args, **kwargs)

    open_to_all.who = PUBLIC  # type: ignore[attr-defined]
    return open_to_all


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"reason": str(refusal)}, status=403)
    return render(request, "people/refused.html", {"reason": str(refusal)}, status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"reason": "Sign in first."}, status=401)
    # After a form was refused its address may not answer to GET.
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/desk/")


def who(request: HttpRequest) -> Officer:
    """The officer behind a request that the gate let through."""
    assert isinstance(request.user, Officer)
    return request.user
