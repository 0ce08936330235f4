"""Questions about surveys, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone

from people.member import Member
from people.models import Appointment, CohortMembership, Unit
from people.queries import in_force
from people.unit_queries import in_reading_order
from surveys.built_in import CONFIDENCE_PULSE
from surveys.enums import InstrumentState
from surveys.models import (
    ConfidencePulse,
    Instrument,
    InstrumentItem,
    PublishedComment,
    PublishedGap,
    PublishedIndex,
    PublishedItem,
    PublishedPool,
    PublishedScale,
    PublishedWave,
    RollEntry,
    SurveyImport,
    Wave,
)
from surveys.permissions import can_see_report
from surveys.questionnaire import Questionnaire
from surveys.series import series_name
from surveys.timing import MANAGER_WAITS
from tenancy.jobs import first_step
from tenancy.models import JobStep

IMPORT_JOB = "surveys.import"
ROWS_READ = "responses read"
# What a row of a wave's overview says of a cell.
ROW = (
    *(
        "wave_id",
        "depth",
        "state",
        "n",
        "mean",
        "bound",
        "low",
        "high",
        "percent",
        "agreement",
        "estimate",
        "band",
    ),
    *("unit__name", "unit__external_id", "leader__given_name", "leader__family_name"),
)


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit in the order of `in_reading_order`."""

    id: UUID
    name: str
    depth: int
    parent: int  # its place in the same list; -1 for a root


def instruments_to_launch() -> QuerySet[Instrument]:
    """What a new wave can ask: the instruments in use, except the confidence pulse, which has its own pages
    and is not anonymous. A wave opens with no other (a trigger sees to the state)."""
    return (
        Instrument.objects.filter(state=InstrumentState.ACTIVE)
        .exclude(key=CONFIDENCE_PULSE.key)
        .order_by("title", "-version")
    )


def instruments_answered() -> QuerySet[Instrument]:
    """What a file of the past can hold answers to: also what is retired, but no draft."""
    return (
        Instrument.objects.exclude(state=InstrumentState.DRAFT)
        .exclude(key=CONFIDENCE_PULSE.key)
        .order_by("title", "-version")
    )


def instrument_items(instrument: Instrument) -> QuerySet[InstrumentItem]:
    """The items of an instrument in their order."""
    return InstrumentItem.objects.filter(instrument=instrument).order_by("position")


def questionnaire_of(instrument: Instrument, items: list[InstrumentItem] | None = None) -> Questionnaire:
    """An instrument as scoring sees it."""
    return Questionnaire(
        tuple(item.question for item in (instrument_items(instrument) if items is None else items)),
        instrument.minimum_answered,
    )


def units_in_tree_order() -> list[PlacedUnit]:
    """All units of the organisation, in one query."""
    units = in_reading_order(Unit.objects.only("id", "parent_id", "name", "depth"))
    places = {unit.pk: place for place, unit in enumerate(units)}
    return [
        PlacedUnit(unit.pk, unit.name, unit.depth, places[unit.parent_id] if unit.parent_id else -1)
        for unit in units
    ]


def units_surveyed(wave: Wave) -> list[PlacedUnit]:
    """All units, with the one that a live wave asked as the top of its tree: of what is above it this wave
    tells nothing. Without such a unit as `units_in_tree_order`."""
    units = units_in_tree_order()
    if wave.imported or wave.unit_id is None:
        return units
    top = next(place for place, unit in enumerate(units) if unit.id == wave.unit_id)
    depth = units[top].depth
    units[top] = replace(units[top], parent=-1, depth=0)
    for place in range(top + 1, len(units)):
        if units[place].depth <= depth:
            break  # in reading order what is below a unit follows it at once
        units[place] = replace(units[place], depth=units[place].depth - depth)
    return units


def leaders_of_units(*, on: dt.date) -> dict[UUID, UUID]:
    """Who led each unit on a day: the incumbent of its leading position, the longest-serving of several."""
    leaders: dict[UUID, UUID] = {}
    for unit_id, person_id in (
        Appointment.objects.filter(in_force(on), position__leads_unit=True)
        .order_by("interim", "start_date", "id")
        .values_list("position__unit_id", "person_id")
    ):
        leaders.setdefault(unit_id, person_id)
    return leaders


def imports_of(member: Member) -> QuerySet[SurveyImport]:
    """The survey files a member brought, newest first. Nobody sees another's."""
    return (
        SurveyImport.objects.filter(requested_by=member.person_id)
        .select_related("instrument", "units_under", "wave")
        .order_by("-created_at")
    )


def job_step_of(survey_import: SurveyImport) -> JobStep | None:
    """The ledger's step that applies an import; None before it was asked for."""
    return first_step(IMPORT_JOB, str(survey_import.pk))


def live_waves() -> QuerySet[Wave]:
    """Waves that run here, newest first: not those whose answers came from a file."""
    return Wave.objects.filter(imported=False).select_related("instrument").order_by("-opens_on", "title")


def roll_entry_of(person_id: UUID, wave: Wave) -> RollEntry | None:
    """What the roll of a wave says of a person; None for somebody who is not asked."""
    return RollEntry.objects.filter(wave=wave, person=person_id).select_related("wave").first()


def published_waves() -> QuerySet[PublishedWave]:
    """What every published wave says about everybody, newest first."""
    return PublishedWave.objects.select_related("wave__instrument", "wave__cohort", "wave__unit").order_by(
        "-wave__closes_on", "wave__title"
    )


def cells_of(wave_id: UUID) -> QuerySet[PublishedIndex]:
    """All cells of a wave in tree order, with the names that a page shows."""
    return (
        PublishedIndex.objects.filter(wave=wave_id)
        .select_related("unit", "leader", "wave__cohort")
        .order_by("position")
    )


def cells_within(wave: Wave, unit: Unit | None) -> QuerySet[PublishedIndex]:
    """The cells of a unit and everything below it, all without one, with what a row of them shows."""
    cells = wave.cells.select_related("unit", "leader").only(*ROW).order_by("position")
    if unit is None:
        return cells
    low, high = unit.subtree
    return cells.filter(unit__path__gte=low, unit__path__lt=high)


def asked_within(wave: Wave) -> dict[UUID | None, int]:
    """How many people were asked in each unit with everything below it; None: in all. Nobody in a survey
    from a file. One query."""
    counts: dict[UUID | None, int] = defaultdict(int)
    if wave.imported:
        return counts
    rows = RollEntry.objects.filter(wave=wave).values_list("unit__path").annotate(Count("pk")).order_by()
    for path, count in rows:
        counts[None] += count
        for part in path.strip("/").split("/"):
            counts[UUID(hex=part)] += count
    return counts


def units_on_roll(wave: Wave) -> set[UUID]:
    """The units in which the answers of anybody who was asked count; none in a survey from a file."""
    return set(RollEntry.objects.filter(wave=wave).values_list("unit", flat=True).distinct())


def band_sizes(wave_id: UUID) -> dict[str, int]:
    """How many of a wave's lowest published cells stand in each band."""
    rows = PublishedIndex.objects.filter(wave=wave_id, lowest=True).values_list("band")
    return dict(rows.annotate(units=Count("id")).order_by())


def publication_days(wave_ids: Iterable[UUID]) -> dict[UUID, dt.date]:
    """The day on which each of some waves was published; without those that are not. One query."""
    rows = PublishedWave.objects.filter(wave__in=set(wave_ids)).values_list("wave_id", "published_at")
    return {wave_id: timezone.localdate(published_at) for wave_id, published_at in rows}


def reports_about(member: Member, *, on: dt.date) -> QuerySet[PublishedIndex]:
    """The unit reports that concern a member, by the rule of `can_see_report`: as the leader then, or as that
    leader's immediate leader today from a week after publication."""
    after_a_week = Q(wave__published__published_at__date__lte=on - MANAGER_WAITS)
    own = Q(leader=member.person_id) | Q(leader__isnull=True, unit__in=member.led_units)
    return (
        PublishedIndex.objects.filter(
            own & (Q(same_as_below=False) | after_a_week) | Q(leader__in=member.reports) & after_a_week
        )
        .select_related("unit", "leader", "wave")
        .order_by("-wave__closes_on", "position")
    )


def reports_to_come(member: Member, *, on: dt.date) -> QuerySet[PublishedIndex]:
    """The reports that a member may read as soon as leaders below have had theirs for a week, by the rule of
    `can_see_report`."""
    own = Q(leader=member.person_id) | Q(leader__isnull=True, unit__in=member.led_units)
    return (
        PublishedIndex.objects.filter(
            own & Q(same_as_below=True) | Q(leader__in=member.reports),
            wave__published__published_at__date__gt=on - MANAGER_WAITS,
        )
        .select_related("unit", "leader", "wave")
        .order_by("-wave__closes_on", "position")
    )


def latest_cell_of(unit: Unit, member: Member, *, on: dt.date) -> PublishedIndex | None:
    """A unit's newest result among those that a member may see."""
    cells = list(PublishedIndex.objects.filter(unit=unit).order_by("-wave__closes_on", "wave__title"))
    days = publication_days(cell.wave_id for cell in cells)
    return next(
        (cell for cell in cells if can_see_report(member, cell, published_on=days.get(cell.wave_id), on=on)),
        None,
    )


def cell_above(cell: PublishedIndex) -> PublishedIndex | None:
    """What the same wave says of the unit above a cell's."""
    above = PublishedIndex.objects.select_related("unit").filter(wave=cell.wave_id, unit=cell.unit.parent_id)
    return above.first() if cell.unit.parent_id else None


def cells_over_time(cell: PublishedIndex) -> list[PublishedIndex]:
    """A unit's cells in all waves that asked the same of the same part of its people, up to this one, oldest
    first."""
    cells = PublishedIndex.objects.filter(unit=cell.unit_id, wave__closes_on__lte=cell.wave.closes_on)
    name = series_name(cell.wave)
    return [
        one
        for one in cells.select_related("wave__instrument").order_by("wave__closes_on")
        if series_name(one.wave) == name
    ]


def scales_of(cell: PublishedIndex) -> list[PublishedScale]:
    """The behaviours and outcomes published of a unit, in the instrument's order."""
    return list(PublishedScale.objects.filter(wave=cell.wave_id, unit=cell.unit_id).order_by("position"))


def items_of(cell: PublishedIndex) -> list[PublishedItem]:
    """The counts of answers published of a unit, an item each."""
    return list(PublishedItem.objects.filter(wave=cell.wave_id, unit=cell.unit_id))


def pool_of(cell: PublishedIndex) -> PublishedPool | None:
    """The result over several waves of a team that is too small in one."""
    return PublishedPool.objects.select_related("wave").filter(wave=cell.wave_id, unit=cell.unit_id).first()


def first_pools(wave_id: UUID, *, most: int) -> tuple[list[PublishedPool], bool]:
    """The first teams, by name, told over a wave and earlier ones, and whether there are more."""
    pools = PublishedPool.objects.filter(wave=wave_id).select_related("unit", "wave")
    found = list(pools.order_by("unit__name", "unit")[: most + 1])
    return found[:most], len(found) > most


def gap_of(cell: PublishedIndex) -> PublishedGap | None:
    """How leaders and the led of a unit differ in engagement; None where that is not told."""
    return PublishedGap.objects.filter(wave=cell.wave_id, unit=cell.unit_id).first()


def upper_gaps(wave_id: UUID, *, most: int) -> tuple[list[PublishedGap], int]:
    """The engagement gaps of a wave's uppermost units, in the order of the tree, and how many there are in
    all. Two queries."""
    gaps = PublishedGap.objects.filter(wave=wave_id)
    upper = gaps.select_related("unit").order_by("depth", "position")[:most]
    return sorted(upper, key=lambda gap: gap.position), gaps.count()


def comments_at(cell: PublishedIndex) -> list[str]:
    """What people of the units below wrote, in an order of chance that is the same for every reader."""
    return list(
        PublishedComment.objects.filter(wave=cell.wave_id, unit=cell.unit_id)
        .order_by("id")
        .values_list("text", flat=True)
    )


def is_programme_member(person_id: UUID, *, on: dt.date) -> bool:
    """Whether somebody is in a cohort on a day; only they are asked for a pulse."""
    return CohortMembership.objects.filter(in_force(on), person=person_id).exists()


def asked_for_pulse(person_id: UUID, quarter: str, *, on: dt.date) -> QuerySet[CohortMembership]:
    """The cohorts for which somebody is asked on a day for a quarter's pulse, none once it is answered."""
    given = ConfidencePulse.objects.filter(person=person_id, quarter=quarter)
    return CohortMembership.objects.filter(~Exists(given), in_force(on), person=person_id)


def pulses_of(person_id: UUID) -> QuerySet[ConfidencePulse]:
    """A person's own pulses, newest first."""
    return ConfidencePulse.objects.filter(person=person_id).order_by("-quarter")
