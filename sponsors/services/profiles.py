"""Agreeing to sponsor, and saying for whom and for how many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.queries.taxonomy import tags_in_use
from people.member import Member
from people.models import Person
from sponsors.enums import SponsorshipState
from sponsors.models import SponsorInterest, SponsorProfile, Sponsorship
from sponsors.queries.profiles import definition_in_force

MOST_INTERESTS: Final = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """What a sponsor says. `agreed`: to which version of the definition of the role; None for not now."""

    offering: bool
    experience: str
    places: int
    tag_ids: Collection[UUID]
    agreed: int | None


@transaction.atomic
def save_profile(offer: Offer, *, by: Member) -> SponsorProfile:
    """Make or change one's own profile. Nobody sponsors without having agreed to what it means; who stops
    offering keeps the leaders they have."""
    # Two tabs at once: the second one waits. An acceptance locks the profile itself.
    Person.objects.select_for_update(no_key=True).get(pk=by.person_id)
    profile = SponsorProfile.objects.select_for_update().filter(person=by.person_id).first()
    agreed = _agreed(profile, offer.agreed)
    tags = set(tags_in_use().filter(pk__in=offer.tag_ids).values_list("pk", flat=True))
    if len(tags) > MOST_INTERESTS:
        raise ValidationError(
            _("You chose %(count)d; choose %(most)d at most, those you can help with best.")
            % {"count": len(tags), "most": MOST_INTERESTS}
        )
    _keep_places(by.person_id, offer.places)
    profile = profile or SponsorProfile(person_id=by.person_id)
    if profile.agreed_version != agreed:
        profile.agreed_version, profile.agreed_at = agreed, timezone.now()
    profile.offering, profile.places = offer.offering, offer.places
    profile.experience = offer.experience.strip()
    profile.save()
    _keep_interests(profile, tags)
    return profile


def _agreed(profile: SponsorProfile | None, agreed: int | None) -> int:
    """The version that holds from now on: the newest, or the one agreed to before."""
    newest = definition_in_force().version
    if agreed is not None and agreed != newest:
        raise ValidationError({"agreed": _("The definition of the role changed meanwhile. Read it again.")})
    if agreed is None and profile is None:
        raise ValidationError({"agreed": _("Nobody sponsors without having agreed to what it means.")})
    return newest if agreed is not None else profile.agreed_version  # type: ignore[union-attr]  # checked above


def _keep_places(person_id: UUID, places: int) -> None:
    """Never fewer than are taken."""
    taken = Sponsorship.objects.filter(sponsor=person_id, state=SponsorshipState.ACTIVE).count()
    if places < taken:
        message = ngettext(
            "You sponsor %(taken)d leader. The place is free again when that sponsorship ends.",
            "You sponsor %(taken)d leaders. Places are free again when those sponsorships end.",
            taken,
        )
        raise ValidationError({"places": message % {"taken": taken}})


def _keep_interests(profile: SponsorProfile, tags: set[UUID]) -> None:
    chosen = SponsorInterest.objects.filter(sponsor=profile)
    chosen.exclude(tag__in=tags).delete()
    known = set(chosen.values_list("tag_id", flat=True))
    SponsorInterest.objects.bulk_create(
        [SponsorInterest(sponsor=profile, tag_id=tag_id) for tag_id in sorted(tags - known)]
    )
