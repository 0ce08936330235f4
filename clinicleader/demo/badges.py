"""Badges: some members have had theirs made, and HR has revoked one."""

from __future__ import annotations

import datetime as dt

from clinicleader.demo.passports import DRIVE
from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.staff import Staff
from passport.badge_queries import awards_in_force
from passport.badge_services import issue_badges, revoke_award
from tenancy.models import Organization

HOLDERS = 6


def make_badges(organization: Organization, staff: Staff, programmes: Programmes, today: dt.date) -> None:
    """Today's work, through the services."""
    # Who is on the tour has their own still to make, but for the fellow: there is something to show.
    holders = [staff.part("fellow")]
    holders += [each for each in programmes.members() if each.works_on(today) and each.part not in DRIVE]
    for person in holders[:HOLDERS]:
        issue_badges(organization, by=member_of(person, today))
    award = awards_in_force(holders[1].id).first() or awards_in_force(holders[0].id).first()
    if award is not None:
        reason = "Made out to an address that the holder no longer uses."
        revoke_award(award, reason=reason, by=member_of(staff.part("hr_admin"), today))
