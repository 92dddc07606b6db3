"""The way in, where allauth's own pages are not enough."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from requests import RequestException

from hue.lib import clock
from hue.people import actions
from hue.people.access import Refused, require_invitation
from hue.people.forms import NewPasswordForm
from hue.people.gate import public
from hue.people.models import Officer
from hue.people.roles import ROLES
from hue.people.signin import demonstration_here


@public
def front(request: HttpRequest) -> HttpResponse:
    return redirect("account_login")


def if_the_directory_answers(
    view: Callable[[HttpRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """To allauth a directory that is away is a fault of ours; people get a sentence."""

    @wraps(view)
    def asked(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException:
            return render(request, "socialaccount/authentication_error.html", status=502)

    return asked


@public
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses a password, then signs in with it like everybody."""
    at = clock.now()
    try:
        found = require_invitation(token, at=at)
        form = NewPasswordForm(request.POST or None, officer=found.officer)
        if request.method == "POST" and form.is_valid():
            actions.accept_invitation(by=found, at=at, password=form.cleaned_data["password"])
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    except Refused as refusal:
        return render(request, "people/spent.html", {"reason": str(refusal)}, status=410)
    context = {"form": form, "officer": found.officer}
    answer = render(request, "people/invitation.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer


@public
@require_http_methods(["GET", "POST"])
def demonstration(request: HttpRequest) -> HttpResponse:
    """The cast of the demonstration, one click each; anywhere else there is no such page."""
    if not demonstration_here(request):
        raise Http404
    cast = Officer.objects.serving()
    wanted = request.POST.get("next") or request.GET.get("next") or "/desk/"
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = "/desk/"
    if request.method == "POST":
        chosen = request.POST.get("officer", "")
        officer = get_object_or_404(cast, pk=chosen if chosen.isdecimal() else 0)
        login(request, officer, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect(wanted)
    roles = [
        (role, [one for one in cast.order_by("pk") if role.slug in one.roles])
        for role in ROLES.values()
    ]
    context = {"roles": [row for row in roles if row[1]], "next": wanted}
    return render(request, "people/demonstration.html", context)
