"""What is done in a partnership programme, one form each. A refused one comes back on the page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.forms.programmes import (
    ArtefactForm,
    AuditForm,
    AwayDayForm,
    BringPartnershipForm,
    BringSponsorForm,
    CoachForm,
    CoachingForm,
    DropPhaseForm,
    FinishPhaseForm,
    FollowUpForm,
    MeasureForm,
    OutcomeForm,
    PlanPhaseForm,
    ProfileForm,
    ProgrammeForm,
    SettleForm,
)
from partnerships.models import (
    PartnershipProgramme,
    ProgrammeAudit,
    ProgrammeCoaching,
    ProgrammeException,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.permissions import (
    ARTEFACT_IS_WRITTEN_BY,
    COACHING_IS_LOGGED_BY,
    EXCEPTION_IS_SETTLED_BY,
    PHASE_IS_SEEN_TO_BY,
    PROFILE_IS_KEPT_BY,
    PROGRAMME_IS_RUN_BY,
    can_keep_profile,
    can_log_coaching,
    can_run_programme,
    can_see_to_phase,
    can_settle_exception,
    can_write_artefact,
)
from partnerships.queries.programmes import participant_shown_to
from partnerships.services import (
    artefacts,
    audits,
    coaching,
    exceptions,
    outcomes,
    phases,
    profiles,
    programmes,
)
from partnerships.views.exceptions import exceptions_page
from partnerships.views.participants import participant_page
from partnerships.views.phases import phase_page
from partnerships.views.programmes import find_programme, programme_page
from people.access import MemberRequest, demand, member_view
from people.member import Member
from people.steps import Step, take_step
from web.forms import ids_of


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and the words for whoever may not: said before anything typed is looked at."""

    allows: Callable[[Member, PartnershipProgramme, Any], bool]
    words: Promise


RUN = Rule(lambda member, programme, _item: can_run_programme(member, programme), PROGRAMME_IS_RUN_BY)
WRITE = Rule(lambda member, programme, _item: can_write_artefact(member, programme), ARTEFACT_IS_WRITTEN_BY)
SEE_TO = Rule(can_see_to_phase, PHASE_IS_SEEN_TO_BY)
SETTLE = Rule(can_settle_exception, EXCEPTION_IS_SETTLED_BY)
OWN = Rule(lambda member, _programme, item: can_keep_profile(member, item), PROFILE_IS_KEPT_BY)
LOG = Rule(can_log_coaching, COACHING_IS_LOGGED_BY)
LOG_SESSION = Rule(
    lambda member, programme, item: can_log_coaching(member, programme, item.participant),
    COACHING_IS_LOGGED_BY,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The page on which something is done; `keys`: which one of its kind, beside the programme. `is_open`:
    whether one sees it; for all others there is nothing, whatever may be done there."""

    url_name: str
    show: Callable[..., HttpResponse]
    keys: Callable[[Any], tuple[UUID, ...]] = lambda _item: ()
    is_open: Callable[[Member, PartnershipProgramme, tuple[UUID, ...]], bool] = lambda *_asked: True


def sees_participant(member: Member, programme: PartnershipProgramme, keys: tuple[UUID, ...]) -> bool:
    """A part is no matter of the others who take part."""
    return participant_shown_to(member, programme, *keys) is not None


PROGRAMME = Place("partnerships:programme", programme_page)
EXCEPTIONS = Place("partnerships:programme_exceptions", exceptions_page)
PHASE = Place("partnerships:programme_phase", phase_page, lambda phase: (phase.pk,))
PARTICIPANT = Place(
    "partnerships:programme_participant", participant_page, lambda each: (each.pk,), sees_participant
)
SESSION = Place(
    PARTICIPANT.url_name, participant_page, lambda session: (session.participant_id,), sees_participant
)


@dataclass(frozen=True, slots=True)
class ProgrammeStep(Step):
    """A step, whose it is, and where it is done."""

    form: type[ProgrammeForm]
    rule: Rule = RUN
    place: Place = PROGRAMME


@dataclass(frozen=True, slots=True)
class ItemStep(ProgrammeStep):
    """The same with something that belongs to the programme; `way`: how it leads to it."""

    model: type[Model] = ProgrammePhase
    way: str = "programme"


# Each posts to partnerships:programme_<name>; its form is `<name>_form` on the page.
STEPS = {
    "bring": ProgrammeStep(
        BringPartnershipForm, programmes.bring_partnership, _("They take part, and are told.")
    ),
    "sponsor": ProgrammeStep(BringSponsorForm, programmes.bring_sponsor, _("They take part, and are told.")),
    "audit": ProgrammeStep(AuditForm, audits.attach_audit, _("The audit is attached.")),
    "away_day": ProgrammeStep(AwayDayForm, phases.add_away_day, _("The away day is planned.")),
    "artefact": ProgrammeStep(ArtefactForm, artefacts.write_artefact, _("Written down."), WRITE),
    "outcome": ProgrammeStep(OutcomeForm, outcomes.declare_outcome, _("It is looked at after two years.")),
    "follow_up": ProgrammeStep(FollowUpForm, exceptions.follow_up, _("They are told."), RUN, EXCEPTIONS),
    "close": ProgrammeStep(
        ProgrammeForm, programmes.close_programme, _("Closed. Everything that was written stays.")
    ),
}
ITEM_STEPS = {
    "outcome_measure": ItemStep(MeasureForm, outcomes.measure_outcome, _("Noted."), model=ProgrammeOutcome),
    "outcome_drop": ItemStep(ProgrammeForm, outcomes.drop_outcome, _("Taken away."), model=ProgrammeOutcome),
    "exception_settle": ItemStep(
        SettleForm,
        exceptions.settle_exception,
        _("Noted."),
        SETTLE,
        EXCEPTIONS,
        ProgrammeException,
        "phase__programme",
    ),
    "audit_detach": ItemStep(ProgrammeForm, audits.detach_audit, _("Taken away."), model=ProgrammeAudit),
    "release": ItemStep(
        ProgrammeForm,
        programmes.release_participant,
        _("From today without them."),
        RUN,
        PARTICIPANT,
        ProgrammeParticipant,
    ),
    "coach": ItemStep(
        CoachForm, coaching.name_coach, _("They are told."), RUN, PARTICIPANT, ProgrammeParticipant
    ),
    "coaching": ItemStep(
        CoachingForm, coaching.log_coaching, _("Logged."), LOG, PARTICIPANT, ProgrammeParticipant
    ),
    "coaching_strike": ItemStep(
        ProgrammeForm,
        coaching.strike_coaching,
        _("Taken away."),
        LOG_SESSION,
        SESSION,
        ProgrammeCoaching,
        "participant__programme",
    ),
    **{
        name: ItemStep(form, act, said, OWN, PARTICIPANT, ProgrammeParticipant)
        for name, form, act, said in (
            ("profile", ProfileForm, profiles.keep_profile, _("Kept, for you alone.")),
            ("profile_show", ProgrammeForm, profiles.show_profile, _("Shown. They are told.")),
            ("profile_hide", ProgrammeForm, profiles.hide_profile, _("It is for you alone again.")),
            ("profile_drop", ProgrammeForm, profiles.drop_profile, _("Taken away for good.")),
        )
    },
    "phase_plan": ItemStep(PlanPhaseForm, phases.plan_phase, _("Planned."), SEE_TO, PHASE),
    "phase_finish": ItemStep(FinishPhaseForm, phases.finish_phase, _("Noted."), SEE_TO, PHASE),
    "phase_drop": ItemStep(DropPhaseForm, phases.drop_phase, _("Dropped."), SEE_TO, PHASE),
    "phase_reopen": ItemStep(ProgrammeForm, phases.reopen_phase, _("To come again."), SEE_TO, PHASE),
}


@require_POST
@member_view
def step(request: MemberRequest, programme_id: UUID, name: str) -> HttpResponse:
    """Do it, or show the page again with what is wrong."""
    taken, found = STEPS[name], find_programme(request, programme_id)
    demand(taken.rule.allows(request.member, found, None), taken.rule.words)
    return _take(request, taken, found, name=name)


@require_POST
@member_view
def item_step(request: MemberRequest, programme_id: UUID, item_id: UUID, name: str) -> HttpResponse:
    """The same with a part of the programme, which has to belong to it."""
    taken, found = ITEM_STEPS[name], find_programme(request, programme_id)
    item = get_object_or_404(
        taken.model._default_manager.select_related(taken.way), pk=item_id, **{taken.way: found}
    )
    if not taken.place.is_open(request.member, found, taken.place.keys(item)):
        raise Http404
    demand(taken.rule.allows(request.member, found, item), taken.rule.words)
    return _take(request, taken, found, item, name=name)


def _take(
    request: MemberRequest,
    taken: ProgrammeStep,
    found: PartnershipProgramme,
    item: Model | None = None,
    *,
    name: str,
) -> HttpResponse:
    form = taken.form(request.POST, request.FILES, auto_id=ids_of(name), programme=found)
    keys = taken.place.keys(item)
    if take_step(taken, item or found, form, request) is not None:
        return redirect(taken.place.url_name, request.organization.slug, found.pk, *keys)
    # What moved meanwhile is shown as it is now.
    return taken.place.show(request, find_programme(request, found.pk), *keys, refused=form, step=name)
