"""The screen on which a post of somebody else is looked at, and passed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hue.fediverse import accounts, foreign, queries
from hue.fediverse.foreign import Foreign
from hue.governance import policy
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.publishing import access, actions, passed_on
from hue.publishing.forms import PassOnForm
from hue.publishing.models import Post


@may(Permission.WRITE_POSTS)
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest) -> HttpResponse:
    """First it is shown as it would stand; "send" sends what was shown, asked for anew."""
    form = PassOnForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        said = _asked(form.cleaned_data["address"])
        access.may_pass_on(said)
        if "send" not in request.POST:
            return _page(request, form, said=said)
        post = _sent(request, form, said)
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return _page(request, form, status=409)
    return redirect("publishing:item", pk=post.pk)


def _sent(request: HttpRequest, form: PassOnForm, said: Foreign) -> Post:
    told = form.cleaned_data
    given = {"said": said, "words": told["words"], "place": told["place"]}
    return actions.pass_on(by=who(request), at=clock.now(), **given)


def _asked(address: str) -> Foreign:
    try:
        return foreign.fetched(address, accounts.signing_as(queries.instance_signer()))
    except accounts.Gone as gone:
        raise Refused(f"There is no post at {gone}: perhaps it was taken back.") from gone
    except accounts.NotTold as why:
        raise Refused(str(why)) from why


def _page(
    request: HttpRequest, form: PassOnForm, *, said: Foreign | None = None, status: int = 200
) -> HttpResponse:
    longest = policy.in_force(at=clock.now()).longest_post
    shown = passed_on.text_of(said, form.cleaned_data["words"], longest=longest) if said else ""
    context = {"form": form, "said": said, "shown": shown}
    return render(request, "publishing/pass_on.html", context, status=status)
