"""One at a time in a partnership."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.permissions import CHARTER_IS_KEPT_BY, can_keep_charter
from partnerships.queries.partnerships import partnerships
from people.access import demand
from people.member import Member


def locked(partnership: Partnership) -> Partnership:
    """As it is now, with its partners of today; whoever else changes something of it waits until the end of
    the transaction."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    return partnerships(on=timezone.localdate()).get(pk=partnership.pk)


def locked_by_partner(partnership: Partnership, by: Member) -> Partnership:
    """The same, for what only the partners do while it goes on."""
    kept = locked(partnership)
    demand(can_keep_charter(by, kept.partner_ids), CHARTER_IS_KEPT_BY)
    require_running(kept)
    return kept


def require_running(partnership: Partnership) -> None:
    if partnership.end_date is not None:
        raise ValidationError(_("This partnership is over. What was written stays as it is."))
