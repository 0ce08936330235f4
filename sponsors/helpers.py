"""Whom the clinic knows as helping a leader: the primary sponsor, and who coaches them today."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from passport.helpers import Helper, adds_helpers
from sponsors.queries.coaching import coaches_of
from sponsors.queries.sponsorships import sponsor_of
from web.addresses import address


@adds_helpers
def of_the_clinic(person_id: UUID, slug: str, on: dt.date) -> list[Helper]:
    """Two queries."""
    chart = address("sponsors:chart", slug, person_id)
    sponsorship = sponsor_of(person_id)
    if sponsorship is None:
        mine = address("sponsors:mine", slug)
        sponsor = Helper(_("Choose a sponsor"), _("You have none yet"), mine, is_missing=True)
    else:
        sponsor = Helper(sponsorship.sponsor.name, _("Primary sponsor"), chart)
    coaching = address("sponsors:coaching", slug, person_id)
    return [sponsor, *(Helper(each.name, _("Coach"), coaching) for each in coaches_of(person_id, on=on))]
