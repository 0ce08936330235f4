"""Questions about reverse mentoring."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mentoring.models import ReverseMentoring
from mentoring.permissions import can_organise_alumni
from people.member import Member


def reverse_visible_to(member: Member) -> QuerySet[ReverseMentoring]:
    """All for whoever arranges them; one's own for others; running ones first, the newest first."""
    found = ReverseMentoring.objects.select_related("junior", "senior")
    if not can_organise_alumni(member):
        found = found.filter(Q(junior=member.person_id) | Q(senior=member.person_id))
    return found.order_by("-started_on", "pk")
