"""What a cohort dashboard asks of the database, each question one query however many people there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mentoring.models import Mentorship
from passport.queries import overseen_by
from people.enums import Role, UnitKind
from people.member import Member
from people.models import CohortMembership
from people.queries import in_force
from readiness.models import Snapshot
from readiness.queries import latest_snapshots
from surveys.enums import Dimension
from tenancy.jobs.periods import previous_quarter, quarter_end

SQL = Path(__file__).resolve().parent / "sql"
FACETS = (SQL / "facets.sql").read_text()
SUMMARY = (SQL / "summary.sql").read_text()
TREND = (SQL / "trend.sql").read_text()
# What a row of the dashboard and of its file shows: four wide tables are joined for it.
SHOWN = (
    *("quarter", "known", "known_count", "total", "state", *Dimension.values),
    *("stage__name", "person__given_name", "person__family_name", "person__specialty", "person__unit__name"),
    "person__career_stage",
)
BIN_EDGES = tuple(range(0, 100, 10))  # the last bin includes 100


@dataclass(frozen=True, slots=True)
class Site:
    id: UUID
    name: str
    path: str

    @property
    def subtree(self) -> tuple[str, str]:
        """The half-open range of the paths below the site, as of a unit."""
        return self.path, self.path[:-1] + "0"


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
    profession: str = ""
    tier: str = ""  # of a mentor they had on the quarter's last day
    state: str = ""

    @property
    def is_everybody(self) -> bool:
        """Whether no part of the people is chosen; stage and state choose among scores."""
        return not any((self.cohort, self.specialty, self.site, self.profession, self.tier))


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
    dimension_sds: tuple[float | None, ...]
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuarterMean:
    quarter: str
    n: int
    mean: float | None
    sd: float | None


def facets_for(member: Member, *, persons: bool) -> Facets:
    """Filters that lead somewhere for this member, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            FACETS,
            {
                "organization": member.organization_id,
                "cohorts": directed_alone(member, persons=persons),
                "site": UnitKind.SITE.value,
            },
        )
        quarters, cohorts, stages, sites, specialties = cursor.fetchone()
    return Facets(
        quarters,
        [(UUID(key), name) for key, name in cohorts or ()],
        [(UUID(key), name) for key, name in stages or ()],
        [Site(UUID(key), name, path) for key, name, path in sites or ()],
        specialties,
    )


def directed_alone(member: Member, *, persons: bool) -> list[UUID] | None:
    """The cohorts a dashboard is limited to; None for who sees everyone."""
    return None if sees_everyone(member, persons=persons) else list(member.directed_cohorts)


def sees_everyone(member: Member, *, persons: bool) -> bool:
    """Whether a dashboard covers the whole organisation; an executive's only if it names no persons."""
    return (
        member.has(Role.HR_ADMIN) or member.directs_everyone or (not persons and member.has(Role.EXECUTIVE))
    )


def chosen_people(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> Q:
    """Those of `filtered_people` whom this member may see."""
    condition = filtered_people(chosen)
    return condition if sees_everyone(member, persons=persons) else condition & overseen_by(member, on=on)


def filtered_people(chosen: CohortFilter) -> Q:
    """What the filter says of people, as a condition on rows with a `person`."""
    condition = Q()
    if chosen.profession:
        condition &= Q(person__profession=chosen.profession)
    if chosen.tier:
        condition &= Q(Exists(mentored_in(chosen.tier, on=quarter_end(chosen.quarter))))
    if chosen.cohort is not None:
        memberships = CohortMembership.objects.filter(
            in_force(quarter_end(chosen.quarter)), cohort=chosen.cohort, person=OuterRef("person")
        )
        condition &= Q(Exists(memberships))
    if chosen.specialty:
        condition &= Q(person__specialty=chosen.specialty)
    if chosen.site is not None:
        low, high = chosen.site.subtree
        condition &= Q(person__unit__path__gte=low, person__unit__path__lt=high)
    return condition


def mentored_in(tier: str, *, on: dt.date) -> QuerySet[Mentorship]:
    """Mentorships of this tier that ran on a day, of the mentee who is the outer row's `person`."""
    begun = Mentorship.objects.filter(mentee=OuterRef("person"), tier=tier, started_on__lte=on)
    return begun.filter(Q(over_on=None) | Q(over_on__gt=on))


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
        .filter(person=OuterRef("person"), quarter=previous_quarter(quarter))
        .values("total")[:1]
    )
    return scores.select_related("person__unit", "stage").only(*SHOWN).annotate(before=Subquery(earlier))


def summary_of(scores: QuerySet[Snapshot]) -> Summary:
    """Everything that is summed up, in one query."""
    columns = scores.order_by().values_list("known", "total", "state", *Dimension.values)
    chosen, parameters = columns.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SUMMARY.replace("{scores}", chosen), parameters)
        people, n, mean, sd, flagged, insufficient, counts, means, sds, above = cursor.fetchone()
    bins = tuple(more - fewer for more, fewer in pairwise([n, *above, 0]))
    dimensions = tuple(counts), tuple(means), tuple(sds)
    return Summary(people, n, mean, sd, flagged, insufficient, *dimensions, bins)


def trend_of(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> list[QuarterMean]:
    """Mean totals of the chosen people, quarter by quarter up to the chosen one; at most the last twelve.

    A stage is the one of each quarter. The state is left out: it says how a total came out, and the means of
    those below the line, quarter by quarter, would be of other people each time.
    """
    scores = Snapshot.objects.filter(
        chosen_people(chosen, member, persons=persons, on=on), quarter__lte=chosen.quarter
    )
    if chosen.stage is not None:
        scores = scores.filter(stage=chosen.stage)
    columns = scores.order_by().values_list("quarter", "person_id", "revision", "total")
    every, parameters = columns.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(TREND.replace("{scores}", every), (*parameters, member.organization_id))
        return [QuarterMean(*row) for row in cursor.fetchall()][::-1]
