"""The practice cases, and how far somebody has come."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.training import actions, learning
from hue.training.cases import CASES
from hue.training.forms import CaseForm


@may(Permission.WRITE_POSTS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "training/home.html", learning.overview(who(request)))


@may(Permission.WRITE_POSTS)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in CASES:
        raise Http404("There is no such practice case.")
    if request.method == "GET":
        return _page(request, slug)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, refusal="That is far too long for a post.", status=422)
    told = form.cleaned_data
    try:
        actions.answer_case(
            by=who(request), at=clock.now(), case=slug, words=told["words"], silent=told["silent"]
        )
    except Refused as refusal:
        return _page(request, slug, refusal=str(refusal), status=409)
    return redirect("training:case", slug=slug)


def _page(request: HttpRequest, slug: str, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = learning.case(CASES[slug], who(request), at=clock.now())
    last = context["last"]["answer"].words if context["last"] else ""
    context |= {"refusal": refusal, "words": request.POST.get("words", last)}
    return render(request, "training/case.html", context, status=status)
