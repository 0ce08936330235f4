"""The secret address from which one's calendar reads the sessions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mentoring.models import CalendarFeed
from mentoring.services.locking import wait_for_other_tabs
from people.member import Member


@transaction.atomic
def make_feed(*, by: Member) -> CalendarFeed:
    """A new secret address for the own calendar; the one before answers no more."""
    wait_for_other_tabs(by)
    CalendarFeed.objects.filter(person=by.person_id).delete()
    return CalendarFeed.objects.create(person_id=by.person_id, made_at=timezone.now())


def revoke_feed(*, by: Member) -> None:
    """No address any more."""
    CalendarFeed.objects.filter(person=by.person_id).delete()
