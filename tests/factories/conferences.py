"""One factory a model of case conferences."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from people.models import Person
from sponsors.enums import DiagnosisKind, Domain, EvidenceKind
from sponsors.models import (
    Attendee,
    Conference,
    ConferenceEvidence,
    Diagnosis,
    DiagnosisDraft,
    DiagnosisQuestion,
)
from tenancy.scope import tenant_transaction

_SAID = {
    "domain": Domain.FINANCE,
    "kind": DiagnosisKind.AREA,
    "words": "Budgets frighten her",
    "prescription": "Let her hold one",
}


def make_conference(leader: Person, *guests: Person, by: Person, **fields: Any) -> Conference:
    """Of today, with the sponsor and the guests."""
    values = {"question": "What keeps her from leading?", "held_on": timezone.localdate(), **fields}
    own = {"organization_id": leader.organization_id}
    with tenant_transaction(leader.organization_id):
        made = Conference.objects.create(**own, leader=leader, opened_by=by, **values)
        Attendee.objects.bulk_create(
            [Attendee(**own, conference=made, person=person) for person in (by, *guests)]
        )
    return made


def make_evidence(conference: Conference, *, by: Person, **fields: Any) -> ConferenceEvidence:
    values = {"kind": EvidenceKind.OBSERVATION, "words": "She spoke last", **fields}
    with tenant_transaction(conference.organization_id):
        return ConferenceEvidence.objects.create(
            organization_id=conference.organization_id, conference=conference, noted_by=by, **values
        )


def make_diagnosis_draft(conference: Conference, *, by: Person, **fields: Any) -> DiagnosisDraft:
    with tenant_transaction(conference.organization_id):
        return DiagnosisDraft.objects.create(
            organization_id=conference.organization_id,
            conference=conference,
            author=by,
            **{**_SAID, **fields},
        )


def make_diagnosis(conference: Conference, *, by: Person, **fields: Any) -> Diagnosis:
    """Released now, for finance, unless the fields say otherwise."""
    with tenant_transaction(conference.organization_id):
        return Diagnosis.objects.create(
            organization_id=conference.organization_id,
            conference=conference,
            author=by,
            **{**_SAID, **fields},
        )


def make_question(diagnosis: Diagnosis, *, days_ago: float = 0, **fields: Any) -> DiagnosisQuestion:
    """Asked so many days ago; not answered unless the fields say how."""
    values = {
        "words": "What do you mean?",
        "asked_at": timezone.now() - dt.timedelta(days=days_ago),
        **fields,
    }
    with tenant_transaction(diagnosis.organization_id):
        return DiagnosisQuestion.objects.create(
            organization_id=diagnosis.organization_id, diagnosis=diagnosis, **values
        )
