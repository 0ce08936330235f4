"""What the Passport does for mentoring, the floor below: it offers its milestones to contracts, and stamps
what a completed deliverable serves. Imported when the app is ready."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import Initiator
from mentoring.milestones import MilestoneOption, deliverable_completed, offers_milestones
from mentoring.models import Deliverable
from passport.attested import Attested, stamp_attested
from passport.queries import milestones_in_force

# Who began a mentorship in which a mentor's word stamps; others were begun by the two alone.
PROGRAMME = frozenset({Initiator.MATCHER, Initiator.DIRECTOR})


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
    mentorship, mentor = deliverable.contract.mentorship, deliverable.attested_by
    if deliverable.milestone is None or deliverable.reported_on is None or mentor is None:
        return
    stamp_attested(
        Attested(
            person=mentorship.mentee,
            milestone_id=deliverable.milestone,
            reached_on=deliverable.reported_on,
            statement=_("Mentoring deliverable: %(title)s. %(report)s")
            % {"title": deliverable.title, "report": deliverable.report},
            by=mentor,
            vouched=mentorship.initiator in PROGRAMME,
        )
    )
