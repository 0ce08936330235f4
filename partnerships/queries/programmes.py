"""Questions about partnership programmes, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat, Trim

from partnerships.models import (
    Partner,
    Partnership,
    PartnershipProgramme,
    ProgrammeException,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.permissions import can_log_coaching, watches_partnerships
from partnerships.queries.partnerships import not_over, partnerships
from people.member import Member
from tenancy.kept import first_kept, kept


def programmes() -> QuerySet[PartnershipProgramme]:
    """With the unit, who runs it and who takes part. Two queries."""
    return PartnershipProgramme.objects.select_related("unit", "lead").prefetch_related(  # type: ignore[no-redef]  # as declared
        Prefetch("participants", queryset=_participants(), to_attr="participants_by_name")
    )


def _participants() -> QuerySet[ProgrammeParticipant]:
    """Sponsors first, partners with their partnership, each by name."""
    people = ProgrammeParticipant.objects.select_related("person", "partnership__unit", "coach")
    return people.order_by("-kind", "partnership__unit__name", "person__search_key")


def _participants_in(programme_id: UUID) -> QuerySet[ProgrammeParticipant]:
    """With what pages and the API say of them: more would be loaded of a hundred people each time."""
    names = ("given_name", "family_name", "email")
    return (
        _participants()
        .filter(programme=programme_id)
        .only(
            *("kind", "done_before", "left_on", "programme", "partnership__unit__name"),
            *(f"{who}__{name}" for who in ("person", "coach") for name in names),
        )
    )


def programmes_visible_to(member: Member) -> QuerySet[PartnershipProgramme]:
    """Those that one takes part in or once did, that one runs or sees to a part of, and all for whoever
    watches: a programme is no matter of others."""
    found = programmes().order_by("-start_date", "title")
    return found if watches_partnerships(member) else found.filter(is_matter_of(member.person_id))


def is_matter_of(person_id: UUID) -> Q:
    """Of programmes those that somebody has a part in."""
    concerned = [
        ProgrammeParticipant.objects.filter(programme=OuterRef("pk"), person=person_id),
        ProgrammePhase.objects.filter(programme=OuterRef("pk"), owner=person_id),
        ProgrammeException.objects.filter(phase__programme=OuterRef("pk"), owner=person_id),
    ]
    return reduce(or_, map(Exists, concerned), Q(lead=person_id))


def programme_for(member: Member, programme_id: UUID) -> PartnershipProgramme | None:
    """One of them. Two queries."""
    found = first_kept(_visible, programme_id, member.person_id, watches=watches_partnerships(member))
    if found is None:
        return None
    found.participants_by_name = kept(_participants_in, programme_id)
    for each in found.participants_by_name:
        each.programme = found
    return found


def sees_programme(member: Member, programme_id: UUID) -> bool:
    """Whether it is one of them."""
    return bool(kept(_seen, programme_id, member.person_id, watches=watches_partnerships(member)))


def sees_a_programme(member: Member) -> bool:
    """Whether there is one of them."""
    return bool(kept(_any_seen, member.person_id, watches=watches_partnerships(member)))


def _visible(programme_id: UUID, person_id: UUID, *, watches: bool) -> QuerySet[PartnershipProgramme]:
    found = PartnershipProgramme.objects.select_related("unit", "lead").filter(pk=programme_id)
    return found if watches else found.filter(is_matter_of(person_id))


def _seen(programme_id: UUID, person_id: UUID, *, watches: bool) -> QuerySet[PartnershipProgramme, Any]:
    return _visible(programme_id, person_id, watches=watches).select_related(None).values_list("pk")


def _any_seen(person_id: UUID, *, watches: bool) -> QuerySet[PartnershipProgramme, Any]:
    found = PartnershipProgramme.objects.values_list("pk")
    return (found if watches else found.filter(is_matter_of(person_id)))[:1]


def participant_shown_to(
    member: Member, programme: PartnershipProgramme, participant_id: UUID
) -> ProgrammeParticipant | None:
    """One's own part, or anybody's for whoever runs the programme."""
    found = next((each for each in programme.participants_by_name if each.pk == participant_id), None)
    return found if found is not None and can_log_coaching(member, programme, found) else None


def partnerships_to_bring(programme: PartnershipProgramme, *, on: dt.date) -> QuerySet[Partnership]:
    """Those below the programme's unit of which a partner does not take part yet."""
    low, high = programme.unit.subtree
    there = {each.person_id for each in programme.participants_by_name}
    new = Partner.objects.filter(not_over(on), partnership=OuterRef("pk")).exclude(person__in=there)
    return (
        partnerships(on=on)
        .filter(Exists(new), unit__path__gte=low, unit__path__lt=high, end_date=None)
        .order_by("unit__name", "start_date", "pk")
    )


def named_by_partners(
    found: QuerySet[Partnership], *, on: dt.date
) -> QuerySet[Partnership, tuple[UUID, str, list[str]]]:
    """Id, unit and the partners of a day by name, to choose from many: no row of a person is loaded."""
    name = Trim(Concat("person__given_name", Value(" "), "person__family_name"))
    partners = Partner.objects.filter(not_over(on), partnership=OuterRef("pk")).order_by("-part")
    lean = found.prefetch_related(None).select_related(None)
    return lean.values_list("pk", "unit__name", ArraySubquery(partners.values(name=name)))
