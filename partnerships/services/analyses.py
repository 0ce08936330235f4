"""The thematic analysis of an audit, from naming two coders to the moment when nothing is open any more."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.enums import CODERS, AnalysisState, CoderPart
from partnerships.models import AuditAnalysis, Coder, Opinion, PartnershipProgramme, ProgrammeAudit, Reading
from partnerships.notices import analyses as notices
from partnerships.permissions import (
    ANALYSIS_IS_BY,
    DIFFERENCES_ARE_SETTLED_BY,
    PROGRAMME_IS_RUN_BY,
    can_run_programme,
    can_settle,
    is_coder,
)
from partnerships.queries.coding import (
    analyses,
    coder_in,
    codes_to_give,
    comments_of,
    outcome_of,
    read_so_far,
    who_saw_both,
)
from partnerships.services.programmes import locked_programme
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from surveys.models import PublishedComment
from surveys.queries import publication_days
from surveys.timing import manager_sees_from


@transaction.atomic
def begin_analysis(audit: ProgrammeAudit, first: Person, second: Person, *, by: Member) -> AuditAnalysis:
    """Name two who code what was written. They read it from now on, and write the codebook together."""
    programme = locked_programme(audit.programme, by)
    _require_comments(audit)
    require_outside(programme, first=first, second=second)
    require_unbiased(audit, first=first, second=second)
    if first == second:
        raise ValidationError({"second": _("Two people code, each alone: name another one.")})
    try:
        with transaction.atomic():
            made = AuditAnalysis.objects.create(
                audit=audit, begun_on=timezone.localdate(), begun_by_id=by.person_id
            )
    except IntegrityError as error:
        if "partnerships_analysis_once" not in str(error):
            raise
        raise ValidationError(_("This audit is being analysed already.")) from error
    Coder.objects.bulk_create(
        Coder(analysis=made, person=person, part=part)
        for part, person in zip(CODERS, (first, second), strict=True)
    )
    notify({first.pk, second.pk} - {by.person_id}, notices.named(made))
    return analyses().get(pk=made.pk)


@transaction.atomic
def begin_coding(analysis: AuditAnalysis, *, by: Member) -> AuditAnalysis:
    """The codebook stands from here until the differences are settled: both code by the same one."""
    kept = locked_analysis(analysis)
    demand(is_coder(by, kept) or can_run_programme(by, kept.audit.programme), ANALYSIS_IS_BY)
    _require_state(kept, AnalysisState.PREPARING)
    if not codes_to_give(kept.audit.programme_id).exists():
        raise ValidationError(_("The codebook is empty: write the codes first."))
    kept.state, kept.coding_since = AnalysisState.CODING, timezone.localdate()
    kept.save(update_fields=["state", "coding_since"])
    both = {each.person_id for each in kept.coders_by_part}
    notify(both - {by.person_id}, notices.begun(kept))
    return kept


@transaction.atomic
def read_comment(
    analysis: AuditAnalysis, quote: PublishedComment, codes: Collection[UUID], *, by: Member
) -> Reading:
    """A comment with the codes that one coder gives it, none or several. Until they have finished they may
    change their mind."""
    kept = analyses().get(pk=analysis.pk)
    own = _own_coding(kept, by)
    known = set(codes_to_give(kept.audit.programme_id).values_list("pk", flat=True))
    if not set(codes) <= known:
        raise ValidationError(_("This code is not in the codebook."))
    if quote.wave_id != kept.audit.wave_id:
        raise ValidationError(_("This comment belongs to another survey."))
    reading = Reading(coder=own, quote=quote, codes=sorted(set(codes)))
    Reading.objects.bulk_create(
        [reading],
        update_conflicts=True,
        unique_fields=["organization", "coder", "quote"],
        update_fields=["codes"],
    )
    return reading


@transaction.atomic
def finish_coding(analysis: AuditAnalysis, *, by: Member) -> AuditAnalysis:
    """Once and for all. With the second one both codings open, to both."""
    kept = locked_analysis(analysis)
    own = _own_coding(kept, by)
    left = len(comments_of(kept)) - read_so_far(kept).get(own.pk, 0)
    if left:
        raise ValidationError(_("Read all comments first: %(left)d are left.") % {"left": left})
    own.finished_at = timezone.now()
    own.save(update_fields=["finished_at"])
    others = {each.person_id for each in kept.coders_by_part} - {by.person_id}
    if all(each.finished_at is not None for each in kept.coders_by_part):
        kept.state = AnalysisState.SETTLING
        kept.save(update_fields=["state"])
        notify(others | {kept.audit.programme.lead_id} - {by.person_id}, notices.both_finished(kept))
    return kept


@transaction.atomic
def name_third(analysis: AuditAnalysis, person: Person, *, by: Member) -> Coder:
    """Somebody who decides where the two do not come to agree."""
    kept = locked_analysis(analysis)
    programme = locked_programme(kept.audit.programme, by)
    _require_state(kept, AnalysisState.SETTLING)
    require_outside(programme, person=person)
    require_new(kept, person)
    if len(kept.coders_by_part) > len(CODERS):
        raise ValidationError(_("There is a third reader already."))
    made = Coder.objects.create(analysis=kept, person=person, part=CoderPart.THIRD)
    notify({person.pk} - {by.person_id}, notices.third(kept))
    return made


@transaction.atomic
def give_opinion(
    analysis: AuditAnalysis, quote_id: UUID, code_id: UUID, *, has_code: bool, by: Member
) -> Opinion:
    """Whether a comment has a code about which the two differ. One may change one's mind."""
    kept = locked_analysis(analysis)
    demand(can_settle(by, kept), DIFFERENCES_ARE_SETTLED_BY)
    _require_state(kept, AnalysisState.SETTLING)
    if (quote_id, code_id) not in outcome_of(kept).differ:
        raise ValidationError(_("Here the two do not differ."))
    made, _created = Opinion.objects.update_or_create(
        coder=coder_in(kept, by.person_id),
        quote_id=quote_id,
        code_id=code_id,
        defaults={"has_code": has_code},
    )
    return made


def locked_analysis(analysis: AuditAnalysis) -> AuditAnalysis:
    """As it is now; whoever else moves it on waits until the end of the transaction."""
    AuditAnalysis.objects.select_for_update().get(pk=analysis.pk)
    return analyses().get(pk=analysis.pk)


def require_runner(analysis: AuditAnalysis, by: Member) -> None:
    demand(can_run_programme(by, analysis.audit.programme), PROGRAMME_IS_RUN_BY)


def _own_coding(analysis: AuditAnalysis, by: Member) -> Coder:
    demand(is_coder(by, analysis), ANALYSIS_IS_BY)
    _require_state(analysis, AnalysisState.CODING)
    own = coder_in(analysis, by.person_id)
    assert own is not None  # noqa: S101 - demanded above
    if own.finished_at is not None:
        raise ValidationError(_("You have finished: what you handed in stays."))
    return own


def _require_state(analysis: AuditAnalysis, state: AnalysisState) -> None:
    if analysis.state != state:
        raise ValidationError(
            _("Meanwhile the analysis has moved on: %(state)s.")
            % {"state": analysis.get_state_display().lower()}
        )


def _require_comments(audit: ProgrammeAudit) -> None:
    """Comments may speak of leaders, who read theirs first, as everywhere. Fewer than the survey promised
    would be told of nobody."""
    published_on = publication_days([audit.wave_id]).get(audit.wave_id)
    if published_on is None:
        raise ValidationError(_("The results of this survey are not published yet."))
    if timezone.localdate() < manager_sees_from(published_on):
        raise ValidationError(
            _("The leaders of the units read what was written first: begin on %(day)s.")
            % {"day": date_format(manager_sees_from(published_on))}
        )
    if PublishedComment.objects.filter(wave=audit.wave_id).count() < audit.wave.threshold:
        raise ValidationError(
            _("Of fewer than %(fewest)d published comments nothing is told.")
            % {"fewest": audit.wave.threshold}
        )


def require_new(analysis: AuditAnalysis, person: Person) -> None:
    """Nobody has two parts in an analysis, nor comes back to it."""
    if Coder.objects.filter(analysis=analysis, person=person).exists():
        raise ValidationError({"person": _("%(name)s has coded already.") % {"name": person.name}})


def require_unbiased(audit: ProgrammeAudit, **people: Person) -> None:
    """Who saw both codings of an audit and talked them over would agree better than two who did not."""
    seen = who_saw_both(audit)
    for name, person in people.items():
        if person.pk in seen:
            words = _("%(name)s has seen both codings of the analysis that was ended: name somebody else.")
            raise ValidationError({name: words % {"name": person.name}})


def require_outside(programme: PartnershipProgramme, **people: Person) -> None:
    """Who takes part would know colleagues by their style, and codes what concerns them."""
    inside = {each.person_id for each in programme.participants_by_name}
    for name, person in people.items():
        if person.pk in inside:
            words = _("%(name)s takes part in the programme: name somebody from outside.")
            raise ValidationError({name: words % {"name": person.name}})
