from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from people.access import demand
from people.member import Member
from people.models import Unit
from people.notices import notify
from surveys import notices
from surveys.ballots import insert_responses
from surveys.built_in import Wording
from surveys.composition import own_key
from surveys.enums import ImportState, WaveState
from surveys.import_plan import ImportPlan, PlanError
from surveys.models import Instrument, SurveyImport, Wave
from surveys.permissions import IMPORT_BELONGS_TO, SURVEYS_ARE_RUN_BY, can_change_import, can_run_surveys
from surveys.queries import IMPORT_JOB, ROWS_READ, questionnaire_of
from surveys.questionnaire import Questionnaire
from surveys.services.closing import close_wave
from surveys.services.instruments import put_away, write_instrument
from surveys.services.publishing import publish_wave
from surveys.survey_file import SurveyFile, demand_names, read_survey
from tenancy.jobs import counted, request_run, tell_stage
from tenancy.pieces import keep_lines, open_pieces
from web.tables_in import Fault, Table, TableRefusedError, open_table, pack, unpack

KEPT_FOR = dt.timedelta(days=1)  # an upload nobody applies holds people's answers for nothing


@dataclass(frozen=True)
class Terms:
    """What a person says about a past survey before the file is looked at."""

    title: str
    opens_on: dt.date
    closes_on: dt.date
    threshold: int
    instrument: Instrument | None
    units_under: Unit | None


@dataclass(frozen=True)
class Check:
    """What an import would do: nothing of it has been written. With faults it cannot be applied."""

    responses: int
    left_out: int
    units: int  # of the file
    cells: int  # those with everything above them: what the published survey counts
    new_units: list[str]
    unknown_units: int  # new ones that have no place yet: each is a fault
    faults: list[Fault]
    fault_count: int
    notices: list[str]


@transaction.atomic
def receive_file(file: IO[bytes], name: str, terms: Terms, *, by: Member) -> SurveyImport:
    """Read an uploaded file to its end and keep its table until it is applied, a day at most. Raises
    TableRefusedError for an unreadable one, PlanError for a survey that is not over, keeping nothing. Survey
    steward and HR admin."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if terms.closes_on > timezone.localdate():
        raise PlanError("Only the file of a survey that is over can be brought: its last day is to come.")
    size = file.seek(0, io.SEEK_END)
    table = open_table(file)
    demand_names(table.header)
    survey_import = SurveyImport.objects.create(
        requested_by_id=by.person_id,
        file_name=name[-255:],
        file_size=size,
        title=terms.title,
        opens_on=terms.opens_on,
        closes_on=terms.closes_on,
        threshold=terms.threshold,
        instrument=terms.instrument,
        units_under=terms.units_under,
    )
    survey_import.rows = keep_lines(survey_import.chunks, pack(table)) - 1  # without the header
    survey_import.save(update_fields=["rows"])
    return survey_import


@contextmanager
def kept_table(survey_import: SurveyImport) -> Iterator[Table]:
    """The table of an uploaded file, from its beginning. Raises TableRefusedError when it is not kept."""
    with open_pieces(survey_import.chunks) as file:
        yield unpack(file)


def name_columns(survey_import: SurveyImport, plan: ImportPlan, *, by: Member) -> None:
    """Say which columns hold what. May be said again until the import is under way."""
    locked = _lock(survey_import, by, ImportState.UPLOADED, ImportState.MAPPED)
    locked.mapping, locked.state = plan.as_json(), ImportState.MAPPED
    locked.save(update_fields=["mapping", "state"])


def check_import(survey_import: SurveyImport) -> Check:
    """Read the whole file and say what applying it would do. Writes nothing."""
    read = _read(survey_import)
    units, new = _match_units(read, survey_import)
    left_out = 0 if read.faults.count else _questionnaire(survey_import).score(read.answers).left_out
    return Check(
        responses=len(read.units),
        left_out=left_out,
        units=len(units) + len(new),
        cells=len(_with_those_above(units.values(), survey_import.units_under if new else None)) + len(new),
        new_units=new,
        unknown_units=0 if survey_import.units_under else len(new),
        faults=read.faults.kept,
        fault_count=read.faults.count,
        notices=read.notices,
    )


def put_new_units_under(survey_import: SurveyImport, parent: Unit, *, by: Member) -> None:
    """Say where units that are not here yet are made. May be said again until the import is under way."""
    locked = _lock(survey_import, by, ImportState.MAPPED)
    locked.units_under = parent
    locked.save(update_fields=["units_under"])


def request_import(survey_import: SurveyImport, *, by: Member) -> None:
    """Ask for the import to be applied by a job."""
    locked = _lock(survey_import, by, ImportState.MAPPED)
    locked.state = ImportState.QUEUED
    locked.save(update_fields=["state"])
    request_run(IMPORT_JOB, str(locked.pk), by=by.person_id)


def discard_import(survey_import: SurveyImport, *, by: Member) -> None:
    """Delete an uploaded file that is not to be applied."""
    locked = _lock(survey_import, by, ImportState.UPLOADED, ImportState.MAPPED)
    _forget(locked, ImportState.REFUSED)


def apply_import(survey_import: SurveyImport, *, by: Member) -> SurveyImport:
    """Make the wave, put the answers in, close and publish it, and delete the file: all or, when the file
    has a fault, nothing."""
    locked = _lock(survey_import, by, ImportState.MAPPED, ImportState.QUEUED)
    read = _read(locked)
    units, new = _match_units(read, locked)
    if read.faults.count:
        _end(locked, ImportState.REFUSED)
        return locked
    tell_stage("All responses are read. The results are being computed")
    with transaction.atomic():
        units |= _make_units(new, locked.units_under)
        wave = _make_wave(locked)
        questionnaire = questionnaire_of(wave.instrument)
        codes = [units[code] for code in read.codes]
        insert_responses(
            wave, [codes[unit] for unit in read.units], read.answers, questionnaire.score(read.answers)
        )
        close_wave(wave, by=by)
        publish_wave(wave, by=by)
    locked.wave = wave
    _end(locked, ImportState.DONE)
    return locked


def forget_old_files() -> int:
    """Delete files that were kept for KEPT_FOR and never applied; returns how many. Run by a job."""
    waiting = [ImportState.UPLOADED, ImportState.MAPPED, ImportState.QUEUED]
    before = timezone.now() - KEPT_FOR
    old = list(SurveyImport.objects.select_for_update().filter(created_at__lt=before, state__in=waiting))
    for survey_import in old:
        _forget(survey_import, ImportState.REFUSED)
    return len(old)


def _lock(survey_import: SurveyImport, by: Member, *states: ImportState) -> SurveyImport:
    demand(can_change_import(by, survey_import), IMPORT_BELONGS_TO)
    locked = SurveyImport.objects.select_for_update().get(pk=survey_import.pk)
    if locked.state not in states:
        raise PlanError("This import is under way or over: reload the page.")
    return locked


def _forget(survey_import: SurveyImport, state: ImportState) -> None:
    survey_import.chunks.all().delete()
    survey_import.state = state
    survey_import.save(update_fields=["state", "wave"])


def _end(survey_import: SurveyImport, state: ImportState) -> None:
    _forget(survey_import, state)
    notify([survey_import.requested_by_id], notices.import_over(survey_import))


def _read(survey_import: SurveyImport) -> SurveyFile:
    plan = ImportPlan.from_json(survey_import.mapping)
    try:
        with kept_table(survey_import) as table:
            table.rows = counted(table.rows, survey_import.rows, ROWS_READ)
            read = read_survey(table, plan.columns)
    except TableRefusedError as refusal:
        read = SurveyFile()
        read.faults.extend([refusal.fault])
    if Wave.objects.filter(title=survey_import.title).exists():
        read.faults.add("There is a survey with this title already.", value=survey_import.title)
    return read


def _questionnaire(survey_import: SurveyImport) -> Questionnaire:
    if survey_import.instrument is not None:
        return questionnaire_of(survey_import.instrument)
    plan = ImportPlan.from_json(survey_import.mapping)
    return Questionnaire(plan.columns.questions, plan.minimum_answered)


def _match_units(read: SurveyFile, survey_import: SurveyImport) -> tuple[dict[str, UUID], list[str]]:
    """Units by the codes of the file, and the new codes: faults, unless units may be made of them."""
    known = dict(Unit.objects.filter(external_id__in=read.codes).values_list("external_id", "id"))
    new = [code for code in read.codes if code and code not in known]
    for code, row in zip(read.codes, read.first_row, strict=True):
        if code not in known and code and survey_import.units_under is None:
            read.faults.add("No unit has this ID.", row=row, column=_unit_column(survey_import), value=code)
        if len(code) > 64:
            read.faults.add("A unit's ID has at most 64 characters.", row=row, value=code)
    return known, new


def _with_those_above(ids: Iterable[UUID], place: Unit | None) -> set[UUID]:
    """Some units and everything above them; `place` is where new ones are made."""
    found = [*Unit.objects.filter(pk__in=ids), *([place] if place else [])]
    return {above for unit in found for above in unit.way}


def _unit_column(survey_import: SurveyImport) -> str:
    return ImportPlan.from_json(survey_import.mapping).columns.unit


def _make_units(codes: Iterable[str], parent: Unit | None) -> dict[str, UUID]:
    made = {}
    for code in codes:
        assert parent is not None  # noqa: S101 - without a place for them new codes are faults
        unit = Unit(external_id=code, name=f"Unit {code}" if code.isdecimal() else code, parent=parent)
        unit.path, unit.depth = f"{parent.path}{unit.pk.hex}/", parent.depth + 1
        made[code] = unit
    Unit.objects.bulk_create(made.values())
    return {code: unit.pk for code, unit in made.items()}


def _make_wave(survey_import: SurveyImport) -> Wave:
    instrument = survey_import.instrument
    if instrument is None:
        plan = ImportPlan.from_json(survey_import.mapping)
        wordings = tuple(
            Wording(question, column)
            for column, question in zip(plan.columns.columns, plan.columns.questions, strict=True)
        )
        instrument = write_instrument(
            own_key(plan.instrument_title, "imported"),
            plan.instrument_title,
            wordings,
            minimum_answered=plan.minimum_answered,
        )
    questionnaire = questionnaire_of(instrument)
    wave = Wave.objects.create(
        instrument=instrument,
        title=survey_import.title,
        opens_on=survey_import.opens_on,
        closes_on=survey_import.closes_on,
        threshold=survey_import.threshold,
        scale_low=questionnaire.low * questionnaire.index_items,
        scale_high=questionnaire.high * questionnaire.index_items,
        state=WaveState.OPEN,
        imported=True,
    )
    if survey_import.instrument is None:
        put_away(instrument)
    return wave
