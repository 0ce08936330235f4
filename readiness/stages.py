"""Where the chosen people are on their way, whose logs are missing, and who may be left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from mentoring.models import Exposure, Mentorship
from mentoring.queries.exposure import in_quarter, mentorships_owing
from people.enums import CareerStage
from people.models import Person
from readiness.cohorts import SQL, rows_of
from readiness.enums import ScoreState
from readiness.models import Snapshot
from surveys.enums import Dimension
from tenancy.jobs.periods import previous_quarter

FALL: Final = 10.0  # points since the quarter before, from which somebody may be left behind

# Whether everything that a stage asked for by then was earned, dimension by dimension: each by its place, for
# taking two arrays apart in every row took most of the time.
_ALL_EARNED: Final = "due IS NOT NULL AND " + " AND ".join(
    f"coalesce(earned[{place}], 0) >= coalesce(due[{place}], 0)" for place in range(1, len(Dimension) + 1)
)
_FALLEN: Final = (SQL / "fallen.sql").read_text()


@dataclass(frozen=True, slots=True)
class StageCount:
    """A stage: how many of the chosen are in it, and how many of them have earned all that is due by now."""

    name: str  # empty: in no stage
    people: int
    complete: int


def funnel_of(scores: QuerySet[Snapshot]) -> list[StageCount]:
    """The stages in their order, those in none last; one query."""
    # Few of an organisation, and an index has them: joined to the scores, everybody was read.
    in_a_stage = Person.objects.exclude(career_stage=CareerStage.NONE).values("pk")
    counted = (
        scores.order_by()
        .annotate(
            in_none=~Q(person__in=in_a_stage) | Q(stage=None),
            all_earned=RawSQL(_ALL_EARNED, (), output_field=BooleanField()),  # noqa: S611 - a constant
        )
        .values("in_none", "stage__position", "stage__name")
        .annotate(people=Count("pk"), complete=Count("pk", filter=Q(all_earned=True)))
        .order_by("in_none", "stage__position")
    )
    found, none = [], StageCount("", 0, 0)
    for row in counted:
        if row["in_none"]:  # measured by the first stage, and in none
            none = StageCount("", none.people + row["people"], none.complete + row["complete"])
        else:
            found.append(StageCount(row["stage__name"], row["people"], row["complete"]))
    return [*found, none] if none.people else found


def at_risk(scores: QuerySet[Snapshot], quarter: str) -> QuerySet[Snapshot]:
    """Below the line, without enough evidence, or ten points or more below the quarter before; with the
    lowest totals on top."""
    fell = Q(person__in=RawSQL(_FALLEN, (quarter, previous_quarter(quarter), FALL)))  # noqa: S611 - a constant
    low = Q(state__in=[ScoreState.FLAGGED, ScoreState.INSUFFICIENT_EVIDENCE])
    return rows_of(scores, quarter).filter(low | fell).order_by(F("total").asc(nulls_last=True), "pk")


def missing_logs(scores: QuerySet[Snapshot], quarter: str) -> QuerySet[Mentorship]:
    """Mentorships of the chosen people that owe a log of the quarter and have none."""
    logged = Exposure.objects.filter(in_quarter(quarter), mentorship=OuterRef("pk"))
    owing = mentorships_owing(quarter).filter(~Exists(logged), mentee__in=scores.order_by().values("person"))
    return owing.select_related("mentor", "mentee").order_by("mentee__search_key", "started_on", "pk")
