"""Taking over the requirements of a standard from a file."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from insights.models import Mapping, Requirement, Standard
from insights.models.accreditation import MOST_REQUIREMENTS
from insights.permissions import ACCREDITATION_IS_KEPT_BY, can_keep_accreditation
from insights.requirement_files import RequirementRow
from people.access import demand
from people.member import Member


@transaction.atomic
def set_requirements(standard: Standard, rows: Sequence[RequirementRow], *, by: Member) -> tuple[int, int]:
    """As the file has them and in its order: how many were added, and how many were there. What it leaves
    out stays, behind the others. A source that a row no longer names is evidence no longer; notes of the
    others, and documents, stay."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    Standard.objects.select_for_update().get(pk=standard.pk)
    there = {each.code: each for each in Requirement.objects.filter(standard=standard).order_by("position")}
    codes = {row.code for row in rows}
    if len(codes | there.keys()) > MOST_REQUIREMENTS:
        raise ValidationError(
            _("A standard has at most %(most)d requirements.") % {"most": MOST_REQUIREMENTS}
        )
    found = {row.code: there.get(row.code) or Requirement(standard=standard, code=row.code) for row in rows}
    behind = [each for code, each in there.items() if code not in codes]
    for position, each in enumerate([*found.values(), *behind], start=1):
        each.position = position
    for row in rows:
        found[row.code].text, found[row.code].applies = row.text, row.applies
    Requirement.objects.bulk_update(there.values(), ["position", "text", "applies"])
    Requirement.objects.bulk_create(each for code, each in found.items() if code not in there)
    _set_mappings({found[row.code]: row for row in rows if row.sources is not None})
    return len(codes - there.keys()), len(codes & there.keys())


def _set_mappings(rows: dict[Requirement, RequirementRow]) -> None:
    named = {(each.pk, source) for each, row in rows.items() for source in row.sources or ()}
    kept = Mapping.objects.filter(requirement__in=rows)
    there = {(each.requirement_id, each.source): each.pk for each in kept}
    Mapping.objects.filter(pk__in=[pk for key, pk in there.items() if key not in named]).delete()
    Mapping.objects.bulk_create(
        Mapping(requirement_id=requirement, source=source)
        for requirement, source in named
        if (requirement, source) not in there
    )
