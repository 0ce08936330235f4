"""Saying what one would like a mentor for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.models import Interest
from mentoring.queries.taxonomy import tags_in_use
from mentoring.services.locking import wait_for_other_tabs
from people.member import Member

# Who chooses everything looks for nothing: the similarity of all mentors would be the same.
MOST_INTERESTS: Final = 8


@transaction.atomic
def save_interests(tag_ids: Collection[UUID], *, by: Member) -> None:
    """Look for a mentor with these tags and no others. Tags that were retired meanwhile are left out."""
    wanted = set(tags_in_use().filter(pk__in=tag_ids).values_list("pk", flat=True))
    if len(wanted) > MOST_INTERESTS:
        raise ValidationError(
            _("You chose %(count)d; choose %(most)d at most, those that matter most now.")
            % {"count": len(wanted), "most": MOST_INTERESTS}
        )
    wait_for_other_tabs(by)
    own = Interest.objects.filter(person=by.person_id)
    own.exclude(tag__in=wanted).delete()
    known = set(own.values_list("tag_id", flat=True))
    Interest.objects.bulk_create(
        [Interest(person_id=by.person_id, tag_id=tag_id) for tag_id in sorted(wanted - known)]
    )
