"""A light log of contacts: sponsors and leaders who win people over, one at a time."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final

from clinicleader.demo.staff import Staff
from sponsors.enums import ContactReaders, SponsorshipState
from sponsors.models import Contact, Sponsorship

LINES: Final = (
    ("Whether to chair the audit meeting next year", "Ask who does it now what it takes"),
    ("Why the pathway needs both departments", "Walk the ward together once"),
    ("What a consultant loses by joining the board, and what not", ""),
    ("Time for the project beside the clinic list", "Bring figures of the last quarter"),
    ("A doubt about figures that come from above", "Show the raw list, not the chart"),
)
MOST: Final = 5


def fill_contacts(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """After the sponsorships: the sponsor with the leader, the leader with people round them."""
    people = {one.id: one for one in staff.people}
    made = []
    for each in Sponsorship.objects.filter(state=SponsorshipState.ACTIVE).order_by("leader__external_id"):
        leader = people[each.leader_id]
        near = [one for one in leader.unit.staff if one.works_on(today) and one.id != leader.id]
        for _number in range(rng.randint(0, MOST) if not leader.part else MOST):
            by_sponsor = rng.random() < 0.5 or not near
            about, next_step = rng.choice(LINES)
            made.append(
                Contact(
                    leader_id=leader.id,
                    author_id=each.sponsor_id if by_sponsor else leader.id,
                    whom_id=leader.id if by_sponsor else rng.choice(near).id,
                    on=today - dt.timedelta(days=rng.randint(1, 300)),
                    about=about,
                    next_step=next_step,
                    readers=rng.choice(list(ContactReaders)),
                )
            )
    Contact.objects.bulk_create(made)
