"""What the pages of mentoring are opened with, and who opens those that show what is one's own."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from bench.matchings import EVERYBODY
from mentoring.models import (
    AlumniHour,
    Deliverable,
    ExposureReview,
    MatchRun,
    Mentorship,
    Proposal,
    Session,
    Tag,
)

Row = TypeVar("Row", bound=Model)

# Visited by a mentee, and by a mentor with many of them.
OF_MENTEES = {
    *(
        "mine",
        "interests",
        "exposure_received",
        "satisfaction",
        "calendar",
        "contract",
        "sessions",
        "session",
    ),
    *("session_edit", "deliverable_report"),
}
OF_MENTORS = {*("profile", "hours", "exposure", "credit")}
OF_A_RUN = {*("run", "run_progress", "run_pairs", "run_left_out", "run_export")}


def arguments_of_mentoring(mentee: UUID) -> dict[str, object]:
    """By the name of an argument; a mentorship of the mentee's."""
    mentorship = Mentorship.objects.filter(mentee=mentee, state="active").order_by("started_on").first()
    return {
        "mentorship_id": mentorship and mentorship.pk,
        "session_id": first_of(Session.objects.filter(mentorship=mentorship, starts_at__gt=timezone.now())),
        "deliverable_id": first_of(Deliverable.objects.filter(contract__mentorship=mentorship)),
        "hour_id": first_of(AlumniHour.objects.exclude(recording="")),
        "tag_id": first_of(Tag.objects.all()),
        "review_id": first_of(ExposureReview.objects.all()),
        "pair_id": first_of(Proposal.objects.filter(run__cohort__name=EVERYBODY)),
        "year": timezone.localdate().year,
        "version": 1,
        "readers": "both",
    }


def the_run_of_everybody() -> dict[str, dict[str, object]]:
    """By the name of a page: other rooms have runs as well."""
    run = MatchRun.objects.get(cohort__name=EVERYBODY).pk
    return {f"mentoring:{page}": {"run_id": run} for page in OF_A_RUN}


def first_of(rows: QuerySet[Row]) -> UUID | None:
    return rows.order_by("pk").values_list("pk", flat=True).first()
