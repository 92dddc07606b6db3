"""One's own face in public; what a picture shows, and that it may be shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from hue.lib import clock
from hue.media import access, actions, story
from hue.media.forms import PictureFactsForm, PortraitForm, facts_in
from hue.media.models import Picture, Portrait
from hue.people.access import Refused
from hue.people.gate import may, refused, who
from hue.people.roles import ROLES, Permission
from hue.states.moving import EditedMeanwhile


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


@may(Permission.WRITE_POSTS)
@require_http_methods(["GET", "POST"])
def picture_facts(request: HttpRequest, pk: str) -> HttpResponse:
    picture, by = _picture(pk), who(request)
    try:
        story.may_see(by, picture)
        access.require_describing(by, picture)
    except Refused as refusal:
        return refused(request, refusal)
    form = PictureFactsForm(
        request.POST or None, people=story.people_of(picture, by), initial=facts_in(picture)
    )
    if request.method == "POST" and form.is_valid():
        actions.describe_picture(by=by, at=clock.now(), picture=picture, **form.cleaned_data)
        messages.success(request, "Noted of the picture.")
        return redirect(_back(request, picture))
    return _facts_page(request, picture, form, status=422 if form.errors else 200)


@may(Permission.KNOW_PEOPLE)
@require_POST
def approve_picture(request: HttpRequest, pk: str) -> HttpResponse:
    picture, by = _picture(pk), who(request)
    try:
        story.may_see(by, picture)
    except Refused as refusal:
        return refused(request, refusal)
    seen = request.POST.get("seen", "")
    try:
        actions.approve_picture(by=by, at=clock.now(), picture=picture, seen=seen)
    except (Refused, EditedMeanwhile) as refusal:
        form = PictureFactsForm(people=story.people_of(picture, by), initial=facts_in(picture))
        return _facts_page(request, picture, form, refusal=str(refusal), status=409)
    messages.success(request, "The picture is approved.")
    return redirect(_back(request, picture))


def _facts_page(
    request: HttpRequest,
    picture: Picture,
    form: PictureFactsForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    told = {
        "picture": picture,
        "form": form,
        "refusal": refusal,
        "back": _back(request, picture),
        "approved_as": ROLES[picture.approved_by].name.lower() if picture.approved_by else "",
        "may_approve": access.approving_role(who(request)),
    }
    return render(request, "media/facts.html", told, status=status)


def _back(request: HttpRequest, picture: Picture) -> str:
    """Where they came from, if that is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if here else reverse("media:picture_facts", args=[picture.pk])


def _picture(pk: str) -> Picture:
    return get_object_or_404(Picture.objects.select_related("by"), pk=pk)
