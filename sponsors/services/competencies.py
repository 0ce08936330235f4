"""Keeping the framework of competencies: the organisation's, and what units make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Unit
from sponsors.competency_preset import PRESET_COMPETENCIES
from sponsors.enums import CompetencyGroup, OutsideFramework
from sponsors.models import Competency, CompetencyHeading
from sponsors.permissions import FRAMEWORK_IS_KEPT_BY, can_keep_framework


@dataclass(frozen=True, slots=True)
class Wording:
    """A competency as somebody wants it. `anchors`: one a level; `headings`: of other frameworks."""

    group: CompetencyGroup
    name: str
    sentence: str
    anchors: tuple[str, ...]
    headings: dict[OutsideFramework, str] = field(default_factory=dict)


@transaction.atomic
def install_competencies() -> None:
    """Give the organisation in scope the competencies of the preset that it never had. What is there stays,
    however it was worded since."""
    known = set(Competency.objects.exclude(code="").values_list("code", flat=True))
    for place, preset in enumerate(PRESET_COMPETENCIES, start=1):
        if preset.code in known or Competency.objects.filter(unit=None, name=preset.name).exists():
            continue
        made = Competency.objects.create(
            code=preset.code,
            group=preset.group,
            place=place,
            name=preset.name,
            sentence=preset.sentence,
            anchors=list(preset.anchors),
        )
        _write_headings(made, preset.headings)


@transaction.atomic
def add_competency(wording: Wording, *, unit: Unit | None, by: Member) -> Competency:
    """A new one, for the whole organisation or for a unit and what is below it."""
    demand(can_keep_framework(by), FRAMEWORK_IS_KEPT_BY)
    return _save(Competency(unit=unit), wording)


@transaction.atomic
def change_competency(
    competency: Competency, wording: Wording, *, unit: Unit | None, by: Member
) -> Competency:
    """Word it differently: where it is kept, or in a unit below, where a wording of its own stands for it."""
    demand(can_keep_framework(by), FRAMEWORK_IS_KEPT_BY)
    return _save(_kept_in(unit, competency), wording)


@transaction.atomic
def retire_competency(competency: Competency, *, unit: Unit | None, on: dt.date, by: Member) -> Competency:
    """Not used any more, there or in a unit below alone. What was said about it keeps it."""
    demand(can_keep_framework(by), FRAMEWORK_IS_KEPT_BY)
    kept = _kept_in(unit, competency)
    headings = {OutsideFramework(each.framework): each.heading for each in competency.headings.all()}
    kept.retired_on = kept.retired_on or on
    return _save(kept, _wording_of(competency, headings))


@transaction.atomic
def restore_competency(competency: Competency, *, by: Member) -> Competency:
    """Use it again, where it was retired."""
    demand(can_keep_framework(by), FRAMEWORK_IS_KEPT_BY)
    locked = Competency.objects.select_for_update(of=("self",)).get(pk=competency.pk)
    locked.retired_on = None
    locked.save(update_fields=["retired_on"])
    return locked


def _kept_in(unit: Unit | None, competency: Competency) -> Competency:
    """The row itself, locked, where the unit keeps it; else a new one that stands for it there."""
    if competency.unit_id == (unit.pk if unit else None):
        return Competency.objects.select_for_update(of=("self",)).get(pk=competency.pk)
    if unit is None:
        raise ValidationError(_("A unit keeps this one: choose the unit first."))
    return Competency(
        unit=unit, stands_for_id=competency.stands_for_id or competency.pk, place=competency.place
    )


def _wording_of(competency: Competency, headings: dict[OutsideFramework, str]) -> Wording:
    return Wording(
        CompetencyGroup(competency.group),
        competency.name,
        competency.sentence,
        tuple(competency.anchors),
        headings,
    )


def _save(competency: Competency, wording: Wording) -> Competency:
    competency.group, competency.name = wording.group, wording.name.strip()
    competency.sentence = wording.sentence.strip()
    competency.anchors = [each.strip() for each in wording.anchors]
    with _one_of_a_name():
        competency.save()
    _write_headings(competency, wording.headings)
    return competency


def _write_headings(competency: Competency, headings: dict[OutsideFramework, str]) -> None:
    CompetencyHeading.objects.filter(competency=competency).delete()
    CompetencyHeading.objects.bulk_create(
        CompetencyHeading(competency=competency, framework=framework, heading=heading.strip())
        for framework, heading in headings.items()
        if heading.strip()
    )


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """The table's constraints as messages."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "sponsors_competency_once" in str(error):
            message = _("There is a competency of this name already. If it is retired, bring it back.")
            raise ValidationError({"name": message}) from error
        if "sponsors_competency_one_overlay" in str(error):
            message = _("Meanwhile somebody gave the unit a wording of its own. Look at it, then change it.")
            raise ValidationError(message) from error
        raise
