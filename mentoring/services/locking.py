"""Locking a mentorship before anything about it is decided."""

from __future__ import annotations

from mentoring.models import Mentorship


def lock_mentorship(mentorship: Mentorship) -> Mentorship:
    """As it is now, with its two people; nobody else changes it until the transaction ends."""
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    return rows.get(pk=mentorship.pk)
