"""Files of a standard: its self-study of a year, and its requirements, out and in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.forms.accreditation import RequirementsFileForm
from insights.models import Standard
from insights.permissions import (
    ACCREDITATION_IS_KEPT_BY,
    ACCREDITATION_IS_READ_BY,
    can_keep_accreditation,
    can_read_accreditation,
)
from insights.queries.accreditation import requirements_of
from insights.requirement_files import HEAD, LARGEST, read_requirements, requirement_rows
from insights.self_study import SelfStudy, self_study
from insights.self_study_files import HEAD as STUDY_HEAD
from insights.self_study_files import study_content, study_rows
from insights.self_study_report import study_sheet
from insights.self_study_years import study_years
from insights.services.requirement_files import set_requirements
from insights.views.accreditation import find_standard, trail_of, year_asked
from people.access import MemberRequest, demand, member_view
from web.bodies import takes_files
from web.csv import csv_response
from web.downloads import json_download
from web.pdf import pdf_response
from web.tables_in import Fault

SHOWN: Final = 200  # faults on the page


@member_view
def standard_pdf(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    standard, study = _study(request, standard_id)
    sheet = study_sheet(study, standard, organization=request.organization.name, on=timezone.localdate())
    return pdf_response(f"{_stem(standard, study)}.pdf", sheet)


@member_view
def standard_csv(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    standard, study = _study(request, standard_id)
    return csv_response(f"{_stem(standard, study)}.csv", STUDY_HEAD, study_rows(study))


@member_view
def standard_json(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    standard, study = _study(request, standard_id)
    name, today = request.organization.name, timezone.localdate()
    return json_download(_stem(standard, study), study_content(study, standard, organization=name, on=today))


def _study(request: MemberRequest, standard_id: UUID) -> tuple[Standard, SelfStudy]:
    """Of the year in the address."""
    demand(can_read_accreditation(request.member), ACCREDITATION_IS_READ_BY)
    standard, today = find_standard(standard_id), timezone.localdate()
    year = year_asked(request, study_years(today, standard.first_month))
    return standard, self_study(standard, year, on=today)


def _stem(standard: Standard, study: SelfStudy) -> str:
    return f"self-study-{standard.name}-{study.year.label}"


@member_view
def requirements_csv(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    """All of them, as such a file."""
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    standard = find_standard(standard_id)
    return csv_response(
        f"requirements-{standard.name}.csv", HEAD, requirement_rows(requirements_of(standard))
    )


@takes_files(up_to=lambda: LARGEST)
@member_view
def requirements_file(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    """All rows of a file or none."""
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    standard = find_standard(standard_id)
    if request.method != "POST":
        return _file_page(request, standard, RequirementsFileForm(), [])
    form = RequirementsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _file_page(request, standard, form, [])
    found = read_requirements(form.cleaned_data["file"])
    if not found.faults:
        try:
            added, there = set_requirements(standard, found.rows, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("Requirements added: %(added)d. There before: %(there)d.")
            messages.success(request, words % {"added": added, "there": there})
            return redirect("insights:standard", request.organization.slug, standard.pk)
    return _file_page(request, standard, form, found.faults)


def _file_page(
    request: MemberRequest, standard: Standard, form: RequirementsFileForm, faults: list[Fault]
) -> HttpResponse:
    context = {
        "standard": standard,
        "form": form,
        "faults": faults[:SHOWN],
        "count": len(faults),
        "head": HEAD,
        "breadcrumbs": trail_of(request, standard, _("From a file")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "insights/requirements_file.html", context, status=status)
