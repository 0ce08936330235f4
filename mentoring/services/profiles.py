"""Offering to mentor: what for, in which tiers, how and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import MeetingFormat, Tier
from mentoring.models import Capacity, Expertise, MentorProfile
from mentoring.queries.profiles import tiers_open_to
from mentoring.queries.taxonomy import tags_in_use
from mentoring.services.locking import wait_for_other_tabs
from people.member import Member

MOST_EXPERTISE: Final = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """What a mentor says; `places` for the tiers that were asked about."""

    offering: bool
    about: str
    languages: Collection[str]
    formats: Collection[MeetingFormat]
    tag_ids: Collection[UUID]
    places: Mapping[Tier, int]


@transaction.atomic
def save_profile(offer: Offer, *, by: Member) -> MentorProfile:
    """Make or change one's own profile. Who stops offering keeps the mentorships that run."""
    tags = set(tags_in_use().filter(pk__in=offer.tag_ids).values_list("pk", flat=True))
    if len(tags) > MOST_EXPERTISE:
        raise ValidationError(
            _("You chose %(count)d; choose %(most)d at most, those you can help with best.")
            % {"count": len(tags), "most": MOST_EXPERTISE}
        )
    wait_for_other_tabs(by)
    values = {
        "offering": offer.offering,
        "about": offer.about,
        "languages": sorted(offer.languages),
        "formats": sorted(offer.formats),
    }
    profile, _made = MentorProfile.objects.update_or_create(person_id=by.person_id, defaults=values)
    _offer_expertise(profile, tags)
    _offer_places(profile, offer.places, tiers_open_to(by.person_id, on=timezone.localdate()))
    return profile


def _offer_expertise(profile: MentorProfile, tags: set[UUID]) -> None:
    offered = Expertise.objects.filter(mentor=profile)
    offered.exclude(tag__in=tags).delete()
    known = set(offered.values_list("tag_id", flat=True))
    Expertise.objects.bulk_create(
        [Expertise(mentor=profile, tag_id=tag_id) for tag_id in sorted(tags - known)]
    )


def _offer_places(profile: MentorProfile, places: Mapping[Tier, int], open_tiers: frozenset[Tier]) -> None:
    """Never fewer than are taken; in a tier that is not open (any more) never more than there are."""
    # An acceptance locks the same row: either it is seen here, or it sees the new number.
    rows = {Tier(row.tier): row for row in Capacity.objects.select_for_update().filter(mentor=profile)}
    errors = {}
    for tier, wanted in places.items():
        row = rows.get(tier)
        had, taken = (row.places, row.taken) if row else (0, 0)
        if wanted < taken:
            message = ngettext(
                "%(taken)d place is taken. It is free again when that mentorship ends.",
                "%(taken)d places are taken. They are free again when those mentorships end.",
                taken,
            )
            errors[places_field(tier)] = message % {"taken": taken}
        elif wanted > had and tier not in open_tiers:
            errors[places_field(tier)] = _("You cannot offer places in this tier now.")
    if errors:
        raise ValidationError(errors)
    for tier, wanted in places.items():
        row = rows.get(tier)
        if row is None and wanted:
            Capacity.objects.create(mentor=profile, tier=tier, places=wanted)
        elif row is not None and row.places != wanted:
            row.places = wanted
            row.save(update_fields=["places"])


def places_field(tier: Tier) -> str:
    """What a form calls the number of places in a tier."""
    return f"places_{tier.value}"
