"""Who somebody is here, in their archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from people.archive import adds_part, as_json
from people.member import Member
from people.models import Appointment, CohortMembership, Person
from people.services.demographics import own_declaration

OWN = (
    *("external_id", "given_name", "family_name", "email", "unit__name", "job_title", "profession"),
    *("specialty", "training_grade", "career_stage", "start_date", "end_date", "training_completed_on"),
    *("locale", "clinical_hours", "leadership_hours"),
)


@adds_part
def me(member: Member) -> Iterable[tuple[str, bytes]]:
    own = {"person": member.person_id}
    declared = own_declaration(by=member)
    held = ("position__title", "start_date", "end_date", "term_number", "interim")
    joined = ("cohort__name", "start_date", "end_date")
    content = {
        **Person.objects.values(*OWN).get(pk=member.person_id),
        "roles": sorted(member.roles),
        "positions": list(Appointment.objects.filter(**own).order_by("start_date").values(*held)),
        "cohorts": list(CohortMembership.objects.filter(**own).order_by("start_date").values(*joined)),
        "declared": asdict(declared) if declared else None,
    }
    yield "me.json", as_json(content)
