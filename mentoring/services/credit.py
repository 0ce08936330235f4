"""The rule of recognition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from mentoring.models import CreditRule
from mentoring.permissions import CREDIT_IS_RULED_BY, can_rule_credit
from people.access import demand
from people.member import Member
from tenancy.turns import one_at_a_time


@dataclass(frozen=True, slots=True)
class Terms:
    """A rule as somebody wants it."""

    from_year: int
    percent_fte: Decimal
    full_time_hours: int
    points: int
    award_raters: int
    grant_months: int


def change_credit_rule(terms: Terms, *, reason: str, by: Member) -> CreditRule:
    """Put a new version in force for a year and those after it. Years before keep theirs."""
    demand(can_rule_credit(by), CREDIT_IS_RULED_BY)
    with transaction.atomic():
        one_at_a_time("mentoring credit")  # two that change it at once become two versions
        last = CreditRule.objects.aggregate(last=Max("version"))["last"] or 0
        return CreditRule.objects.create(
            version=last + 1,
            reason=reason,
            changed_by_id=by.person_id,
            **{name: getattr(terms, name) for name in Terms.__slots__},
        )
