"""What the product can count for a requirement: a function for each source, of one year.

Each asks a constant number of queries. What is as of a day is as of the year's last one, or of today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from insights.critical_mass import who_leads
from insights.enums import EvidenceSource
from insights.evidence_figures import Figure, counted, people_counted, people_shared, things_shared
from insights.queries.leadership import quarters_kept
from insights.self_study_years import StudyYear
from mentoring.accreditation import figures_for as mentoring_figures
from mentoring.models import Mentorship, Session
from partnerships.enums import Part
from partnerships.models import Meeting, Partner, Partnership
from passport.enums import StampState
from passport.models import Stamp
from people.enums import CareerStage, Profession
from people.models import Person
from people.queries import gone, in_force
from readiness.disclosure import may_show_parts
from readiness.queries import latest_snapshots
from sponsors.enums import GateDecision
from sponsors.models import Gate, RegimenVersion, Review, Sponsorship
from succession.enums import Flag, SelectionState
from succession.models import ExposureMonth, Selection
from succession.queries.selections import coverage_in
from surveys.enums import About
from surveys.models import PublishedWave, RollEntry
from surveys.response_rates import response_rate
from tenancy.jobs.periods import end_of, quarter_end, quarter_label, quarter_of
from web.numbers import decimal

Source = Callable[[StudyYear, dt.date], list[Figure]]
TRAINING: Final = (CareerStage.RESIDENT, CareerStage.FELLOW)
DAY: Final = dt.timedelta(days=1)


def mentored(year: StudyYear, on: dt.date) -> list[Figure]:
    """Physicians with a mentor, those in training apart, and the sessions of the year. Three queries.

    Told apart and not together: what both would have in common is told of neither."""
    day = year.day(on)
    here = Q(start_date__lte=day) & (Q(end_date=None) | Q(end_date__gte=day))
    running = Q(started_on__lte=day) & (Q(over_on=None) | Q(over_on__gt=day))
    physicians = Person.objects.filter(here, profession=Profession.PHYSICIAN)
    staff = physicians.aggregate(all=Count("pk"), training=Count("pk", filter=Q(career_stage__in=TRAINING)))
    found = Mentorship.objects.filter(running, mentee__in=physicians).aggregate(
        all=Count("mentee", distinct=True),
        training=Count("mentee", distinct=True, filter=Q(mentee__career_stage__in=TRAINING)),
    )
    sessions = Session.objects.filter(
        cancelled_at=None, starts_at__gte=end_of(year.first - DAY), starts_at__lt=end_of(day)
    ).aggregate(n=Count("pk"), minutes=Sum("minutes"), people=Count("mentorship__mentee", distinct=True))
    hours = _("%(hours)s hours") % {"hours": decimal((sessions["minutes"] or 0) / 60, 0)}
    others = found["all"] - found["training"], staff["all"] - staff["training"]
    return [
        people_shared(
            _("Residents and fellows with a mentor"),
            found["training"],
            staff["training"],
            is_statistic=True,
        ),
        people_shared(_("Other physicians with a mentor"), *others, is_statistic=True),
        people_counted(_("Mentoring sessions"), sessions["n"], people=sessions["people"], note=hours),
    ]


def mentoring(year: StudyYear, on: dt.date) -> list[Figure]:
    """What mentoring counts itself, of the calendar year in which the year ends or is."""
    of = year.day(on).year
    note = "" if year.first.year == year.last.year else _("calendar year %(year)d") % {"year": of}
    return [
        people_counted(each.label, each.count, note=note)
        if each.of is None
        else people_shared(each.label, each.count, each.of, note=note)
        for each in mentoring_figures(of, on=on)
    ]


def milestones(year: StudyYear, on: dt.date) -> list[Figure]:
    """Verified stamps by the stage of their milestone."""
    stamps = Stamp.objects.filter(
        state=StampState.VERIFIED, earned_on__gte=year.first, earned_on__lte=year.day(on)
    )
    rows = stamps.values_list("milestone__stage__name").annotate(
        n=Count("pk"), people=Count("person", distinct=True)
    )
    return [
        people_counted(
            stage, n, people=people, note=_("by %(people)s people") % {"people": decimal(people, 0)}
        )
        for stage, n, people in rows.order_by("milestone__stage__position")
    ]


def readiness(year: StudyYear, on: dt.date) -> list[Figure]:
    """Scores by quarter, and of how many there was enough attested evidence for one."""
    quarters = [each for each in _quarters(year) if quarter_end(each) <= on]
    scores = latest_snapshots().filter(quarter__in=quarters).values_list("quarter")
    rows = scores.annotate(people=Count("pk"), known=Count("total")).order_by("quarter")
    return [
        people_shared(
            _("With enough attested evidence, %(quarter)s") % {"quarter": quarter_label(quarter)},
            known,
            people,
            is_statistic=True,
        )
        for quarter, people, known in rows
    ]


def surveys(year: StudyYear, on: dt.date) -> list[Figure]:
    """Surveys about leaders that were published in the year. The rate is as exact as on their own page: how
    many were asked would say how many did not answer."""
    found = PublishedWave.objects.filter(
        wave__instrument__about=About.LEADER,
        published_at__gte=end_of(year.first - DAY),
        published_at__lt=end_of(year.day(on)),
    ).select_related("wave")
    waves = list(found.order_by("published_at", "pk"))
    roll = RollEntry.objects.filter(wave__in=[each.wave_id for each in waves]).values_list("wave")
    asked = dict(roll.annotate(Count("pk")).order_by())
    lines = [counted(_("Leader surveys published"), len(waves))]
    for each in waves:
        rate = response_rate(each.n, asked.get(each.wave_id, 0), k=each.threshold)
        answers = _("%(n)s answers") % {"n": decimal(each.n, 0)} if each.n else _("too few answers to tell")
        response = _("%(rate)s answered") % {"rate": rate.figure} if rate else ""
        if each.wave.imported:
            response = _("from a file: nobody was asked here")
        lines.append(Figure(each.wave.title, answers, n=each.n, note=response))
    return lines


def sponsorships(year: StudyYear, on: dt.date) -> list[Figure]:
    """Those that run, and those that began or ended in the year."""
    day = year.day(on)
    running = Q(started_on__lte=day) & (Q(over_on=None) | Q(over_on__gt=day)) & ~Q(leader__in=gone(day))
    row = Sponsorship.objects.exclude(started_on=None).aggregate(
        running=Count("pk", filter=running),
        sponsors=Count("sponsor", distinct=True, filter=running),
        begun=Count("pk", filter=Q(started_on__gte=year.first, started_on__lte=day)),
        ended=Count("pk", filter=Q(over_on__gte=year.first, over_on__lte=day)),
    )
    return [
        people_counted(_("Leaders with a primary sponsor"), row["running"]),
        people_counted(_("Sponsors"), row["sponsors"]),
        people_counted(_("Sponsorships begun in the year"), row["begun"]),
        people_counted(_("Sponsorships ended in the year"), row["ended"]),
    ]


def regimens(year: StudyYear, on: dt.date) -> list[Figure]:
    """Leaders whose regimen was published, and the reviews that sponsor and immediate leader closed. Two
    queries."""
    day = year.day(on)
    published = RegimenVersion.objects.filter(published_at__lt=end_of(day)).exclude(leader__in=gone(day))
    leaders = published.aggregate(n=Count("leader", distinct=True))["n"]
    held = Review.objects.filter(closed_on__gte=year.first, closed_on__lte=day)
    row = held.aggregate(n=Count("pk"), people=Count("leader", distinct=True))
    return [
        people_counted(_("Leaders with a regimen"), leaders),
        people_counted(_("Leaders whose regimen was reviewed"), row["people"]),
        people_counted(_("Reviews closed"), row["n"], people=row["people"]),
    ]


def gates(year: StudyYear, on: dt.date) -> list[Figure]:
    """How onboarding gates were decided; apart only where none of the decisions is about a few."""
    decided = Gate.objects.filter(decided_on__gte=year.first, decided_on__lte=year.day(on))
    counts = dict(decided.values_list("decision").annotate(Count("pk")).order_by())
    together = people_counted(_("Gates decided"), sum(counts.values()))
    if not may_show_parts([*counts.values()]):
        return [together]
    apart = [(each, counts[each]) for each in GateDecision if each in counts]
    return [together, *(people_counted(each.label, count) for each, count in apart)]


def partnerships(year: StudyYear, on: dt.date) -> list[Figure]:
    """Dyads and triads that lead a unit, and how often they met. Three queries."""
    day = year.day(on)
    running = Partnership.objects.filter(in_force(day))
    nurses = Partner.objects.filter(in_force(day), part=Part.NURSE, partnership__in=running)
    triads = nurses.aggregate(n=Count("partnership", distinct=True))["n"]
    met = Meeting.objects.filter(held_on__gte=year.first, held_on__lte=day).count()
    return [
        counted(_("Partnerships that lead a unit"), count := running.count()),
        things_shared(_("of them triads, with a nurse leader"), triads, count),
        counted(_("Meetings held"), met),
    ]


def pools(year: StudyYear, on: dt.date) -> list[Figure]:
    """As they were kept in the newest month of the year (succession/services/exposure_months.py)."""
    kept = ExposureMonth.objects.filter(month__gte=year.first.replace(day=1), month__lte=year.day(on))
    newest = kept.order_by("-month").first()
    if newest is None:
        return [Figure(_("Positions with a pool"), _("not kept for this year"))]
    pooled = newest.positions - newest.counts.get(Flag.NO_POOL, 0)
    ready = pooled - newest.counts.get(Flag.NO_READY, 0)
    note = _("in %(month)s") % {"month": date_format(newest.month, "YEAR_MONTH_FORMAT")}
    return [
        things_shared(_("Positions with a pool"), pooled, newest.positions, note=note),
        things_shared(_("Positions with somebody ready now"), ready, newest.positions, note=note),
    ]


def selections(year: StudyYear, on: dt.date) -> list[Figure]:
    """Selections decided, and how many of the staff on their rolls were offered an interview and had one."""
    decided = Selection.objects.filter(
        state__in=[SelectionState.DECIDED, SelectionState.APPOINTED],
        decided_on__gte=year.first,
        decided_on__lte=year.day(on),
    )
    found = list(decided.values_list("pk", flat=True))
    covered = coverage_in(found)
    return [
        counted(_("Selections completed"), len(found)),
        people_shared(_("Staff offered an interview"), covered.offered, covered.asked),
        people_shared(_("Staff interviewed"), covered.held, covered.asked),
    ]


def leadership(year: StudyYear, on: dt.date) -> list[Figure]:
    """At the end of the newest quarter that was kept in the year."""
    kept = quarters_kept()
    quarters = [each for each in kept if year.holds(quarter_end(each)) and quarter_end(each) <= on]
    if not quarters:
        return [Figure(_("Who leads"), _("not kept for this year"))]
    newest = max(quarters)
    note = _("end of %(quarter)s") % {"quarter": quarter_label(newest)}
    return [
        people_shared(
            _("%(profession)s: who lead") % {"profession": row.profession.label},
            row.leads.part,
            row.leads.whole,
            is_statistic=True,
            note=note,
        )
        for row in who_leads(kept[newest])
    ]


SOURCES: Final[dict[EvidenceSource, Source]] = {
    EvidenceSource.MENTORED: mentored,
    EvidenceSource.MENTORING: mentoring,
    EvidenceSource.MILESTONES: milestones,
    EvidenceSource.READINESS: readiness,
    EvidenceSource.SURVEYS: surveys,
    EvidenceSource.SPONSORSHIPS: sponsorships,
    EvidenceSource.REGIMENS: regimens,
    EvidenceSource.GATES: gates,
    EvidenceSource.PARTNERSHIPS: partnerships,
    EvidenceSource.POOLS: pools,
    EvidenceSource.SELECTIONS: selections,
    EvidenceSource.LEADERSHIP: leadership,
}


def evidence_of(
    sources: Iterable[str], year: StudyYear, *, on: dt.date
) -> dict[EvidenceSource, list[Figure]]:
    """The figures of each source that is asked for, once."""
    wanted = set(sources)
    return {source: count(year, on) for source, count in SOURCES.items() if source in wanted}


def _quarters(year: StudyYear) -> list[str]:
    """Those that end in the year."""
    begin = year.first.month - 1
    months = [dt.date(year.first.year + at // 12, at % 12 + 1, 1) for at in range(begin, begin + 12)]
    found = dict.fromkeys(quarter_of(month) for month in months)
    return [each for each in found if year.holds(quarter_end(each))]
