"""The screen on which several posts are decided at once, where that is safe."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hue.governance import policy
from hue.incidents.case import Cases
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import actions, guarding, safe
from hue.publishing.forms import TogetherForm
from hue.publishing.models import Post, PostQuerySet, Review

SHOWN = 30  # more at once nobody reads


@dataclass(frozen=True)
class Verb:
    button: str
    done: str  # "5 published"


QUEUES: dict[str, dict[str, Verb]] = {
    "approve": {
        "approve": Verb("Approve", "approved"),
        "send-back": Verb("Send back", "sent back"),
    },
    "cases": {"stands": Verb("They stand", "let stand")},
}
LABELS = {"approve": "Approve", "cases": "Case changed"}


@may(Permission.APPROVE_POSTS)
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in QUEUES:
        raise Http404("In this queue each is decided by itself.")
    if request.method == "GET":
        return _page(request, slug)
    form, by, at = TogetherForm(request.POST), who(request), clock.now()
    verb = request.POST.get("verb", "")
    if not form.is_valid() or verb not in QUEUES[slug]:
        return _page(request, slug, refusal="Tick the posts, and say why.", status=422)
    seen = form.cleaned_data["posts"]
    posts = [(post, seen[post.pk]) for post in _waiting(slug).filter(pk__in=seen)]
    reason = form.cleaned_data["reason"]
    try:
        outcomes = actions.decide_together(by=by, at=at, verb=verb, posts=posts, reason=reason)
    except Refused as refusal:
        return _page(request, slug, refusal=str(refusal), status=409)
    messages.success(request, _told(outcomes, QUEUES[slug][verb]))
    kept = [one for one in outcomes if one.why_kept]
    return _page(request, slug, kept=kept) if kept else redirect("desk:queue", slug=slug)


def _told(outcomes: list[Any], verb: Verb) -> str:
    """ "5 approved, 1 kept." """
    kept = sum(bool(one.why_kept) for one in outcomes)
    done = f"{len(outcomes) - kept} {verb.done}"
    return f"{done}, {kept} kept." if kept else f"{done}."


def _page(request: HttpRequest, slug: str, *, status: int = 200, **more: Any) -> HttpResponse:
    by, at = who(request), clock.now()
    context = {
        "slug": slug,
        "label": LABELS[slug],
        "rows": _rows(slug, by, at),
        "verbs": QUEUES[slug].items(),
        "typed": request.POST,
        **more,
    }
    return render(request, "publishing/together.html", context, status=status)


def _waiting(slug: str) -> PostQuerySet:
    posts = Post.objects.to_read().prefetch_related("placed_pictures__picture")
    if slug == "approve":
        return posts.filter(state="in_review").order_by("since")
    return posts.filter(pk__in=Review.objects.open().values("post")).order_by("since")


def _rows(slug: str, by: Officer, at: datetime) -> list[dict[str, Any]]:
    """The longest wait first; each says whether it may be ticked, or why not."""
    posts, rules = list(_waiting(slug)[:SHOWN]), policy.in_force(at=at)
    cases = Cases([post.incident for post in posts if post.incident])
    rows = []
    for post in posts:
        found = guarding.check(guarding.words_of(post), at=at, rules=rules).findings
        case = cases.of(post.incident, at=at) if post.incident else None
        why = safe.why_alone(post, found, by=by, at=at, rules=rules, case=case)
        hidden = "It is hidden: somebody restores or withdraws it." if not post.text else ""
        waited = clock.in_words(at - post.since)
        rows.append({"post": post, "why": hidden or why, "waited": waited})
    return rows
