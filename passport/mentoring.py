"""What the Passport does for mentoring, the floor below: it offers its milestones to contracts, and stamps
what a completed deliverable serves. Imported when the app is ready."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from mentoring.milestones import MilestoneOption, deliverable_completed, offers_milestones
from mentoring.models import Deliverable
from passport.queries import milestones_in_force
from passport.services import stamp_deliverable


@offers_milestones
def milestones_to_serve() -> list[MilestoneOption]:
    """The milestones in force. One query."""
    return [
        MilestoneOption(milestone.pk, milestone.title, milestone.stage.name)
        for milestone in milestones_in_force(on=timezone.localdate())
    ]


@receiver(deliverable_completed, sender=Deliverable, dispatch_uid="passport.stamp_deliverable")
def stamp_what_it_serves(*, deliverable: Deliverable, **_unused: Any) -> None:
    """In the transaction in which the mentor attests it."""
    if deliverable.milestone is not None:
        stamp_deliverable(deliverable)
