"""Policy packs: taken in, looked at, agreed to by a second person, handed on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hue.governance import actions
from hue.governance import policy as policies
from hue.governance.compare import compare
from hue.governance.forms import AgreeForm, KeyForm, PackForm
from hue.governance.models import Pack
from hue.governance.packfile import shipped
from hue.governance.packfile.pack import LIMIT, PackRefused
from hue.governance.packfile.write import signed
from hue.lib import clock
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

# What the posts of the last months would have met, in words.
PREVIEW = (
    ("stopped", "would have been stopped"),
    ("needs_second", "would have needed a second person"),
    ("no_second", "would have gone out without a second person"),
    ("not_stopped", "would no longer have been stopped"),
)


@may(Permission.SET_POLICY)
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """A file, or with `shipped` the one that comes with the software."""
    form = PackForm(request.POST, request.FILES)
    if "shipped" in request.POST:
        file = signed(shipped.england_and_wales()).encode()
    elif form.is_valid():
        file = form.cleaned_data["file"].read(LIMIT + 1)
    else:
        return render(request, "governance/pack_refused.html", {"form": form}, status=422)
    try:
        pack = actions.take_in(by=who(request), at=clock.now(), file=file)
    except PackRefused as refused:
        context = {"form": PackForm(), "faults": refused.faults}
        return render(request, "governance/pack_refused.html", context, status=422)
    return redirect("governance:pack", pk=pack.pk)


@may(Permission.SEE_DESK)
@require_GET
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _pack(pk))


@may(Permission.SEE_DESK)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the look at the posts is; once it has ended, the page is to be fetched anew."""
    found = _pack(pk)
    answer = render(request, "governance/pack_progress.html", {"pack": found})
    if found.preview.get("ready") or found.state != "waiting":
        answer["HX-Refresh"] = "true"
    return answer


@may(Permission.SET_POLICY)
@require_POST
def confirm_key(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _pack(pk), KeyForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=422, key_form=form)
    try:
        actions.confirm_key(by=who(request), at=clock.now(), pack=found, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, found, status=422, key_form=form)
    messages.success(request, "Confirmed. Packs with this key need no more asking.")
    return redirect("governance:pack", pk=pk)


@may(Permission.AGREE_POLICY)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _pack(pk), AgreeForm(request.POST)
    seen = request.POST.get("seen", "")
    if not form.is_valid() or not seen.isdecimal():
        return _show(request, found, status=422, agree_form=form)
    start = form.cleaned_data["in_force_at"]
    return _do(
        request,
        found,
        lambda: actions.agree(
            by=who(request), at=clock.now(), pack=found, seen=int(seen[:9]), in_force_at=start
        ),
        "Agreed. Everybody is asked to accept it before their next post.",
    )


@may(Permission.SET_POLICY, Permission.AGREE_POLICY)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _pack(pk)
    return _do(
        request,
        found,
        lambda: actions.drop(by=who(request), at=clock.now(), pack=found),
        "Dropped. The policy in force is as it was.",
    )


@may(Permission.SEE_DESK)
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """As it came, so that anybody can check the signature."""
    return _as_file(_pack(pk).file, f"policy-pack-{pk}.toml")


@may(Permission.SET_POLICY)
@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    return _as_file(actions.take_out(by=who(request), at=at), f"policy-{at:%Y-%m-%d}.toml")


def _as_file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/toml")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _do(request: HttpRequest, pack: Pack, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except (Refused, IllegalMove, MovedMeanwhile) as refusal:
        return _show(request, _pack(pack.pk), status=409, refusal=str(refusal))
    messages.success(request, done)
    return redirect("governance:policy")


def _show(request: HttpRequest, pack: Pack, *, status: int = 200, **more: Any) -> HttpResponse:
    me, now = who(request), policies.in_force(at=clock.now())
    context = {
        "pack": pack,
        "now": now,
        "changes": compare(now, policies.of(pack)),
        "unverified": sorted(policies.of(pack).guard.unverified),
        "found": _found(pack),
        "stale": pack.preview.get("version", now.number) != now.number,
        "may_set": me.may(Permission.SET_POLICY),
        "may_agree": me.may(Permission.AGREE_POLICY) and pack.by.pk != me.pk,
        "mine": pack.by.pk == me.pk,
        "key_form": KeyForm(initial={"whose": pack.made_by}),
        "agree_form": AgreeForm(initial={"in_force_at": pack.in_force_at}),
        **more,
    }
    return render(request, "governance/pack.html", context, status=status)


def _found(pack: Pack) -> list[dict[str, Any]]:
    counts, listed = pack.preview.get("counts", {}), pack.preview.get("listed", {})
    return [
        {"count": counts[change], "says": says, "posts": list(map(_post, listed[change]))}
        for change, says in PREVIEW
        if change in counts
    ]


def _post(told: dict[str, str]) -> dict[str, Any]:
    return {**told, "at": datetime.fromisoformat(told["at"])}


def _pack(pk: int) -> Pack:
    return get_object_or_404(Pack.objects.select_related("by", "version"), pk=pk)
