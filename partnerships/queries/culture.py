"""What is published of a programme's cultural audits. Published rows and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from partnerships.culture_change import DimensionChange, Figure, changes_between
from partnerships.enums import AuditPoint
from partnerships.models import PartnershipProgramme, ProgrammeAudit
from partnerships.permissions import can_read_audit
from partnerships.queries.audits import audits_of
from people.member import Member
from surveys.models import InstrumentItem, PublishedIndex, PublishedScale, Wave
from surveys.permissions import can_see_report
from surveys.queries import publication_days
from surveys.wording import group_label

INDEX: Final = ""  # the key of all dimensions together


@dataclass(slots=True)
class AuditFigures:
    """One audit as somebody may read it: `readable` from which day, and what is published by then."""

    audit: ProgrammeAudit
    published_on: dt.date | None
    readable: bool
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def wave(self) -> Wave:
        return self.audit.wave


@dataclass(frozen=True, slots=True)
class CultureReport:
    """Both audits of a programme, dimension by dimension, and the same index unit by unit where the reader
    may see each unit's report."""

    audits: dict[str, AuditFigures]
    rows: list[DimensionChange]
    units: list[DimensionChange]
    low: float
    high: float

    @property
    def is_readable(self) -> bool:
        return any(each.readable for each in self.audits.values())

    @property
    def is_complete(self) -> bool:
        return all(which in self.audits and self.audits[which].readable for which in AuditPoint.values)


def culture_report(programme: PartnershipProgramme, member: Member, *, on: dt.date) -> CultureReport | None:
    """None before the first audit is attached. At most eight queries."""
    audits = list(audits_of(programme))
    if not audits:
        return None
    days = publication_days(each.wave_id for each in audits)
    found = {
        each.which: AuditFigures(
            each, days.get(each.wave_id), can_read_audit(member, programme, days.get(each.wave_id), on=on)
        )
        for each in audits
    }
    readable = [each for each in found.values() if each.readable]
    asked = _items_of(each.wave.instrument_id for each in readable)
    for each in readable:
        each.figures = _figures(programme, each.wave, len(asked[each.wave.instrument_id]))
    first, second = (
        found[which].figures if which in found else {} for which in (AuditPoint.START, AuditPoint.END)
    )
    groups = [item.group for items in asked.values() for item in items]
    labels = {INDEX: _("All together"), **{group: group_label(group) for group in groups}}
    units = _by_unit(programme, found, member, asked, on=on)
    return CultureReport(found, changes_between(first, second, labels), units, *_scale(asked))


def read_at(programme: PartnershipProgramme, wave: Wave) -> UUID:
    """The unit whose published cell holds everybody of the programme whom the audit asked: the programme's,
    or what alone was asked below it."""
    asked = wave.unit
    if asked is not None and asked.path.startswith(programme.unit.path):
        return asked.pk
    return programme.unit_id


def _items_of(instruments: Iterable[UUID]) -> dict[UUID, list[InstrumentItem]]:
    """The questions of the audits that may be read, those of the newest version first."""
    found: dict[UUID, list[InstrumentItem]] = {}
    rows = InstrumentItem.objects.filter(instrument__in=set(instruments))
    for item in rows.order_by("-instrument__version", "instrument", "position"):
        found.setdefault(item.instrument_id, []).append(item)
    return found


def _scale(asked: dict[UUID, list[InstrumentItem]]) -> tuple[float, float]:
    """From the lowest to the highest answer to one question."""
    items = [item for items in asked.values() for item in items]
    return min((item.low for item in items), default=0), max((item.high for item in items), default=1)


def _figures(programme: PartnershipProgramme, wave: Wave, items: int) -> dict[str, Figure]:
    """All together, and each dimension from ten answers on. Two queries."""
    unit = read_at(programme, wave)
    found = {}
    cell = PublishedIndex.objects.filter(wave=wave, unit=unit).first()
    if cell is not None and cell.is_published:
        found[INDEX] = _figure(cell, items)
    for scale in PublishedScale.objects.filter(wave=wave, unit=unit):
        found[scale.group] = _figure(scale, scale.items)
    return found


def _figure(row: PublishedIndex | PublishedScale, items: int) -> Figure:
    """On the scale of one answer instead of a sum of `items`."""
    assert row.n is not None and row.mean is not None  # noqa: S101, PT018 - a published row has both
    low, high = (None if end is None else end / items for end in (row.low, row.high))
    return Figure(row.n, row.mean / items, low, high, row.bound)


def _by_unit(
    programme: PartnershipProgramme,
    audits: dict[str, AuditFigures],
    member: Member,
    asked: dict[UUID, list[InstrumentItem]],
    *,
    on: dt.date,
) -> list[DimensionChange]:
    """The units that the partnerships lead, each where its reports of both audits are published and the
    reader may see them. One query."""
    of_wave = {each.wave.pk: each for each in audits.values() if each.readable}
    if len(of_wave) < len(AuditPoint):
        return []
    led = {each.partnership.unit_id for each in programme.participants_by_name if each.partnership}
    led -= {read_at(programme, each.wave) for each in of_wave.values()}
    found: dict[str, dict[str, Figure]] = {which: {} for which in AuditPoint.values}
    labels = {}
    cells = PublishedIndex.objects.filter(wave__in=of_wave, unit__in=led).select_related("unit")
    for cell in cells.order_by("unit__name", "unit"):
        each = of_wave[cell.wave_id]
        if cell.is_published and can_see_report(member, cell, published_on=each.published_on, on=on):
            key = str(cell.unit_id)
            found[each.audit.which][key] = _figure(cell, len(asked[each.wave.instrument_id]))
            labels[key] = cell.unit.name
    first, second = found[AuditPoint.START], found[AuditPoint.END]
    both = {key: label for key, label in labels.items() if key in first and key in second}
    return changes_between(first, second, both)
