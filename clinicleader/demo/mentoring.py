"""Mentors and mentees: who offers what, who was paired half a year ago, and what came of it."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Final
from uuid import UUID

from clinicleader.demo.staff import Person, Staff
from mentoring.enums import (
    AvailabilitySource,
    ExposureKind,
    Initiator,
    MeetingFormat,
    MentorshipState,
    Side,
    Tier,
)
from mentoring.models import (
    Capacity,
    Expertise,
    Exposure,
    Interest,
    MentorProfile,
    Mentorship,
    Satisfaction,
    Tag,
    WeeklyHours,
)
from mentoring.services.hours import recount_weekly
from mentoring.services.presets import install_presets
from mentoring.tiers import is_ahead_enough, offered_tiers
from mentoring.training import training_level
from people.enums import CareerStage, PositionType
from tenancy.jobs.periods import last_quarters, quarter_end, quarter_of, quarter_start

PLACES: Final = {Tier.PEER: 2, Tier.SENIOR: 3, Tier.CHAIR: 2}
# Chance to offer places, and to have been paired when mentoring began.
OFFERS: Final = {Tier.PEER: 0.5, Tier.SENIOR: 0.35, Tier.CHAIR: 0.9}
PAIRED: Final = {Tier.PEER: 0.6, Tier.SENIOR: 0.7, Tier.CHAIR: 0.4}
YEARS_AHEAD: Final = 1
QUARTERS: Final = 2
RATED, LOGGED = 0.8, 0.75
HOURS: Final = ((dt.time(7, 30), dt.time(8, 30)), (dt.time(12), dt.time(13)), (dt.time(16, 30), dt.time(18)))
ABOUT: Final = (
    "I learned most from those who let me try. Bring what is on your desk this week.",
    "Happy to read a paper before it goes to the board, and to say what they will ask.",
    "Ask me about the meetings nobody teaches you to run.",
)
LOOKS: Final = {
    Tier.PEER: (ExposureKind.LED_MEETING, ExposureKind.PRESENTED),
    Tier.SENIOR: (ExposureKind.COMMITTEE_SEAT, ExposureKind.PRESENTED, ExposureKind.INTRODUCED),
    Tier.CHAIR: (ExposureKind.CHAIR_MEETING, ExposureKind.INTRODUCED, ExposureKind.COMMITTEE_SEAT),
}
STAGES: Final = {CareerStage.RESIDENT, CareerStage.FELLOW, CareerStage.EARLY_ATTENDING}


def fill_mentoring(staff: Staff, members: dict[Person, dt.date], today: dt.date, rng: random.Random) -> None:
    """Two quarters of mentoring. The newest cohorts still wait for some of their mentors."""
    install_presets()
    filling = _Filling(staff, members, today, rng)
    filling.state_interests()
    filling.offer()
    recount_weekly()
    filling.pair_personas()
    filling.pair()
    filling.write()


class _Filling:
    def __init__(
        self, staff: Staff, members: dict[Person, dt.date], today: dt.date, rng: random.Random
    ) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.mentees = [one for one in members if one.works_on(today) and one.stage in STAGES]
        self.tags = list(Tag.objects.order_by("kind", "name"))
        self.line = staff.managers()
        # Those that have ended, and the one under way.
        self.quarters = last_quarters(quarter_of(today), QUARTERS + 1)[::-1]
        self.begun = quarter_start(self.quarters[0])
        self.wants: dict[UUID, set[Tag]] = {}
        self.knows: dict[UUID, set[Tag]] = {}
        self.offering: dict[Tier, list[Person]] = {tier: [] for tier in Tier}
        self.left: Counter[tuple[UUID, Tier]] = Counter()
        self.mentorships: list[Mentorship] = []

    def state_interests(self) -> None:
        for mentee in self.mentees:
            self.wants[mentee.id] = self._draw(mentee, 5)
        Interest.objects.bulk_create(
            Interest(person_id=person, tag=tag) for person, tags in self.wants.items() for tag in tags
        )

    def offer(self) -> None:
        """Profiles, expertise, places and weekly hours of whoever mentors."""
        held = self._positions()
        profiles, expertise, places, hours = [], [], [], []
        for person in self.staff.working(self.today):
            may = offered_tiers(person.stage, person.grade, held.get(person.id, ()), years_ahead=YEARS_AHEAD)
            tiers = [
                tier for tier in Tier if tier in may and (person.part or self.rng.random() < OFFERS[tier])
            ]
            if not tiers:
                continue
            profile = MentorProfile(
                person_id=person.id,
                about=self.rng.choice(ABOUT),
                languages=["en", *self.rng.sample(["es", "pl", "hi", "fr"], self.rng.randint(0, 1))],
                formats=self.rng.sample(MeetingFormat.values, 2),
                source=AvailabilitySource.WEEKLY,
            )
            self.knows[person.id] = self._draw(person, 6)
            profiles.append(profile)
            expertise += [Expertise(mentor=profile, tag=tag) for tag in self.knows[person.id]]
            places += [Capacity(mentor=profile, tier=tier, places=PLACES[tier]) for tier in tiers]
            for starts, ends in self.rng.sample(HOURS, self.rng.randint(0, 2)):
                weekday = self.rng.randrange(5)
                hours.append(WeeklyHours(mentor=profile, weekday=weekday, starts=starts, ends=ends))
            for tier in tiers:
                self.offering[tier].append(person)
                self.left[person.id, tier] = PLACES[tier]
        MentorProfile.objects.bulk_create(profiles)
        Expertise.objects.bulk_create(expertise)
        Capacity.objects.bulk_create(places)
        WeeklyHours.objects.bulk_create(hours)

    def pair(self) -> None:
        """The director's own pairs, from the time before the matcher."""
        for tier in Tier:
            for mentee in self.mentees:
                if self._waits(mentee, tier) and self.rng.random() < PAIRED[tier]:
                    self._pair(mentee, tier, self.begun + dt.timedelta(days=self.rng.randint(0, 25)))

    def pair_personas(self) -> None:
        """The resident has a peer and confirms a senior attending; a chair decides on an offer of today."""
        resident, chair = self.staff.part("resident"), self.staff.part("chair")
        self._pair(resident, Tier.PEER, self.begun + dt.timedelta(days=9))
        self._pair(self.staff.part("fellow"), Tier.SENIOR, self.begun + dt.timedelta(days=12))
        lately = self.today - dt.timedelta(days=3)
        waiting = self._pair(resident, Tier.SENIOR, lately - dt.timedelta(days=4))
        if waiting:
            waiting.state, waiting.started_on, waiting.planned_end = MentorshipState.ACCEPTED, None, None
            waiting.accepted_on = lately
        asking = next((one for one in self.mentees if not one.part and self._may(one, chair)), None)
        if asking:
            self.left[chair.id, Tier.CHAIR] -= 1
            self.mentorships.append(
                Mentorship(
                    mentee_id=asking.id,
                    mentor_id=chair.id,
                    tier=Tier.CHAIR,
                    state=MentorshipState.OFFERED,
                    initiator=Initiator.DIRECTOR,
                    why="Wants to see how a department is run; your expertise fits.",
                    offered_on=lately,
                )
            )

    def write(self) -> None:
        Mentorship.objects.bulk_create(self.mentorships)
        running = [one for one in self.mentorships if one.state == MentorshipState.ACTIVE]
        Exposure.objects.bulk_create(
            self._exposure(one, quarter)
            for one in running
            for quarter in self.quarters
            if self.rng.random() < LOGGED and (one.started_on or self.today) < quarter_end(quarter)
        )
        Satisfaction.objects.bulk_create(
            self._rating(one, quarter, side)
            for one in running
            for quarter in self.quarters[:-1]
            for side in Side
            if self.rng.random() < RATED
        )

    def _pair(self, mentee: Person, tier: Tier, day: dt.date) -> Mentorship | None:
        """With the mentor of the tier who knows most of what the mentee wants, if any has a place."""
        free = [
            mentor
            for mentor in self.offering[tier]
            if self.left[mentor.id, tier] and self._may(mentee, mentor) and self._fits(mentee, mentor, tier)
        ]
        if not free:
            return None

        def suits(one: Person) -> tuple[int, bool]:
            return len(self.knows[one.id] & self.wants[mentee.id]), bool(one.part)

        mentor = max(free, key=suits)
        self.left[mentor.id, tier] -= 1
        began = max(day, mentee.start, mentor.start) + dt.timedelta(days=6)
        mentorship = Mentorship(
            mentee_id=mentee.id,
            mentor_id=mentor.id,
            tier=tier,
            state=MentorshipState.ACTIVE,
            initiator=self.rng.choices([Initiator.DIRECTOR, Initiator.MENTEE, Initiator.MENTOR], [6, 3, 1])[
                0
            ],
            offered_on=began - dt.timedelta(days=6),
            accepted_on=began - dt.timedelta(days=3),
            started_on=began,
            planned_end=began + dt.timedelta(days=365),
        )
        self.mentorships.append(mentorship)
        return mentorship

    def _may(self, mentee: Person, mentor: Person) -> bool:
        """Neither oneself nor anybody in the own line, and not twice."""
        above = self.line.get(mentee)
        return (
            mentor not in {mentee, above, self.line.get(above) if above else None}
            and self.line.get(mentor) is not mentee
            and not any((one.mentee_id, one.mentor_id) == (mentee.id, mentor.id) for one in self.mentorships)
        )

    def _fits(self, mentee: Person, mentor: Person, tier: Tier) -> bool:
        ahead, own = (training_level(person.stage, person.grade) for person in (mentor, mentee))
        return is_ahead_enough(tier, mentor=ahead, mentee=own, years_ahead=YEARS_AHEAD)

    def _waits(self, mentee: Person, tier: Tier) -> bool:
        taken = any((one.mentee_id, one.tier) == (mentee.id, tier) for one in self.mentorships)
        return not mentee.part and not taken

    def _exposure(self, mentorship: Mentorship, quarter: str) -> Exposure:
        first = max(quarter_start(quarter), mentorship.started_on or self.today)
        last = min(quarter_end(quarter), self.today)
        return Exposure(
            mentorship=mentorship,
            day=first + (last - first) * self.rng.random(),
            kind=self.rng.choice(LOOKS[Tier(mentorship.tier)]),
            logged_by_id=mentorship.mentor_id,
        )

    def _rating(self, mentorship: Mentorship, quarter: str, side: Side) -> Satisfaction:
        overall, useful, often = (self.rng.choices([2, 3, 4, 5], [1, 3, 6, 5])[0] for _item in range(3))
        return Satisfaction(
            mentorship=mentorship, quarter=quarter, side=side, overall=overall, useful=useful, often=often
        )

    def _draw(self, person: Person, most: int) -> set[Tag]:
        """The own specialty, if it is a tag, and some more."""
        own = {tag for tag in self.tags if tag.name.casefold() == person.specialty.casefold()}
        return own | set(self.rng.sample(self.tags, self.rng.randint(3, most)))

    def _positions(self) -> dict[UUID, list[PositionType]]:
        held: dict[UUID, list[PositionType]] = {}
        for one in self.staff.appointments:
            if one.start <= self.today and (one.end is None or one.end > self.today):
                held.setdefault(one.person.id, []).append(one.position.type)
        return held
