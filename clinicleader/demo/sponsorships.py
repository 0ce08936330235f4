"""Who sponsors whom: two years of it, with changes of sponsor, and some who have still to choose."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.staff import Person, Staff
from mentoring.queries.taxonomy import tags_in_use
from sponsors.enums import Domain, OverCause, SponsorshipState
from sponsors.models import SponsorInterest, SponsorProfile, Sponsorship, TeamSeat

OFFERS, HAS_SPONSOR, CHANGED = 0.7, 0.6, 0.25
PLACES: Final = 4
EXPERIENCE: Final = (
    "I led a service through a merger and a new building. What I got wrong taught me most.",
    "Twelve years in charge of a department. I know which doors to knock at, and when not to.",
    "I came to leadership late, from research. I like to begin with what the evidence says about us.",
    "I have chaired more committees than I can count. I can show you how a decision is really made.",
)
WHY: Final = (
    "I would like to lead a service one day, and you have done it.",
    "You asked the question in the meeting that nobody dared to ask.",
    "I want somebody outside my own department who will be honest with me.",
)
HANDOVER: Final = (
    "Two projects are under way and go well. What is missing is money: find a budget to work with. "
    "Do not let them take on a third committee."
)

NEEDS: Final = {
    Domain.COACHING: "To hear how they come across when it gets tense",
    Domain.FINANCE: "To read a budget, and to ask for one",
    Domain.QUALITY: "To lead an improvement from idea to habit",
    Domain.PEOPLE: "To recruit well, and to hold a hard conversation",
    Domain.LEARNING: "To choose the one course that is worth the time",
    Domain.CLINICAL: "To keep a clinic and lead beside it",
}


def fill_sponsorships(
    staff: Staff, members: dict[Person, dt.date], today: dt.date, rng: random.Random
) -> None:
    """After mentoring, whose words the sponsors choose from."""
    _Filling(staff, members, today, rng).write()


class _Filling:
    def __init__(
        self, staff: Staff, members: dict[Person, dt.date], today: dt.date, rng: random.Random
    ) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.line = staff.managers()
        self.leaders = [one for one in members if one.works_on(today)]
        self.sponsors = self._who_sponsors()
        self.taken: Counter[UUID] = Counter()
        self.sponsorships: list[Sponsorship] = []

    def _who_sponsors(self) -> list[Person]:
        """Most of those who hold a position, and the personas among them in any case."""
        holding = {
            each.person.id: each.person
            for each in self.staff.appointments
            if each.start <= self.today and (each.end is None or each.end > self.today)
        }
        here = [one for one in holding.values() if one.works_on(self.today)]
        return [one for one in here if one.part or self.rng.random() < OFFERS]

    def write(self) -> None:
        profiles = [
            SponsorProfile(
                person_id=one.id,
                experience=self.rng.choice(EXPERIENCE),
                places=PLACES,
                agreed_version=1,
                agreed_at=timezone.now() - dt.timedelta(days=700),
            )
            for one in self.sponsors
        ]
        SponsorProfile.objects.bulk_create(profiles)
        tags = list(tags_in_use())
        SponsorInterest.objects.bulk_create(
            SponsorInterest(sponsor=each, tag=tag) for each in profiles for tag in self.rng.sample(tags, 4)
        )
        self._choose_personas()
        for leader in self.leaders:
            if not leader.part and self.rng.random() < HAS_SPONSOR:
                self._choose(leader)
        Sponsorship.objects.bulk_create(self.sponsorships)
        TeamSeat.objects.bulk_create(seat for each in self.sponsorships for seat in self._team(each))

    def _team(self, sponsorship: Sponsorship) -> Iterator[TeamSeat]:
        """Up to three specialists whom a sponsor of today convened, from any department."""
        if sponsorship.state != SponsorshipState.ACTIVE or sponsorship.started_on is None:
            return
        taken = {sponsorship.leader_id, sponsorship.sponsor_id}
        others = [one for one in self.sponsors if one.id not in taken and one.start <= sponsorship.started_on]
        domains = self.rng.sample(list(NEEDS), self.rng.randint(0, 3))
        for domain, specialist in zip(domains, self.rng.sample(others, len(others)), strict=False):
            yield TeamSeat(
                leader_id=sponsorship.leader_id,
                specialist_id=specialist.id,
                domain=domain,
                need=NEEDS[domain],
                start_date=sponsorship.started_on,
                convened_by_id=sponsorship.sponsor_id,
            )

    def _choose_personas(self) -> None:
        """The fellow has a sponsor with history, the resident has still to choose, the chair is asked."""
        fellow, chair = self.staff.part("fellow"), self.staff.part("chair")
        self._choose(fellow, self.staff.part("executive"))
        asking = next(
            one for one in self.leaders if not one.part and one.id != chair.id and self.line.get(one) != chair
        )
        self.leaders.remove(asking)
        self.sponsorships.append(
            Sponsorship(
                leader_id=asking.id,
                sponsor_id=chair.id,
                why=self.rng.choice(WHY),
                asked_on=self.today - dt.timedelta(days=4),
            )
        )

    def _choose(self, leader: Person, wanted: Person | None = None) -> None:
        """A running sponsorship, for some after another one; nobody where nobody fits."""
        free = self._free_for(leader)
        sponsor = wanted or (self.rng.choice(free) if free else None)
        if sponsor is None:
            return
        earliest = max(leader.start, sponsor.start, self.today - dt.timedelta(days=720))
        started = earliest + dt.timedelta(days=self.rng.randint(0, max((self.today - earliest).days - 30, 0)))
        before = None
        if wanted or self.rng.random() < CHANGED:
            before = self._before(leader, sponsor, earliest, started)
        self.taken[sponsor.id] += 1
        self.sponsorships.append(
            Sponsorship(
                leader_id=leader.id,
                sponsor_id=sponsor.id,
                state=SponsorshipState.ACTIVE,
                why=self.rng.choice(WHY),
                asked_on=started,
                started_on=started,
                follows=before,
            )
        )

    def _before(self, leader: Person, after: Person, earliest: dt.date, until: dt.date) -> Sponsorship | None:
        """Who sponsored the leader until another one took over."""
        others = [one for one in self._free_for(leader) if one.id != after.id and one.start <= earliest]
        if not others:
            return None
        made = Sponsorship(
            leader_id=leader.id,
            sponsor_id=self.rng.choice(others).id,
            state=SponsorshipState.ENDED,
            asked_on=earliest,
            started_on=earliest,
            over_on=until,
            over_by_id=leader.id,
            over_cause=OverCause.HAND_OVER,
            over_reason=str(OverCause.HAND_OVER.label),
            handover=HANDOVER,
        )
        self.sponsorships.append(made)
        return made

    def _free_for(self, leader: Person) -> list[Person]:
        """Not oneself, not the own immediate leader, and with a place free; the executive is for personas."""
        return [
            one
            for one in self.sponsors
            if one.id != leader.id
            and one != self.line.get(leader)
            and one.part != "executive"
            and self.taken[one.id] < PLACES
        ]
