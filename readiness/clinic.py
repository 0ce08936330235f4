"""The score as evidence for a case conference, which is a floor below."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.permissions import Subject, can_see_passport
from passport.queries import cohorts_of
from passport.reads import record_reads
from people.member import Member
from people.models import Person
from people.notices import page_path
from readiness.portrait import as_shown
from readiness.queries import snapshots_of
from sponsors.enums import EvidenceKind
from sponsors.evidence import Piece, proposes_evidence
from sponsors.seats import Seat
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_label
from web.numbers import decimal


@proposes_evidence
def newest_score(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Piece]:
    """The newest score with what is known of its dimensions, for whoever may open the Passport."""
    cohorts = frozenset(cohorts_of(leader.pk, on=on).values_list("cohort_id", flat=True))
    if not can_see_passport(member, Subject(leader.pk, cohorts)):
        return []
    snapshots = snapshots_of(leader.pk)
    if not snapshots:
        return []
    record_reads([leader.pk], ReadOf.SCORE, by=member)
    newest = snapshots[-1]
    total = as_shown(newest.total)
    told = _("Readiness Score of %(quarter)s, computed %(day)s: %(total)s.") % {
        "quarter": quarter_label(newest.quarter),
        "day": date_format(localdate(newest.computed_at), "DATE_FORMAT"),
        "total": _("%(points)s of 100") % {"points": decimal(total)}
        if total is not None
        else _("insufficient evidence"),
    }
    known = [
        f"{Dimension(dimension).label} {decimal(as_shown(points))}"
        for place, (dimension, points) in enumerate(zip(Dimension.values, newest.points, strict=True))
        if points is not None and newest.knows(place)
    ]
    words = f"{told} {', '.join(known)}." if known else told
    return [Piece(EvidenceKind.SCORE, words, page_path("readiness:score", leader.pk, newest.quarter))]
