"""Telling all who take part what was written, and seeing to it that it has reached each of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import AnalysisState
from partnerships.models import AuditAnalysis, Feedback, Theme, ToldQuote, ToldTheme
from partnerships.notices import analyses as notices
from partnerships.queries.coding import Outcome, analyses, fewest_of, outcome_of, theme_quotes
from partnerships.queries.findings import IN_PERSON_AFTER, without_feedback
from partnerships.services.analyses import locked_analysis, require_runner
from partnerships.services.programmes import locked_programme
from partnerships.theme_release import shuffled, told_themes
from people.member import Member
from people.notices import notify

REMIND_AFTER: Final = dt.timedelta(days=7)


@transaction.atomic
def release_findings(analysis: AuditAnalysis, *, by: Member) -> AuditAnalysis:
    """Write what is told, once, and tell everybody who takes part today, all at the same time."""
    kept = locked_analysis(analysis)
    programme = locked_programme(kept.audit.programme, by)
    if kept.state != AnalysisState.SETTLING:
        raise ValidationError(_("It is released when both have coded, and only once."))
    found = outcome_of(kept)
    if not found.consensus.is_complete:
        left = {"left": len(found.consensus.open)}
        raise ValidationError(_("The coders still differ in %(left)d places: settle them first.") % left)
    people = {each.person_id for each in programme.participants_by_name if each.left_on is None}
    write_findings(kept, found, to=people, on=timezone.localdate())
    notify(people, notices.released(kept))
    return kept


def write_findings(analysis: AuditAnalysis, found: Outcome, *, to: Collection[UUID], on: dt.date) -> None:
    """What is told, with how far the coders agreed, and to whom; without a word to anybody."""
    _write_themes(analysis, theme_quotes(analysis, found.consensus))
    analysis.state, analysis.released_on = AnalysisState.RELEASED, on
    analysis.comments, analysis.decisions = len(found.consensus.codes), found.overall.n
    analysis.observed, analysis.expected = found.overall.observed, found.overall.expected
    analysis.kappa = found.overall.kappa
    analysis.kappa_low, analysis.kappa_high = found.overall.low, found.overall.high
    analysis.save()
    Feedback.objects.bulk_create(
        Feedback(analysis=analysis, person_id=each, told_on=on) for each in sorted(to)
    )


@transaction.atomic
def note_opened(analysis: AuditAnalysis, *, by: Member) -> None:
    """Somebody who was told reads it, for the first time."""
    Feedback.objects.filter(analysis=analysis, person=by.person_id, opened_on=None).update(
        opened_on=timezone.localdate()
    )


@transaction.atomic
def note_spoken(feedback: Feedback, *, by: Member) -> Feedback:
    """Whoever runs the programme has told them in person."""
    require_runner(analyses().get(pk=feedback.analysis_id), by)
    kept = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if kept.has_had:
        raise ValidationError(_("They have had it already."))
    kept.spoken_on, kept.spoken_by_id = timezone.localdate(), by.person_id
    kept.save(update_fields=["spoken_on", "spoken_by"])
    return kept


@transaction.atomic
def remind_of_findings(*, on: dt.date) -> int:
    """Whoever has not opened it is reminded each week for four weeks; after them whoever runs the programme
    is told how many are left. Gives how many were reminded."""
    waiting = list(
        without_feedback()
        .filter(Q(reminded_on__lte=on - REMIND_AFTER) | Q(reminded_on=None, told_on__lte=on - REMIND_AFTER))
        .select_for_update()
        .order_by("pk")
    )
    about = {each.pk: each for each in analyses().filter(pk__in={each.analysis_id for each in waiting})}
    late: defaultdict[UUID, int] = defaultdict(int)
    reminded = 0
    for each in waiting:
        if each.told_on <= on - IN_PERSON_AFTER:
            late[each.analysis_id] += 1
        else:
            notify([each.person_id], notices.reminder(about[each.analysis_id]))
            reminded += 1
        each.reminded_on = on
    for analysis_id, count in late.items():
        analysis = about[analysis_id]
        notify([analysis.audit.programme.lead_id], notices.not_opened(analysis, count=count))
    Feedback.objects.bulk_update(waiting, ["reminded_on"])
    return reminded


def _write_themes(analysis: AuditAnalysis, quotes: dict[UUID, frozenset[UUID]]) -> None:
    told = told_themes(quotes, fewest=fewest_of(analysis))
    if not told.named and not told.others:
        raise ValidationError(
            _("No theme has the comments of %(fewest)d people: group the codes more widely.")
            % {"fewest": fewest_of(analysis)}
        )
    themes = {each.pk: each for each in Theme.objects.filter(pk__in=told.named).prefetch_related("codes")}
    for position, (theme_id, found) in enumerate(told.named.items()):
        theme = themes[theme_id]
        made = ToldTheme.objects.create(
            analysis=analysis,
            theme=theme,
            position=position,
            name=theme.name,
            definition=theme.definition,
            codes=sorted(code.pk for code in theme.codes.all()),
            comments=len(found),
        )
        _write_quotes(made, found)
    if told.others:
        made = ToldTheme.objects.create(
            analysis=analysis, position=len(told.named), comments=len(told.others)
        )
        _write_quotes(made, told.others)


def _write_quotes(told: ToldTheme, quotes: frozenset[UUID]) -> None:
    ToldQuote.objects.bulk_create(
        ToldQuote(told=told, quote_id=quote, position=position)
        for position, quote in enumerate(shuffled(quotes, seed=told.pk))
    )
