"""Questions about profiles, each asked for somebody: PostgreSQL shows no more (sql/own_profiles.sql)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from partnerships.models import PartnershipProgramme, Profile, ProgrammeParticipant
from people.member import Member
from surveys.disclosure import THRESHOLD_FLOOR, shown_share


def profiles_visible_to(member: Member) -> QuerySet[Profile]:
    """One's own, and those that partners show."""
    mine = Q(participant__person=member.person_id) | Q(readers__contains=[member.person_id])
    return Profile.objects.filter(mine).select_related("participant__person")


def profile_of(participant: ProgrammeParticipant) -> Profile | None:
    """For whom it is about."""
    return Profile.objects.filter(participant=participant).first()


def profiles_shown_to(participant: ProgrammeParticipant) -> QuerySet[Profile]:
    """What partners in the same partnership show to somebody who takes part."""
    shown = Profile.objects.filter(
        participant__programme=participant.programme_id, readers__contains=[participant.person_id]
    )
    return shown.select_related("participant__person").order_by("participant__person__search_key")


def partners_of(
    participant: ProgrammeParticipant, programme: PartnershipProgramme
) -> list[ProgrammeParticipant]:
    """With whom somebody leads a unit and takes part at present; a sponsor with nobody."""
    return [
        each
        for each in programme.participants_by_name
        if each.partnership_id is not None
        and each.partnership_id == participant.partnership_id
        and each.pk != participant.pk
        and each.left_on is None
    ]


def profiles_kept(programme: PartnershipProgramme) -> tuple[int, int] | None:
    """Between which numbers lies how many of those who take part keep one, twice the same where it may be
    told exactly (surveys.disclosure.shown_share); None where neither they nor the others are enough."""
    staying = sum(each.left_on is None for each in programme.participants_by_name)
    share = shown_share(_counted(programme.pk), staying, k=THRESHOLD_FLOOR)
    return (round(share[0] * staying), round(share[1] * staying)) if share else None


def _counted(programme_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnerships_profiles_kept(%s)", [programme_id])
        (kept,) = cursor.fetchone()
    return kept or 0
