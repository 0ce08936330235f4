"""Keeping the organisation's tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring.enums import TagKind
from mentoring.models import Tag
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from people.access import demand
from people.member import Member


def add_tag(*, kind: TagKind, name: str, weight: int, by: Member) -> Tag:
    """Offer a new word to mentees and mentors."""
    demand(can_keep_taxonomy(by), TAXONOMY_IS_KEPT_BY)
    with _one_of_a_name():
        return Tag.objects.create(kind=kind, name=name, weight=weight)


def change_tag(tag: Tag, *, name: str, weight: int, by: Member) -> None:
    """Word or weigh a tag differently. Whoever chose it keeps it, so the meaning should stay."""
    demand(can_keep_taxonomy(by), TAXONOMY_IS_KEPT_BY)
    with _one_of_a_name():
        locked = _lock(tag)
        locked.name, locked.weight = name, weight
        locked.save(update_fields=["name", "weight"])


@transaction.atomic
def retire_tag(tag: Tag, *, on: dt.date, by: Member) -> None:
    """Offer a tag no more. Who chose it keeps it on record, and matching leaves it out."""
    demand(can_keep_taxonomy(by), TAXONOMY_IS_KEPT_BY)
    locked = _lock(tag)
    if locked.retired_on is None:
        locked.retired_on = on
        locked.save(update_fields=["retired_on"])


@transaction.atomic
def restore_tag(tag: Tag, *, by: Member) -> None:
    """Offer a retired tag again; it counts again for everybody who had chosen it."""
    demand(can_keep_taxonomy(by), TAXONOMY_IS_KEPT_BY)
    locked = _lock(tag)
    if locked.retired_on is not None:
        locked.retired_on = None
        locked.save(update_fields=["retired_on"])


def _lock(tag: Tag) -> Tag:
    return Tag.objects.select_for_update().get(pk=tag.pk)


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """The table's constraint as a message beside the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "mentoring_tag_once" not in str(error):
            raise
        message = _("A tag of this kind has this name already. If it is retired, bring it back.")
        raise ValidationError({"name": message}) from error
