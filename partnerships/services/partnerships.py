"""Registering a partnership, writing its charter, ending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import Part
from partnerships.models import Partnership
from partnerships.notices import partnerships as notices
from partnerships.permissions import (
    CHARTER_IS_KEPT_BY,
    PARTNERS_ARE_CHANGED_BY,
    PARTNERSHIPS_ARE_REGISTERED_BY,
    can_change_partners,
    can_keep_charter,
    can_register_partnership,
)
from partnerships.services.locking import locked, require_running
from partnerships.services.partners import Newcomer, seat_partner
from people.access import demand
from people.member import Member
from people.models import Unit
from people.notices import notify

AHEAD: Final = dt.timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Founding:
    """A partnership as somebody registers it."""

    unit: Unit
    newcomers: Sequence[Newcomer]
    charter: str
    since: dt.date


@transaction.atomic
def register_partnership(founding: Founding, *, by: Member) -> Partnership:
    """A physician and an administrator lead a unit together, perhaps with a nurse leader. All are told."""
    demand(can_register_partnership(by, founding.unit.pk), PARTNERSHIPS_ARE_REGISTERED_BY)
    parts = {each.part for each in founding.newcomers}
    if not parts >= {Part.PHYSICIAN, Part.ADMINISTRATOR}:
        raise ValidationError(_("A partnership begins with a physician and an administrator."))
    if not founding.charter.strip():
        raise ValidationError({"charter": _("Say what the partnership is for.")})
    if founding.since > timezone.localdate() + AHEAD:
        raise ValidationError({"since": _("Choose a day within two years from today.")})
    made = Partnership.objects.create(
        unit=founding.unit, charter=founding.charter.strip(), start_date=founding.since
    )
    for newcomer in founding.newcomers:
        seat_partner(made, newcomer, since=founding.since)
    told = {each.person.pk for each in founding.newcomers} - {by.person_id}
    notify(told, notices.registered(made))
    return made


@transaction.atomic
def write_charter(partnership: Partnership, charter: str, *, revision: int, by: Member) -> Partnership:
    """In other words from now on. `revision`: what the page showed; somebody else's words are not lost."""
    kept = locked(partnership)
    demand(can_keep_charter(by, kept.partner_ids), CHARTER_IS_KEPT_BY)
    require_running(kept)
    if kept.revision != revision:
        raise ValidationError(
            {"charter": _("It was changed meanwhile. It now says: %(charter)s") % {"charter": kept.charter}}
        )
    if not charter.strip():
        raise ValidationError({"charter": _("Say what the partnership is for.")})
    kept.charter, kept.revision = charter.strip(), revision + 1
    kept.save(update_fields=["charter", "revision"])
    return kept


@transaction.atomic
def end_partnership(partnership: Partnership, *, by: Member) -> Partnership:
    """Over from today; everything that was agreed and logged stays."""
    kept = locked(partnership)
    demand(can_change_partners(by, kept.partner_ids), PARTNERS_ARE_CHANGED_BY)
    require_running(kept)
    today = timezone.localdate()
    # One that begins today or later has had a day.
    kept.end_date = max(today, kept.start_date + dt.timedelta(days=1))
    kept.save(update_fields=["end_date"])
    notify(kept.partner_ids - {by.person_id}, notices.ended(kept))
    return kept
