"""Who may mentor whom, for pairs that people make themselves. The matcher keeps the same rules in arrays."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import MentorshipState, Tier
from mentoring.models import Capacity, Mentorship
from mentoring.queries.rule import rule_in_force
from mentoring.tiers import is_ahead_enough
from mentoring.training import level_of
from people.models import Person, ReportingLine
from people.queries import in_force


def demand_possible(mentor: Person, mentee: Person, tier: Tier) -> None:
    """ValidationError with the first rule that a pair would break."""
    today = timezone.localdate()
    if mentor.pk == mentee.pk:
        raise ValidationError(_("Nobody mentors themselves."))
    for person in (mentor, mentee):
        if person.has_left(today):
            raise ValidationError(_("%(name)s no longer works here.") % {"name": person.name})
    if ReportingLine.objects.filter(in_force(today), person=mentee.pk, manager=mentor.pk).exists():
        raise ValidationError(
            _("%(mentor)s is the immediate leader of %(mentee)s: a mentor stands outside the line.")
            % {"mentor": mentor.name, "mentee": mentee.name}
        )
    _demand_level(mentor, mentee, tier)
    _demand_place(mentor, tier)


def demand_welcome(mentor: Person, mentee: Person) -> None:
    """ValidationError if one of them declined the other before: such a pair is not proposed again."""
    if was_declined(mentor, mentee):
        raise ValidationError(_("This pair was declined before and is not proposed again."))


def was_declined(mentor: Person, mentee: Person) -> bool:
    declined = Mentorship.objects.filter(state=MentorshipState.DECLINED)
    return declined.filter(mentor=mentor.pk, mentee=mentee.pk).exists()


def _demand_level(mentor: Person, mentee: Person, tier: Tier) -> None:
    years = rule_in_force().years_ahead
    if is_ahead_enough(tier, mentor=level_of(mentor), mentee=level_of(mentee), years_ahead=years):
        return
    if tier == Tier.PEER:
        raise ValidationError(
            ngettext(
                "A peer mentor is at least one training year ahead of somebody in training.",
                "A peer mentor is at least %(years)d training years ahead of somebody in training.",
                years,
            )
            % {"years": years}
        )
    raise ValidationError(_("A senior attending is further on than the mentee."))


def _demand_place(mentor: Person, tier: Tier) -> None:
    offered = Capacity.objects.filter(mentor__person=mentor.pk, mentor__offering=True, tier=tier).first()
    if offered is None:
        raise ValidationError(no_places(mentor.name, tier))
    if offered.free < 1:
        raise ValidationError(all_taken(mentor.name, tier))


def no_places(name: str, tier: Tier) -> str:
    words = _("%(name)s offers no places as %(tier)s.")
    return words % {"name": name, "tier": str(tier.label).lower()}


def all_taken(name: str, tier: Tier) -> str:
    words = _("All places of %(name)s as %(tier)s are taken.")
    return words % {"name": name, "tier": str(tier.label).lower()}
