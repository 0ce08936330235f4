"""Questionnaires as files: out as JSON and CSV, in as a draft."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from surveys.forms.instruments import InstrumentFileForm
from surveys.instrument_files import COLUMNS, LARGEST, FaultyFileError, as_json, as_rows, read_file
from surveys.instrument_queries import composition_of
from surveys.models import Instrument
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.services.instruments import InstrumentError, create_draft
from surveys.views.instruments import instrument_crumbs, shown_instrument
from web.bodies import takes_files
from web.csv import csv_response
from web.downloads import download
from web.forms import status_of
from web.shell import Crumb
from web.tables_in import Fault


def _name(found: Instrument, ending: str) -> str:
    return f"{found.key}-{found.version}.{ending}"


@member_view
def instrument_json(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """The questionnaire for another program, or another organisation."""
    found = shown_instrument(request, instrument_id)
    text = as_json(composition_of(found), key=found.key, version=found.version)
    return download(_name(found, "json"), text, "application/json")


@member_view
def instrument_csv(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """The questionnaire for a spreadsheet."""
    found = shown_instrument(request, instrument_id)
    return csv_response(_name(found, "csv"), COLUMNS, as_rows(composition_of(found)))


@takes_files(up_to=lambda: LARGEST)
@member_view
def instrument_import(request: MemberRequest) -> HttpResponse:
    """Bring a file: it becomes a draft, or every fault is listed and nothing is written."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    form = (
        InstrumentFileForm(request.POST, request.FILES) if request.method == "POST" else InstrumentFileForm()
    )
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        file, base = form.cleaned_data["file"], form.cleaned_data["version_of"]
        try:
            draft = create_draft(read_file(file, file.name), by=request.member, version_of=base)
        except FaultyFileError as refusal:
            faults = refusal.faults
            form.add_error("file", _("The file has faults. Nothing was written."))
        except InstrumentError as error:
            form.add_error("version_of", str(error))
        else:
            messages.success(request, _("The file is read. This is the draft that it makes."))
            return redirect("surveys:instrument", request.organization.slug, draft.pk)
    context = {
        "form": form,
        "faults": faults[:200],
        "more_faults": len(faults) > 200,
        "breadcrumbs": instrument_crumbs(request, Crumb(_("Import"))),
    }
    return render(request, "surveys/instrument_import.html", context, status=status_of(form))
