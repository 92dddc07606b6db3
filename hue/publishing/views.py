"""The screens on which posts are written, decided and looked after."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.governance import policy
from hue.lib import clock
from hue.lib.html import plain
from hue.media import files
from hue.media.models import Picture
from hue.people import phones
from hue.people.access import Refused
from hue.people.gate import may, refused, who
from hue.people.roles import Permission
from hue.publishing import access, actions, findings, guarding, present, queries
from hue.publishing.decisions import DECISIONS
from hue.publishing.forms import CheckForm, ComposeForm, Decision
from hue.publishing.models import Post
from hue.publishing.sending import send
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile, MovedMeanwhile

TROUBLE = (Refused, EditedMeanwhile, MovedMeanwhile, IllegalMove)
UNDO_SECONDS = 12
PUBLISHED_SHOWN = 50
_undo = TimestampSigner(salt="hue.publishing.undo")


@may(Permission.WRITE_POSTS)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """The plain form: works without JavaScript, keeps what was typed whatever fails."""
    at = clock.now()
    if request.method == "GET":
        return compose_page(request, request.GET.dict())
    form = ComposeForm(request.POST, request.FILES, rules=policy.in_force(at=at))
    typed = {"event": "", **request.POST.dict()}
    if not form.is_valid():
        return compose_page(request, typed, errors=present.faults(form), status=422)
    try:
        post = send(form, by=who(request), at=at)
    except Refused as refusal:
        faults = [{"field": "text", "text": str(refusal)}]
        return compose_page(request, typed, errors=faults, status=409)
    if post.state == "draft" and post.note:
        return redirect("publishing:item", pk=post.pk)  # the guard stopped it: there it is mended
    messages.success(request, f"{present.STATES[post.state][0]}.")
    return redirect("publishing:mine")


@may(Permission.WRITE_POSTS)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What the guard says of words that are still being typed. Nothing is kept."""
    by, at = who(request), clock.now()
    rules = policy.in_force(at=at)
    form = CheckForm(request.POST, rules=rules)
    if not form.is_valid():
        return JsonResponse({"findings": [], "trouble": present.faults(form)}, status=422)
    told = form.cleaned_data
    incident = told["incident"] if by.may(Permission.SEE_INCIDENTS) else None
    words = guarding.Words(
        told["text"], by, incident, bool(told["event"]), alts=tuple(told["alts"])
    )
    found = guarding.check(words, at=at, rules=rules).findings
    return JsonResponse({"findings": findings.shown(found, told["text"])})


@may(Permission.WRITE_POSTS)
@require_GET
def phone(request: HttpRequest) -> HttpResponse:
    """The compose form as the phone keeps it: empty, but for what the address says it is about."""
    named = ("incident", "parent", "kind")
    return compose_page(request, {name: request.GET.get(name, "") for name in named})


@may(Permission.SEE_DESK)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    by = who(request)
    posts = list(queries.posts_of(by).select_related("owed")[:50])
    seen = queries.seen([post.address for post in posts])
    figures = [
        {"label": "posts", "value": queries.posts_of(by).filter(state="published").count()},
        {"label": "seen", "value": sum(seen.values())},
        {"label": "owed", "value": queries.owed_by(by).count()},
    ]
    context = {"posts": present.mine(posts, seen), "figures": figures}
    return _phone_page(request, "mine", "publishing/mine.html", context)


@may(Permission.SEE_INCIDENTS)
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """What is public, to be found again: to correct it, to withdraw it, to follow it up."""
    words = plain(request.GET.get("q", ""))[:200]
    posts = list(queries.public_posts(words)[: PUBLISHED_SHOWN + 1])
    context = {
        "q": words,
        "posts": present.published(posts[:PUBLISHED_SHOWN]),
        "more": len(posts) > PUBLISHED_SHOWN,
        "may_write": who(request).may(Permission.WRITE_POSTS),
    }
    return render(request, "publishing/published.html", context)


@may(Permission.SEE_DESK)
@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """What a team practises: seen by the team alone."""
    lines = "\n".join(post.html for post in queries.practice_of(who(request))[:50])
    context = {"lines_html": lines}
    return _phone_page(request, "practice", "publishing/practice.html", context)


@may(Permission.SEE_DESK)
@require_GET
def item(request: HttpRequest, pk: str) -> HttpResponse:
    post = _post(pk)
    try:
        access.may_see(who(request), post)
    except Refused as refusal:
        return refused(request, refusal)
    return _item_page(request, post)


@may(Permission.SEE_DESK)
@require_GET
def picture(request: HttpRequest, pk: str, width: int) -> HttpResponse:
    """Before it is public: the size asked for, or the next larger one."""
    found = get_object_or_404(Picture.objects.select_related("by"), pk=pk)
    try:
        access.may_see_picture(who(request), found)
    except Refused as refusal:
        return refused(request, refusal)
    file = files.where(found.name_of(width))
    if not file.exists():
        raise Http404("The file of this picture is missing.")
    # Each time anew: who may see it changes with its post.
    headers = {"Cache-Control": "private, no-cache"}
    return HttpResponse(file.read_bytes(), content_type="image/jpeg", headers=headers)


@may(Permission.SEE_DESK)
@require_POST
def decide(request: HttpRequest, pk: str, verb: str) -> HttpResponse:
    """One decision about one post; what was typed stays when it fails."""
    post, decision, by = _post(pk), DECISIONS[verb], who(request)
    try:
        access.may_see(by, post)
    except Refused as refusal:
        return refused(request, refusal)
    form = decision.form(request.POST)
    if not form.is_valid():
        return _item_page(request, post, form=form, verb=verb, status=422)
    was = post.state
    try:
        done = decision.act(by, clock.now(), post, form.cleaned_data)
    except TROUBLE as trouble:
        form.add_error(None, str(trouble))
        asks = isinstance(trouble, access.AsksAgain)
        return _item_page(request, _post(pk), form=form, verb=verb, asks=asks, status=409)
    if done.state == "draft" and done.note and was == "draft" and verb != "edit":
        return redirect("publishing:item", pk=pk)  # stopped: the page says why
    told = [by.pk, pk, was, done.since.isoformat(), done.version]
    undo = _undo.sign_object(told) if decision.undoable else ""
    messages.success(request, decision.says.format(author=post.author), extra_tags=undo)
    return redirect("publishing:item", pk=pk)


@may(Permission.SEE_DESK)
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Takes a decision back within seconds of it: the token says whose, of what, and is signed."""
    by = who(request)
    try:
        officer, pk, before, moved, version = _undo.unsign_object(token, max_age=UNDO_SECONDS)
        if officer != by.pk:
            raise Refused("Only the person who decided can take it back.")
        now = clock.now()
        since = datetime.fromisoformat(moved)
        actions.undo(by=by, at=now, post=_post(pk), seen=version, since=since, back_to=before)
    except BadSignature:
        messages.error(request, "Too late to undo: the ten seconds are over.")
        return redirect("desk:home")
    except TROUBLE as trouble:
        messages.error(request, str(trouble))
        return redirect("desk:home")
    messages.success(request, "Taken back.")
    return redirect("publishing:item", pk=pk)


def _post(pk: str) -> Post:
    return get_object_or_404(Post.objects.to_read().select_related("owed", "thread"), pk=pk)


def _item_page(
    request: HttpRequest,
    post: Post,
    *,
    form: Decision | None = None,
    verb: str = "",
    asks: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The pane alone for htmx, the whole desk for everybody else."""
    context = {
        **present.item(post, who(request), at=clock.now()),
        "typed": form.data if form else {},
        "errors": present.faults(form) if form else [],
        "verb": verb,
        "asks": asks,
    }
    context["alone"] = alone = request.headers.get("HX-Request") == "true"
    context["item"] = "publishing/item.html"
    template = "publishing/item.html" if alone else "publishing/item_page.html"
    return render(request, template, context, status=status)


def compose_page(
    request: HttpRequest,
    typed: dict[str, Any],
    *,
    errors: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = present.compose(who(request), typed, at=clock.now())
    context |= {"errors": errors or [], "action_url": reverse("publishing:compose")}
    return _phone_page(request, "write", "publishing/compose.html", context, status)


def _phone_page(
    request: HttpRequest, tab: str, fragment: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= {"tab": tab, "fragment": fragment}
    context["owed_count"] = queries.owed_by(who(request)).count()
    may_approve = who(request).may(Permission.APPROVE_POSTS)
    if may_approve:
        context["approve_count"] = Post.objects.filter(state="in_review").count()
    phones.meet(request, who(request), at=clock.now())
    answer = render(request, "desk/phone.html", context, status=status)
    phones.keep_cookie(request, answer)
    return answer
