"""What a programme came to, on paper: for those who took part, and to be shown to others (R221)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.culture_change import DimensionChange
from partnerships.enums import ArtefactKind, AuditPoint
from partnerships.models import (
    PartnershipProgramme,
    ProgrammeArtefact,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.queries.culture import CultureReport
from partnerships.queries.exceptions import Gap
from partnerships.queries.findings import Findings, ProgrammeThemes, ThemeShift
from partnerships.queries.phases import Record
from web.numbers import MISSING, decimal, signed
from web.pdf import Row, Sheet

Group = tuple[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the report tells. `culture`: as its reader may read it; who missed what is counted, and
    never told by name."""

    programme: PartnershipProgramme
    phases: Sequence[ProgrammePhase]
    records: Mapping[UUID, Record]
    artefacts: Mapping[str, ProgrammeArtefact]
    outcomes: Sequence[ProgrammeOutcome]
    gaps: Sequence[Gap]
    culture: CultureReport | None
    themes: ProgrammeThemes
    profiles: tuple[int, int] | None  # between which numbers lies how many keep one


def case_sheet(case: Case, *, organization: str) -> Sheet:
    """The figures first, then who, when, what it left behind."""
    programme = case.programme
    return Sheet(
        title=programme.title,
        above=_("Partnership programme"),
        lead=programme.purpose,
        head=("", _("At the start"), _("At the end"), _("Change"), _("95 % interval, or source")),
        groups=[
            group
            for group in (
                (_("Cultural audit, mean answer from 1 to 5"), list(_culture(case.culture))),
                (_("What was written in the audits"), list(_themes(case.themes))),
                (_("Outcomes"), list(map(_outcome, case.outcomes))),
                *_people(programme.participants_by_name),
                (_("The year"), list(map(_phase, case.phases))),
                *_artefacts(case.artefacts),
                (_("Exceptions"), list(_exceptions(case.gaps))),
            )
            if group[1]
        ],
        widths=(4, 2, 2, 2, 3),
        notes=_notes(case),
        numeric=(1, 2, 3),
        organization=organization,
        made=day(timezone.localdate()),
        facts=[
            (_("Where"), programme.unit.name),
            (_("From"), day(programme.start_date)),
            (_("To"), day(programme.ends_on)),
            (_("Run by"), programme.lead.name),
        ],
        figures=list(_figures(case)),
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        pages=True,
    )


def _figures(case: Case) -> Iterator[tuple[str, str, str, str]]:
    staying = [each for each in case.programme.participants_by_name if each.left_on is None]
    coached = sum(case.records.get(each.pk, Record()).sessions > 0 for each in staying)
    yield _("Take part"), str(len(staying)), _("partners and executive sponsors"), ""
    yield _("Coached"), _of(coached, len(staying)), _("in their new role"), ""
    if case.profiles:
        yield (
            _("Keep a profile"),
            _between(case.profiles, len(staying)),
            _("of their own, read by nobody"),
            "",
        )
    if case.culture and case.culture.is_complete and case.culture.rows:
        whole = case.culture.rows[0]
        yield _("Change of the culture"), whole.by, whole.verdict, whole.tone
    measured = sum(each.is_measured for each in case.outcomes)
    yield _("Outcomes"), _of(measured, len(case.outcomes)), _("looked at after two years"), ""


def _of(some: int, all_of_them: int) -> str:
    return _("%(some)d of %(all)d") % {"some": some, "all": all_of_them}


def _between(bounds: tuple[int, int], all_of_them: int) -> str:
    fewest, most = bounds
    if fewest == most:
        return _of(fewest, all_of_them)
    names = {"fewest": fewest, "most": most, "all": all_of_them}
    return (_("%(fewest)d or more of %(all)d") if fewest else _("%(most)d or fewer of %(all)d")) % names


def _culture(report: CultureReport | None) -> Iterator[Row]:
    if report is None:
        return
    for which in ("start", "end"):
        if which in report.audits:
            wave = report.audits[which].wave
            days = _("%(from)s to %(to)s") % {"from": day(wave.opens_on), "to": day(wave.closes_on)}
            yield (wave.title, days)
    if report.is_readable:
        yield from map(_dimension, report.rows)


def _dimension(row: DimensionChange) -> Row:
    sides = [f"{each.words} (n = {each.n})" if each else _("not shown") for each in (row.first, row.second)]
    return (row.label, *sides, row.by, f"{row.interval}: {row.verdict}")


def _themes(themes: ProgrammeThemes) -> Iterator[Row]:
    """How many of how many wrote of each theme; what too few wrote of is not told."""
    for found in (themes.start, themes.end):
        if found is not None:
            agreed = found.agreement.kappa
            yield (
                str(AuditPoint(found.which).label),
                _("%(comments)d comments; agreement of the two who coded, Cohen’s kappa: %(kappa)s")
                % {"comments": found.comments, "kappa": decimal(agreed, 2)},
            )
    if themes.start and themes.end:
        for shift in themes.shifts:
            yield _theme(shift, themes.start, themes.end)
    elif only := themes.start or themes.end:
        for told in only.themes:
            yield (str(told), _("%(some)d of %(all)d") % {"some": told.comments, "all": only.comments})


def _theme(shift: ThemeShift, start: Findings, end: Findings) -> Row:
    sides = [
        _of(some, found.comments) if some is not None else _("not told")
        for some, found in ((shift.before, start), (shift.after, end))
    ]
    if shift.change is None:
        return (shift.name, *sides, MISSING, MISSING)
    change, low, high = (
        signed(100 * value, 0) for value in (shift.change.change, shift.change.low, shift.change.high)
    )
    interval = _("%(low)s to %(high)s percentage points") % {"low": low, "high": high}
    return (shift.name, *sides, change, interval)


def _outcome(outcome: ProgrammeOutcome) -> Row:
    measured = (
        f"{outcome.source}, {day(outcome.measured_on)}" if outcome.measured_on else _("to be looked at")
    )
    return (outcome.title, outcome.before, outcome.after or MISSING, "", measured)


def _people(people: Sequence[ProgrammeParticipant]) -> Iterator[Group]:
    """By partnership, the sponsors first."""
    for partnership, group in groupby(people, key=lambda each: each.partnership):
        yield partnership.unit.name if partnership else _("Executive sponsors"), list(map(_person, group))


def _person(participant: ProgrammeParticipant) -> Row:
    words = [str(participant.get_kind_display())]
    if participant.done_before:
        words.append(_("before: %(programme)s") % {"programme": participant.done_before})
    if participant.left_on:
        words.append(_("until %(day)s") % {"day": day(participant.left_on)})
    return (participant.person.name, ", ".join(words))


def _phase(phase: ProgrammePhase) -> Row:
    words = f"{phase.get_state_display()}, {day(phase.over_on or phase.due_on)}"
    return (phase.title, f"{words}. {phase.words}" if phase.words else words)


def _artefacts(written: Mapping[str, ProgrammeArtefact]) -> Iterator[Group]:
    for kind in ArtefactKind:
        if found := written.get(kind):
            yield str(kind.label), [(day(found.written_on), found.words)]


def _exceptions(gaps: Sequence[Gap]) -> Iterator[Row]:
    """How many missed each part, and of how many it is settled."""
    for phase, group in groupby(gaps, key=lambda gap: gap.phase):
        missed = list(group)
        names = {"missed": len(missed), "settled": sum(gap.is_settled for gap in missed)}
        yield (phase.title, _("%(missed)d missed it; settled: %(settled)d") % names)


def _notes(case: Case) -> list[str]:
    notes = []
    if case.culture and case.culture.is_readable:
        notes.append(
            _(
                "Only published results of the audits are told, and no dimension of fewer than ten answers. "
                "Both audits count as independent, since nobody’s answers can be linked."
            )
        )
    elif case.culture:
        notes.append(_("The results of the audits are not out yet for the reader of this report."))
    return notes


def day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
