from __future__ import annotations

from collections.abc import Sequence

from surveys.built_in import BUILT_INS, Wording
from surveys.enums import InstrumentState
from surveys.models import Instrument, InstrumentItem
from surveys.questionnaire import Questionnaire
from tenancy.scope import current_organization_id


def ensure_built_in_instruments() -> None:
    """Give the organisation in scope the instruments that every organisation has. Idempotent; no actor:
    they come with the house."""
    for shipped in BUILT_INS:
        instrument, made = Instrument.objects.get_or_create(
            organization_id=current_organization_id(),
            key=shipped.key,
            version=shipped.version,
            defaults={
                "title": shipped.title,
                "about": shipped.about,
                "built_in": True,
                "minimum_answered": shipped.minimum_answered,
            },
        )
        if made:
            write_items(instrument, shipped.wordings)
            _put_to_use(instrument)


def write_instrument(
    key: str, title: str, wordings: tuple[Wording, ...], *, minimum_answered: int
) -> Instrument:
    """Write a new version of the instrument `key` with these items, in use at once: it has been answered, or
    is about to be. Raises ValueError for impossible ones."""
    Questionnaire(tuple(wording.question for wording in wordings), minimum_answered)
    last = Instrument.objects.filter(key=key).order_by("-version").first()
    instrument = Instrument.objects.create(
        key=key,
        version=last.version + 1 if last else 1,
        title=title,
        minimum_answered=minimum_answered,
    )
    write_items(instrument, wordings)
    _put_to_use(instrument)
    return instrument


def _put_to_use(instrument: Instrument) -> None:
    instrument.state = InstrumentState.ACTIVE
    instrument.save(update_fields=["state"])


def write_items(instrument: Instrument, wordings: Sequence[Wording]) -> None:
    """Give an instrument that has no items its items, in this order."""
    InstrumentItem.objects.bulk_create(
        InstrumentItem(
            instrument=instrument,
            key=wording.question.key,
            position=position,
            section=wording.section,
            text=wording.text,
            part=wording.question.part,
            group=wording.question.group,
            low=wording.question.low,
            high=wording.question.high,
            reversed=wording.question.reversed,
            labels=list(wording.labels),
            cannot_say=wording.cannot_say,
        )
        for position, wording in enumerate(wordings)
    )
