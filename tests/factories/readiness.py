"""What a score is made of, and scores themselves."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from people.models import Person
from readiness.enums import CoachingState
from readiness.models import CoachingTask, Snapshot
from readiness.rule_services import install_weights
from surveys.enums import Dimension
from surveys.models import ConfidencePulse, Instrument, PublishedIndex, PublishedWave, Wave
from tenancy.scope import tenant_scope

QUARTER = "2026Q3"
LAST_DAY = dt.date(2026, 9, 30)
_numbers = itertools.count(1)


def make_pulse(person: Person, points: list[float] | None = None, quarter: str = QUARTER) -> ConfidencePulse:
    with tenant_scope(person.organization_id):
        return ConfidencePulse.objects.create(
            organization_id=person.organization_id,
            person=person,
            quarter=quarter,
            answers=[3] * 10,
            **dict(zip(Dimension.values, points or [50.0] * 5, strict=True)),
        )


def make_index(
    leader: Person,
    percent: float,
    closes_on: dt.date = dt.date(2026, 6, 30),
    n: int = 12,
    *,
    published_at: dt.datetime | None = None,
    about: str = "leader",
    **asked: object,
) -> PublishedIndex:
    """A published index of the leader's unit, in a wave of its own, out ten days after its end; `asked`: whom
    the wave asked."""
    number = next(_numbers)
    with tenant_scope(leader.organization_id):
        organization = {"organization_id": leader.organization_id}
        instrument = Instrument.objects.create(
            **organization,
            key=f"index-{number}",
            title="Leader index",
            about=about,
            minimum_answered=10,
            state="active",
        )
        wave = Wave.objects.create(
            **organization,
            instrument=instrument,
            title=f"Wave {number}",
            opens_on=closes_on - dt.timedelta(days=14),
            closes_on=closes_on,
            scale_low=12,
            scale_high=60,
            **asked,
            state="closed",
            imported=True,
        )
        mean = 12 + percent / 100 * 48
        cell = PublishedIndex.objects.create(
            **organization,
            wave=wave,
            unit=leader.unit,
            leader=leader,
            position=1,
            depth=1,
            state="published",
            n=n,
            mean=mean,
            percent=percent,
        )
        told = dt.datetime.combine(closes_on + dt.timedelta(days=10), dt.time(9), dt.UTC)
        counts = {"responses": n, "left_out": 0, "units": 1, "withheld": 0, "threshold": 5}
        PublishedWave.objects.create(**organization, wave=wave, published_at=published_at or told, **counts)
        wave.state = "published"
        wave.save()
        return cell


def make_snapshot(person: Person, total: float | None = 62.0, **fields: Any) -> Snapshot:
    """A score as the statement writes it; all dimensions alike unless told otherwise."""
    with tenant_scope(person.organization_id):
        state = "insufficient_evidence" if total is None else "flagged" if total < 70 else "on_track"
        values = {
            "quarter": QUARTER,
            "weights": install_weights(),
            "known": 0 if total is None else 31,
            "known_count": 0 if total is None else 5,
            "state": state,
            "earned": [None if total is None else int(total)] * 5,
            "due": [100] * 5,
            **dict.fromkeys(Dimension.values, total),
            **fields,
        }
        return Snapshot.objects.create(
            organization_id=person.organization_id, person=person, total=total, **values
        )


def make_task(snapshot: Snapshot, **fields: Any) -> CoachingTask:
    with tenant_scope(snapshot.organization_id):
        values = {
            "state": CoachingState.OPEN,
            "opened_on": dt.date(2026, 10, 15),
            "due_on": dt.date(2026, 11, 12),
            **fields,
        }
        return CoachingTask.objects.create(
            organization_id=snapshot.organization_id,
            person=snapshot.person,
            quarter=snapshot.quarter,
            snapshot=snapshot,
            **values,
        )
