"""Questions about alumni hours and their library."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentoring.alumni_words import words_of
from mentoring.models import AlumniHour, AlumniSeat, AlumniWord
from mentoring.permissions import can_organise_alumni
from people.member import Member
from people.models import CohortMembership, Person
from people.queries import employed, in_force


def hours_visible_to(member: Member, *, on: dt.date) -> QuerySet[AlumniHour]:
    """All for whoever organises them; for others those they are invited to or speak at, and the library."""
    hours = AlumniHour.objects.select_related("speaker", "cohort")
    if can_organise_alumni(member):
        return hours
    mine = CohortMembership.objects.filter(in_force(on), person=member.person_id)
    invited = Q(cohort__in=mine.values("cohort")) | Q(Exists(mine), cohort=None)
    return hours.filter(invited | Q(speaker=member.person_id) | in_library())


def in_library() -> Q:
    """Recordings whose speakers consent."""
    return ~Q(recording="") & Q(consented_on__isnull=False)


def invited_to(hour: AlumniHour, *, on: dt.date) -> QuerySet[Person]:
    """Who is invited: the cohort, or everybody in a programme."""
    members = CohortMembership.objects.filter(in_force(on), person=OuterRef("pk"))
    if hour.cohort_id:
        members = members.filter(cohort=hour.cohort_id)
    return Person.objects.filter(employed(on), Exists(members))


def people_told_of(hour: AlumniHour, *, on: dt.date) -> set[UUID]:
    """Who knows of an hour: the invited, who signed up, and the speaker. Two queries."""
    known = set(invited_to(hour, on=on).values_list("pk", flat=True))
    known |= set(AlumniSeat.objects.filter(hour=hour).values_list("person", flat=True))
    return known | ({hour.speaker_id} if hour.speaker_id else set())


def with_seats(hours: QuerySet[AlumniHour], person_id: UUID) -> QuerySet[AlumniHour]:
    """Hours with `seat_count` and `mine`, whether the person has a seat."""
    mine = AlumniSeat.objects.filter(hour=OuterRef("pk"), person=person_id)
    return hours.annotate(seat_count=Count("seats"), mine=Exists(mine))


def library(*, dimension: str = "", words: str = "") -> QuerySet[AlumniHour]:
    """The recordings to find by competency and by words; each word may be the beginning of one."""
    found = AlumniHour.objects.filter(in_library()).select_related("speaker")
    if dimension:
        found = found.filter(dimensions__contains=[dimension])
    for word in words_of(words)[:8]:
        within = AlumniWord.objects.filter(word__gte=word, word__lt=f"{word}\U0010ffff")
        found = found.filter(pk__in=within.values("hour"))
    return found.prefetch_related("tags__tag").order_by("-starts_at", "pk")


def seats_of(hour: AlumniHour) -> QuerySet[AlumniSeat]:
    """Who signed up, by name."""
    return AlumniSeat.objects.filter(hour=hour).select_related("person").order_by("person__search_key", "pk")
