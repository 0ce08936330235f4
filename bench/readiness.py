"""Leadership Readiness Score: the set-based statement against a scan of its sources and against a loop."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

import psycopg2
from django.db import connection, transaction

from bench.figures import Figure
from bench.measuring import processor_clock, times_in_turn
from passport.models import Capstone, PodAttempt, Stamp
from passport.services import install_presets
from people.models import Person
from readiness.evidence import rule_of, scores_from
from readiness.models import Snapshot, WeightSet
from readiness.rule_services import install_weights, preview_of
from readiness.services import score_quarter
from surveys.enums import Dimension
from surveys.models import ConfidencePulse, PublishedIndex
from tenancy.jobs.periods import end_of, quarter_end
from tenancy.models import Organization
from tenancy.scope import tenant_scope

PEOPLE = 50_000
LOOPED = 5_000
QUARTER = "2026Q3"
LAST = quarter_end(QUARTER)

SEED = (Path(__file__).parent / "readiness.sql").read_text()

# Auditing half a million rows of seed is not what is measured here.
AUDITED = [
    "people_person",
    "people_cohortmembership",
    "surveys_confidencepulse",
    "passport_stamp",
    "passport_podattempt",
    "passport_podmark",
    "passport_capstone",
]

# The least that anybody could do: read every row of every source once, with a sum of what is used.
SCAN = [
    """SELECT count(person_id), sum(strategic_insight), sum(financial_acumen), sum(team_leadership),
              sum(governance_experience), sum(mentorship_engagement)
       FROM surveys_confidencepulse WHERE quarter = %(quarter)s""",
    """SELECT count(person_id), count(milestone_id), max(earned_on)
       FROM passport_stamp WHERE state = 'verified' AND earned_on <= %(last)s""",
    "SELECT count(id), count(career_stage) FROM people_person WHERE start_date <= %(last)s",
    "SELECT count(person_id) FROM people_cohortmembership WHERE start_date <= %(last)s",
    "SELECT count(leader_id), sum(percent), sum(n) FROM surveys_publishedindex WHERE state = 'published'",
    "SELECT count(*), max(closes_on) FROM surveys_wave WHERE state = 'published'",
    "SELECT count(stage_id), sum(points) FROM passport_milestone WHERE required",
    "SELECT count(*), sum(position) FROM passport_stage",
    """SELECT count(person_id), count(pod_id), max(finished_at), max(begun_at)
       FROM passport_podattempt WHERE marked_at IS NOT NULL""",
    "SELECT count(attempt_id), sum(level) FROM passport_podmark",
    """SELECT count(person_id), count(pod_id), max(submitted_on)
       FROM passport_capstone WHERE state = 'verified'""",
    "SELECT count(milestone_id), max(key) FROM passport_pod",
    "SELECT count(*), max(version) FROM readiness_weightset",
    "SELECT count(person_id), max(revision) FROM readiness_snapshot WHERE quarter = %(quarter)s",
]


def measure() -> Iterable[Figure]:
    organization = Organization.objects.create(slug="bench-readiness", name="Bench")
    seed(organization)
    people = named_people(organization)
    undone = undo(organization)
    clock = own_clock()
    scan, full = times_in_turn(read_sources, score_everybody, runs=5, clock=clock, between=undone)
    yield Figure.of_times(
        "readiness score of 50,000 people / scan of its sources",
        scan,
        full,
        target=9,
        limit=15,
        note="processor time; 600,000 stamps, 160,000 attempts at pods with 480,000 marks, 25,000 capstones;"
        " snapshots and coaching tasks are written and every key checked",
    )
    loop, statement = times_in_turn(
        lambda: score_one_by_one(people[:LOOPED]),
        lambda: score_quarter(QUARTER, people=people[:LOOPED]),
        runs=1,
        warm=0,
        between=undone,
    )
    yield Figure.of_times(
        "5,000 people in one statement / Django loop per person",
        loop,
        statement,
        target=0.05,
        limit=0.2,
    )
    with tenant_scope(organization.pk), transaction.atomic():
        score_everybody()
    vacuum()
    _again, preview = times_in_turn(
        lambda: None,
        lambda: preview_of(WeightSet(milestone_shares=[20, 20, 5, 20, 20], pod_shares=[40, 40, 20, 40, 40])),
        runs=5,
        clock=clock,
        between=undone,
    )
    yield Figure.of_times(
        "preview of another rule for 50,000 people / full run",
        full,
        preview,
        target=1,
        limit=2,
        note="processor time; from the evidence of the scores, nothing is written",
    )
    changed = people[:: PEOPLE // 500]
    _again, few = times_in_turn(
        lambda: None,
        lambda: score_quarter(QUARTER, people=changed),
        runs=5,
        clock=clock,
        between=undo(organization, first=lambda: change(changed)),
    )
    yield Figure.of_times(
        "1 % changed people / full run",
        full,
        few,
        target=0.04,
        limit=0.2,
        note="500 people named whose evidence changed",
    )


def seed(organization: Organization) -> None:
    as_owner(*(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in AUDITED))
    with tenant_scope(organization.pk), transaction.atomic(), connection.cursor() as cursor:
        install_presets()
        install_weights()
        cursor.execute(SEED, {"org": organization.pk, "people": PEOPLE, "quarter": QUARTER})
    as_owner(*(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in AUDITED))
    vacuum()


def vacuum() -> None:
    """As autovacuum would have done by the time anybody scores."""
    as_owner("VACUUM ANALYZE")


def as_owner(*statements: str) -> None:
    owner = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    owner.close()


def undo(
    organization: Organization, first: Callable[[], None] = lambda: None
) -> Callable[[], AbstractContextManager[None]]:
    """A transaction around each measured call that is rolled back and swept up outside the clock."""

    @contextmanager
    def around() -> Iterator[None]:
        with tenant_scope(organization.pk), transaction.atomic():
            first()
            yield
            transaction.set_rollback(True)
        vacuum()

    return around


def named_people(organization: Organization) -> list[UUID]:
    with tenant_scope(organization.pk), transaction.atomic():
        return list(Person.objects.order_by("external_id").values_list("pk", flat=True))


def read_sources() -> None:
    with connection.cursor() as cursor:
        for statement in SCAN:
            cursor.execute(statement, {"quarter": QUARTER, "last": LAST})


def own_clock() -> Callable[[], float]:
    """Processor time, with all work of the database in one process: a second one's nobody would count."""
    connection.settings_dict["CONN_MAX_AGE"] = None
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        return processor_clock(cursor.fetchone()[0])


def score_everybody() -> None:
    score_quarter(QUARTER)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the commit would check them


def change(people: list[UUID]) -> None:
    """Each of them answers the pulse anew."""
    ConfidencePulse.objects.filter(person__in=people).update(**dict.fromkeys(Dimension.values, 50.0))


def score_one_by_one(people: list[UUID]) -> None:
    """As Django code is usually written: a few queries and one insert for each person."""
    weights = install_weights()
    rule = rule_of(weights)
    for person in Person.objects.filter(pk__in=people):
        pulse = ConfidencePulse.objects.filter(person=person, quarter=QUARTER).first()
        stamps = Stamp.objects.filter(person=person, state="verified", earned_on__lte=LAST)
        earned = dict.fromkeys(Dimension.values, 0)
        for stamp in stamps.select_related("milestone"):
            earned[stamp.milestone.dimension] += stamp.milestone.points
        index = PublishedIndex.objects.filter(leader=person, state="published").first()
        snapshot = Snapshot(
            person=person,
            quarter=QUARTER,
            weights=weights,
            confidence=[getattr(pulse, name) for name in Dimension.values] if pulse else None,
            earned=[earned[name] or None for name in Dimension.values],
            due=[30] * len(Dimension),
            pods=pods_of(person),
            capstones=capstones_of(person),
            leader_index=index.percent if index else None,
            index=index,
        )
        scores = scores_from([snapshot], rule)
        values = [None if value != value else value for value in scores.value[0].tolist()]  # noqa: PLR0124 - NaN
        total = scores.total[0]
        snapshot.known = int(sum(1 << place for place, known in enumerate(scores.known[0]) if known))
        snapshot.known_count = int(scores.known[0].sum())
        snapshot.total = None if total != total else float(total)  # noqa: PLR0124 - NaN
        snapshot.state = str(scores.state[0])
        for name, value in zip(Dimension.values, values, strict=True):
            setattr(snapshot, name, value)
        snapshot.save()


def pods_of(person: Person) -> list[float | None]:
    """Points by dimension of the latest attempt at each pod."""
    attempts = PodAttempt.objects.filter(person=person, marked_at__isnull=False, finished_at__lt=end_of(LAST))
    points: dict[str, list[float]] = {}
    latest = {
        attempt.pod.key: attempt
        for attempt in attempts.select_related("pod__milestone").order_by("finished_at")
    }
    for attempt in latest.values():
        if attempt.pod.milestone:
            levels = [mark.level for mark in attempt.marks.all()]
            points.setdefault(attempt.pod.milestone.dimension, []).append(25 * sum(levels) / len(levels))
    return [sum(points[name]) / len(points[name]) if name in points else None for name in Dimension.values]


def capstones_of(person: Person) -> list[int | None]:
    """Projects that were verified, by dimension."""
    verified = Capstone.objects.filter(person=person, state="verified", submitted_on__lte=LAST)
    names = [
        each.pod.milestone.dimension
        for each in verified.select_related("pod__milestone")
        if each.pod.milestone
    ]
    return [names.count(name) or None for name in Dimension.values]
