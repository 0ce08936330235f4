"""Changing the rule of matching."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.models import MatchWeights
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from mentoring.queries.rule import rule_in_force
from mentoring.services.presets import install_presets
from people.access import demand
from people.member import Member
from tenancy.turns import one_at_a_time


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as somebody wants it. Weights, bar and stickiness in whole percent."""

    interest: int
    availability: int
    past_success: int
    bar: int
    stickiness: int
    prior_weight: int
    years_ahead: int
    graded_availability: bool
    publishes_itself: bool
    remind_days: int
    answer_days: int


PERCENT = ("interest", "availability", "past_success", "bar", "stickiness")


def demand_whole(*weights: int) -> None:
    """ValidationError unless the weights, in percent, make up the whole score."""
    if sum(weights) != 100:
        message = _("The three weights sum to %(total)d %%, not to 100 %%.") % {"total": sum(weights)}
        raise ValidationError({"past_success": message})


def rule_of(weights: MatchWeights) -> Rule:
    """A version of the rule in the units in which people change it."""
    return Rule(
        **{
            name: round(100 * getattr(weights, name)) if name in PERCENT else getattr(weights, name)
            for name in Rule.__slots__
        }
    )


@transaction.atomic
def change_rule(rule: Rule, *, after: int, by: Member) -> MatchWeights:
    """Put a new version in force; `after` is the one its author saw. Runs keep the one they followed."""
    demand(can_keep_taxonomy(by), TAXONOMY_IS_KEPT_BY)
    demand_whole(rule.interest, rule.availability, rule.past_success)
    if rule.answer_days <= rule.remind_days:
        raise ValidationError({"answer_days": _("An offer lapses after the reminder, not before it.")})
    one_at_a_time("mentoring rule")
    install_presets()
    newest = rule_in_force()
    if newest.version != after:
        name = newest.set_by.name if newest.set_by else "ClinicLeader"
        raise ValidationError(
            _("Meanwhile %(name)s put version %(version)d in force. Look at it, then change it.")
            % {"name": name, "version": newest.version}
        )
    if rule == rule_of(newest):
        raise ValidationError(_("This is the rule in force already: nothing is changed."))
    values = {name: value / 100 if name in PERCENT else value for name, value in asdict(rule).items()}
    return MatchWeights.objects.create(version=newest.version + 1, set_by_id=by.person_id, **values)
