"""The records of this room and of those below, as evidence. Imported when the app is ready."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from passport.enums import ReadOf, StampState
from passport.permissions import Subject, can_see_passport
from passport.queries import cohorts_of, stamps_of
from passport.reads import record_reads
from people.member import Member
from people.models import Person, Unit
from people.notices import page_path
from sponsors.enums import Aspect, EvidenceKind
from sponsors.evidence import Piece, proposes_evidence
from sponsors.queries.intake import closed_rounds_of, lists_of
from sponsors.seats import Seat
from surveys.models import PublishedIndex
from surveys.queries import publication_days
from surveys.report import change_note
from surveys.trend_queries import series_of
from surveys.wording import between, mean_words
from web.numbers import decimal

UNITS, STAMPS, THEMES_EACH = 3, 8, 5
LISTS: Final = (Aspect.OPPORTUNITY, Aspect.DEVELOPMENT)


@proposes_evidence
def leader_index(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Piece]:
    """The newest published result of each unit about this leader, as far as the surveys' rule lets the member
    read it, with n, interval and what became of the result before."""
    units = Unit.objects.filter(pk__in=PublishedIndex.objects.filter(leader=leader.pk).values("unit"))
    pieces = []
    for unit in units.order_by("name", "pk")[:UNITS]:
        for series in series_of(unit, member, on=on)[:1]:
            cells = [cell for cell in series.cells if cell.leader_id == leader.pk]
            if cells and cells[-1].is_published:
                pieces.append(_index_piece(unit, cells, publication_days([cells[-1].wave_id])))
    return pieces


def _index_piece(unit: Unit, cells: list[PublishedIndex], days: dict[UUID, dt.date]) -> Piece:
    cell = cells[-1]
    told = [
        _("Leader index of %(unit)s, %(wave)s, published %(day)s: %(mean)s of %(most)s, n = %(n)s")
        % {
            "unit": unit.name,
            "wave": cell.wave.title,
            "day": date_format(days[cell.wave_id], "DATE_FORMAT"),
            "mean": mean_words(cell.mean, cell.bound),
            "most": decimal(cell.wave.scale_high, 0),
            "n": decimal(cell.n, 0),
        }
    ]
    if None not in cell.interval:
        told.append(_("95 %% interval %(interval)s") % {"interval": between(*cell.interval)})
    if (note := change_note(cell, cells[:-1])) is not None:
        told.append(" ".join(filter(None, [note.verdict, note.difference, note.against])))
    return Piece(
        EvidenceKind.INDEX, "; ".join(told) + ".", page_path("surveys:report", cell.wave_id, unit.pk)
    )


@proposes_evidence
def intake_themes(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Piece]:
    """The two lists of the last intake by name alone: counts and sentences stay with leader and sponsor."""
    closed = closed_rounds_of(leader.pk).first()
    if closed is None or closed.closed_on is None:
        return []
    day, path = date_format(closed.closed_on, "DATE_FORMAT"), page_path("sponsors:chart", leader.pk)
    return [
        Piece(
            EvidenceKind.INTAKE,
            _("Intake of %(day)s, %(list)s: %(theme)s.")
            % {"day": day, "list": str(aspect.label).lower(), "theme": name},
            path,
        )
        for aspect in LISTS
        for name in lists_of(closed, seat).get(aspect, [])[:THEMES_EACH]
    ]


@proposes_evidence
def stamps(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Piece]:
    """The newest stamps, for whoever may open the Passport; its holder reads that somebody looked."""
    cohorts = frozenset(cohorts_of(leader.pk, on=on).values_list("cohort_id", flat=True))
    if not can_see_passport(member, Subject(leader.pk, cohorts)):
        return []
    earned = list(stamps_of(leader.pk).filter(state=StampState.VERIFIED)[:STAMPS])
    if earned:
        record_reads([leader.pk], ReadOf.PASSPORT, by=member)
    return [
        Piece(
            EvidenceKind.PASSPORT,
            _("Stamp “%(milestone)s” (%(stage)s), reached %(day)s, verified by %(name)s.")
            % {
                "milestone": stamp.milestone.title,
                "stage": stamp.milestone.stage.name,
                "day": date_format(stamp.earned_on, "DATE_FORMAT"),
                "name": stamp.verified_by.name if stamp.verified_by else "",
            },
            page_path("passport:milestone", leader.pk, stamp.milestone_id),
        )
        for stamp in earned
    ]
