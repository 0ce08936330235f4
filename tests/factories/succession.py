"""One factory a model of succession."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from people.models import Appointment, Person, Position, TermException
from people.terms import years_later
from succession.enums import Band, CandidacyState, Intent, ReviewState, Rung
from succession.models import (
    Candidacy,
    Intention,
    LadderTask,
    Pool,
    PoolAction,
    PoolSnapshot,
    ReadinessAssessment,
    Scenario,
    TalentReview,
)
from tenancy.scope import tenant_transaction

OPENED_ON = dt.date(2026, 1, 5)
# What the table demands of each state.
_OF_STATE: dict[str, dict[str, Any]] = {
    CandidacyState.ASKED: {},
    CandidacyState.MEMBER: {"answered_on": OPENED_ON},
    CandidacyState.DECLINED: {"answered_on": OPENED_ON, "over_on": OPENED_ON},
    CandidacyState.LEFT: {"answered_on": OPENED_ON, "over_on": OPENED_ON},
}


def make_pool(position: Position, by: Person, **fields: Any) -> Pool:
    with tenant_transaction(position.organization_id):
        return Pool.objects.create(position=position, **{"opened_on": OPENED_ON, "opened_by": by, **fields})


def make_candidacy(
    pool: Pool,
    person: Person,
    by: Person,
    *,
    state: CandidacyState = CandidacyState.MEMBER,
    band: Band | None = None,
    **fields: Any,
) -> Candidacy:
    """With a rating by whoever proposed, where a band is given."""
    with tenant_transaction(pool.organization_id):
        made = Candidacy.objects.create(
            pool=pool,
            person=person,
            proposed_by=by,
            state=state,
            **{"proposed_on": OPENED_ON, "why": "Colleagues come to her.", **_OF_STATE[state], **fields},
        )
    if band is not None:
        make_rating(made, by, band)
    return made


def make_rating(candidacy: Candidacy, by: Person, band: Band, **fields: Any) -> ReadinessAssessment:
    with tenant_transaction(candidacy.organization_id):
        return ReadinessAssessment.objects.create(
            candidacy=candidacy,
            band=band,
            assessed_by=by,
            **{"evidence": "Led the ward through the move.", "assessed_on": timezone.localdate(), **fields},
        )


def make_scenario(by: Person, **fields: Any) -> Scenario:
    """Of no position at all."""
    told = {"vacancies": [[0], [0], [0]], "unfilled": [[0], [0], [0]]}
    figures = {"positions": 0, "candidacies": 0, "planned": told, "asked": None, "often": []}
    values = {"title": "As planned", "start": OPENED_ON, "runs": 10, "seed": 1, "figures": figures, **fields}
    with tenant_transaction(by.organization_id):
        return Scenario.objects.create(made_by=by, **values)


def make_term_exception(position: Position, person: Person, by: Person, **fields: Any) -> TermException:
    """Asked for today, for a year."""
    today = timezone.localdate()
    values = {"reason": "The merger.", "asked_on": today, "expires_on": years_later(today, 1), **fields}
    with tenant_transaction(position.organization_id):
        return TermException.objects.create(position=position, person=person, asked_by=by, **values)


def make_ladder_task(appointment: Appointment, rung: Rung, **fields: Any) -> LadderTask:
    """Due today."""
    values = {"due_on": timezone.localdate(), **fields}
    with tenant_transaction(appointment.organization_id):
        return LadderTask.objects.create(appointment=appointment, rung=rung, **values)


def make_intention(held: Appointment, intent: Intent, **fields: Any) -> Intention:
    """Declared today."""
    values = {"declared_on": timezone.localdate(), **fields}
    with tenant_transaction(held.organization_id):
        return Intention.objects.create(appointment=held, intent=intent, **values)


def make_talent_review(by: Person, facilitator: Person, **fields: Any) -> TalentReview:
    """Planned for today, of all pools."""
    values = {"title": "Autumn review", "held_on": timezone.localdate(), **fields}
    with tenant_transaction(by.organization_id):
        return TalentReview.objects.create(planned_by=by, facilitator=facilitator, **values)


def make_pool_snapshot(review: TalentReview, pool: Pool, **fields: Any) -> PoolSnapshot:
    """Of an open review: an empty pool, kept at once."""
    figures = dict.fromkeys(
        ("members", "ready_now", "one_two", "three_five", "later", "stale", "unassessed", "interim_cover"), 0
    )
    targets = {"ready_target": pool.ready_target, "soon_target": pool.soon_target}
    values = {
        "place": 1,
        "title": "Head of cardiology",
        "unit_name": "Cardiology",
        **figures,
        **targets,
        **fields,
    }
    with tenant_transaction(review.organization_id):
        if review.is_planned:
            review.state, review.opened_at = ReviewState.OPEN, timezone.now()
            review.save()
        return PoolSnapshot.objects.create(review=review, pool=pool, **values)


def make_pool_action(snapshot: PoolSnapshot, owner: Person, by: Person, **fields: Any) -> PoolAction:
    """Due today."""
    values = {"words": "Talk to her.", "due_on": timezone.localdate(), **fields}
    with tenant_transaction(snapshot.organization_id):
        return PoolAction.objects.create(snapshot=snapshot, owner=owner, given_by=by, **values)
