"""Locking what is decided about: a mentorship, or what somebody says of themselves."""

from __future__ import annotations

from django.db.models import Q

from mentoring.enums import ALIVE
from mentoring.models import Mentorship
from people.member import Member
from people.models import Person


def lock_mentorship(mentorship: Mentorship) -> Mentorship:
    """As it is now, with its two people; nobody else changes it until the transaction ends.

    With it whatever else lives in this tier of the mentee, which may begin or end with it: all in one order,
    so that no two wait for each other.
    """
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    beside = Q(mentee=mentorship.mentee_id, tier=mentorship.tier, state__in=ALIVE)
    found = list(rows.filter(Q(pk=mentorship.pk) | beside).order_by("pk"))
    return next(each for each in found if each.pk == mentorship.pk)


def wait_for_other_tabs(by: Member) -> None:
    """Of two presses of one person at once the second waits for the first, and then what it says holds."""
    Person.objects.select_for_update(no_key=True).get(pk=by.person_id)
