"""Asking for a matching, and freezing what it is told; mentoring/services/matching.py does the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import RunOrigin, RunState, Side, Tier
from mentoring.models import MatchRun, MatchWeights, Tag
from mentoring.notices import runs as notices
from mentoring.permissions import MATCHING_IS_RUN_BY, can_direct_cohort
from mentoring.queries.rule import rule_in_force
from mentoring.queries.runs import UNDER_WAY
from mentoring.services.freezing import freeze_profiles
from mentoring.services.presets import install_presets
from mentoring.services.rule import demand_whole
from mentoring.services.rule_of_run import plain_rule
from people.access import demand
from people.member import Member
from people.models import Cohort
from people.notices import notify
from tenancy.jobs import request_run
from tenancy.jobs.periods import quarter_of

FREEZE_JOB: Final = "mentoring.freeze"
MATCH_JOB: Final = "mentoring.match"

WEIGHTS: Final = ("interest", "availability", "past_success")
PERCENT: Final = (*WEIGHTS, "stickiness", "floor")
MOST_UNDER_WAY: Final = 5  # of a cohort: each may take minutes of the workers that everybody waits for

Places = Mapping[UUID, Mapping[Tier, int]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What the director tries: weights in place of those in force, and places of single mentors."""

    tiers: Sequence[Tier]
    weights: Mapping[str, float]  # interest, availability, past_success: 0 to 1
    stickiness: float
    floor: float  # pairs that score below it are not proposed, 0 to 1
    places: Places
    note: str = ""


def trial_of(percent: Mapping[str, int], *, tiers: Sequence[Tier], places: Places, note: str = "") -> Trial:
    """A trial as people state it: the weights, stickiness and floor in whole percent."""
    return Trial(
        tiers=tiers,
        weights={name: percent[name] / 100 for name in WEIGHTS},
        stickiness=percent["stickiness"] / 100,
        floor=percent["floor"] / 100,
        places=places,
        note=note,
    )


def request_match(cohort: Cohort, trial: Trial, *, by: Member) -> MatchRun:
    """Have a cohort matched by the rule in force with what the director tries; proposals only."""
    demand(can_direct_cohort(by, cohort.pk), MATCHING_IS_RUN_BY)
    if not trial.tiers:
        raise ValidationError({"tiers": _("Choose at least one tier.")})
    demand_whole(*(round(100 * weight) for weight in trial.weights.values()))
    if MatchRun.objects.filter(cohort=cohort, state__in=UNDER_WAY).count() >= MOST_UNDER_WAY:
        raise ValidationError(_("Several matchings of this cohort are under way: wait until one is done."))
    with transaction.atomic():
        return _ask(
            cohort,
            list(trial.tiers),
            tried={**trial.weights, "stickiness": trial.stickiness, "floor": trial.floor},
            places={
                str(person): {str(tier): number for tier, number in of_tiers.items()}
                for person, of_tiers in trial.places.items()
            },
            note=trial.note,
            requested_by_id=by.person_id,
        )


def request_refresh(cohort: Cohort, *, cycle: str) -> MatchRun:
    """Have a cohort matched again for a quarter by the rule in force, without anybody asking."""
    return _ask(cohort, list(Tier), origin=RunOrigin.QUARTERLY, cycle=cycle)


def _ask(
    cohort: Cohort, tiers: list[Tier], *, tried: Mapping[str, Any] | None = None, **fields: Any
) -> MatchRun:
    weights = _saved_rule()
    run = MatchRun.objects.create(
        cohort=cohort,
        tiers=[str(tier) for tier in Tier if tier in tiers],
        weights=weights,
        rule=plain_rule(weights, **(tried or {})),
        **{"cycle": quarter_of(timezone.localdate()), **fields},
    )
    request_run(FREEZE_JOB, str(run.pk), by=run.requested_by_id)
    return run


def _saved_rule() -> MatchWeights:
    install_presets()
    return rule_in_force()


def freeze_run(run: MatchRun, *, on: dt.date) -> None:
    """Freeze what the run is told and have it matched; a run that has nobody on a side says so and ends.

    The matcher's login sees what is committed, so matching is a job of its own.
    """
    if run.state != RunState.PREPARED:
        return
    people = freeze_profiles(run, on=on)
    if not people[Side.MENTEE]:
        fail_run(run, _("Nobody in this cohort can be matched today: it is empty, or everybody is leaving."))
    elif not people[Side.MENTOR]:
        fail_run(run, _("Nobody offers to mentor in these tiers today. Invite mentors, then match again."))
    else:
        run.state = RunState.RUNNING
        run.figures = {"tags": tag_names(on)}
        run.save(update_fields=["state", "figures"])
        request_run(MATCH_JOB, str(run.pk), by=run.requested_by_id)


def fail_run(run: MatchRun, problem: str) -> None:
    """End a run that cannot be matched, with the reason in words; whoever asked is told."""
    run.state, run.problem, run.finished_at = RunState.FAILED, problem[:300], timezone.now()
    run.save(update_fields=["state", "problem", "finished_at"])
    if run.requested_by_id:
        notify([run.requested_by_id], notices.run_failed(run.pk, run.cohort.name))


def tag_names(on: dt.date) -> list[str]:
    """The tags in the order in which the frozen profiles number them (sql/freeze_mentees.sql)."""
    retired = Tag.objects.filter(retired_on__lte=on)
    return list(Tag.objects.exclude(pk__in=retired).order_by("pk").values_list("name", flat=True))
