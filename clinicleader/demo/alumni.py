"""Alumni hours before and to come, and a junior who mentors a senior."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final

from django.utils import timezone

from clinicleader.demo.programmes import member_of
from clinicleader.demo.staff import Person, Staff
from mentoring.models import AlumniHour, AlumniSeat, ReverseMentoring, Tag
from mentoring.services.alumni import Recording, publish_recording
from surveys.enums import Dimension

SEATS: Final = 14
GUEST: Final = "Prof Amara Okafor"
TRANSCRIPT: Final = (
    "The first budget I was shown had a line nobody could explain to me. I asked who had written it, and he "
    "was glad that somebody did. That is most of what I have to say about money: ask who wrote the line.\n\n"
    "As a fellow I sat in a committee and did not open my mouth for a year. Then the chair fell ill and I "
    "had read the papers. Read the papers."
)


def fill_alumni(staff: Staff, members: dict[Person, dt.date], today: dt.date, rng: random.Random) -> None:
    """One hour a quarter ago, one in two weeks; one pair the other way."""
    director = staff.part("director")
    here = [one for one in members if one.works_on(today)]
    _past_hour(director, here, today, rng)
    AlumniHour.objects.create(
        title="How I became a chair, and what I would skip",
        about="Twenty minutes of story, forty of your questions.",
        starts_at=_at(today + dt.timedelta(days=14), 17),
        place="Lecture hall 2",
        speaker_id=staff.part("chair").id,
        organised_by_id=director.id,
    )
    ReverseMentoring.objects.create(
        junior_id=staff.part("resident").id,
        senior_id=staff.part("executive").id,
        topic="How residents find answers at three in the morning",
        started_on=today - dt.timedelta(days=60),
        arranged_by_id=director.id,
    )


def _past_hour(director: Person, here: list[Person], today: dt.date, rng: random.Random) -> None:
    """A guest's, who agreed that the recording is shown."""
    held = today - dt.timedelta(days=75)
    hour = AlumniHour.objects.create(
        title="Ask who wrote the line",
        about="What a former fellow learned about money and committees before she became chair elsewhere.",
        starts_at=_at(held, 17),
        place="Lecture hall 2",
        guest=GUEST,
        organised_by_id=director.id,
        consented_on=held + dt.timedelta(days=2),
        consent_note=f"letter of {held + dt.timedelta(days=1)}",
    )
    came = rng.sample(here, min(SEATS, len(here)))
    AlumniSeat.objects.bulk_create(
        AlumniSeat(hour=hour, person_id=one.id, attended=rng.random() < 0.85) for one in came
    )
    tags = list(Tag.objects.filter(name__in=["Governance and board papers", "Finance and contracting"]))
    competencies = [Dimension.FINANCIAL_ACUMEN.value, Dimension.GOVERNANCE_EXPERIENCE.value]
    recording = Recording("https://video.example/ask-who-wrote-the-line", TRANSCRIPT, competencies, tags)
    publish_recording(hour, recording, by=member_of(director, today))


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
