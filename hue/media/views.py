"""One's own face in public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hue.lib import clock
from hue.media import actions
from hue.media.forms import PortraitForm
from hue.media.models import Portrait
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission


@may(Permission.SEE_DESK)
@require_http_methods(["GET", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """One's own: shown, or not, by one's own choice."""
    by, refusal = who(request), ""
    posted = request.method == "POST"
    form = PortraitForm(request.POST, request.FILES) if posted else PortraitForm()
    if form.is_valid():
        try:
            actions.show_portrait(by=by, at=clock.now(), content=form.cleaned_data["picture"])
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Your picture is public in a moment.")
            return redirect("media:portrait")
    shown = Portrait.objects.select_related("picture").filter(officer=by).first()
    context = {"officer": by, "portrait": shown, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if posted else 200
    return render(request, "media/portrait.html", context, status=status)


@may(Permission.SEE_DESK)
@require_POST
def take_back_portrait(request: HttpRequest) -> HttpResponse:
    actions.take_back_portrait(by=who(request), at=clock.now(), officer=who(request))
    messages.success(request, "Your picture is deleted; it leaves the public pages in a moment.")
    return redirect("media:portrait")
