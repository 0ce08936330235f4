"""The director's word on single pairs: locks and exclusions for every run, and another mentor in one run."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring.enums import PairRuleKind, ProposalState, RunState, Side, Tier
from mentoring.matching.parts import ScoreParts
from mentoring.models import MatchProfile, MatchRun, PairRule, Proposal
from mentoring.permissions import MATCHING_IS_RUN_BY, can_direct_cohort
from mentoring.queries.runs import pairs_of
from people.access import demand
from people.member import Member
from people.models import Cohort, CohortMembership, Person
from tenancy.scope import because


def rule_pair(
    cohort: Cohort,
    *,
    mentee: Person,
    mentor: Person,
    kind: PairRuleKind,
    tier: Tier | None,
    reason: str,
    by: Member,
) -> PairRule:
    """Keep two people together in a tier, or apart in one or in all, for every run from now on."""
    demand(can_direct_cohort(by, cohort.pk), MATCHING_IS_RUN_BY)
    if mentee.pk == mentor.pk:
        raise ValidationError({"mentor": _("Nobody mentors themselves.")})
    if not CohortMembership.objects.filter(cohort=cohort, person=mentee).exists():
        raise ValidationError({"mentee": _("%(name)s is not in this cohort.") % {"name": mentee.name}})
    if kind == PairRuleKind.LOCK and tier is None:
        raise ValidationError({"tier": _("Say in which tier the two are kept together.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Give a reason.")})
    rule = PairRule(
        cohort=cohort, mentee=mentee, mentor=mentor, kind=kind, tier=tier or "", reason=reason.strip()
    )
    rule.set_by_id = by.person_id
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        message = _(
            "There is a rule for this pair, or a lock of this mentee in the tier, already: remove it first."
        )
        raise ValidationError(message) from error
    return rule


def remove_pair_rule(rule: PairRule, *, by: Member) -> None:
    """Take the word back; runs that are done keep what they followed."""
    demand(can_direct_cohort(by, rule.cohort_id), MATCHING_IS_RUN_BY)
    rule.delete()


@transaction.atomic
def override_pair(proposal: Proposal, *, mentor_id: UUID, reason: str, by: Member) -> Proposal:
    """Propose another eligible mentor instead, with a reason; the matcher's pair is kept as replaced."""
    demand(can_direct_cohort(by, proposal.run.cohort_id), MATCHING_IS_RUN_BY)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the mentor and the mentee read it.")})
    run = MatchRun.objects.select_for_update(no_key=True).get(pk=proposal.run_id)
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if run.state not in {RunState.DONE, RunState.PUBLISHED} or locked.state != ProposalState.PROPOSED:
        raise ValidationError(_("This pair was published or replaced meanwhile."))
    chosen = next(
        (each for each in locked.alternatives if each["mentor"] == str(mentor_id) and each["open"]), None
    )
    if chosen is None:
        raise ValidationError({"mentor": _("Choose one of the mentors below.")})
    _demand_room(run, mentor_id, locked.tier)
    with because(reason.strip()):
        locked.state = ProposalState.REPLACED
        locked.save(update_fields=["state"])
        return Proposal.objects.create(
            run=run,
            mentee_id=locked.mentee_id,
            mentor_id=mentor_id,
            tier=locked.tier,
            sentence=chosen["sentence"],
            alternatives=[
                _as_alternative(locked),
                *(each for each in locked.alternatives if each is not chosen),
            ],
            instead_of_id=locked.instead_of_id or locked.mentor_id,
            reason=reason.strip(),
            **{name: chosen[name] for name in ScoreParts.__slots__},
        )


def _as_alternative(proposal: Proposal) -> dict[str, Any]:
    """The matcher's own pair among the alternatives of the one that replaces it."""
    return {
        "mentor": str(proposal.mentor_id),
        "why": _("The matcher's choice."),
        "open": True,
        "sentence": proposal.sentence,
        **{name: getattr(proposal, name) for name in ScoreParts.__slots__},
    }


def _demand_room(run: MatchRun, mentor_id: UUID, tier: str) -> None:
    """ValidationError where the run has given all places of the mentor away."""
    places = MatchProfile.objects.filter(run=run, person=mentor_id, tier=tier, side=Side.MENTOR).values_list(
        "places", flat=True
    )
    given = pairs_of(run).filter(mentor=mentor_id, tier=tier).count()
    if given >= (places.first() or 0):
        message = _(
            "All places of this mentor are given in this matching. "
            "Choose another one, or match again with more places."
        )
        raise ValidationError({"mentor": message})
