"""Questions about what is told of audits' comments: released rows alone, never a coding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from partnerships.agreement import Agreement
from partnerships.enums import AnalysisState, AuditPoint
from partnerships.models import AuditAnalysis, Feedback, PartnershipProgramme, ToldQuote, ToldTheme
from partnerships.queries.coding import analyses, fewest_of
from partnerships.theme_release import ShareChange, share_change

IN_PERSON_AFTER: Final = dt.timedelta(days=28)  # then whoever runs it tells them


@dataclass(frozen=True, slots=True)
class Findings:
    """What is told of one audit: of how many comments, how far the coders agreed, and the themes."""

    which: str
    on: dt.date
    comments: int
    fewest: int  # of how many people a theme is told
    agreement: Agreement
    themes: Sequence[ToldTheme]


@dataclass(frozen=True, slots=True)
class ThemeShift:
    """A theme in both audits: how many of how many wrote of it, None for fewer than are told. `change` is
    known where both are, and where the theme was made of the same codes."""

    name: str
    before: int | None
    after: int | None
    change: ShareChange | None
    same_codes: bool


@dataclass(frozen=True, slots=True)
class ProgrammeThemes:
    """Everything that is told of a programme's audits, for its pages and its report."""

    start: Findings | None
    end: Findings | None
    shifts: Sequence[ThemeShift]  # empty unless both are released


def told_of(analysis: AuditAnalysis) -> QuerySet[ToldTheme]:
    """In their order, each with its quotes in theirs. Two queries."""
    quotes = ToldQuote.objects.select_related("quote").order_by("position")
    return (
        ToldTheme.objects.filter(analysis=analysis)  # type: ignore[no-redef]  # as declared
        .prefetch_related(Prefetch("quotes", queryset=quotes, to_attr="told_quotes"))
        .order_by("position")
    )


def findings_of(analysis: AuditAnalysis) -> Findings:
    """Of an analysis that is released."""
    assert analysis.comments is not None  # noqa: S101 - a constraint of what is released
    assert analysis.released_on is not None  # noqa: S101
    told = Agreement(
        analysis.decisions or 0,
        analysis.observed,
        analysis.expected,
        analysis.kappa,
        analysis.kappa_low,
        analysis.kappa_high,
    )
    return Findings(
        analysis.audit.which,
        analysis.released_on,
        analysis.comments,
        fewest_of(analysis),
        told,
        list(told_of(analysis)),
    )


def themes_told(programme: PartnershipProgramme) -> ProgrammeThemes:
    """What the comments of a programme's audits came to, start beside end; nothing that is not released."""
    released = analyses().filter(audit__programme=programme, state=AnalysisState.RELEASED)
    found = {each.audit.which: findings_of(each) for each in released}
    start, end = found.get(AuditPoint.START), found.get(AuditPoint.END)
    return ProgrammeThemes(start, end, shifts_between(start, end) if start and end else [])


def shifts_between(start: Findings, end: Findings) -> list[ThemeShift]:
    """Each theme that is told of one of them by name, as named in the later one."""
    before = {each.theme_id: each for each in start.themes if each.theme_id}
    after = {each.theme_id: each for each in end.themes if each.theme_id}
    return [_shift(before.get(key), after.get(key), start, end) for key in {**after, **before}]


def _shift(old: ToldTheme | None, new: ToldTheme | None, start: Findings, end: Findings) -> ThemeShift:
    known = new or old
    assert known is not None  # noqa: S101 - it is told of one of them
    same = old is None or new is None or set(old.codes) == set(new.codes)
    change = None
    if old is not None and new is not None and same:
        change = share_change((old.comments, start.comments), (new.comments, end.comments))
    return ThemeShift(known.name, old.comments if old else None, new.comments if new else None, change, same)


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    """How many were told, have opened it, or were told in person; and how many have had it in all."""

    told: int
    opened: int
    spoken: int
    had: int

    @property
    def left(self) -> int:
        return self.told - self.had


def feedback_figures(analysis: AuditAnalysis) -> FeedbackFigures:
    had = Q(opened_on__isnull=False) | Q(spoken_on__isnull=False)
    counts = Feedback.objects.filter(analysis=analysis).aggregate(
        told=Count("pk"),
        opened=Count("pk", filter=Q(opened_on__isnull=False)),
        spoken=Count("pk", filter=Q(opened_on=None, spoken_on__isnull=False)),
        had=Count("pk", filter=had),
    )
    return FeedbackFigures(**counts)


def without_feedback() -> QuerySet[Feedback]:
    """Who was told and has not had it yet."""
    return Feedback.objects.filter(opened_on=None, spoken_on=None)


def to_tell_in_person(analysis: AuditAnalysis, *, on: dt.date) -> QuerySet[Feedback]:
    """Who was told four weeks before a day, and has not opened it since."""
    found = without_feedback().filter(analysis=analysis, told_on__lte=on - IN_PERSON_AFTER)
    return found.select_related("person").order_by("person__search_key")


def findings_to_open(person_id: UUID) -> QuerySet[Feedback]:
    """What waits for somebody who takes part."""
    found = without_feedback().filter(person=person_id).select_related("analysis__audit__programme")
    return found.order_by("told_on", "pk")
