"""A past survey on its way in: upload, columns, check, progress."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from surveys.enums import ImportState
from surveys.forms.imports import KnownInstrumentForm, NewInstrumentForm, PlaceForm, UploadForm
from surveys.import_plan import PlanError
from surveys.models import SurveyImport
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import ROWS_READ, imports_of, instrument_items, job_step_of, questionnaire_of
from surveys.services.imports import (
    check_import,
    discard_import,
    kept_table,
    name_columns,
    put_new_units_under,
    receive_file,
    request_import,
)
from surveys.survey_file import ColumnGuess, guess_columns
from surveys.views.crumbs import crumbs
from tenancy.jobs import Progress, told_progress
from tenancy.models import JobStep
from web.bodies import takes_files
from web.forms import status_of
from web.htmx import render_poll
from web.shell import Crumb
from web.tables_in import TableRefusedError


def _crumbs(request: MemberRequest, *rest: str) -> list[Crumb]:
    page = reverse("surveys:import", args=[request.organization.slug]) if rest else ""
    return crumbs(request, Crumb(_("Import"), page), *(Crumb(name) for name in rest))


def _own_import(request: MemberRequest, import_id: UUID) -> SurveyImport:
    """The import a member brought; anybody else's does not exist."""
    survey_import = get_object_or_404(imports_of(request.member), pk=import_id)
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return survey_import


@takes_files(up_to=lambda: settings.UPLOAD_MAX_BYTES)
@member_view
def upload(request: MemberRequest) -> HttpResponse:
    """Bring a file. An unreadable one is refused at once, with the place."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = receive_file(file, file.name, form.terms, by=request.member)
        except TableRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("surveys:import_columns", request.organization.slug, received.pk)
    context = {"form": form, "imports": imports_of(request.member)[:10], "breadcrumbs": _crumbs(request)}
    return render(request, "surveys/import.html", context, status=status_of(form))


@member_view
def columns(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Say what the columns hold; the guess is filled in."""
    survey_import = _own_import(request, import_id)
    try:
        with kept_table(survey_import) as table:
            guesses, notices = guess_columns(table), table.notices
    except TableRefusedError as refusal:
        return _refused(request, survey_import, refusal)
    form = _columns_form(request, survey_import, guesses)
    if request.method == "POST" and form.is_valid() and form.plan is not None:
        try:
            name_columns(survey_import, form.plan, by=request.member)
        except PlanError as error:
            form.add_error(None, str(error))
        else:
            return redirect("surveys:import_check", request.organization.slug, survey_import.pk)
    context = {
        "import": survey_import,
        "form": form,
        "notices": notices,
        "breadcrumbs": _crumbs(request, survey_import.title),
    }
    return render(request, "surveys/import_columns.html", context, status=status_of(form))


def _columns_form(
    request: MemberRequest, survey_import: SurveyImport, guesses: list[ColumnGuess]
) -> NewInstrumentForm | KnownInstrumentForm:
    posted = request.POST if request.method == "POST" else None
    if survey_import.instrument is None:
        return NewInstrumentForm(guesses, posted, initial={"instrument_title": survey_import.title})
    items = list(instrument_items(survey_import.instrument))
    return KnownInstrumentForm(guesses, items, questionnaire_of(survey_import.instrument, items), posted)


def _refused(request: MemberRequest, survey_import: SurveyImport, refusal: TableRefusedError) -> HttpResponse:
    context = {
        "import": survey_import,
        "refusal": str(refusal),
        "breadcrumbs": _crumbs(request, survey_import.title),
    }
    return render(request, "surveys/import_refused.html", context)


@member_view
def check(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """What applying would do, from reading the whole file; then apply it."""
    survey_import = _own_import(request, import_id)
    if survey_import.state == ImportState.UPLOADED:
        return redirect("surveys:import_columns", request.organization.slug, survey_import.pk)
    if survey_import.state != ImportState.MAPPED:
        return redirect("surveys:import_progress", request.organization.slug, survey_import.pk)
    if request.method == "POST":
        request_import(survey_import, by=request.member)
        return redirect("surveys:import_progress", request.organization.slug, survey_import.pk)
    return _checked(request, survey_import, PlaceForm())


@require_POST
@member_view
def place(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Say where units that are not here yet are made, and check again: no need to upload the file anew."""
    survey_import = _own_import(request, import_id)
    form = PlaceForm(request.POST)
    if survey_import.state == ImportState.MAPPED:
        if not form.is_valid():
            return _checked(request, survey_import, form)
        put_new_units_under(survey_import, form.cleaned_data["units_under"], by=request.member)
    return redirect("surveys:import_check", request.organization.slug, survey_import.pk)


def _checked(request: MemberRequest, survey_import: SurveyImport, form: PlaceForm) -> HttpResponse:
    context = {
        "import": survey_import,
        "check": check_import(survey_import),
        "form": form,
        "breadcrumbs": _crumbs(request, survey_import.title),
    }
    return render(request, "surveys/import_check.html", context, status=status_of(form))


@member_view
def progress(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """How far the import is; the page polls its part of itself."""
    survey_import = _own_import(request, import_id)
    context = _progress(survey_import) | {"breadcrumbs": _crumbs(request, survey_import.title)}
    return render(request, "surveys/import_progress.html", context)


@member_view
def progress_part(request: MemberRequest, import_id: UUID) -> HttpResponse:
    survey_import = _own_import(request, import_id)
    context = _progress(survey_import)
    finished = context["state"] not in {"running", "waiting"}
    return render_poll(request, "surveys/import_state.html", context, finished=finished)


def _progress(survey_import: SurveyImport) -> dict[str, object]:
    step = job_step_of(survey_import) if survey_import.state == ImportState.QUEUED else None
    state = {ImportState.DONE: "done", ImportState.REFUSED: "failed"}.get(ImportState(survey_import.state))
    if step is not None and step.state == JobStep.State.PARKED:
        state = "parked"
    told = told_progress(step.run_id if step else None) or Progress(0, survey_import.rows, ROWS_READ)
    return {"import": survey_import, "state": state or "running", "progress": told}


@require_POST
@member_view
def discard(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Delete the uploaded file."""
    survey_import = _own_import(request, import_id)
    try:
        discard_import(survey_import, by=request.member)
    except PlanError:
        return redirect("surveys:import_progress", request.organization.slug, survey_import.pk)
    return redirect("surveys:import", request.organization.slug)
