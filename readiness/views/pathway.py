"""Where somebody could go."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.reads import record_reads
from people.access import MemberRequest, member_view
from readiness.pathways.advice import FEWEST_STAMPS, NEAREST, advise
from readiness.pathways.evidence import evidence_of
from readiness.pathways.words import action_lines, role_lines, role_name
from readiness.queries import roles_in_force
from readiness.views.scores import find_holding
from web.shell import Crumb


@member_view
def pathway(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The roles nearest to somebody, what is missing, and what to do next, each with its rule."""
    holding = find_holding(request, person_id)
    record_reads([person_id], ReadOf.PASSPORT, by=request.member)
    slug, own = request.organization.slug, person_id == request.member.person_id
    roles = roles_in_force()
    advice = advise(roles, evidence_of(person_id, on=timezone.localdate()))
    lines = role_lines(advice, roles)
    passport = reverse("passport:person", args=[slug, person_id])
    title = _("Passport") if own else _("Passport of %(name)s") % {"name": holding.person.name}
    context = {
        "holding": holding,
        "own": own,
        "passport_url": passport,
        "enough": advice.enough,
        "fewest": FEWEST_STAMPS,
        "nearest": lines[:NEAREST],
        "further": lines[NEAREST:],
        "reached": [role_name(role) for role in roles if role.key in advice.reached],
        "actions": action_lines(advice, slug, person_id),
        "breadcrumbs": [Crumb(title, passport), Crumb(_("Where could I go?") if own else _("Where next?"))],
    }
    return render(request, "readiness/pathway.html", context)
