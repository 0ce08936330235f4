"""What can be done with instruments, one function for each act.

Only drafts change. What is in use stays as people answered it, so a changed wording is a new version; the
database holds this too (surveys/sql/instruments.sql).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from surveys.built_in import BUILT_INS, CONFIDENCE_PULSE, Wording
from surveys.composition import LONGEST, MAX_ITEMS, Composition, own_key, with_keys
from surveys.enums import InstrumentState
from surveys.instrument_files import as_content
from surveys.instrument_queries import (
    composition_of,
    keys_of_other_versions,
    versions_of,
    waves_prepared_with,
)
from surveys.models import Instrument, InstrumentItem
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.questionnaire import Questionnaire
from tenancy.scope import current_organization_id


class InstrumentError(ValueError):
    """This cannot be done with the instrument as it is; the message says why."""


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
    instrument = Instrument.objects.create(
        key=key,
        version=_next_version(key),
        title=title,
        minimum_answered=minimum_answered,
    )
    write_items(instrument, wordings)
    _put_to_use(instrument)
    return instrument


@transaction.atomic
def create_draft(
    composition: Composition, *, by: Member, version_of: Instrument | None = None, called: str = ""
) -> Instrument:
    """Begin a questionnaire, or with `version_of` the next version of one. Survey steward and HR admin. Its
    key is made of what it is `called`, else of its title.

    Raises InstrumentError for more questions than can be edited: files of the past may have had more.
    """
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if len(composition.wordings) > MAX_ITEMS:
        words = _("It has %(count)d questions; at most %(most)d can be edited here.")
        raise InstrumentError(words % {"count": len(composition.wordings), "most": MAX_ITEMS})
    key = _new_key(called or composition.title) if version_of is None else _key_of_next(version_of)
    draft = Instrument(key=key, version=_next_version(key))
    _write(draft, composition)
    return draft


@transaction.atomic
def change_draft(instrument: Instrument, composition: Composition, *, seen: str, by: Member) -> Instrument:
    """Write what was edited into a draft. `seen` is the fingerprint of what the editor began with: raises
    InstrumentError when somebody else has changed the draft meanwhile, or when it is none any more."""
    draft = _lock(instrument, InstrumentState.DRAFT, by=by)
    stored = composition_of(draft)
    if fingerprint(stored) != seen:
        raise InstrumentError(
            _("Somebody changed this draft after you opened it. Open it again in another window to compare.")
        )
    if composition != stored:
        _write(draft, composition)
    return draft


def copy_instrument(instrument: Instrument, *, as_version: bool, by: Member) -> Instrument:
    """A draft with the same questions: the next version, or a questionnaire of its own."""
    composition = composition_of(instrument)
    if as_version:
        return create_draft(composition, by=by, version_of=instrument)
    title = _("Copy of %(title)s") % {"title": composition.title}
    return create_draft(
        replace(composition, title=title[: LONGEST["title"]]), by=by, called=composition.title
    )


@transaction.atomic
def activate_instrument(instrument: Instrument, *, by: Member) -> list[Instrument]:
    """Put a draft to use: it can never be changed again. Earlier versions retire, for two wordings side by
    side could not be compared, but for those that a prepared survey is to ask; the retired are given back.
    Raises InstrumentError for what cannot be asked."""
    draft = _lock(instrument, InstrumentState.DRAFT, by=by)
    obstacle = composition_of(draft).obstacle
    if obstacle:
        raise InstrumentError(obstacle)
    _put_to_use(draft)
    earlier = versions_of(draft).filter(state=InstrumentState.ACTIVE).exclude(pk=draft.pk)
    retired = [version for version in earlier.select_for_update() if not waves_prepared_with(version)]
    for version in retired:
        _move(version, InstrumentState.RETIRED)
    return retired


@transaction.atomic
def retire_instrument(instrument: Instrument, *, by: Member) -> None:
    """Ask it no more. Surveys that are open go on, results stay; none may be prepared."""
    if instrument.key == CONFIDENCE_PULSE.key:
        raise InstrumentError(_("The confidence pulse is part of the readiness score and stays in use."))
    used = _lock(instrument, InstrumentState.ACTIVE, by=by)
    prepared = waves_prepared_with(used).first()
    if prepared is not None:
        words = _("%(survey)s is to ask it. Open or delete that survey first.")
        raise InstrumentError(words % {"survey": prepared.title})
    _move(used, InstrumentState.RETIRED)


def put_away(instrument: Instrument) -> None:
    """Retire what came with a file of the past: its results stay, and nobody is offered it for a new survey
    until somebody takes it into use."""
    _move(instrument, InstrumentState.RETIRED)


@transaction.atomic
def restore_instrument(instrument: Instrument, *, by: Member) -> None:
    """Take what was retired into use again, unless another version is in use."""
    retired = _lock(instrument, InstrumentState.RETIRED, by=by)
    other = versions_of(retired).filter(state=InstrumentState.ACTIVE).first()
    if other is not None:
        words = _("Version %(version)d is in use. Retire it first.")
        raise InstrumentError(words % {"version": other.version})
    _move(retired, InstrumentState.ACTIVE)


@transaction.atomic
def discard_draft(instrument: Instrument, *, by: Member) -> None:
    """Delete a draft; nobody was ever asked it."""
    _lock(instrument, InstrumentState.DRAFT, by=by).delete()


def fingerprint(composition: Composition) -> str:
    """Tells whether two compositions are the same."""
    return hashlib.sha256(json.dumps(as_content(composition)).encode()).hexdigest()


def _lock(instrument: Instrument, state: InstrumentState, *, by: Member) -> Instrument:
    """The instrument, locked, for whoever may; raises InstrumentError when it is in another state."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    locked = Instrument.objects.select_for_update().filter(pk=instrument.pk).first()
    if locked is None:
        raise InstrumentError(_("Somebody deleted this draft after you opened the page."))
    if locked.state != state:
        words = _("This questionnaire is not what it was when you opened the page: %(state)s.")
        raise InstrumentError(words % {"state": locked.get_state_display()})
    return locked


def _new_key(title: str) -> str:
    """A key that no instrument has."""
    base = own_key(title, "questionnaire")[:60]
    taken = set(Instrument.objects.filter(key__startswith=base).values_list("key", flat=True))
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def _key_of_next(instrument: Instrument) -> str:
    """The key for the next version, with all versions locked. One draft at a time, and not of a built-in."""
    if instrument.built_in:
        raise InstrumentError(
            _("New versions of a built-in questionnaire come with ClinicLeader. Copy it as one of your own.")
        )
    versions = list(versions_of(instrument).select_for_update())
    draft = next((version for version in versions if version.state == InstrumentState.DRAFT), None)
    if draft is not None:
        words = _("Version %(version)d is being written already. Finish that draft, or delete it.")
        raise InstrumentError(words % {"version": draft.version})
    return instrument.key


def _next_version(key: str) -> int:
    last = Instrument.objects.filter(key=key).order_by("-version").first()
    return last.version + 1 if last else 1


def _write(draft: Instrument, composition: Composition) -> None:
    """Facts and items. The items are written anew: places are unique, and they move."""
    for name in ("title", "about", "minimum_answered", "holder", "licence"):
        setattr(draft, name, getattr(composition, name))
    draft.save()
    InstrumentItem.objects.filter(instrument=draft).delete()
    write_items(draft, with_keys(composition.wordings, keys_of_other_versions(draft)))


def _put_to_use(instrument: Instrument) -> None:
    _move(instrument, InstrumentState.ACTIVE)


def _move(instrument: Instrument, state: InstrumentState) -> None:
    instrument.state = state
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
