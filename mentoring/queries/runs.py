"""Questions about matchings: runs, their pairs and who was left out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mentoring.enums import ProposalState, RunOrigin, RunState, Tier
from mentoring.models import LeftOut, MatchRun, PairRule, Proposal
from people.enums import Role
from people.member import Member
from people.models import Cohort, RoleGrant

FINISHED = (RunState.DONE, RunState.PUBLISHED, RunState.SUPERSEDED)
UNDER_WAY = (RunState.PREPARED, RunState.RUNNING)
COMPARED = 10


def cohorts_directed_by(member: Member) -> QuerySet[Cohort]:
    """Whom a member may match."""
    cohorts = Cohort.objects.select_related("programme").order_by("-start_date", "name")
    return cohorts if member.directs_everyone else cohorts.filter(pk__in=member.directed_cohorts)


def runs_visible_to(member: Member) -> QuerySet[MatchRun]:
    """Matchings of the cohorts that a member directs, without what only single pages need."""
    runs = MatchRun.objects.select_related("cohort", "requested_by").defer("proof", "places")
    return runs if member.directs_everyone else runs.filter(cohort__in=member.directed_cohorts)


def run_visible_to(member: Member, run_id: UUID) -> MatchRun | None:
    return runs_visible_to(member).select_related("weights", "published_by").filter(pk=run_id).first()


def quarterly_runs_ready(member: Member, *, cycle: str) -> QuerySet[MatchRun]:
    """The quarter's matchings of the cohorts that a member directs, which nobody has published yet."""
    ready = runs_visible_to(member).filter(origin=RunOrigin.QUARTERLY, state=RunState.DONE, cycle=cycle)
    return ready.order_by("cohort__name", "pk")


def runs_to_compare(run: MatchRun) -> QuerySet[MatchRun]:
    """The latest other finished matchings of the cohort."""
    others = MatchRun.objects.filter(cohort=run.cohort_id, state__in=FINISHED).exclude(pk=run.pk)
    return others.select_related("requested_by").defer("proof", "places").order_by("-requested_at")[:COMPARED]


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Pairs of a run: all, still to publish, told to both at once, changed by the director, held back."""

    pairs: int
    proposed: int
    above_bar: int
    overridden: int
    withheld: int


def pair_counts(run: MatchRun) -> PairCounts:
    """Of the columns of one index: what else a pair holds makes it large."""
    proposed = Q(state=ProposalState.PROPOSED)
    return PairCounts(
        **pairs_of(run).aggregate(
            pairs=Count("run"),
            proposed=Count("run", filter=proposed),
            above_bar=Count("run", filter=Q(score__gt=run.bar)),
            overridden=Count("run", filter=~Q(instead_of=None)),
            withheld=Count("run", filter=proposed & ~Q(problem="")),
        )
    )


def pairs_of(run: MatchRun) -> QuerySet[Proposal]:
    """The pairs a run proposes now, those that the director replaced left out."""
    return Proposal.objects.filter(run=run).exclude(state=ProposalState.REPLACED)


def pairs_to_show(run: MatchRun, *, tier: str = "", only: str = "") -> QuerySet[Proposal]:
    """With the people; of one tier, and below the bar, new, changed or held back, where asked."""
    pairs = pairs_of(run).select_related("mentee__unit", "mentor__unit").defer("alternatives")
    if tier in Tier.values:
        pairs = pairs.filter(tier=tier)
    narrower = {
        "below": Q(score__lte=run.bar),
        "above": Q(score__gt=run.bar),
        "new": Q(running=False),
        "overridden": ~Q(instead_of=None),
        "withheld": ~Q(problem=""),
    }
    return pairs.filter(narrower[only]) if only in narrower else pairs


def pair_visible_to(member: Member, pair_id: UUID) -> Proposal | None:
    """A pair of a matching that a member may see."""
    pairs = Proposal.objects.select_related("run__cohort", "mentee__unit", "mentor__unit", "instead_of")
    if not member.directs_everyone:
        pairs = pairs.filter(run__cohort__in=member.directed_cohorts)
    return pairs.filter(pk=pair_id).first()


def left_out_of(run: MatchRun) -> QuerySet[LeftOut]:
    return LeftOut.objects.filter(run=run).select_related("mentee__unit").order_by("cause", "tier", "pk")


def left_out_causes(run: MatchRun) -> list[tuple[str, str, int]]:
    """(tier, cause, how many), the most frequent first."""
    counted = LeftOut.objects.filter(run=run).values_list("tier", "cause").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "tier", "cause"))


def directors_of(cohort_id: UUID) -> set[UUID]:
    """Who directs a cohort: its own programme directors, and those of everything."""
    grants = RoleGrant.objects.filter(Q(cohort=None) | Q(cohort=cohort_id), role=Role.PROGRAMME_DIRECTOR)
    return set(grants.values_list("person_id", flat=True))


def rules_of_pairs(cohort: Cohort) -> QuerySet[PairRule]:
    """The director's word on pairs of a cohort, the newest first."""
    rules = PairRule.objects.filter(cohort=cohort).select_related("mentee", "mentor", "set_by")
    return rules.order_by("-set_at", "pk")


def pair_rules_directed_by(member: Member) -> QuerySet[PairRule]:
    """The rules of the cohorts that a member directs."""
    return PairRule.objects.filter(cohort__in=cohorts_directed_by(member).order_by())
