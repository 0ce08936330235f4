"""What a cohort dashboard asks of the database, each question one query however many people there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Count, Exists, Min, OuterRef, Q, QuerySet, StdDev, Subquery
from django.db.models.functions import JSONObject

from passport.models import Stage
from passport.queries import overseen_by
from people.enums import Role, UnitKind
from people.member import Member
from people.models import Appointment, Cohort, CohortMembership, Person, Unit
from people.queries import in_force
from readiness.enums import ScoreState
from readiness.models import Snapshot
from readiness.queries import latest_snapshots
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_end, quarter_of, quarter_start
from tenancy.models import Organization

BIN_EDGES = tuple(range(0, 100, 10))  # the last bin includes 100


@dataclass(frozen=True, slots=True)
class Site:
    id: UUID
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to filter by."""

    quarters: list[str]  # newest first
    cohorts: list[tuple[UUID, str]]
    stages: list[tuple[UUID, str]]
    sites: list[Site]
    specialties: list[str]


@dataclass(frozen=True, slots=True)
class CohortFilter:
    """Which scores of a quarter; None means all."""

    quarter: str
    cohort: UUID | None = None
    specialty: str = ""
    stage: UUID | None = None
    site: Site | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores chosen, summed up. `n` have a total; dimensions in their order; bins of ten points."""

    people: int
    n: int
    mean: float | None
    sd: float | None
    flagged: int
    insufficient: int
    dimension_n: tuple[int, ...]
    dimension_means: tuple[float | None, ...]
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuarterMean:
    quarter: str
    n: int
    mean: float | None
    sd: float | None


def facets_for(member: Member, *, persons: bool) -> Facets:
    """Filters that lead somewhere for this member, in one query."""
    cohorts = Cohort.objects.order_by("name")
    stages = Stage.objects.order_by("position")
    if not sees_everyone(member, persons=persons):
        cohorts = cohorts.filter(pk__in=member.directed_cohorts)
    people = Person.objects.filter(
        Exists(CohortMembership.objects.filter(person=OuterRef("pk"))), ~Q(specialty="")
    )
    found = (
        Organization.objects.filter(pk=member.organization_id)
        .annotate(
            quarters=ArraySubquery(
                Snapshot.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()
            ),
            cohorts=ArraySubquery(cohorts.values(row=JSONObject(id="id", name="name"))),
            stages=ArraySubquery(stages.values(row=JSONObject(id="id", name="name"))),
            sites=ArraySubquery(
                Unit.objects.filter(kind=UnitKind.SITE)
                .order_by("name")
                .values(row=JSONObject(id="id", name="name", path="path"))
            ),
            specialties=ArraySubquery(
                people.order_by("specialty").values_list("specialty", flat=True).distinct()
            ),
        )
        .get()
    )
    return Facets(
        found.quarters,
        [(UUID(row["id"]), row["name"]) for row in found.cohorts],
        [(UUID(row["id"]), row["name"]) for row in found.stages],
        [Site(UUID(row["id"]), row["name"], row["path"]) for row in found.sites],
        found.specialties,
    )


def sees_everyone(member: Member, *, persons: bool) -> bool:
    """Whether a dashboard covers the whole organisation; an executive's only if it names no persons."""
    return (
        member.has(Role.HR_ADMIN) or member.directs_everyone or (not persons and member.has(Role.EXECUTIVE))
    )


def chosen_people(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> Q:
    """The filter, apart from quarter and state, as a condition on rows with a `person`."""
    condition = Q() if sees_everyone(member, persons=persons) else overseen_by(member, on=on)
    if chosen.cohort is not None:
        memberships = CohortMembership.objects.filter(
            in_force(quarter_end(chosen.quarter)), cohort=chosen.cohort, person=OuterRef("person")
        )
        condition &= Q(Exists(memberships))
    if chosen.specialty:
        condition &= Q(person__specialty=chosen.specialty)
    if chosen.site is not None:
        low, high = chosen.site.path, chosen.site.path[:-1] + "0"
        condition &= Q(person__unit__path__gte=low, person__unit__path__lt=high)
    return condition


def scores_of(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> QuerySet[Snapshot]:
    """The scores that the filter chooses among those this member may see."""
    scores = latest_snapshots().filter(
        chosen_people(chosen, member, persons=persons, on=on), quarter=chosen.quarter
    )
    if chosen.stage is not None:
        scores = scores.filter(stage=chosen.stage)
    if chosen.state:
        scores = scores.filter(state=chosen.state)
    return scores


def rows_of(scores: QuerySet[Snapshot], quarter: str) -> QuerySet[Snapshot]:
    """Scores with their people and, as `before`, the total of the quarter before."""
    earlier = (
        latest_snapshots()
        .filter(person=OuterRef("person"), quarter=quarter_before(quarter))
        .values("total")[:1]
    )
    return (
        scores.select_related("person__unit", "stage").defer("arithmetic").annotate(before=Subquery(earlier))
    )


def summary_of(scores: QuerySet[Snapshot]) -> Summary:
    """Everything that is summed up, in one query."""
    bins = {
        f"bin_{edge}": Count(
            "total",
            filter=Q(total__gte=edge) if edge == BIN_EDGES[-1] else Q(total__gte=edge, total__lt=edge + 10),
        )
        for edge in BIN_EDGES
    }
    known = {
        dimension.value: Q(**{f"{dimension.value}__isnull": False}) & knows(place)
        for place, dimension in enumerate(Dimension)
    }
    found: dict[str, Any] = scores.aggregate(
        people=Count("pk"),
        n=Count("total"),
        mean=Avg("total"),
        sd=StdDev("total", sample=True),
        flagged=Count("pk", filter=Q(state=ScoreState.FLAGGED)),
        insufficient=Count("pk", filter=Q(state=ScoreState.INSUFFICIENT_EVIDENCE)),
        **{f"n_{name}": Count(name, filter=condition) for name, condition in known.items()},
        **{f"mean_{name}": Avg(name, filter=condition) for name, condition in known.items()},
        **bins,
    )
    return Summary(
        found["people"],
        found["n"],
        found["mean"],
        found["sd"],
        found["flagged"],
        found["insufficient"],
        tuple(found[f"n_{name}"] for name in Dimension.values),
        tuple(found[f"mean_{name}"] for name in Dimension.values),
        tuple(found[f"bin_{edge}"] for edge in BIN_EDGES),
    )


def knows(place: int) -> Q:
    """Scores whose dimension at this place has attested evidence: the values of `known` with that bit."""
    return Q(known__in=[mask for mask in range(32) if mask >> place & 1])


def trend_of(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> list[QuarterMean]:
    """Mean totals of the chosen people, quarter by quarter up to the chosen one; at most the last twelve."""
    rows = (
        latest_snapshots()
        .filter(chosen_people(chosen, member, persons=persons, on=on), quarter__lte=chosen.quarter)
        .values("quarter")
        .annotate(n=Count("total"), mean=Avg("total"), sd=StdDev("total", sample=True))
        .order_by("-quarter")[:12]
    )
    return [QuarterMean(row["quarter"], row["n"], row["mean"], row["sd"]) for row in rows][::-1]


def careers_of(
    chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date
) -> Sequence[tuple[dt.date, dt.date | None, dt.date | None]]:
    """Entry into the programme, leaving, and first titled role after entry, of everybody chosen."""
    first_role = (
        Appointment.objects.filter(person=OuterRef("person"), start_date__gte=OuterRef("start_date"))
        .order_by()
        .values("person")
        .annotate(first=Min("start_date"))
        .values("first")
    )
    memberships = CohortMembership.objects.filter(start_date__lte=on)
    if not sees_everyone(member, persons=persons):
        memberships = memberships.filter(cohort__in=member.directed_cohorts)
    if chosen.cohort is not None:
        memberships = memberships.filter(cohort=chosen.cohort)
    if chosen.specialty:
        memberships = memberships.filter(person__specialty=chosen.specialty)
    if chosen.site is not None:
        low, high = chosen.site.path, chosen.site.path[:-1] + "0"
        memberships = memberships.filter(person__unit__path__gte=low, person__unit__path__lt=high)
    return list(
        memberships.order_by("person", "start_date")
        .distinct("person")  # somebody in two cohorts entered once
        .values_list("start_date", "person__end_date", Subquery(first_role[:1]))
    )


def quarter_before(quarter: str) -> str:
    return quarter_of(quarter_start(quarter) - dt.timedelta(days=1))
