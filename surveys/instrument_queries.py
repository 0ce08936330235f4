"""Questions about instruments for those who write them."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from surveys.built_in import Wording
from surveys.composition import Composition
from surveys.enums import InstrumentState, WaveState
from surveys.models import Instrument, InstrumentItem, Wave
from surveys.queries import instrument_items

_PLACES = Case(
    *(When(state=state, then=place) for place, state in enumerate(InstrumentState.values)), default=9
)


def instruments_with_counts() -> QuerySet[Instrument]:
    """All instruments with how many questions they have and how many surveys asked them: drafts first, then
    what is in use."""
    items = InstrumentItem.objects.filter(instrument=OuterRef("pk")).order_by()
    waves = Wave.objects.filter(instrument=OuterRef("pk")).order_by()
    return Instrument.objects.annotate(
        item_count=_count(items), wave_count=_count(waves), place=_PLACES
    ).order_by("place", "title", "-version", "id")


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("instrument").annotate(rows=Count("id")).values("rows")
    return Coalesce(Subquery(counted), 0)


def versions_of(instrument: Instrument) -> QuerySet[Instrument]:
    """All versions of an instrument, newest first."""
    return Instrument.objects.filter(key=instrument.key).order_by("-version")


def instruments_to_continue() -> QuerySet[Instrument]:
    """The newest version of each of the organisation's own instruments that has no draft yet."""
    newer = Instrument.objects.filter(key=OuterRef("key"), version__gt=OuterRef("version"))
    return (
        Instrument.objects.filter(built_in=False)
        .exclude(state=InstrumentState.DRAFT)
        .exclude(Exists(newer))
        .order_by("title")
    )


def keys_of_other_versions(instrument: Instrument) -> set[str]:
    """The keys of all items that other versions of an instrument have or had."""
    items = InstrumentItem.objects.filter(instrument__key=instrument.key).exclude(instrument=instrument.pk)
    return set(items.values_list("key", flat=True))


def composition_of(instrument: Instrument) -> Composition:
    """An instrument as somebody writes it."""
    return Composition(
        title=instrument.title,
        about=instrument.about,
        minimum_answered=instrument.minimum_answered,
        holder=instrument.holder,
        licence=instrument.licence,
        wordings=tuple(
            Wording(item.question, item.text, item.section, tuple(item.labels), item.cannot_say)
            for item in instrument_items(instrument)
        ),
    )


def waves_of(instrument: Instrument) -> QuerySet[Wave]:
    """The surveys that ask or asked an instrument, newest first."""
    return Wave.objects.filter(instrument=instrument).order_by("-closes_on", "title")


def waves_prepared_with(instrument: Instrument) -> QuerySet[Wave]:
    """The surveys that are to ask an instrument and are not open yet."""
    return waves_of(instrument).filter(state=WaveState.DRAFT)
