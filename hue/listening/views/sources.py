"""Sources: what may be read, by whose word, and how each behaves."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.listening import actions, behaving
from hue.listening.forms.watches import FileForm, SourceForm, TermsForm
from hue.listening.models import Bringing, Source
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission as P
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile


@may(P.LISTEN, P.SWITCH_SOURCES)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    context = {
        "sources": [behaving.told(source, at=at) for source in Source.objects.order_by("name")],
        "may_switch": who(request).may(P.SWITCH_SOURCES),
    }
    return render(request, "listening/sources.html", context)


@may(P.SWITCH_SOURCES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = actions.name(by=who(request), at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("listening:source", pk=source.pk)
    context = {"form": form, "title": "Name a source", "button": "Name it"}
    return render(request, "listening/form.html", context, status=_status(form))


@may(P.LISTEN, P.SWITCH_SOURCES)
@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(Source, pk=pk))


@may(P.SWITCH_SOURCES)
@require_POST
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_object_or_404(Source, pk=pk), TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.read_terms(by=who(request), at=clock.now(), source=found, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form)
    messages.success(request, "Recorded, with your name. It can be switched on now.")
    return redirect("listening:source", pk=pk)


@may(P.SWITCH_SOURCES)
@require_POST
def switch(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    if state not in {"on", "off"}:
        raise Http404
    found = get_object_or_404(Source, pk=pk)
    try:
        actions.switch(by=who(request), at=clock.now(), source=found, state=state)
    except (Refused, IllegalMove, MovedMeanwhile) as trouble:
        messages.error(request, str(trouble))
    return redirect("listening:source", pk=pk)


@may(P.LISTEN)
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """What was handed in, and handing in."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            actions.hand_in(
                by=who(request),
                at=clock.now(),
                source=told["source"],
                name=file.name,
                chunks=file.chunks(),
                speed=told["speed"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{file.name} is on its way in.")
            return redirect("listening:files")
    brought = Bringing.objects.select_related("source", "by").order_by("-pk")[:30]
    context = {"form": form, "brought": brought}
    return render(request, "listening/files.html", context, status=_status(form))


def _page(request: HttpRequest, found: Source, form: TermsForm | None = None) -> HttpResponse:
    said = {"terms": found.terms, "terms_say": found.terms_say, "basis": found.basis}
    context = {
        "told": behaving.told(found, at=clock.now()),
        "form": form or TermsForm(initial=said),
        "may_switch": who(request).may(P.SWITCH_SOURCES),
    }
    return render(request, "listening/source.html", context, status=422 if form else 200)


def _status(form: Form) -> int:
    return 422 if form.errors else 200
