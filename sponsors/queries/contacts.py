"""Questions about contacts, each a function that returns a queryset."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from sponsors.enums import ContactReaders
from sponsors.models import Contact
from sponsors.seats import Seat

NEWEST: Final = 4


def contacts() -> QuerySet[Contact]:
    """With the people in it, the latest first."""
    found = Contact.objects.select_related("leader", "author", "whom")
    return found.order_by("-on", "-logged_at", "pk")


def contacts_shown_to(seat: Seat) -> QuerySet[Contact]:
    """In one leader's clinic: one's own, and what was shared with the seat."""
    shown = Q(author=seat.person_id)
    if seat.is_in_team:
        shown |= Q(readers=ContactReaders.TEAM)
    if seat.reads_private:
        shown |= Q(readers=ContactReaders.PRIVATE)
    return contacts().filter(shown, leader=seat.leader_id)


def newest_contacts(seat: Seat) -> QuerySet[Contact]:
    """As many as a chart has."""
    return contacts_shown_to(seat)[:NEWEST]


def contacts_by(person_id: UUID) -> QuerySet[Contact]:
    """What somebody logged, in whichever clinic."""
    return contacts().filter(author=person_id)
