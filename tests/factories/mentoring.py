"""One factory a model of mentoring."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from mentoring.enums import MeetingFormat, MentorshipState, TagKind, Tier
from mentoring.models import (
    CalendarFeed,
    Capacity,
    Contract,
    Deliverable,
    Expertise,
    Interest,
    MatchWeights,
    MentorProfile,
    Mentorship,
    Session,
    Tag,
    WeeklyHours,
)
from mentoring.models.profiles import MOST_PLACES
from people.models import Person
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

_numbers = itertools.count(1)
OFFERED_ON = dt.date(2026, 1, 5)
# What the table demands of each state.
_OF_STATE: dict[str, dict[str, Any]] = {
    MentorshipState.OFFERED: {},
    MentorshipState.ACCEPTED: {"accepted_on": OFFERED_ON + dt.timedelta(days=3)},
    MentorshipState.ACTIVE: {
        "accepted_on": OFFERED_ON + dt.timedelta(days=3),
        "started_on": OFFERED_ON + dt.timedelta(days=5),
    },
    MentorshipState.ENDED: {
        "accepted_on": OFFERED_ON + dt.timedelta(days=3),
        "started_on": OFFERED_ON + dt.timedelta(days=5),
        "over_on": OFFERED_ON + dt.timedelta(days=180),
        "over_reason": "The year is over.",
    },
    MentorshipState.DECLINED: {"over_on": OFFERED_ON + dt.timedelta(days=2), "over_reason": "No time."},
    MentorshipState.WITHDRAWN: {"over_on": OFFERED_ON + dt.timedelta(days=2), "over_reason": "A mistake."},
}


def make_tag(organization: Organization, name: str = "", **fields: Any) -> Tag:
    with tenant_transaction(organization.pk):
        values = {"kind": TagKind.INTEREST, "name": name or f"Interest {next(_numbers)}", **fields}
        return Tag.objects.create(organization=organization, **values)


def make_interest(person: Person, tag: Tag) -> Interest:
    with tenant_transaction(person.organization_id):
        return Interest.objects.create(organization_id=person.organization_id, person=person, tag=tag)


def make_profile(person: Person, expertise: Iterable[Tag] = (), **fields: Any) -> MentorProfile:
    """A mentor; places and hours are made apart."""
    with tenant_transaction(person.organization_id):
        values = {"languages": ["en"], "formats": [MeetingFormat.VIDEO], **fields}
        profile = MentorProfile.objects.create(
            organization_id=person.organization_id, person=person, **values
        )
    for tag in expertise:
        make_expertise(profile, tag)
    return profile


def make_expertise(mentor: MentorProfile, tag: Tag) -> Expertise:
    with tenant_transaction(mentor.organization_id):
        return Expertise.objects.create(organization_id=mentor.organization_id, mentor=mentor, tag=tag)


def make_capacity(mentor: MentorProfile, tier: Tier = Tier.SENIOR, places: int = 3) -> Capacity:
    """Places in a tier; how many are taken is counted by the database."""
    with tenant_transaction(mentor.organization_id):
        return Capacity.objects.create(
            organization_id=mentor.organization_id, mentor=mentor, tier=tier, places=places
        )


def make_weekly_hours(
    mentor: MentorProfile,
    weekday: int = 0,
    starts: dt.time = dt.time(9),
    ends: dt.time = dt.time(10),
) -> WeeklyHours:
    """Monday from nine to ten, unless said otherwise."""
    with tenant_transaction(mentor.organization_id):
        return WeeklyHours.objects.create(
            organization_id=mentor.organization_id, mentor=mentor, weekday=weekday, starts=starts, ends=ends
        )


def make_weights(organization: Organization, **fields: Any) -> MatchWeights:
    """The next version of the rule."""
    with tenant_transaction(organization.pk):
        last = MatchWeights.objects.aggregate(last=Max("version"))["last"] or 0
        return MatchWeights.objects.create(organization=organization, **{"version": last + 1, **fields})


def offer_places(person: Person, tier: Tier = Tier.PEER, places: int = 3) -> Capacity:
    """Somebody offers so many places in a tier, with a profile if they have none yet."""
    with tenant_transaction(person.organization_id):
        profile = MentorProfile.objects.filter(person=person).first()
    profile = profile or make_profile(person)
    with tenant_transaction(person.organization_id):
        offered = {"organization_id": person.organization_id, "mentor": profile, "tier": tier}
        return Capacity.objects.update_or_create(**offered, defaults={"places": places})[0]


def make_mentorship(mentor: Person, mentee: Person, **fields: Any) -> Mentorship:
    """A running peer mentorship, unless the fields say otherwise. A mentor without places is given some."""
    state = fields.get("state", MentorshipState.ACTIVE)
    values = {"tier": Tier.PEER, "state": state, "offered_on": OFFERED_ON, **_OF_STATE[state], **fields}
    with tenant_transaction(mentor.organization_id):
        offers = Capacity.objects.filter(mentor__person=mentor, tier=values["tier"]).exists()
    if state in (MentorshipState.ACCEPTED, MentorshipState.ACTIVE) and not offers:
        offer_places(mentor, values["tier"], MOST_PLACES)
    with tenant_transaction(mentor.organization_id):
        return Mentorship.objects.create(
            organization_id=mentor.organization_id, mentor=mentor, mentee=mentee, **values
        )


def make_contract(mentorship: Mentorship, *, signed: bool = True, **fields: Any) -> Contract:
    """Version 1, in force since February unless it is not signed."""
    at = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
    values = {
        "version": 1,
        "purpose": "To learn to lead.",
        "rhythm": "Each month.",
        "confidentiality": "It stays here.",
        "drafted_by_id": mentorship.mentor_id,
        "drafted_at": at,
        **fields,
    }
    with tenant_transaction(mentorship.organization_id):
        contract = Contract.objects.create(
            organization_id=mentorship.organization_id, mentorship=mentorship, **values
        )
        if signed:
            sign(contract, at)
    return contract


def sign(contract: Contract, at: dt.datetime = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)) -> None:
    """By both; from then on it does not change."""
    with tenant_transaction(contract.organization_id):
        contract.mentor_signed_at = contract.mentee_signed_at = at
        contract.save(update_fields=["mentor_signed_at", "mentee_signed_at"])


def make_deliverable(mentorship: Mentorship, title: str = "Lead a project", **fields: Any) -> Deliverable:
    """Of a contract in force that asks for nothing else."""
    contract = make_contract(mentorship, signed=False)
    values = {"due_on": dt.date(2026, 12, 1), "position": 1, **fields}
    with tenant_transaction(mentorship.organization_id):
        made = Deliverable.objects.create(
            organization_id=mentorship.organization_id, contract=contract, title=title, **values
        )
    sign(contract)
    return made


def make_session(mentorship: Mentorship, starts_at: dt.datetime | None = None, **fields: Any) -> Session:
    """An hour in three days, unless said otherwise."""
    now = timezone.now()
    with tenant_transaction(mentorship.organization_id):
        return Session.objects.create(
            organization_id=mentorship.organization_id,
            mentorship=mentorship,
            starts_at=starts_at or now + dt.timedelta(days=3),
            **{"changed_at": now, **fields},
        )


def make_feed(person: Person) -> CalendarFeed:
    with tenant_transaction(person.organization_id):
        return CalendarFeed.objects.create(
            organization_id=person.organization_id, person=person, made_at=timezone.now()
        )
