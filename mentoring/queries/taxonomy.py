"""Questions about tags and interests, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from mentoring.enums import TagKind
from mentoring.models import Expertise, Interest, Tag
from people.queries import gone, search_text


@dataclass(frozen=True, slots=True)
class UsedTag:
    """A tag with how many people who are here look for it, and how many who mentor offer it."""

    tag: Tag
    looking: int
    offering: int

    @property
    def is_lacking(self) -> bool:
        """Somebody looks for it and nobody offers it."""
        return self.tag.retired_on is None and self.looking > 0 and not self.offering


def tags_in_use() -> QuerySet[Tag]:
    """What can be chosen today, by kind and name."""
    return Tag.objects.filter(retired_on=None).order_by("kind", "name")


def tags_with_use(*, on: dt.date, named: str = "") -> dict[TagKind, list[UsedTag]]:
    """Every tag of each kind that has the given words in its name, the ones in use first. Three queries:
    joined, they would multiply."""
    looking = counted(Interest.objects.exclude(person__in=gone(on)))
    offering = counted(Expertise.objects.filter(mentor__offering=True).exclude(mentor__person__in=gone(on)))
    found: dict[TagKind, list[UsedTag]] = {kind: [] for kind in TagKind}
    wanted = search_text(named)
    tags = [tag for tag in Tag.objects.all() if wanted in search_text(tag.name)]
    for tag in sorted(tags, key=lambda tag: (tag.retired_on is not None, tag.name.casefold())):
        found[TagKind(tag.kind)].append(UsedTag(tag, looking[tag.pk], offering[tag.pk]))
    return found


def counted(chosen: QuerySet[Interest] | QuerySet[Expertise]) -> defaultdict[UUID, int]:
    """How many rows name each tag; none where it is not named."""
    rows = chosen.order_by().values_list("tag").annotate(times=Count("pk"))
    return defaultdict(int, rows)


def interests_of(person_id: UUID) -> set[UUID]:
    """The tags somebody chose, without those that were retired since."""
    chosen = Interest.objects.filter(person=person_id, tag__retired_on=None)
    return set(chosen.values_list("tag_id", flat=True))
