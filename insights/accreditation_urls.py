"""Addresses of accreditation: they are part of those of insights."""

from __future__ import annotations

from django.urls import path

from insights.views import accreditation, requirements, self_study

urlpatterns = [
    path("accreditation/", accreditation.standards_page, name="standards"),
    path("accreditation/new/", accreditation.standard_new, name="standard_new"),
    path("accreditation/<uuid:standard_id>/", accreditation.standard_page, name="standard"),
    path("accreditation/<uuid:standard_id>/edit/", accreditation.standard_edit, name="standard_edit"),
    path("accreditation/<uuid:standard_id>/new/", accreditation.requirement_new, name="requirement_new"),
    path("requirements/<uuid:requirement_id>/", requirements.requirement_page, name="requirement"),
    path("requirements/<uuid:requirement_id>/evidence/", requirements.mapping_set, name="mapping_set"),
    path("requirements/<uuid:requirement_id>/documents/", requirements.document_add, name="document_add"),
    path("evidence/<uuid:mapping_id>/remove/", requirements.mapping_remove, name="mapping_remove"),
    path("documents/<uuid:document_id>/remove/", requirements.document_remove, name="document_remove"),
    path("accreditation/<uuid:standard_id>/file/", self_study.requirements_file, name="requirements_file"),
    path(
        "accreditation/<uuid:standard_id>/requirements.csv",
        self_study.requirements_csv,
        name="requirements_csv",
    ),
    path("accreditation/<uuid:standard_id>/self-study.pdf", self_study.standard_pdf, name="standard_pdf"),
    path("accreditation/<uuid:standard_id>/self-study.csv", self_study.standard_csv, name="standard_csv"),
    path("accreditation/<uuid:standard_id>/self-study.json", self_study.standard_json, name="standard_json"),
]
