"""Passports: what members have reached, what waits for a verifier, what was declined or taken back.

What happened before today is copied in, for the services stamp everything with today; what happens today goes
through them.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.staff import Person, Staff
from passport.enums import ALIVE, ReadOf, StampState
from passport.models import Milestone, PassportRead, Stage, Stamp
from passport.services import (
    Evidence,
    decline_stamp,
    install_presets,
    issue_passports,
    revoke_stamp,
    submit_evidence,
    verify_stamp,
)
from people.enums import CareerStage
from people.member import Member
from tenancy.copy import copy_rows

STATEMENTS = (
    "Took part from the first meeting to the report; the summary is in the shared folder.",
    "Led the work with two nurses and the service manager. Figures and dates are in the summary.",
    "Completed; the confirmation of the head of service is filed with the programme office.",
    "Presented to the department and changed the plan after the discussion.",
)
WHAT_IS_MISSING = (
    "The measure before the change is missing; please add it.",
    "Please add the confirmation of somebody who was there.",
)
COLUMNS = [
    *("person_id", "milestone_id", "state", "earned_on", "statement", "link", "file", "file_name"),
    *("prior_learning", "submitted_on", "rule", "verified_by_id", "decided_at", "decision_note"),
    *("revoked_by_id", "revoked_at", "revoke_reason"),
]
# Chance to have reached a required milestone of one's own stage, by years in the programme.
PACE = 0.42
DRIVE = {"resident": 1.5, "fellow": 1.15}  # of the tour's emerging leaders; others are drawn


class _Stamps:
    """The history of everybody's stamps, up to some weeks ago."""

    def __init__(
        self, staff: Staff, members: dict[Person, dt.date], today: dt.date, zone: ZoneInfo, rng: random.Random
    ) -> None:
        self.staff, self.members, self.today, self.zone, self.rng = staff, members, today, zone, rng
        self.director = staff.part("director")
        self.managers = staff.managers()
        everybodys = Milestone.objects.filter(professions=[])
        self.milestones = list(everybodys.select_related("stage").order_by("position"))
        self.position = dict(Stage.objects.values_list("key", "position"))

    def rows(self) -> Iterator[tuple[object, ...]]:
        for person, since in self.members.items():
            own = self.position.get(stage_of(person), 1)
            drive = DRIVE.get(person.part, self.rng.uniform(0.35, 1.75))
            for milestone in self.milestones:
                yield from self._history(person, since, milestone, own, drive)

    def _history(
        self, person: Person, since: dt.date, milestone: Milestone, own: int, drive: float
    ) -> Iterator[tuple[object, ...]]:
        behind = own - milestone.stage.position
        until = (person.end or self.today) - dt.timedelta(days=30)
        days = (until - since).days
        if behind < 0 or days < 40:
            return
        # Stages that lie behind came with the person, mostly; the own one takes time.
        likely = 0.55 + 0.25 * drive if behind else PACE * drive * days / 365
        if not milestone.required:
            likely *= 0.5
        if self.rng.random() >= likely:
            return
        prior = behind > 0 and self.rng.random() < 0.7
        earned = since + dt.timedelta(
            days=self.rng.randrange(3, 20) if prior else self.rng.randrange(20, days)
        )
        if prior:
            earned -= dt.timedelta(days=self.rng.randrange(120, 900))
        submitted = max(since, earned) + dt.timedelta(days=self.rng.randrange(1, 9))
        if self.rng.random() < 0.06:
            early = max(since, submitted - dt.timedelta(days=20))
            yield self._row(
                person,
                milestone,
                StampState.DECLINED,
                earned=min(earned, early),
                submitted=early,
                prior=prior,
            )
        yield self._row(
            person, milestone, StampState.VERIFIED, earned=earned, submitted=submitted, prior=prior
        )

    def _row(
        self,
        person: Person,
        milestone: Milestone,
        state: StampState,
        *,
        earned: dt.date,
        submitted: dt.date,
        prior: bool,
    ) -> tuple[object, ...]:
        manager = self.managers.get(person, self.director)
        verifier = self.director if self.rng.random() < 0.35 else manager
        decided = dt.datetime.combine(submitted, dt.time(16), self.zone)
        decided += dt.timedelta(days=self.rng.randrange(1, 12))
        note = self.rng.choice(WHAT_IS_MISSING) if state == StampState.DECLINED else ""
        statement = self.rng.choice(STATEMENTS)
        return (
            *(person.id, milestone.pk, state, earned, statement, "", "", "", prior, submitted),
            *(milestone.evidence_rule, verifier.id, decided.isoformat(), note, None, None, ""),
        )


def fill_passports(
    staff: Staff, programmes: Programmes, today: dt.date, time_zone: str, rng: random.Random
) -> None:
    """Presets, Passports on the day each membership began, and the history of stamps."""
    install_presets()
    members = programmes.members()
    for day in sorted(set(members.values())):
        issue_passports(on=day)
    issue_passports(on=today)
    copy_rows(Stamp, COLUMNS, _Stamps(staff, members, today, ZoneInfo(time_zone), rng).rows())


def stage_of(person: Person) -> CareerStage:
    """The stage of the map somebody is in; who is in none begins with the first."""
    return {
        CareerStage.ATTENDING: CareerStage.EARLY_ATTENDING,
        CareerStage.NONE: CareerStage.RESIDENT,
    }.get(person.stage, person.stage)


def claim_today(staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random) -> None:
    """Today's work, through the services: claims, some decided at once, one stamp taken back."""
    director = member_of(staff.part("director"), today)
    claiming = [person for person in programmes.members() if person.works_on(today)]
    claiming.sort(key=lambda person: (person.part not in DRIVE, rng.random()))
    for place, person in enumerate(claiming[:14]):
        milestone = _open_milestones(person).first()
        if milestone is None:
            continue
        subject = programmes.subject(person)
        earned = today - dt.timedelta(days=rng.randrange(2, 30))
        evidence = Evidence(earned_on=earned, statement=rng.choice(STATEMENTS))
        stamp = submit_evidence(subject, milestone, evidence, by=member_of(person, today))
        if place % 5 == 3:
            verify_stamp(stamp, subject=subject, by=director)
        elif place % 5 == 4:
            decline_stamp(stamp, reason=rng.choice(WHAT_IS_MISSING), subject=subject, by=director)
    _take_one_back(claiming[-1], programmes, director)


def _take_one_back(person: Person, programmes: Programmes, director: Member) -> None:
    stamps = Stamp.objects.filter(person=person.id, state=StampState.VERIFIED)
    stamp = stamps.order_by("earned_on", "milestone__position").last()
    if stamp is not None:
        reason = "The confirmation turned out to be about another project."
        revoke_stamp(stamp, reason=reason, subject=programmes.subject(person), by=director)


def _open_milestones(person: Person) -> QuerySet[Milestone]:
    """What somebody could claim next: of the own stage, without a stamp that counts or waits."""
    taken = Stamp.objects.filter(person=person.id, state__in=ALIVE).values("milestone")
    own = Milestone.objects.filter(professions=[], stage__key=stage_of(person))
    return own.exclude(pk__in=taken).order_by("position")


def record_reads(staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random) -> None:
    """Managers and the director have looked at Passports in the last weeks."""
    director, managers = staff.part("director"), staff.managers()
    rows = []
    for person in programmes.members():
        for reader in dict.fromkeys([director, managers.get(person, director)]):
            if reader is not person and (person.part or rng.random() < 0.5):
                at = dt.datetime.combine(today, dt.time(9, tzinfo=dt.UTC))
                at -= dt.timedelta(days=rng.randrange(1, 60), minutes=rng.randrange(480))
                what = rng.choice((ReadOf.PASSPORT, ReadOf.SCORE))
                rows.append((person.id, reader.id, what, at.isoformat()))
    copy_rows(PassportRead, ["person_id", "reader_id", "what", "at"], rows)
