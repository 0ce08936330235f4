"""What partners agree on and log: theirs to write, and whom it concerns to read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.enums import Decider, GoalState
from partnerships.models import Partnership, Responsibility
from partnerships.queries.partnerships import MeetingFigures, meetings_of, met_lately
from partnerships.services.charter import agree_who_decides, drop_matter, finish_goal, set_goal
from partnerships.services.meetings import log_meeting, strike_meeting
from partnerships.services.partnerships import end_partnership, write_charter
from tenancy.models import AuditEntry
from tests.factories.partnerships import make_meeting, make_responsibility, make_shared_goal
from tests.members import member_of
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("who", ["henry", "eli", "colin"])
def test_only_the_partners_write(mercy: World, dyad: Partnership, who: str) -> None:
    by = member_of(mercy.people[who])
    matter, goal, meeting = make_responsibility(dyad), make_shared_goal(dyad), make_meeting(dyad, mercy.ada)
    for act in (
        lambda: write_charter(dyad, "Mine", revision=1, by=by),
        lambda: agree_who_decides(dyad, "Leave", Decider.TOGETHER, by=by),
        lambda: drop_matter(matter, by=by),
        lambda: set_goal(dyad, "More", TODAY, by=by),
        lambda: finish_goal(goal, GoalState.REACHED, by=by),
        lambda: log_meeting(dyad, TODAY, 30, by=by),
        lambda: strike_meeting(meeting, by=by),
    ):
        with pytest.raises(PermissionDenied), transaction.atomic():
            act()  # type: ignore[no-untyped-call]  # a list of acts


def test_of_two_writers_the_second_sees_what_changed(mercy: World, dyad: Partnership) -> None:
    write_charter(dyad, "Ada's words", revision=1, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="It now says: Ada's words"):
        write_charter(dyad, "Mara's words", revision=1, by=member_of(mercy.mara))
    assert write_charter(dyad, "Both", revision=2, by=member_of(mercy.mara)).charter == "Both"


def test_who_decides_is_one_of_them(mercy: World, dyad: Partnership) -> None:
    made = agree_who_decides(dyad, " New posts ", Decider.PHYSICIAN, by=member_of(mercy.ada))
    assert made.matter == "New posts"
    with pytest.raises(ValidationError, match="There is no nurse leader in this partnership"):
        agree_who_decides(dyad, "Rotas", Decider.NURSE, by=member_of(mercy.ada))
    drop_matter(made, by=member_of(mercy.mara))
    assert not Responsibility.objects.exists()


def test_a_goal_is_reached_and_may_be_opened_again(mercy: World, dyad: Partnership) -> None:
    goal = set_goal(dyad, "Nobody waits", TODAY + DAY, by=member_of(mercy.ada))
    reached = finish_goal(goal, GoalState.REACHED, by=member_of(mercy.mara))
    assert (reached.state, reached.over_on) == ("reached", TODAY)
    assert finish_goal(goal, GoalState.OPEN, by=member_of(mercy.mara)).over_on is None


@pytest.mark.parametrize(
    ("held_on", "minutes", "words"),
    [
        (TODAY + DAY, 30, "when it has taken place"),
        (dt.date(2025, 12, 31), 30, "had not begun"),
        (TODAY, 4, "Between 5 minutes and ten hours"),
        (TODAY, 601, "Between 5 minutes and ten hours"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(
    mercy: World, dyad: Partnership, held_on: dt.date, minutes: int, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        log_meeting(dyad, held_on, minutes, by=member_of(mercy.ada))


def test_meetings_of_ninety_days_are_counted(mercy: World, dyad: Partnership) -> None:
    first = log_meeting(dyad, TODAY, 45, words=" Beds ", by=member_of(mercy.ada))
    log_meeting(dyad, TODAY - 89 * DAY, 30, by=member_of(mercy.mara))
    log_meeting(dyad, TODAY - 90 * DAY, 30, by=member_of(mercy.mara))
    assert first.words == "Beds"
    assert met_lately(dyad, on=TODAY) == MeetingFigures(2, 75)
    strike_meeting(first, by=member_of(mercy.mara))
    assert meetings_of(dyad).count() == 2


def test_nothing_is_written_after_the_end(mercy: World, dyad: Partnership) -> None:
    end_partnership(dyad, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="This partnership is over"):
        log_meeting(dyad, TODAY, 30, by=member_of(mercy.ada))


def test_the_trail_has_no_words(mercy: World, dyad: Partnership) -> None:
    assert mercy
    kept: list[tuple[Any, str]] = [
        (dyad, "charter"),
        (make_responsibility(dyad), "matter"),
        (make_shared_goal(dyad), "title"),
        (make_meeting(dyad, mercy.ada), "words"),
    ]
    for row, column in kept:
        assert AuditEntry.objects.get(key=str(row.pk)).change[column] == "redacted"
