"""Beginning the onboarding of a new leader, stopping it, and saying who decides."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Appointment, Person
from people.notices import notify
from people.queries import in_force
from sponsors.enums import OnboardingState
from sponsors.models import Gate, Onboarding
from sponsors.notices import onboarding as notices
from sponsors.permissions import ONBOARDING_IS_BEGUN_BY, can_keep_onboarding
from sponsors.plan.onboarding import FURTHEST_BACK, planned_day
from sponsors.queries.onboarding import contents_in_force, onboardings_of_leavers, recommenders_of
from sponsors.queries.team import seat_at
from sponsors.services.onboarding_contents import install_contents


@transaction.atomic
def begin_onboarding(
    leader: Person, *, role: str, started_on: dt.date, appointment: UUID | None = None, by: Member
) -> Onboarding:
    """Begin the three years with their first gate, by the contents in force. One at a time."""
    today = timezone.localdate()
    demand(can_keep_onboarding(seat_at(by, leader.pk, on=today)), ONBOARDING_IS_BEGUN_BY)
    errors = {}
    if not role.strip():
        errors["role"] = _("Say what the leader was appointed to.")
    if not today - FURTHEST_BACK <= started_on <= today:
        errors["started_on"] = _("A day within the last twelve months, today at the latest.")
    if errors:
        raise ValidationError(errors)
    if leader.has_left(today):
        raise ValidationError(_("%(name)s does not work here any more.") % {"name": leader.name})
    made = _write(leader, role.strip(), started_on, _of_leader(appointment, leader, today), by)
    Gate.objects.create(onboarding=made, number=1, due_on=planned_day(started_on, 1))
    notify([leader.pk], notices.begun(made))
    notify(recommenders_of(leader.pk, on=today) - {by.person_id}, notices.begun_for_others(made))
    return made


@transaction.atomic
def stop_onboarding(onboarding: Onboarding, *, reason: str, by: Member) -> Onboarding:
    """End it for a reason outside of it: begun by mistake, another post, a long leave."""
    locked = lock_running(onboarding.pk)
    demand(
        can_keep_onboarding(seat_at(by, locked.leader_id, on=timezone.localdate())), ONBOARDING_IS_BEGUN_BY
    )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever looks back will ask.")})
    end_onboarding(locked, OnboardingState.STOPPED, by=by.person_id, reason=reason.strip())
    told = {locked.leader_id} | recommenders_of(locked.leader_id, on=timezone.localdate())
    notify(told - {by.person_id}, notices.stopped(locked))
    return locked


@transaction.atomic
def name_chair(onboarding: Onboarding, chair: Person | None, *, by: Member) -> Onboarding:
    """Say who decides, where the tree of units gives nobody or not the right one; None leaves it to the tree.
    A third person, and not whoever names them."""
    locked, today = lock_running(onboarding.pk), timezone.localdate()
    demand(can_keep_onboarding(seat_at(by, locked.leader_id, on=today)), ONBOARDING_IS_BEGUN_BY)
    if chair is not None:
        _check_chair(chair, locked, by, on=today)
    locked.chair = chair
    locked.save(update_fields=["chair"])
    if chair is not None:
        notify([chair.pk], notices.chair_named(locked))
    return locked


@transaction.atomic
def stop_for_leavers(*, on: dt.date) -> int:
    """End onboardings of people who are not here any more. How many."""
    over = list(onboardings_of_leavers(on=on).select_for_update(of=("self",)))
    for each in over:
        end_onboarding(each, OnboardingState.STOPPED, by=None, reason=_("Left the organisation."))
    return len(over)


def lock_running(onboarding_id: UUID) -> Onboarding:
    """Whatever is done to an onboarding waits for its turn."""
    rows = Onboarding.objects.select_for_update(of=("self",)).select_related("leader", "contents")
    locked = rows.get(pk=onboarding_id)
    if not locked.is_running:
        raise ValidationError(_("This onboarding is over: it stays as it is."))
    return locked


def end_onboarding(onboarding: Onboarding, state: OnboardingState, *, by: UUID | None, reason: str) -> None:
    onboarding.state, onboarding.over_on = state, timezone.localdate()
    onboarding.over_by_id, onboarding.over_reason = by, reason
    onboarding.save(update_fields=["state", "over_on", "over_by", "over_reason"])


def _check_chair(chair: Person, onboarding: Onboarding, by: Member, *, on: dt.date) -> None:
    if chair.pk == onboarding.leader_id:
        raise ValidationError({"chair": _("Nobody decides on themselves.")})
    if chair.pk == by.person_id:
        raise ValidationError({"chair": _("Name somebody else than yourself.")})
    if chair.pk in recommenders_of(onboarding.leader_id, on=on):
        message = _("%(name)s recommends: a third person decides.")
        raise ValidationError({"chair": message % _named(chair)})


def _write(
    leader: Person, role: str, started_on: dt.date, appointment: UUID | None, by: Member
) -> Onboarding:
    install_contents()
    contents = contents_in_force()
    assert contents is not None  # noqa: S101 - installed above
    try:
        with transaction.atomic():
            return Onboarding.objects.create(
                leader=leader,
                role=role,
                appointment=appointment,
                contents=contents,
                started_on=started_on,
                started_by_id=by.person_id,
            )
    except IntegrityError as error:
        if "sponsors_onboarding_one_running" in str(error):
            message = _("An onboarding of %(name)s runs already.") % _named(leader)
        elif "sponsors_onboarding_appointment" in str(error):
            message = _("There was an onboarding for this appointment already.")
        else:
            raise
        raise ValidationError(message) from error


def _of_leader(appointment: UUID | None, leader: Person, on: dt.date) -> UUID | None:
    """The appointment, if it is one of the leader's today."""
    if appointment is None:
        return None
    found = Appointment.objects.filter(in_force(on), pk=appointment, person=leader)
    if not found.exists():
        raise ValidationError(_("This is no appointment of %(name)s.") % _named(leader))
    return appointment


def _named(person: Person) -> dict[str, str]:
    return {"name": person.name}
