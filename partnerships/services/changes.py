"""Noticing that one half has changed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from partnerships.enums import ChangeCause
from partnerships.models import Partner, PartnerChange
from partnerships.notices import partnerships as notices
from partnerships.queries.partnerships import not_over, partners_to_look_at
from people.enums import Role
from people.notices import notify
from people.role_queries import holders_of

FIRST_DAY_WITHOUT: Final = dt.timedelta(days=1)


@transaction.atomic
def notice_changes(*, on: dt.date) -> int:
    """Put on record who left, moved or lost the position, once each; whoever left is no partner any more. The
    others and HR are told. Gives how many."""
    changed = list(partners_to_look_at(on=on).select_for_update(of=("self",)))
    hr = set(holders_of(Role.HR_ADMIN)) if changed else set()
    for partner in changed:
        cause = cause_of(partner, on=on)
        if cause == ChangeCause.LEFT and partner.person.end_date is not None:
            partner.end_date = max(
                partner.person.end_date + FIRST_DAY_WITHOUT, partner.start_date + FIRST_DAY_WITHOUT
            )
            partner.save(update_fields=["end_date"])
        made = PartnerChange.objects.create(partner=partner, cause=cause, noticed_on=on)
        others = Partner.objects.filter(not_over(on), partnership=partner.partnership_id)
        told = set(others.exclude(person=partner.person_id).values_list("person_id", flat=True)) | hr
        notify(told, notices.half_changed(made))
    return len(changed)


def cause_of(partner: Partner, *, on: dt.date) -> ChangeCause:
    """The gravest of what happened: to have left says more than to have moved."""
    if partner.person.has_left(on):
        return ChangeCause.LEFT
    return ChangeCause.MOVED if partner.person.unit_id != partner.unit_id else ChangeCause.APPOINTMENT
