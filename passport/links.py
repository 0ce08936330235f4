"""Private links: what a holder gives out, takes back, and what is behind one."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from passport.models import PassportHolder, PassportLink
from people.member import Member
from tenancy.turns import one_at_a_time
from web.secret_ids import id_behind, secret_of

MOST_DAYS: Final = 365
USUAL_DAYS: Final = 30
MOST_AT_ONCE: Final = 20
PURPOSE: Final = "passport.link"


def links_of(person_id: UUID) -> QuerySet[PassportLink]:
    """All that somebody ever gave out, the newest first."""
    return PassportLink.objects.filter(person=person_id).order_by("-made_at", "pk")


def in_force(on: dt.date) -> Q:
    """Links that answer on a day."""
    return Q(revoked_at=None, last_day__gte=on)


@transaction.atomic
def make_link(
    *, given_to: str, last_day: dt.date, shows_publications: bool = False, by: Member
) -> PassportLink:
    """A new secret address for the own Passport. Raises ValidationError by field."""
    today = timezone.localdate()
    if not today <= last_day <= today + dt.timedelta(days=MOST_DAYS):
        latest = date_format(today + dt.timedelta(days=MOST_DAYS))
        raise ValidationError({"last_day": _("A day from today to %(latest)s.") % {"latest": latest}})
    if not PassportHolder.objects.filter(person=by.person_id).exists():
        raise ValidationError(_("Open your Passport first."))
    one_at_a_time(f"passport link {by.person_id}")
    if links_of(by.person_id).filter(in_force(today)).count() >= MOST_AT_ONCE:
        words = _("%(count)d links answer already. Revoke one that nobody needs any more.")
        raise ValidationError(words % {"count": MOST_AT_ONCE})
    return PassportLink.objects.create(
        person_id=by.person_id,
        given_to=given_to.strip(),
        last_day=last_day,
        shows_publications=shows_publications,
        made_at=timezone.now(),
    )


def revoke_link(link_id: UUID, *, by: Member) -> bool:
    """It answers no more. False where there is no such link of the member's."""
    own = links_of(by.person_id).filter(pk=link_id)
    own.filter(revoked_at=None).update(revoked_at=timezone.now())
    return own.exists()


def secret_of_link(link: PassportLink) -> str:
    return secret_of(link.pk, PURPOSE)


def open_link(secret: str, *, on: dt.date) -> PassportLink | None:
    """The link behind a secret address, counted as opened; None for one that is over, revoked or was never
    given out: all three answer alike."""
    link_id = id_behind(secret, PURPOSE)
    if link_id is None:
        return None
    found = PassportLink.objects.filter(in_force(on), pk=link_id)
    if not found.update(opened=F("opened") + 1, last_opened_at=timezone.now()):
        return None
    return found.select_related("person__unit").first()
