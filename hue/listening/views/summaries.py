"""The community tension summary of each week, and the report after a watch."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.lib import clock
from hue.listening import actions, showing
from hue.listening import paper as papers
from hue.listening.forms.watches import SummaryForm
from hue.listening.models import Summary
from hue.listening.queries.summaries import summaries_for
from hue.listening.queries.watches import charters_for
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission

PARTS = ("experienced", "evidenced", "potential", "missed")


@may(Permission.LISTEN)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {"summaries": summaries_for(who(request))[:100]}
    return render(request, "listening/summaries.html", context)


@may(Permission.LISTEN)
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    found = _summary(request, pk)
    form = SummaryForm(request.POST or None, initial={name: getattr(found, name) for name in PARTS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_summary(
                by=who(request), at=clock.now(), summary=found, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept, with your name.")
            return redirect("listening:summary", pk=pk)
    context = {"summary": found, "form": form, **showing.figures_told(found.figures)}
    status = 422 if form.errors else 200
    return render(request, "listening/summary.html", context, status=status)


@may(Permission.LISTEN)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = _summary(request, pk)
    answer = HttpResponse(papers.paper(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slugify(found.title)}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@may(Permission.LISTEN)
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    watch = get_object_or_404(charters_for(who(request)), pk=pk)
    try:
        made = actions.report(by=who(request), at=clock.now(), watch=watch)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("listening:watch", pk=pk)
    return redirect("listening:summary", pk=made.pk)


def _summary(request: HttpRequest, pk: int) -> Summary:
    found: Summary = get_object_or_404(summaries_for(who(request)), pk=pk)
    return found
