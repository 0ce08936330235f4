"""How a mentorship becomes over: by somebody's act, or because somebody has left."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ALIVE, Initiator, MentorshipState, OverCause
from mentoring.models import Mentorship
from mentoring.notices import mentorships as notices
from mentoring.queries.mentorships import directors_of_mentee
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


@transaction.atomic
def end_for_leavers(*, on: dt.date) -> int:
    """End what runs, and take back what is open, of people who have left before a day; returns how many.

    The other side, as far as they know of it, and the director are told: once, since it is over then.
    """
    left = Q(mentor__end_date__lt=on) | Q(mentee__end_date__lt=on)
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    found = list(rows.filter(left, state__in=ALIVE).order_by("pk"))
    for each in found:
        gone = each.mentor if each.mentor.has_left(on) else each.mentee
        known = each.known_to
        state = MentorshipState.ENDED if each.is_running else MentorshipState.WITHDRAWN
        words = _("%(name)s no longer works here.") % {"name": gone.name}
        close(each, state, OverCause.LEFT, words, by_id=None)
        # On the last day somebody who left was still in a cohort, and it had a director.
        directors = directors_of_mentee(each.mentee_id, on=min(each.mentee.end_date or on, on))
        notify((known | directors) - {gone.pk}, notices.left(each, gone.name))
    return len(found)
