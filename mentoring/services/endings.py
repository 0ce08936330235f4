"""How a mentorship becomes over, by whoever's act."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring import mentorship_notices as notices
from mentoring.enums import Initiator, MentorshipState, OverCause
from mentoring.models import Mentorship
from people.notices import notify


def close(
    mentorship: Mentorship, state: MentorshipState, cause: OverCause, words: str, *, by_id: UUID | None
) -> None:
    """Write that it is over, since today, and why. `by_id`: who did it; None where nobody had to."""
    mentorship.state, mentorship.over_on, mentorship.over_by_id = state, timezone.localdate(), by_id
    mentorship.over_cause, mentorship.over_reason = cause, words
    mentorship.save(update_fields=["state", "over_on", "over_by", "over_cause", "over_reason"])


def end_replaced(mentorship: Mentorship) -> None:
    """End what one that begins takes the place of, if it runs: nobody is without a mentor in between."""
    if mentorship.replaces_id is None:
        return
    runs = Mentorship.objects.select_related("mentor", "mentee").filter(state=MentorshipState.ACTIVE)
    replaced = runs.filter(pk=mentorship.replaces_id).first()
    if replaced is None:
        return
    chosen = mentorship.why if mentorship.initiator == Initiator.DIRECTOR else ""
    words = chosen or _("Another mentor was chosen in a matching.")
    close(replaced, MentorshipState.ENDED, OverCause.CHANGE, words, by_id=None)
    notify(replaced.both, notices.handed_over(replaced))
