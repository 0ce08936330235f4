"""The two cultural audits of a programme that is over: asked, answered with words, coded, told to all."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from clinicleader.demo.audit_words import BEYOND, CODES, EARLIER, THEMES, WEIGHTS, codes_in
from clinicleader.demo.live_wave import send_as
from clinicleader.demo.personas import person_of_part
from clinicleader.demo.shapes import OrganizationShape
from clinicleader.demo.staff import Staff, Unit
from clinicleader.demo.waves import published_at
from partnerships.enums import CODERS, AnalysisState, AuditPoint, ParticipantKind, PhaseState
from partnerships.models import (
    AuditAnalysis,
    Code,
    Coder,
    CodeVersion,
    Feedback,
    Opinion,
    Partner,
    PartnershipProgramme,
    ProgrammeAudit,
    ProgrammeParticipant,
    ProgrammePhase,
    Reading,
    Theme,
)
from partnerships.queries.coding import analyses, comments_of, outcome_of
from partnerships.services.findings import write_findings
from partnerships.year import due_days
from people.member import Member
from people.models import Person
from surveys.enums import WaveState
from surveys.models import Instrument, InstrumentItem, PublishedComment, RollEntry, Wave
from surveys.papers import paper_of
from surveys.services.closing import close_wave
from surveys.services.publishing import publish_wave
from surveys.services.waves import open_unasked, write_draft
from tenancy.scope import current_organization_id, tenant_scope

KEY: Final = "cultural_audit"
DAY = dt.timedelta(days=1)
OPEN_FOR, BEGAN = 14 * DAY, 430 * DAY
CLOSED: Final = {AuditPoint.START: 400 * DAY, AuditPoint.END: 80 * DAY}  # before today
ANSWERED, WROTE, TWO_THINGS = 0.85, 0.6, 0.45
LEANING: Final = {AuditPoint.START: 2.9, AuditPoint.END: 3.6}
CODER_PARTS: Final = ("survey_steward", "director")
OVERLOOKED, ADDED = 0.1, 0.01  # of the codes of a comment, by a coder
BEGUN, CODED, TOLD = 18 * DAY, 24 * DAY, 45 * DAY  # after the close
NOT_OPENED = 1
WRITTEN: Final = (20 * DAY, 335 * DAY)  # after the first close: a code, and its closer words
PURPOSE: Final = (
    "Those who lead the services together know each other, want the same, and settle between them what used "
    "to end up with the board."
)
DONE_BEFORE: Final = "A programme for medical directors and managers, 2016"


def ask_audits(staff: Staff, today: dt.date, dice: random.Random) -> None:
    """Open both and answer them. They are closed and published later, each in a transaction of its own."""
    instrument = Instrument.objects.filter(key=KEY).latest("version")
    for which, ago in CLOSED.items():
        closes_on = today - ago
        wave = write_draft(
            Wave(
                instrument=instrument,
                title=f"Cultural audit {which.label.lower()}, {closes_on:%B %Y}",
                opens_on=closes_on - OPEN_FOR,
                closes_on=closes_on,
                unit_id=division_of(staff).id,
            )
        )
        open_unasked(wave, on=wave.opens_on)
        _answer(wave, which, dice)


def division_of(staff: Staff) -> Unit:
    """Above the department of the personas."""
    chair = staff.part("chair")
    department = next(unit for unit in staff.units if unit.leader is chair)
    assert department.parent is not None  # noqa: S101 - a department of the demo stands below a division
    return department.parent


def close_audits(*, today: dt.date, by: Member) -> None:
    """Close what is over of them; the one of these days goes on."""
    for wave in _audits_in(WaveState.OPEN).filter(closes_on__lt=today):
        close_wave(wave, by=by)


def publish_audits(*, by: Member) -> None:
    for wave in _audits_in(WaveState.CLOSED):
        publish_wave(wave, by=by, at=published_at(wave.closes_on))


def _audits_in(state: WaveState) -> QuerySet[Wave]:
    return Wave.objects.filter(instrument__key=KEY, state=state).order_by("closes_on")


def _answer(wave: Wave, which: AuditPoint, dice: random.Random) -> None:
    items, place = paper_of(wave).items, list(CLOSED).index(which)
    weights = [pair[place] for pair in WEIGHTS.values()]
    written: set[str] = set()
    for person_id in (
        RollEntry.objects.filter(wave=wave).order_by("person__search_key").values_list("person_id", flat=True)
    ):
        if dice.random() > ANSWERED:
            continue
        leaning = dice.gauss(LEANING[which], 0.7)
        answers = [_step(item, dice.gauss(leaning, 0.7)) for item in items]
        remark = _remark(weights, dice) if dice.random() < WROTE else ""
        send_as(person_id, wave, answers, "" if remark in written else remark)
        written.add(remark)


def _step(item: InstrumentItem, level: float) -> int:
    """An answer, the better the higher `level`, whichever way the question is put."""
    step = min(max(round(level), item.low), item.high)
    return item.low + item.high - step if item.reversed else step


def _remark(weights: list[int], dice: random.Random) -> str:
    """A sentence or two, of codes as often as they are written at that time; now and then of none."""
    if dice.random() < 0.06:
        return dice.choice(BEYOND)
    names = list(dict.fromkeys(dice.choices(list(CODES), weights, k=2 if dice.random() < TWO_THINGS else 1)))
    return " ".join(dice.choice(CODES[name][-1]) for name in names)


def finish_programme(shape: OrganizationShape, today: dt.date, dice: random.Random) -> None:
    """A programme whose year is over, and the analysis of its audits. In the second organisation one coder is
    half-way through the second one."""
    waves = list(_audits_in(WaveState.PUBLISHED))
    programme = _programme(shape, waves[0], today)
    audits = [
        ProgrammeAudit.objects.create(
            programme=programme,
            which=which,
            wave=wave,
            attached_on=wave.opens_on,
            attached_by_id=programme.lead_id,
        )
        for which, wave in zip(CLOSED, waves, strict=True)
    ]
    codebook = write_codebook(programme, person_of_part(shape, CODER_PARTS[0]), audits[0].wave.closes_on)
    for audit in audits:
        coding = _Coding(shape, audit, codebook, dice)
        if audit.which == AuditPoint.END and not shape.analysed:
            coding.begin()
        else:
            coding.tell()


def _programme(shape: OrganizationShape, wave: Wave, today: dt.date) -> PartnershipProgramme:
    """Of the partnerships in the audits' division, with the executive, run by HR."""
    unit = wave.unit
    assert unit is not None  # noqa: S101 - division_of() gave one
    lead, sponsor = (person_of_part(shape, key) for key in ("hr_admin", "executive"))
    made = PartnershipProgramme.objects.create(
        title=f"Leading together in {unit.name}",
        purpose=PURPOSE,
        unit=unit,
        lead=lead,
        start_date=today - BEGAN,
    )
    ProgrammeParticipant.objects.create(
        programme=made, person=sponsor, kind=ParticipantKind.SPONSOR, done_before=DONE_BEFORE
    )
    low, high = unit.subtree
    below = Partner.objects.filter(
        end_date=None, partnership__unit__path__gte=low, partnership__unit__path__lt=high
    ).order_by("person", "start_date")
    ProgrammeParticipant.objects.bulk_create(
        ProgrammeParticipant(
            programme=made,
            person_id=each.person_id,
            kind=ParticipantKind.PARTNER,
            partnership_id=each.partnership_id,
        )
        for each in below.distinct("person")
    )
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(
            programme=made,
            kind=planned.kind,
            title=str(planned.title),
            due_on=due_on,
            owner=lead,
            state=PhaseState.DONE if due_on < today else PhaseState.OPEN,
            over_on=due_on if due_on < today else None,
        )
        for planned, due_on in due_days(made.start_date)
    )
    return made


def write_codebook(programme: PartnershipProgramme, by: Person, on: dt.date) -> dict[str, Code]:
    """Themes and codes by name; one code was worded more closely after the first audit."""
    themes = {
        name: Theme.objects.create(programme=programme, name=name, definition=definition)
        for name, definition in THEMES.items()
    }
    codes = {}
    for name, (theme, definition, example, _sentences) in CODES.items():
        now = {"name": name, "definition": definition, "example": example}
        before = EARLIER.get(name)
        versions = [{**now, "definition": before[0]}, {**now, "why": before[1]}] if before else [now]
        code = Code.objects.create(programme=programme, theme=themes[theme], version=len(versions), **now)
        CodeVersion.objects.bulk_create(
            CodeVersion(code=code, version=number, written_by=by, written_on=on + later, **words)
            for (number, words), later in zip(enumerate(versions, start=1), WRITTEN, strict=False)
        )
        codes[name] = code
    return codes


class _Coding:
    """What two do with the comments of an audit, three weeks after its close and on."""

    def __init__(
        self, shape: OrganizationShape, audit: ProgrammeAudit, codes: dict[str, Code], dice: random.Random
    ) -> None:
        self.dice, self.codes, closed = dice, codes, audit.wave.closes_on
        self.people = [person_of_part(shape, key) for key in CODER_PARTS]
        self.told_on = closed + TOLD
        made = AuditAnalysis.objects.create(
            audit=audit,
            state=AnalysisState.CODING,
            begun_on=closed + BEGUN,
            begun_by_id=audit.programme.lead_id,
            coding_since=closed + CODED,
        )
        Coder.objects.bulk_create(
            Coder(analysis=made, person=person, part=part)
            for person, part in zip(self.people, CODERS, strict=True)
        )
        self.analysis = analyses().get(pk=made.pk)

    def begin(self) -> None:
        """One has finished; the other has read two thirds."""
        first, second = self.analysis.coders_by_part
        self._read(first, share=2 / 3)
        self._read(second)

    def tell(self) -> None:
        """Both coded, settled where they differed, and all were told."""
        for coder in self.analysis.coders_by_part:
            self._read(coder)
        right = {each.pk: self._right(each) for each in comments_of(self.analysis)}
        found = outcome_of(self.analysis)
        Opinion.objects.bulk_create(
            Opinion(coder=coder, quote_id=quote, code_id=code, has_code=code in right[quote])
            for quote, code in found.differ
            for coder in self.analysis.coders_by_part
        )
        people = ProgrammeParticipant.objects.filter(programme=self.analysis.audit.programme, left_on=None)
        told = list(people.order_by("person__search_key").values_list("person_id", flat=True))
        write_findings(self.analysis, outcome_of(self.analysis), to=told, on=self.told_on)
        self._open(told)

    def _read(self, coder: Coder, *, share: float = 1.0) -> None:
        """Mostly as it should be; now and then a code is overlooked, or one is given that is not there."""
        comments = comments_of(self.analysis)
        at = timezone.make_aware(dt.datetime.combine(self.told_on - 7 * DAY, dt.time(15)))
        with tenant_scope(
            current_organization_id(), actor_id=coder.person_id, request_id="demo", reason="demo"
        ):
            Reading.objects.bulk_create(
                Reading(coder=coder, quote=each, codes=sorted(self._given(each)))
                for each in comments[: round(share * len(comments))]
            )
            if share == 1:
                Coder.objects.filter(pk=coder.pk).update(finished_at=at)

    def _given(self, comment: PublishedComment) -> set[UUID]:
        right = self._right(comment)
        kept = {code for code in sorted(right) if self.dice.random() > OVERLOOKED}
        return kept | {code.pk for code in self.codes.values() if self.dice.random() < ADDED}

    def _right(self, comment: PublishedComment) -> set[UUID]:
        return {self.codes[name].pk for name in codes_in(comment.text)}

    def _open(self, told: list[UUID]) -> None:
        """All have read the first one; of the second one somebody has not."""
        late = told[-NOT_OPENED:] if self.analysis.audit.which == AuditPoint.END else []
        for feedback in Feedback.objects.filter(analysis=self.analysis).exclude(person__in=late):
            feedback.opened_on = self.told_on + self.dice.randint(0, 9) * DAY
            feedback.save(update_fields=["opened_on"])
