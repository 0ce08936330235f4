"""Locking what is decided about: a mentorship, or what somebody says of themselves."""

from __future__ import annotations

from mentoring.models import Mentorship
from people.member import Member
from people.models import Person


def lock_mentorship(mentorship: Mentorship) -> Mentorship:
    """As it is now, with its two people; nobody else changes it until the transaction ends."""
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    return rows.get(pk=mentorship.pk)


def wait_for_other_tabs(by: Member) -> None:
    """Of two presses of one person at once the second waits for the first, and then what it says holds."""
    Person.objects.select_for_update(no_key=True).get(pk=by.person_id)
