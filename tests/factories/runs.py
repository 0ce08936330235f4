"""One factory a model of matching: runs, their pairs, and the director's word on pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from mentoring.enums import PairRuleKind, RunState, Tier
from mentoring.models import LeftOut, MatchRun, MatchWeights, PairRule, Proposal
from mentoring.services.rule_of_run import plain_rule
from people.models import Cohort, Person
from tenancy.scope import tenant_transaction

NOON = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)


def make_run(cohort: Cohort, tiers: Iterable[Tier] = (Tier.SENIOR,), **fields: Any) -> MatchRun:
    """A run that follows the newest rule, or the playbook's."""
    with tenant_transaction(cohort.organization_id):
        weights = MatchWeights.objects.order_by("-version").first()
        weights = weights or MatchWeights.objects.create(organization_id=cohort.organization_id, version=1)
        values = {"cycle": "2026Q4", "rule": plain_rule(weights), "weights": weights, **fields}
        return MatchRun.objects.create(
            organization_id=cohort.organization_id, cohort=cohort, tiers=list(tiers), **values
        )


def make_finished_run(cohort: Cohort, tiers: Iterable[Tier] = (Tier.SENIOR,), **fields: Any) -> MatchRun:
    """Four of five mentees covered in each tier, whatever pairs are made besides."""
    tiers = list(tiers)
    values = {
        "state": RunState.DONE,
        "finished_at": NOON,
        "input_hash": "0" * 64,
        "code_version": "1",
        "proof": {str(tier): {"gap": 0} for tier in tiers},
        "figures": {"tags": [], "tiers": {str(tier): some_figures() for tier in tiers}},
    }
    return make_run(cohort, tiers, **{**values, **fields})


def some_figures() -> dict[str, Any]:
    """Of one tier, as mentoring.blind.outcome makes them."""
    summary = {
        "mentees": 5,
        "covered": 4,
        "total": 26_000,
        "mean": 6_500.0,
        "worst": 4_200,
        "places": 6,
        "full": 1,
        "most_load": 2,
        "running": 1,
        "continuable": 1,
        "kept": 0,
        "changed": 1,
        "ended": 0,
        "new": 4,
        "blocking": 2,
    }
    return {
        **summary,
        "before": {**summary, "covered": 1, "total": 4_000, "mean": 4_000.0, "worst": 4_000},
        "stable": {**summary, "covered": 3, "total": 25_000},
        "highest_total": summary,
        "tenths": [0, 0, 0, 0, 1, 0, 1, 1, 1, 0],
        "loads": [[0, 1], [2, 2]],
    }


def make_proposal(
    run: MatchRun, mentee: Person, mentor: Person, tier: Tier = Tier.SENIOR, **fields: Any
) -> Proposal:
    """A pair with 70 of 100 points, unless its parts say otherwise."""
    with tenant_transaction(run.organization_id):
        values = {
            "interest": 2_500,
            "availability": 3_000,
            "past_success": 1_500,
            "sentence": "Fits.",
            **fields,
        }
        values.setdefault("score", sum(values[part] for part in ("interest", "availability", "past_success")))
        return Proposal.objects.create(
            organization_id=run.organization_id, run=run, mentee=mentee, mentor=mentor, tier=tier, **values
        )


def make_left_out(
    run: MatchRun,
    mentee: Person,
    tier: Tier = Tier.SENIOR,
    cause: str = "nobody_eligible",
    **fields: Any,
) -> LeftOut:
    with tenant_transaction(run.organization_id):
        return LeftOut.objects.create(
            organization_id=run.organization_id, run=run, mentee=mentee, tier=tier, cause=cause, **fields
        )


def make_pair_rule(
    cohort: Cohort, mentee: Person, mentor: Person, kind: PairRuleKind, *, by: Person, **fields: Any
) -> PairRule:
    with tenant_transaction(cohort.organization_id):
        values = {"reason": "They know why.", **fields}
        return PairRule.objects.create(
            organization_id=cohort.organization_id,
            cohort=cohort,
            mentee=mentee,
            mentor=mentor,
            kind=kind,
            set_by=by,
            **values,
        )
