"""The screens on which supervisors judge the guard, and what came of it: the report."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.guard.finding import Finding, Severity
from hue.guard.rule import FAMILIES
from hue.guard.rules import RULES
from hue.lib import clock, sheet
from hue.lib.html import to_html
from hue.lib.share import Share
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import actions, report, sampling
from hue.publishing.findings import SEVERITIES, marked_html
from hue.publishing.forms import WEEKS, JudgeForm, WeeksForm
from hue.publishing.models import Look, Post, Sample

ANSWERS_SHOWN = 50
READS_REPORT = (Permission.REVIEW_SAMPLE, Permission.APPROVE_POSTS, Permission.SET_POLICY)


@may(Permission.REVIEW_SAMPLE)
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    return _card(request)


@may(Permission.REVIEW_SAMPLE)
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer, then the next card."""
    one = get_object_or_404(Sample, pk=pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _card(request, one, refusal="Say whether the guard was right about it.", status=422)
    try:
        actions.judge(by=who(request), at=clock.now(), sample=one, **form.cleaned_data)
    except Refused as refusal:
        return _card(request, one, typed=form.data, refusal=str(refusal), status=409)
    return redirect("publishing:sample")


@may(Permission.REVIEW_SAMPLE)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    try:
        actions.take_back(by=who(request), at=clock.now())
    except Refused as refusal:
        return _card(request, refusal=str(refusal), status=409)
    messages.success(request, "Taken back: here it is again.")
    return redirect("publishing:sample")


@may(*READS_REPORT)
@require_GET
def guard_report(request: HttpRequest) -> HttpResponse:
    form = WeeksForm(request.GET or None, initial={"weeks_back": WEEKS})
    told, by = _report(form), who(request)
    top = max([line.spoke for line in told.lines], default=0)
    context = {
        "report": told,
        "lines": [_line(line) for line in told.lines],
        "silent": _waited(told.silent),
        "missed_percent": _percent(told.missed),
        "last": told.after - timedelta(days=1),
        "form": form,
        "asked": request.GET.urlencode(),
        "bars": [
            {"label": line.rule, "n": line.spoke, "width": max(1, round(100 * line.spoke / top))}
            for line in told.lines
            if line.spoke
        ],
        "answers": _answers(told, by),
        "may_judge": by.may(Permission.REVIEW_SAMPLE),
    }
    return render(request, "publishing/guard_report.html", context)


@may(*READS_REPORT)
@require_GET
def guard_report_csv(request: HttpRequest) -> HttpResponse:
    lines = _as_csv(_report(WeeksForm(request.GET)))
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="guard.csv"'
    return answer


def _card(
    request: HttpRequest, one: Sample | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The next that waits, or the one that could not be answered."""
    by, at = who(request), clock.now()
    week = sampling.week_to_judge(at)
    mine = Sample.objects.for_judge(by, week)
    told = mine.select_related("post__author", "post__neighbourhood", "post__incident")
    card = told.filter(pk=one.pk).open().first() if one else None
    card = card or told.open().order_by("pk").first()
    context = {
        "card": _shown(card) if card else None,
        "done": mine.exclude(answered_at=None).count(),
        "of": mine.count(),
        "mine": mine.filter(answered_by=by).exists(),
        "unit": by.unit,
        "first": week,
        "last": week + timedelta(days=6),
        "families": _families(),
        **more,
    }
    return render(request, "publishing/sample.html", context, status=status)


def _shown(one: Sample) -> dict[str, Any]:
    """The post as it is, and what the guard said of each of its versions."""
    rules = {rule.id: rule for rule in RULES}
    return {
        "sample": one,
        "post": one.post,
        "text_html": _marked(one.post, one.post.version, one.post.text),
        "pictures": one.post.placed_pictures.filter(removed_at=None).select_related("picture"),
        "earlier": list(_earlier(one.post)),
        "spoke": [{"id": rule, "says": _wrong(rules.get(rule))} for rule in one.spoke],
        "overrides": one.post.overrides.select_related("by"),
    }


def _earlier(post: Post) -> Iterator[dict[str, Any]]:
    """Words that the guard had read before they were changed; sealed ones stay sealed."""
    for version in post.versions.filter(number__in=post.looks.values("version")):
        if not version.redacted:
            yield {"n": version.number, "html": _marked(post, version.number, version.text)}


def _marked(post: Post, version: int, text: str) -> str:
    look = Look.objects.filter(post=post, version=version).order_by("-id").first()
    if look is None or not text:
        return to_html(text)
    kept = [
        Finding(**{**one, "severity": Severity(one["severity"]), "wrong": "", "right": ""})
        for one in look.findings
    ]
    return marked_html(text, kept)


def _wrong(rule: Any) -> str:
    return f"{rule.wrong} ({SEVERITIES[rule.severity]})" if rule else "The guard lost this rule."


def _families() -> list[tuple[str, list[Any]]]:
    return [(says, [r for r in RULES if r.family == slug]) for slug, says in FAMILIES.items()]


def _report(form: WeeksForm) -> report.Report:
    weeks = form.weeks()
    after = sampling.week_of(clock.now()) + sampling.WEEK
    return report.of_weeks(after - weeks * sampling.WEEK, after)


def _line(line: report.Line) -> dict[str, Any]:
    return {
        **{name: getattr(line, name) for name in ("rule", "says", "stops", "seconds", "advice")},
        "overrides": line.overrides,
        "missed": line.missed,
        "judged": line.for_nothing.of,
        "nothing": line.for_nothing.hits,
        "percent": _percent(line.for_nothing),
        **_waited(line.took),
    }


def _percent(share: Share) -> str:
    low, high = share.interval()
    return f"{share.value:.0%} ({low:.0%} to {high:.0%})" if share.of else ""


def _waited(took: report.Took | None) -> dict[str, str]:
    if took is None:
        return {"median": "–", "p90": "–"}
    return {"median": _span(took.median), "p90": _span(took.p90)}


def _span(span: timedelta) -> str:
    return clock.in_words(span) if span >= timedelta(minutes=1) else "at once"


def _answers(told: report.Report, by: Officer) -> list[Sample]:
    """Those that found fault, newest first: a figure leads to its posts."""
    if not by.may(Permission.APPROVE_POSTS):
        return []
    weeks = Sample.objects.filter(week__gte=told.first, week__lt=told.after)
    faults = weeks.filter(answer__in=["missed", "nothing"]).order_by("-answered_at")
    return list(faults.select_related("post__neighbourhood", "answered_by")[:ANSWERS_SHOWN])


HEADINGS = (
    "Rule",
    "What it says",
    "Posts it spoke about",
    "Stopped",
    "Sent to a second person",
    "Advice",
    "Let pass by somebody",
    "Judged",
    "Spoke for nothing",
    "Share for nothing, from",
    "Share for nothing, to",
    "Missed",
    "Posts public",
    "Minutes to public, median",
    "Minutes to public, nine of ten within",
)


def _as_csv(told: report.Report) -> Iterator[str]:
    yield sheet.line(HEADINGS)
    for line in told.lines:
        low, high = line.for_nothing.interval()
        shares = (f"{low:.3f}", f"{high:.3f}") if line.for_nothing.of else ("", "")
        figures = (line.spoke, line.stops, line.seconds, line.advice, line.overrides)
        judged = (line.for_nothing.of, line.for_nothing.hits, *shares, line.missed)
        yield sheet.line([line.rule, line.says, *figures, *judged, *_took(line.took)])
    yield sheet.line(["", "nothing was said", *[""] * 10, *_took(told.silent)])


def _took(took: report.Took | None) -> tuple[object, ...]:
    if took is None:
        return ("", "", "")
    return (took.posts, *(f"{one / timedelta(minutes=1):.1f}" for one in (took.median, took.p90)))
