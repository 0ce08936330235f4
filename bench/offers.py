"""Publishing the pairs of a matching of everybody at the scale of 73,000 people"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.figures import Figure
from bench.matchings import EVERYBODY
from bench.measuring import peak_memory, processor_clock
from bench.organizations import mayo
from bench.visits import queries_of
from mentoring.enums import MentorshipState
from mentoring.models import MatchRun, Mentorship, Proposal
from mentoring.services.publishing import publish_run
from people.enums import Role
from people.models import CohortMembership, RoleGrant
from people.queries import member_for
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

RUNS = 5
# The same mentorships by one statement: the same table, checks, triggers and trail, and nothing else.
BARE = """
INSERT INTO mentoring_mentorship
    (id, organization_id, mentee_id, mentor_id, tier, state, initiator, score, why, offered_on,
     over_cause, over_reason, extended_why)
SELECT gen_random_uuid(), organization_id, mentee_id, mentor_id, tier, 'offered', 'matcher',
       score / 10000.0, sentence, current_date, '', '', ''
FROM mentoring_proposal WHERE id = ANY (%s)
"""


class _TakenBackError(Exception):
    """Ends a transaction that was only measured."""


def measure() -> Iterator[Figure]:
    organization = mayo()
    pairs = pairs_to_offer(organization)
    few = pairs[: len(pairs) // 10]
    statements = [statements_of(organization, some) for some in (few, pairs)]
    yield Figure.of_number(
        f"statements of publishing {len(pairs):,} pairs",
        statements[1],
        unit="statements",
        target=30,
        limit=60,
        note=f"{statements[0]} of {len(few):,} pairs",
    )
    bare, small, ours = times(organization, few, pairs)
    yield Figure.of_times(
        f"publishing {len(pairs):,} pairs / one INSERT of the same mentorships",
        bare,
        ours,
        target=3,
        limit=6,
        note=f"{statistics.median(ours):.2f} s of processor here; ours also looks at what is in the way, "
        "writes what became of each pair into run and trail, and tells the mentors",
    )
    yield Figure.of_times(f"publishing {len(pairs):,} pairs / {len(few):,}", small, ours, target=10, limit=15)
    yield Figure.of_number(
        "its memory",
        peak_memory(partial(taken_back, organization, partial(publish, pairs), time.perf_counter)),
        unit="MiB",
        target=100,
        limit=250,
    )


def pairs_to_offer(organization: Organization) -> list[UUID]:
    """The proposals of the matching of everybody that do not run already."""
    with tenant_transaction(organization.pk, reason="bench"):
        pairs = Proposal.objects.filter(run__cohort__name=EVERYBODY, running=False)
        return list(pairs.order_by("pk").values_list("pk", flat=True))


def times(organization: Organization, few: list[UUID], pairs: list[UUID]) -> list[list[float]]:
    """Processor seconds of the bare statement, of publishing a few and of publishing all, in turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = processor_clock(cursor.fetchone()[0])
    works = partial(insert_bare, pairs), partial(publish, few), partial(publish, pairs)
    rounds = [[taken_back(organization, work, clock) for work in works] for _ in range(RUNS)]
    return [list(each) for each in zip(*rounds, strict=True)]


def taken_back(organization: Organization, work: Callable[[], None], clock: Callable[[], float]) -> float:
    """The seconds of some work where nobody has a mentor yet and everybody is in the cohort."""
    today, seconds = timezone.localdate(), 0.0
    with suppress(_TakenBackError), tenant_transaction(organization.pk, reason="bench"):
        CohortMembership.objects.filter(cohort__name=EVERYBODY).update(end_date=None)
        over = {"state": MentorshipState.ENDED, "over_on": today, "over_reason": "bench"}
        Mentorship.objects.filter(state=MentorshipState.ACTIVE).update(**over)
        began = clock()
        work()
        seconds = clock() - began
        raise _TakenBackError
    return seconds


def publish(pairs: list[UUID]) -> None:
    director = RoleGrant.objects.get(role=Role.PROGRAMME_DIRECTOR).person_id
    run = MatchRun.objects.get(cohort__name=EVERYBODY)
    done = publish_run(run, chosen=pairs, by=member_for(director, on=timezone.localdate()))
    if done.offered != len(pairs):
        raise RuntimeError(f"{done.offered} of {len(pairs)} pairs were offered.")


def insert_bare(pairs: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [pairs])


def statements_of(organization: Organization, pairs: list[UUID]) -> int:
    log: list[tuple[str, object]] = []

    def work() -> None:
        with queries_of(log):
            publish(pairs)

    taken_back(organization, work, time.perf_counter)
    return len(log)
