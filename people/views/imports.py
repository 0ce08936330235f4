"""Imports in the browser: upload, match columns, look at the check, apply, undo."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people.access import MemberRequest, demand, member_view
from people.enums import DateOrder, ImportKind, ImportState
from people.export_queries import EXPORTED, rows_as_imported
from people.forms.imports import ColumnsForm, UploadForm
from people.import_queries import (
    OPEN,
    WORKING,
    changes_of,
    counts_of,
    faults_of,
    imports_newest_first,
    is_stuck,
    progress_of,
    shown_values,
    steps_of,
)
from people.imports.fields import KINDS
from people.models import Import, ImportChange
from people.permissions import IMPORTS_ARE_FOR, can_import
from people.services import imports as services
from people.services.imports import ImportRefusedError
from web.bodies import takes_files
from web.csv import csv_response
from web.forms import status_of
from web.htmx import render_page, render_poll
from web.paging import keyset_page
from web.shell import Crumb, Link
from web.tables_in import TableRefusedError


@member_view
def imports(request: MemberRequest) -> HttpResponse:
    """Every file that came in, newest first."""
    demand(can_import(request.member), IMPORTS_ARE_FOR)
    page = keyset_page(request, imports_newest_first(), order=("-created_at", "-pk"))
    context = {"page": page, "breadcrumbs": [Crumb(_("Imports"))]}
    return render_page(request, "people/imports.html", context, partial="list")


@takes_files(up_to=lambda: settings.UPLOAD_MAX_BYTES)
@member_view
def import_new(request: MemberRequest) -> HttpResponse:
    """Upload a file; it is kept until it is applied or discarded."""
    demand(can_import(request.member), IMPORTS_ARE_FOR)
    form = UploadForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kind = ImportKind(form.cleaned_data["kind"])
        imported = services.start_import(kind, file, file_name=file.name, by=request.member)
        return redirect("people:import", request.organization.slug, imported.pk)
    context = {
        "form": form,
        "kinds": [(kind, kind.kind in EXPORTED) for kind in KINDS.values()],
        "breadcrumbs": _crumbs(request, _("New import")),
    }
    return render(request, "people/import_new.html", context, status=status_of(form))


@require_GET
@member_view
def import_template(request: MemberRequest, kind: str) -> HttpResponse:
    """An empty file with the headings that need no matching."""
    demand(can_import(request.member), IMPORTS_ARE_FOR)
    if kind not in ImportKind.values:
        raise Http404
    headings = [field.label for field in KINDS[ImportKind(kind)].fields]
    return csv_response(f"{kind}.csv", headings, [])


@require_GET
@member_view
def import_current(request: MemberRequest, kind: str) -> HttpResponse:
    """What is there now, as a file that the import takes."""
    demand(can_import(request.member), IMPORTS_ARE_FOR)
    if kind not in EXPORTED:
        raise Http404
    wanted = ImportKind(kind)
    headings = [field.label for field in KINDS[wanted].fields]
    rows = rows_as_imported(wanted, on=timezone.localdate())
    return csv_response(f"{request.organization.slug}-{kind}.csv", headings, rows)


@member_view
def import_columns(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Say which column holds what; guessed from the headings and from last time."""
    imported = _import(request, import_id)
    if imported.state not in OPEN:
        return redirect("people:import", request.organization.slug, imported.pk)
    try:
        header, first = services.read_header(imported)
    except TableRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("people:imports", request.organization.slug)
    kind = KINDS[ImportKind(imported.kind)]
    suggested = imported.columns or services.suggested_columns(kind.kind, header)
    form = ColumnsForm(kind, header, imported, suggested, request.POST or None)
    if request.method == "POST" and form.is_valid():
        faults = services.request_check(
            imported,
            columns=form.columns,
            date_order=DateOrder(form.cleaned_data.get("date_order", imported.date_order)),
            effective_on=form.cleaned_data.get("effective_on", imported.effective_on),
            header=header,
            by=request.member,
        )
        if not faults:
            return redirect("people:import", request.organization.slug, imported.pk)
        for fault in faults:
            form.add_error(None, f"{fault.column}: {fault.message}")
    context = {
        "form": form,
        "imported": imported,
        "header": header,
        "first": first,
        "steps": steps_of(imported),
        "breadcrumbs": _crumbs(request, imported.file_name),
    }
    return render(request, "people/import_columns.html", context, status=status_of(form))


@member_view
def import_page(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Where an import stands, what it would do or did, and what is wrong with it."""
    imported = _import(request, import_id)
    if imported.state == ImportState.UPLOADED:
        return redirect("people:import_columns", request.organization.slug, imported.pk)
    verdict = request.GET.get("verdict", "")
    faulty = imported.state == ImportState.FAULTY
    last = services.last_applied()
    changes = None
    if not faulty:
        changes = keyset_page(request, changes_of(imported, verdict), order=("number", "pk"))
    context = {
        "imported": imported,
        "steps": steps_of(imported),
        "counts": counts_of(imported),
        "working": imported.state in WORKING,
        "progress": progress_of(imported),
        "stuck": is_stuck(imported),
        "faults": keyset_page(request, faults_of(imported), order=("number", "pk")) if faulty else None,
        "changes": changes,
        "shown": [(change, shown_values(imported, change)) for change in changes or ()],
        "tabs": _verdict_tabs(request, verdict),
        "can_undo": last is not None and last.pk == imported.pk and imported.state == ImportState.APPLIED,
        "breadcrumbs": _crumbs(request, imported.file_name),
    }
    return render_page(request, "people/import.html", context, partial="findings")


@require_GET
@member_view
def import_progress(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """For polling: the page is loaded anew when the work is done."""
    imported = _import(request, import_id)
    finished = imported.state not in WORKING or is_stuck(imported)
    context = {"imported": imported, "progress": progress_of(imported)}
    response = render_poll(request, "people/import_progress.html", context, finished=finished)
    if finished:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@member_view
def import_faults(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Everything that is wrong with a file, to work through in a spreadsheet."""
    imported = _import(request, import_id)
    rows = faults_of(imported).values_list("row", "column", "value", "message")
    return csv_response("corrections.csv", ("Row", "Column", "Value", "What was expected"), rows)


@require_POST
@member_view
def import_apply(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Apply what the check has shown."""
    return _act(request, import_id, services.request_apply, "")


@require_POST
@member_view
def import_undo(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Take the last applied import back."""
    return _act(request, import_id, services.request_undo, "")


@require_POST
@member_view
def import_discard(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Delete an uploaded file that shall not be applied."""
    return _act(request, import_id, services.discard_import, _("The file was deleted; nothing was imported."))


def _act(request: MemberRequest, import_id: UUID, service: services.Act, done: str) -> HttpResponse:
    imported = _import(request, import_id)
    try:
        service(imported, by=request.member)
    except ImportRefusedError as reason:
        messages.error(request, str(reason))
    else:
        if done:
            messages.success(request, done)
    return redirect("people:import", request.organization.slug, imported.pk)


def _import(request: MemberRequest, import_id: UUID) -> Import:
    demand(can_import(request.member), IMPORTS_ARE_FOR)
    return get_object_or_404(imports_newest_first(), pk=import_id)


def _crumbs(request: MemberRequest, last: str) -> list[Crumb]:
    return [Crumb(_("Imports"), reverse("people:imports", args=[request.organization.slug])), Crumb(last)]


def _verdict_tabs(request: MemberRequest, current: str) -> list[Link]:
    labels = {
        "": _("All"),
        ImportChange.Verdict.ADDED: _("Added"),
        ImportChange.Verdict.CHANGED: _("Changed"),
        ImportChange.Verdict.ENDED: _("Ended"),
    }
    return [
        Link(label, f"?verdict={verdict}" if verdict else "?", current=verdict == current)
        for verdict, label in labels.items()
    ]
