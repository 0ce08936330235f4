"""The quarterly rating of a mentorship by its two sides."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mentoring.enums import Side
from mentoring.models import Mentorship, Satisfaction
from mentoring.notices import satisfaction as notices
from mentoring.permissions import MENTORSHIP_IS_RATED_BY
from mentoring.queries.satisfaction import mentorships_to_rate, people_to_ask
from people.access import demand
from people.member import Member
from people.notices import notify
from surveys.pulse_calendar import open_quarters


def rate_mentorship(
    mentorship: Mentorship, quarter: str, *, overall: int, useful: int, often: int, by: Member, on: dt.date
) -> None:
    """Record or change one side's rating of a quarter that is open on a day, each answer 1 to 5. Raises
    ValidationError for a quarter that is not, or in which the mentorship did not run long enough."""
    side = side_of(mentorship, by)
    if quarter not in {each.quarter for each in open_quarters(on)}:
        raise ValidationError(_("This quarter is not open for ratings."))
    if not mentorships_to_rate(by.person_id, quarter).filter(pk=mentorship.pk).exists():
        raise ValidationError(_("This mentorship did not run long enough in the quarter to be rated."))
    given = {"overall": overall, "useful": useful, "often": often}
    Satisfaction.objects.bulk_create(
        [Satisfaction(mentorship=mentorship, quarter=quarter, side=side, **given)],
        update_conflicts=True,
        unique_fields=["organization", "mentorship", "quarter", "side"],
        update_fields=[*given],
    )


def side_of(mentorship: Mentorship, member: Member) -> Side:
    """Which side of a mentorship a member is on; 403 for none."""
    demand(member.person_id in mentorship.both, MENTORSHIP_IS_RATED_BY)
    return Side.MENTEE if member.person_id == mentorship.mentee_id else Side.MENTOR


def ask_for_ratings(quarter: str, *, on: dt.date) -> int:
    """Ask both sides for their rating of a quarter, while it can be given; returns how many people were
    asked."""
    if quarter not in {each.quarter for each in open_quarters(on)}:
        return 0
    people = people_to_ask(quarter)
    notify(people, notices.rating_wanted(quarter))
    return len(people)
