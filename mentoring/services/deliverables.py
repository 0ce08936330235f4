"""What comes of a mentorship: the mentee reports it, the mentor attests it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import DeliverableState, MentorshipState
from mentoring.milestones import deliverable_completed
from mentoring.models import Deliverable
from mentoring.notices import contracts as notices
from mentoring.permissions import (
    DELIVERABLE_IS_ATTESTED_BY,
    DELIVERABLE_IS_REPORTED_BY,
    can_attest_deliverable,
    can_report_deliverable,
)
from mentoring.queries.contracts import deliverables_in_force
from people.access import demand
from people.member import Member
from people.notices import notify


@transaction.atomic
def report_deliverable(deliverable: Deliverable, *, words: str, by: Member) -> Deliverable:
    """The mentee says that it is done, and what it was."""
    locked = _locked(deliverable)
    demand(can_report_deliverable(by, locked.contract.mentorship), DELIVERABLE_IS_REPORTED_BY)
    _require(locked, DeliverableState.OPEN)
    if not words.strip():
        raise ValidationError({"words": _("Say in a sentence what you did.")})
    locked.state, locked.report, locked.reported_on = (
        DeliverableState.REPORTED,
        words.strip(),
        timezone.localdate(),
    )
    locked.save(update_fields=["state", "report", "reported_on"])
    notify([locked.contract.mentorship.mentor_id], notices.reported(locked))
    return locked


@transaction.atomic
def attest_deliverable(deliverable: Deliverable, *, by: Member) -> Deliverable:
    """The mentor vouches for it. What it serves in the Passport is stamped in the same transaction."""
    locked = _locked(deliverable)
    demand(can_attest_deliverable(by, locked.contract.mentorship), DELIVERABLE_IS_ATTESTED_BY)
    _require(locked, DeliverableState.REPORTED)
    locked.state = DeliverableState.COMPLETED
    locked.attested_by_id, locked.attested_on = by.person_id, timezone.localdate()
    locked.save(update_fields=["state", "attested_by", "attested_on"])
    notify([locked.contract.mentorship.mentee_id], notices.attested(locked))
    deliverable_completed.send(Deliverable, deliverable=locked)
    return locked


@transaction.atomic
def send_back_deliverable(deliverable: Deliverable, *, by: Member) -> Deliverable:
    """The mentor has not seen enough yet; they talk about it, and the mentee reports again."""
    locked = _locked(deliverable)
    demand(can_attest_deliverable(by, locked.contract.mentorship), DELIVERABLE_IS_ATTESTED_BY)
    _require(locked, DeliverableState.REPORTED)
    locked.state = DeliverableState.OPEN
    locked.save(update_fields=["state"])
    notify([locked.contract.mentorship.mentee_id], notices.sent_back(locked))
    return locked


def _locked(deliverable: Deliverable) -> Deliverable:
    """As it is now, if the contract in force asks for it."""
    Deliverable.objects.select_for_update().filter(pk=deliverable.pk).first()
    found = deliverables_in_force([deliverable.contract.mentorship_id]).filter(pk=deliverable.pk).first()
    if found is None:
        raise ValidationError(_("Meanwhile the contract changed: it no longer asks for this."))
    return found


def _require(deliverable: Deliverable, state: DeliverableState) -> None:
    if deliverable.contract.mentorship.state != MentorshipState.ACTIVE:
        raise ValidationError(_("The mentorship is over: what was completed stays."))
    if deliverable.state != state:
        words = _("Meanwhile this changed. It is now: %(state)s.")
        raise ValidationError(words % {"state": deliverable.get_state_display().lower()})
