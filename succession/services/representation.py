"""Switching the look at representation on or off, and telling it once a year."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from succession.models import RepresentationRule
from succession.permissions import REPRESENTATION_IS_SWITCHED_BY, can_switch_representation


@transaction.atomic
def switch_representation(*, is_on: bool, purpose: str, by: Member) -> RepresentationRule:
    """Off by default; on only for a purpose in words, which stands on the page. What was told stays."""
    demand(can_switch_representation(by), REPRESENTATION_IS_SWITCHED_BY)
    if is_on and not purpose.strip():
        raise ValidationError({"purpose": _("Say for what: the law wants a purpose, and people read it.")})
    rule, _made = RepresentationRule.objects.update_or_create(
        defaults={
            "is_on": is_on,
            "purpose": purpose.strip(),
            "changed_by_id": by.person_id,
            "changed_on": timezone.localdate(),
        }
    )
    return rule


def tell_representation() -> int:
    """Of how many traits figures were told: the database decides, once a year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT succession_tell_representation()")
        ((told,),) = cursor.fetchall()
    transaction.on_commit(clear_answers)
    return int(told)


def clear_answers() -> None:
    """Clear the space of answers that nobody should find any more, outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM succession_countedperson")
