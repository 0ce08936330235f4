"""Changing what a primary sponsor does here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from sponsors.models import RoleDefinition
from sponsors.permissions import DEFINITION_IS_KEPT_BY, can_keep_definition
from sponsors.queries.profiles import definition_in_force
from tenancy.turns import one_at_a_time


@transaction.atomic
def change_definition(words: str, *, after: int, by: Member) -> RoleDefinition:
    """Put a new version in force; `after` is the one its author saw. Sponsors are asked to agree anew."""
    demand(can_keep_definition(by), DEFINITION_IS_KEPT_BY)
    one_at_a_time("sponsors definition")
    newest = definition_in_force()
    if newest.version != after:
        name = newest.set_by.name if newest.set_by else "ClinicLeader"
        raise ValidationError(
            _("Meanwhile %(name)s put version %(version)d in force. Look at it, then change it.")
            % {"name": name, "version": newest.version}
        )
    words = words.strip()
    if words == newest.words.strip():
        raise ValidationError(_("These are the words in force already: nothing is changed."))
    return RoleDefinition.objects.create(version=newest.version + 1, words=words, set_by_id=by.person_id)
