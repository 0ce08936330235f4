"""Mentoring of an organisation as large as the largest: who offers, who has whom, and what came of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from mentoring.models import AlumniHour, AlumniSeat, CreditRule, ReverseMentoring, Tag
from mentoring.services.alumni import Recording, publish_recording
from mentoring.services.presets import install_presets
from people.member import Member
from surveys.enums import Dimension
from tenancy.jobs.periods import last_quarters, quarter_of
from tenancy.scope import current_organization_id

SQL: Final = Path(__file__).with_suffix(".sql")
RATED: Final = 2  # quarters
HOURS, SEATS, REVERSE = 40, 30, 30


def fill_mentoring(members: list[UUID], leaders: list[UUID], *, zone: str, today: dt.date, by: Member) -> int:
    """Set by set; `leaders` sit in nobody's programme. Returns how many mentorships there are."""
    install_presets()
    closed = last_quarters(quarter_of(today), RATED + 1)[1:]
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "today": today,
        "zone": zone,
        "quarters": sorted(closed),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(), asked)
        cursor.execute("SELECT count(*) FROM pair")
        count = int(cursor.fetchone()[0])
    CreditRule.objects.create(version=1, percent_fte=5, points=10, reason="A trial of two years")
    _alumni_hours(members, today, by)
    ReverseMentoring.objects.bulk_create(
        ReverseMentoring(
            junior_id=junior,
            senior_id=senior,
            topic="Night work",
            started_on=today,
            arranged_by_id=by.person_id,
        )
        for junior, senior in zip(members[:REVERSE], leaders, strict=False)
    )
    return count


def _alumni_hours(members: list[UUID], today: dt.date, by: Member) -> None:
    """One a week; those that were held are in the library."""
    hours = AlumniHour.objects.bulk_create(
        AlumniHour(
            title=f"How I became a chair, part {number + 1}",
            about="Twenty minutes of story, forty of your questions.",
            starts_at=timezone.make_aware(
                dt.datetime.combine(today + dt.timedelta(weeks=4 - number), dt.time(17))
            ),
            place="Lecture hall 2",
            guest="Prof Amara Okafor",
            organised_by_id=by.person_id,
            consented_on=today,
            consent_note="letter of today",
        )
        for number in range(HOURS)
    )
    AlumniSeat.objects.bulk_create(
        AlumniSeat(hour=hour, person_id=person)
        for number, hour in enumerate(hours)
        for person in members[number : number + SEATS]
    )
    tags = list(Tag.objects.order_by("name")[:3])
    words = "The first budget I was shown had a line nobody could explain. Ask who wrote the line."
    for hour in hours:
        if hour.starts_at < timezone.now():
            recording = Recording(
                "https://video.example/chair", words, [Dimension.FINANCIAL_ACUMEN.value], tags
            )
            publish_recording(hour, recording, by=by)
