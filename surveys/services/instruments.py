from __future__ import annotations

from surveys.built_in import BUILT_INS, Wording
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
                "built_in": True,
                "minimum_answered": shipped.minimum_answered,
            },
        )
        if made:
            _write_items(instrument, shipped.wordings)


def write_instrument(
    key: str, title: str, wordings: tuple[Wording, ...], *, minimum_answered: int
) -> Instrument:
    """Write a new version of the instrument `key` with these items; raises ValueError for impossible ones."""
    Questionnaire(tuple(wording.question for wording in wordings), minimum_answered)
    last = Instrument.objects.filter(key=key).order_by("-version").first()
    instrument = Instrument.objects.create(
        key=key,
        version=last.version + 1 if last else 1,
        title=title,
        minimum_answered=minimum_answered,
    )
    _write_items(instrument, wordings)
    return instrument


def _write_items(instrument: Instrument, wordings: tuple[Wording, ...]) -> None:
    InstrumentItem.objects.bulk_create(
        InstrumentItem(
            instrument=instrument,
            key=wording.question.key,
            position=position,
            text=wording.text,
            part=wording.question.part,
            group=wording.question.group,
            low=wording.question.low,
            high=wording.question.high,
            reversed=wording.question.reversed,
        )
        for position, wording in enumerate(wordings)
    )
