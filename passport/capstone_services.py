"""What follows a skill pod in the home department: the paired project, and leading a committee in earnest."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passport import pod_notices
from passport.attested import Attested, stamp_attested
from passport.enums import CapstoneState
from passport.models import Capstone, Pod, TransferOutcome
from passport.permissions import (
    PODS_ARE_DONE_BY,
    PODS_ARE_MARKED_BY,
    Subject,
    can_facilitate,
    can_submit_evidence,
)
from passport.pod_queries import finished_attempts
from passport.queries import verifiers_of
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from tenancy.turns import one_at_a_time


@transaction.atomic
def plan_capstone(pod: Pod, *, title: str, aim: str, by: Member) -> Capstone:
    """Pair a finished pod with a project in one's own unit. One for each pod, whatever its version."""
    one_at_a_time(f"capstone {by.person_id}")
    if not finished_attempts(by.person_id, pod.key).exists():
        raise ValidationError(_("A capstone follows a pod that you have finished."))
    if Capstone.objects.filter(person=by.person_id, pod__key=pod.key).exists():
        raise ValidationError(_("You have a capstone for this pod already."))
    return Capstone.objects.create(
        person_id=by.person_id,
        pod=pod,
        unit_id=by.unit_id,
        title=title,
        aim=aim,
        planned_on=timezone.localdate(),
    )


@transaction.atomic
def submit_capstone(
    capstone: Capstone, *, result: str, link: str = "", subject: Subject, by: Member
) -> Capstone:
    """Show what came of the project; somebody who looks after the person verifies it."""
    demand(can_submit_evidence(by, subject), PODS_ARE_DONE_BY)
    locked = _lock(capstone, CapstoneState.PLANNED)
    locked.state, locked.result, locked.link = CapstoneState.SUBMITTED, result, link
    locked.submitted_on = timezone.localdate()
    locked.save(update_fields=["state", "result", "link", "submitted_on"])
    notify(verifiers_of(subject, on=locked.submitted_on), pod_notices.capstone_submitted(locked, by=by.name))
    return locked


@transaction.atomic
def verify_capstone(capstone: Capstone, *, note: str = "", subject: Subject, by: Member) -> Capstone:
    """Confirm the result. It earns the milestone of the pod's capstone, where there is one."""
    demand(can_facilitate(by, subject), PODS_ARE_MARKED_BY)
    locked = _lock(capstone, CapstoneState.SUBMITTED)
    _decide(locked, CapstoneState.VERIFIED, note, by)
    notify([locked.person_id], pod_notices.capstone_verified(locked, by=by.name))
    if locked.pod.capstone_milestone_id is not None and locked.submitted_on is not None:
        stamp_attested(
            Attested(
                person=locked.person,
                milestone_id=locked.pod.capstone_milestone_id,
                reached_on=locked.submitted_on,
                statement=_("Capstone: %(title)s. %(result)s")
                % {"title": locked.title, "result": locked.result},
                by=Person.objects.get(pk=by.person_id),
                link=locked.link,
                vouched=True,
            )
        )
    return locked


@transaction.atomic
def return_capstone(capstone: Capstone, *, note: str, subject: Subject, by: Member) -> Capstone:
    """Give it back with what is missing; the person submits it again."""
    demand(can_facilitate(by, subject), PODS_ARE_MARKED_BY)
    if not note.strip():
        raise ValidationError({"note": _("Say what is missing, so that it can be added.")})
    locked = _lock(capstone, CapstoneState.SUBMITTED)
    _decide(locked, CapstoneState.PLANNED, note, by)
    notify([locked.person_id], pod_notices.capstone_returned(locked, by=by.name))
    return locked


def record_outcome(
    pod: Pod, *, committee: str, role: str, began_on: dt.date, subject: Subject, by: Member
) -> TransferOutcome:
    """Say that one leads a real committee since a day after the pod."""
    demand(can_submit_evidence(by, subject), PODS_ARE_DONE_BY)
    today = timezone.localdate()
    first = finished_attempts(by.person_id, pod.key).last()
    if first is None or first.finished_at is None:
        raise ValidationError(_("This is about what came after a pod that you have finished."))
    if began_on > today:
        raise ValidationError({"began_on": _("Record it once it has begun.")})
    if began_on < timezone.localdate(first.finished_at):
        raise ValidationError({"began_on": _("It began before you did the pod.")})
    outcome = TransferOutcome(
        person_id=by.person_id, pod=first.pod, committee=committee, role=role, began_on=began_on
    )
    try:
        with transaction.atomic():
            outcome.save(force_insert=True)
    except IntegrityError as error:
        if "passport_transferoutcome_once" in str(error):
            raise ValidationError(_("This is recorded already.")) from error
        raise
    notify(verifiers_of(subject, on=today), pod_notices.outcome_recorded(outcome, by=by.name))
    return outcome


@transaction.atomic
def confirm_outcome(outcome: TransferOutcome, *, subject: Subject, by: Member) -> TransferOutcome:
    """Vouch that the person leads this committee. Once."""
    demand(can_facilitate(by, subject), PODS_ARE_MARKED_BY)
    locked = TransferOutcome.objects.select_for_update().get(pk=outcome.pk)
    if locked.confirmed_at is not None:
        raise ValidationError(_("Meanwhile somebody else confirmed it."))
    locked.confirmed_by_id, locked.confirmed_at = by.person_id, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    notify([locked.person_id], pod_notices.outcome_confirmed(locked, by=by.name))
    return locked


def _lock(capstone: Capstone, state: CapstoneState) -> Capstone:
    """Two at once: the second one learns what the first one did."""
    rows = Capstone.objects.select_for_update(of=("self",)).select_related("pod", "person")
    locked = rows.get(pk=capstone.pk)
    if locked.state != state:
        raise ValidationError(
            _("Meanwhile this was decided: %(state)s.") % {"state": locked.get_state_display().lower()}
        )
    return locked


def _decide(capstone: Capstone, state: CapstoneState, note: str, by: Member) -> None:
    capstone.state, capstone.decision_note = state, note
    capstone.decided_by_id, capstone.decided_at = by.person_id, timezone.now()
    capstone.save(update_fields=["state", "decision_note", "decided_by", "decided_at"])
