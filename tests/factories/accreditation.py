"""One factory a model of the accreditation pack."""

from __future__ import annotations

from typing import Any

from insights.enums import EvidenceSource
from insights.models import DocumentReference, Mapping, Requirement, Standard
from tenancy.models import Organization
from tenancy.scope import tenant_transaction


def make_standard(organization: Organization, name: str = "Teaching hospitals", **fields: Any) -> Standard:
    with tenant_transaction(organization.pk):
        return Standard.objects.create(name=name, **{"edition": "2026", **fields})


def make_requirement(standard: Standard, code: str = "L.1", **fields: Any) -> Requirement:
    values = {"text": "Residents have somebody to ask.", "position": 1, **fields}
    with tenant_transaction(standard.organization_id):
        return Requirement.objects.create(standard=standard, code=code, **values)


def make_mapping(
    requirement: Requirement, source: EvidenceSource = EvidenceSource.MENTORED, note: str = ""
) -> Mapping:
    with tenant_transaction(requirement.organization_id):
        return Mapping.objects.create(requirement=requirement, source=source, note=note)


def make_document(requirement: Requirement, title: str = "Handbook", **fields: Any) -> DocumentReference:
    with tenant_transaction(requirement.organization_id):
        return DocumentReference.objects.create(
            requirement=requirement, title=title, **{"place": "The programme office", **fields}
        )
