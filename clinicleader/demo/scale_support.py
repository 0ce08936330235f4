"""Coaching, obstacles, contacts and onboardings of an organisation as large as the largest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone

from sponsors.enums import ContactReaders, ObstacleAct, ObstacleKind, SessionState
from sponsors.models import (
    CoachingSession,
    Contact,
    Gate,
    GateItem,
    GateProof,
    Obstacle,
    ObstacleStep,
    Onboarding,
    OnboardingContents,
    Sponsorship,
)
from sponsors.plan.onboarding import planned_day
from sponsors.services.onboarding_contents import install_contents

MUCH: Final = 60  # of everything about the first leader
EACH: Final = 2  # about all others
ONBOARDED: Final = 20  # every so many-th leader is new
DAY: Final = dt.timedelta(days=1)


def fill_support(sponsorships: Sequence[Sponsorship], others: Sequence[UUID], *, today: dt.date) -> None:
    """The sponsor coaches, removes what is in the way and speaks with `others`. The first leader has most."""
    filling = _Filling(others, today)
    for place, each in enumerate(sponsorships):
        # In a small organisation as many as there are members.
        filling.add(each, min(MUCH, len(sponsorships)) if place == 0 else EACH)
    filling.write()
    _onboard(sponsorships[::ONBOARDED], today)


class _Filling:
    def __init__(self, others: Sequence[UUID], today: dt.date) -> None:
        self.others, self.today = others, today
        self.sessions: list[CoachingSession] = []
        self.obstacles: list[Obstacle] = []
        self.contacts: list[Contact] = []

    def add(self, sponsorship: Sponsorship, count: int) -> None:
        for number in range(count):
            self.sessions.append(self._session(sponsorship, number))
            self.obstacles.append(self._obstacle(sponsorship, number))
            self.contacts.append(self._contact(sponsorship, number))

    def write(self) -> None:
        CoachingSession.objects.bulk_create(self.sessions)
        Obstacle.objects.bulk_create(self.obstacles)
        ObstacleStep.objects.bulk_create(
            ObstacleStep(
                obstacle=each,
                act=ObstacleAct.RAISED,
                by_id=each.raised_by_id,
                owner_id=each.owner_id,
                due_on=each.due_on,
                words=each.words,
            )
            for each in self.obstacles
        )
        Contact.objects.bulk_create(self.contacts)

    def _session(self, sponsorship: Sponsorship, number: int) -> CoachingSession:
        """The newest is ahead; all before were held."""
        now = timezone.now()
        return CoachingSession(
            leader_id=sponsorship.leader_id,
            coach_id=sponsorship.sponsor_id,
            state=SessionState.HELD if number else SessionState.PLANNED,
            starts_at=now + 5 * DAY - number * 14 * DAY,
            agenda="What was hard since we met",
            changed_at=now - (5 + number * 14) * DAY,
        )

    def _obstacle(self, sponsorship: Sponsorship, number: int) -> Obstacle:
        kinds = list(ObstacleKind)
        return Obstacle(
            leader_id=sponsorship.leader_id,
            kind=kinds[number % len(kinds)],
            words=f"The list is full on the days when project {number} meets.",
            raised_by_id=sponsorship.leader_id,
            raised_on=self.today - 30 * DAY,
            owner_id=sponsorship.sponsor_id,
            due_on=self.today + (number % 50 - 10) * DAY,
        )

    def _contact(self, sponsorship: Sponsorship, number: int) -> Contact:
        whom = self.others[number % len(self.others)]
        return Contact(
            leader_id=sponsorship.leader_id,
            author_id=sponsorship.sponsor_id,
            whom_id=whom if whom != sponsorship.sponsor_id else sponsorship.leader_id,
            on=self.today - number * DAY,
            about="A morning in theatre without meetings",
            next_step="Write to both on Monday",
            readers=ContactReaders.TEAM,
        )


def _onboard(sponsorships: Sequence[Sponsorship], today: dt.date) -> None:
    """Half a year into the first year; all there is to show at the first gate is shown."""
    install_contents()
    contents = OnboardingContents.objects.get()
    begun = today - 180 * DAY
    made = Onboarding.objects.bulk_create(
        Onboarding(
            leader_id=each.leader_id,
            role="Leader of a unit",
            contents=contents,
            started_on=begun,
            started_by_id=each.sponsor_id,
        )
        for each in sponsorships
    )
    Gate.objects.bulk_create(Gate(onboarding=each, number=1, due_on=planned_day(begun, 1)) for each in made)
    GateProof.objects.bulk_create(
        _proofs(made, list(GateItem.objects.filter(contents=contents, gate=1)), today)
    )


def _proofs(
    onboardings: Sequence[Onboarding], items: Sequence[GateItem], today: dt.date
) -> Iterator[GateProof]:
    for onboarding in onboardings:
        for item in items:
            yield GateProof(
                onboarding=onboarding,
                item=item,
                done_on=today - 8 * DAY,
                words="Done with the team.",
                shown_by_id=onboarding.leader_id,
                shown_on=today - 5 * DAY,
            )
