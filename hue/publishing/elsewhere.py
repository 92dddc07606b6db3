"""How words that are still being written would look on our accounts elsewhere. Nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hue.channels.preview import previews
from hue.governance import policy
from hue.lib import clock
from hue.people.gate import may, who
from hue.people.models import Neighbourhood
from hue.people.roles import Permission
from hue.publishing import present
from hue.publishing.forms import CheckForm


@may(Permission.WRITE_POSTS)
@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """A page of its own without JavaScript, a part of the compose page with it."""
    form = CheckForm(request.POST, rules=policy.in_force(at=clock.now()))
    alone = request.headers.get("X-Requested-With") == "fetch"
    context = {"errors": [], "shown": [], "practice": who(request).practice}
    if form.is_valid():
        told = form.cleaned_data
        place = Neighbourhood.objects.filter(slug=request.POST.get("neighbourhood", "")).first()
        alts = tuple(alt for alt in told["alts"] if alt)
        context["shown"] = previews(
            told["text"].strip(),
            at=clock.now(),
            unit=place.unit if place else None,
            hashtag=told["event"],
            alts=alts,
        )
    else:
        context["errors"] = present.faults(form)
    fragment = "publishing/elsewhere.html"
    if alone:
        return render(request, fragment, context, status=422 if context["errors"] else 200)
    context |= {"tab": "elsewhere", "fragment": fragment, "whole": True}
    return render(request, "desk/phone.html", context, status=422 if context["errors"] else 200)
