"""Asking the desk, answering, and what it said."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.governance import policy
from hue.lib import clock
from hue.lib.html import plain
from hue.people.access import Refused
from hue.people.gate import may, refused, who
from hue.people.roles import Permission
from hue.publishing import present
from hue.publishing.models import Post
from hue.publishing.views import compose_page
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile
from hue.training import access, actions, asking, queries, showing
from hue.training.forms import AnswerForm, AskForm, QuestionForm
from hue.training.models import Question

SHOWN = 50
MEANWHILE = (Refused, MovedMeanwhile, IllegalMove)


@may(Permission.SEE_DESK)
@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """What one's team may know of what was asked, to be found again."""
    by, words = who(request), plain(request.GET.get("q", ""))[:200]
    found = list(queries.said_to(by, words)[: SHOWN + 1])
    context = {
        "q": words,
        "waiting": queries.asked_by(by),
        "answers": [showing.answer(one, by) for one in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "figures": showing.figures(by, at=clock.now()),
    }
    return render(request, "training/said.html", context)


@may(Permission.ANSWER_QUESTIONS)
@require_GET
def question(request: HttpRequest, pk: int) -> HttpResponse:
    return _pane(request, _question(pk))


@may(Permission.ANSWER_QUESTIONS)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _question(pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _pane(request, found, form=form, status=422)
    told = form.cleaned_data
    try:
        actions.answer(
            by=who(request),
            at=clock.now(),
            question=found,
            words=told["answer"],
            for_all=told["for_all"],
        )
    except MEANWHILE as trouble:
        form.add_error(None, str(trouble))
        return _pane(request, _question(pk), form=form, status=409)
    messages.success(request, f"{found.asker} has your answer.")
    return redirect("training:question", pk=pk)


@may(Permission.WRITE_POSTS)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.take_back(by=who(request), at=clock.now(), question=_question(pk))
    except MEANWHILE as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, "Taken back: the desk does not see it any more.")
    return redirect("training:said")


@may(Permission.WRITE_POSTS)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The plain compose form, by its button to ask: keeps what was typed whatever fails."""
    at, by = clock.now(), who(request)
    form = AskForm(request.POST, request.FILES, rules=policy.in_force(at=at))
    typed = {"event": "", **request.POST.dict()}
    if not form.is_valid():
        return compose_page(request, typed, errors=present.faults(form), status=422)
    try:
        asking.ask(form, by=by, at=at)
    except Refused as refusal:
        faults = [{"field": "question", "text": str(refusal)}]
        return compose_page(request, typed, errors=faults, status=409)
    messages.success(request, asking.what_next(at=at))
    return redirect("publishing:mine")


@may(Permission.WRITE_POSTS)
@require_http_methods(["GET", "POST"])
def ask_about(request: HttpRequest, pk: str) -> HttpResponse:
    """About a draft that is kept already."""
    at, by = clock.now(), who(request)
    post = get_object_or_404(Post.objects.to_read().select_related("thread"), pk=pk)
    try:
        access.may_ask(by, post, at=at)
    except Refused as refusal:
        return refused(request, refusal)
    form = QuestionForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask_page(request, post, form, status=422 if form.errors else 200)
    told = form.cleaned_data
    try:
        actions.ask(by=by, at=at, post=post, words=told["question"], share_draft=told["share"])
    except Refused as refusal:
        return _ask_page(request, post, form, refusal=str(refusal), status=409)
    messages.success(request, asking.what_next(at=at))
    return redirect("publishing:item", pk=pk)


def _ask_page(
    request: HttpRequest, post: Post, form: QuestionForm, *, refusal: str = "", status: int
) -> HttpResponse:
    wrong = " ".join(fault["text"] for fault in present.faults(form))
    typed = {name: form.data.get(name, "") for name in ("question", "share")}
    context = {"post": post, "refusal": refusal or wrong, **typed}
    return render(request, "training/ask_about.html", context, status=status)


def _pane(
    request: HttpRequest, found: Question, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """The pane alone for htmx, the whole desk for everybody else."""
    alone = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {
        **showing.question(found, who(request), at=clock.now()),
        "form": form,
        "errors": present.faults(form) if form else [],
        "alone": alone,
        "item": "training/question.html",
    }
    template = "training/question.html" if alone else "training/question_page.html"
    return render(request, template, context, status=status)


def _question(pk: int) -> Question:
    return get_object_or_404(Question.objects.to_read().select_related("post__incident"), pk=pk)
