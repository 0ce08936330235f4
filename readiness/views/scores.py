"""How somebody's score is made."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.queries import Holding, holding_visible_to, stamps_of
from passport.reads import record_reads
from people.access import MemberRequest, member_view
from readiness.accounting import Evidence, account_of
from readiness.permissions import can_see_index
from readiness.pod_evidence import marked_pods_of, verified_capstones_of
from readiness.queries import index_behind, quarters_of, revisions_of
from surveys.queries import publication_days
from tenancy.jobs.periods import end_of, quarter_end, quarter_label
from web.shell import Crumb, Link


@member_view
def latest_score(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The newest score of a person."""
    find_holding(request, person_id)
    quarters = quarters_of(person_id)
    if not quarters:
        raise Http404
    return redirect("readiness:score", request.organization.slug, person_id, quarters[0])


@member_view
def score(request: MemberRequest, person_id: UUID, quarter: str) -> HttpResponse:
    """The arithmetic of one score, from the total down to the evidence."""
    holding = find_holding(request, person_id)
    revisions = list(revisions_of(person_id, quarter))
    if not revisions:
        raise Http404
    record_reads([person_id], ReadOf.SCORE, by=request.member)
    snapshot = revisions[0]
    index = index_behind(snapshot)
    withheld = index is not None and not can_see_index(
        request.member,
        person_id,
        index,
        published_on=publication_days([index.wave_id]).get(index.wave_id),
        on=timezone.localdate(),
    )
    slug = request.organization.slug
    context = {
        "holding": holding,
        "own": person_id == request.member.person_id,
        "snapshot": snapshot,
        "revisions": revisions,
        "account": account_of(snapshot, evidence_of(person_id, quarter), None if withheld else index),
        "index_withheld": withheld,
        "quarters": quarter_tabs(slug, person_id, quarter),
        "breadcrumbs": crumbs(request, holding, quarter),
    }
    return render(request, "readiness/score.html", context)


def evidence_of(person_id: UUID, quarter: str) -> Evidence:
    """What is attested of somebody, with pods and projects until the end of a quarter."""
    last = quarter_end(quarter)
    return Evidence(
        list(stamps_of(person_id)),
        marked_pods_of(person_id, end_of(last)),
        list(verified_capstones_of(person_id, last)),
    )


def find_holding(request: MemberRequest, person_id: UUID) -> Holding:
    """The Passport the score belongs to, or 404 when it is not the member's to see."""
    holding = holding_visible_to(request.member, person_id, on=timezone.localdate())
    if holding is None:
        raise Http404
    return holding


def quarter_tabs(slug: str, person_id: UUID, quarter: str) -> list[Link]:
    return [
        Link(
            quarter_label(each),
            reverse("readiness:score", args=[slug, person_id, each]),
            current=each == quarter,
        )
        for each in quarters_of(person_id)[:8]
    ]


def crumbs(request: MemberRequest, holding: Holding, quarter: str) -> list[Crumb]:
    slug, person = request.organization.slug, holding.person
    here = Crumb(_("Score of %(quarter)s") % {"quarter": quarter_label(quarter)})
    if person.pk == request.member.person_id:
        return [Crumb(_("Passport"), reverse("passport:mine", args=[slug])), here]
    title = _("Passport of %(name)s") % {"name": person.name}
    return [Crumb(title, reverse("passport:person", args=[slug, person.pk])), here]
