"""The page that imports a file of incidents: hand in, choose columns, look, import, undo."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hue.incidents import actions, uploads
from hue.incidents.import_forms import ColumnsForm, FileForm
from hue.incidents.kinds import KINDS
from hue.incidents.models import ImportBatch
from hue.incidents.queries import columns_of, may_be_undone_until, recent, table_of
from hue.incidents.streetfile.layouts import template
from hue.incidents.streetfile.preview import every_fault
from hue.incidents.streetfile.read import read
from hue.incidents.streetfile.rows import BadRow, FileRefused
from hue.lib import clock, sheet
from hue.people.access import Refused
from hue.people.gate import may, who
from hue.people.models import Area
from hue.people.roles import Permission
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

Told = dict[str, Any]
UNDERWAY = ("checking", "importing")
HAS_FILE = ("received", "ready", "refused")


@require_http_methods(["GET", "POST"])
@may(Permission.IMPORT_INCIDENTS)
def index(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = uploads.keep(sent.chunks())
            batch = actions.receive(by=who(request), at=clock.now(), name=sent.name, path=kept)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("incidents:import_show", pk=batch.pk)
    told: Told = {"form": form, "batches": recent(), "areas": Area.objects.count()}
    return render(request, "incidents/importing/index.html", told)


@require_GET
@may(Permission.IMPORT_INCIDENTS)
def empty(request: HttpRequest) -> HttpResponse:
    """Our own layout, to be filled in."""
    return _as_file(HttpResponse(template(), content_type="text/csv"), "incidents.csv")


@require_GET
@may(Permission.IMPORT_INCIDENTS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _batch(pk))


@require_GET
@may(Permission.IMPORT_INCIDENTS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once it has ended, the page is to be fetched anew."""
    batch = _batch(pk)
    told = {"batch": batch, "done": uploads.progress_of(pk)}
    answer = render(request, "incidents/importing/progress.html", told)
    if batch.state not in UNDERWAY:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@may(Permission.IMPORT_INCIDENTS)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(pk)
    form = _columns_form(batch, request.POST)
    if not form.is_valid():
        return _show(request, batch, form)
    try:
        actions.choose_columns(by=who(request), at=clock.now(), batch=batch, columns=form.columns)
    except (FileRefused, IllegalMove, MovedMeanwhile) as refused:
        form.add_error(None, str(refused))
        return _show(request, batch, form)
    return redirect("incidents:import_show", pk=pk)


@require_POST
@may(Permission.IMPORT_INCIDENTS)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.begin, "The import has begun.")


@require_POST
@may(Permission.IMPORT_INCIDENTS)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.undo, "The import was undone. Its incidents are gone.")


@require_POST
@may(Permission.IMPORT_INCIDENTS)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.drop, "The file was dropped. Nothing was imported.")


@require_GET
@may(Permission.IMPORT_INCIDENTS)
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """Every bad row, however many, for whoever mends the file."""
    batch = _batch(pk)
    if batch.state != "refused":
        raise Http404("Only a file that was refused has bad rows.")
    try:
        rows = read(table_of(batch), columns_of(batch), latest=clock.now())
    except (FileRefused, FileNotFoundError) as gone:
        raise Http404("The file cannot be read any more.") from gone
    lines = _as_csv(every_fault(rows))
    return _as_file(HttpResponse(lines, content_type="text/csv"), "bad-rows.csv")


def _act(request: HttpRequest, pk: int, action: Callable[..., None], said: str) -> HttpResponse:
    batch = _batch(pk)
    try:
        action(by=who(request), at=clock.now(), batch=batch)
    except (Refused, IllegalMove, MovedMeanwhile) as refused:
        return _show(request, _batch(pk), refused=str(refused))
    messages.success(request, said)
    return redirect("incidents:import_show", pk=pk)


def _show(
    request: HttpRequest, batch: ImportBatch, form: ColumnsForm | None = None, refused: str = ""
) -> HttpResponse:
    until = may_be_undone_until(batch)
    told: Told = {
        "batch": batch,
        "found": batch.found,
        "kinds": [(KINDS[kind], count) for kind, count in batch.found.get("kinds", [])],
        "first": [_first(row) for row in batch.found.get("first", [])],
        "known_kinds": list(KINDS.values()),
        "unplaced": batch.found.get("good", 0) - batch.found.get("placed", 0),
        "areas": Area.objects.count(),
        "done": uploads.progress_of(batch.pk),
        "undo_until": until if until and until > clock.now() else None,
        "refused": refused,
        "form": form or (_columns_form(batch) if batch.state in HAS_FILE else None),
    }
    status = 409 if refused or (form and form.errors) else 200
    return render(request, "incidents/importing/show.html", told, status=status)


def _first(row: Told) -> Told:
    return {**row, "kind": KINDS[row["kind"]], "at": datetime.fromisoformat(row["at"])}


def _columns_form(batch: ImportBatch, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, headings=batch.headings, sample=_sample(batch), initial=batch.mapping)


def _sample(batch: ImportBatch) -> list[str]:
    try:
        row = next(table_of(batch).rows(), None)
    except (FileRefused, FileNotFoundError):
        return []
    return [] if row is None or isinstance(row, BadRow) else row[1]


def _as_csv(bad: Iterator[BadRow]) -> Iterator[str]:
    yield "Line,Column,What to do\r\n"
    for fault in bad:
        yield sheet.line([fault.line, fault.column, fault.reason])


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _batch(pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("by"), pk=pk)
