"""Changing the rule of the score: weights, the recipe of each dimension, the quarter they count from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from readiness.evidence import floats, rule_of, scores_from
from readiness.models import Snapshot, WeightSet
from readiness.models.weights import SHARES
from readiness.permissions import WEIGHTS_ARE_SET_BY, can_change_weights
from readiness.preview import Preview, compare_rules
from readiness.queries import evidence_of_quarter, newest_scored_quarter
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_end, quarter_label, quarter_of
from tenancy.turns import one_at_a_time

Five = tuple[int, int, int, int, int]
QUARTERS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """A rule as somebody wants it, in whole percent; five numbers are in the order of the dimensions."""

    weights: Five
    confidence_shares: Five
    milestone_shares: Five
    pod_shares: Five
    capstone_shares: Five
    index_shares: Five
    flag_below: int
    minimum_known: int
    effective_quarter: str


def install_weights() -> WeightSet:
    """The newest version of the rule; the default one becomes version 1 where there is none yet."""
    WeightSet.objects.bulk_create(
        [WeightSet(version=1, reason=_("The rule this product starts with"))], ignore_conflicts=True
    )
    return WeightSet.objects.latest("version")


def version_of(weights: Weights) -> WeightSet:
    """A rule as the version it would be, without number and reason; nothing is written."""
    values = {name: list(getattr(weights, name)) for name in SHARES}
    return WeightSet(
        effective_quarter=weights.effective_quarter,
        flag_below=weights.flag_below,
        minimum_known=weights.minimum_known,
        **dict(zip(Dimension.values, weights.weights, strict=True)),
        **values,
    )


def check_weights(weights: Weights) -> None:
    """What the table's constraints say, as messages beside the fields, which are named as in the form."""
    problems: dict[str, list[str]] = {}
    total = sum(weights.weights)
    if total != 100:
        words = _("The five weights sum to %(total)d %%, not to 100 %%.") % {"total": total}
        problems[Dimension.values[-1]] = [words]
    for place, dimension in enumerate(Dimension):
        recipe = [getattr(weights, shares)[place] for shares in SHARES]
        if recipe[0] > 30:
            words = _("Self-confidence makes 30 % of a dimension at most.")
            problems[f"{dimension}_confidence_shares"] = [words]
        if sum(recipe) != 100:
            words = _("What makes %(dimension)s sums to %(total)d %%, not to 100 %%.")
            said = words % {"dimension": dimension.label.lower(), "total": sum(recipe)}
            problems[f"{dimension}_{SHARES[-1]}"] = [said]
    if problems:
        raise ValidationError(problems)


def change_weights(weights: Weights, *, reason: str, by: Member) -> WeightSet:
    """Add a version of the rule that counts from a quarter that runs or is to come, and is not scored yet.
    Quarters that are scored keep theirs."""
    demand(can_change_weights(by), WEIGHTS_ARE_SET_BY)
    check_weights(weights)
    with transaction.atomic():
        one_at_a_time("readiness weights")
        one_at_a_time(scoring_of(weights.effective_quarter))
        _check_quarter(weights.effective_quarter)
        newest = install_weights()
        version = version_of(weights)
        version.version, version.reason, version.changed_by_id = newest.version + 1, reason, by.person_id
        version.save(force_insert=True)
        return version


def preview_weights(weights: Weights, *, by: Member) -> Preview | None:
    """What a rule would have made of the newest quarter that is scored, or None. Nothing is written."""
    demand(can_change_weights(by), WEIGHTS_ARE_SET_BY)
    check_weights(weights)
    return preview_of(version_of(weights))


def preview_of(version: WeightSet) -> Preview | None:
    """The same for a version that need not be stored, from the evidence kept in the scores."""
    quarter = newest_scored_quarter()
    if quarter is None:
        return None
    snapshots = evidence_of_quarter(quarter)
    scores = scores_from(snapshots, rule_of(version))
    totals = floats([[each.total] for each in snapshots])[:, 0]
    states = ([each.state for each in snapshots], scores.state.tolist())
    return compare_rules(quarter, states, (totals, scores.total))


def coming_quarters(today: dt.date) -> list[str]:
    """The quarters from which a change may count: the running one, and as many after it as are planned."""
    quarters = [quarter_of(today)]
    while len(quarters) < QUARTERS_AHEAD:
        quarters.append(quarter_of(quarter_end(quarters[-1]) + dt.timedelta(days=1)))
    return quarters


def scoring_of(quarter: str) -> str:
    """The turn in which a quarter is scored."""
    return f"readiness scores {quarter}"


def _check_quarter(quarter: str) -> None:
    if quarter not in coming_quarters(timezone.localdate()):
        words = _("Choose the running quarter or one of the next two years.")
        raise ValidationError({"effective_quarter": words})
    if Snapshot.objects.filter(quarter=quarter).exists():
        words = _("%(quarter)s is scored already and keeps its rule. Choose a later quarter.")
        raise ValidationError({"effective_quarter": words % {"quarter": quarter_label(quarter)}})
