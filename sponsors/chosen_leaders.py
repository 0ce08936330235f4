"""A leader whom a selection appointed is onboarded from the first day. Imported when the app is ready."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from people.appointed import leader_chosen
from people.member import Member
from people.models import Appointment
from sponsors.permissions import can_keep_onboarding
from sponsors.queries.team import seat_at
from sponsors.services.onboarding import begin_onboarding
from sponsors.services.review_calls import call_reviews_for_new_roles


@receiver(leader_chosen, sender=Appointment, dispatch_uid="sponsors.onboard_chosen")
def onboard(appointment: Appointment, by: Member, **_unused: Any) -> None:
    """Where the term has begun and whoever appoints may begin it. One that begins later is proposed on its
    first day, as all new appointments are."""
    today = timezone.localdate()
    call_reviews_for_new_roles(on=today)
    if appointment.start_date > today:
        return
    if can_keep_onboarding(seat_at(by, appointment.person_id, on=today)):
        begin_onboarding(
            appointment.person,
            role=appointment.position.title,
            started_on=appointment.start_date,
            appointment=appointment.pk,
            by=by,
        )
