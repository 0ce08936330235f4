"""What is due before a term ends: made once, moved with the term, done by whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Appointment, Person, Position
from people.terms import months_later
from succession.enums import Rung
from succession.models import LadderTask, Pool
from succession.services.ladder import keep_ladder, take_rung
from succession.tasks import climb_ladder
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.people import make_position
from tests.factories.succession import make_ladder_task
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def let_end(position: Position, months: int) -> Appointment:
    """So many months from today."""
    held = Appointment.objects.get(position=position)
    held.end_date = months_later(TODAY, months)
    held.save()
    return held


def rungs() -> list[int]:
    return list(LadderTask.objects.order_by("due_on").values_list("rung", flat=True))


def due_titles(person: Person) -> list[str]:
    return [each.title for each in due_items("succession", member_of(person), "mercy", TODAY)]


class TestKeeping:
    @pytest.mark.parametrize(("months", "made"), [(30, []), (20, [24]), (10, [24, 12]), (3, [24, 12, 6])])
    def test_every_rung_whose_day_has_come_is_due(
        self, mercy: World, head: Position, months: int, made: list[int]
    ) -> None:
        ends = let_end(head, months).end_date
        assert ends is not None
        keep_ladder()
        assert rungs() == made
        for task in LadderTask.objects.all():
            assert task.due_on == months_later(ends, -task.rung)

    def test_a_rung_is_not_due_before_its_day(self, mercy: World, head: Position) -> None:
        ends = dt.date(TODAY.year + 3, 5, 15)  # of a month in which every rung has this day
        Appointment.objects.filter(position=head).update(end_date=ends)
        assert months_later(ends, -24) == dt.date(TODAY.year + 1, 5, 15)
        keep_ladder()
        assert rungs() == []

    def test_nights_made_up_for_make_nothing_twice(self, mercy: World, head: Position) -> None:
        let_end(head, 10)
        assert climb_ladder("2026-11-01", "")["due"] == 2
        assert climb_ladder("2026-11-02", "") == {"due": 0, "moved": 0, "taken_back": 0, "slates": 0}
        with pytest.raises(IntegrityError, match="laddertask_once"), transaction.atomic():
            make_ladder_task(Appointment.objects.get(position=head), Rung.OPEN)

    def test_what_is_not_done_moves_with_the_term(self, mercy: World, pool: Pool) -> None:
        let_end(pool.position, 10)
        keep_ladder()
        take_rung(LadderTask.objects.get(rung=Rung.REFRESH), by=member_of(mercy.mara))
        let_end(pool.position, 11)
        assert keep_ladder() == {"due": 0, "moved": 1, "taken_back": 0}
        let_end(pool.position, 20)
        assert keep_ladder() == {"due": 0, "moved": 0, "taken_back": 1}
        assert rungs() == [Rung.REFRESH]  # done is done

    def test_interim_cover_climbs_no_ladder(self, mercy: World, head: Position) -> None:
        let_end(head, 3)
        Appointment.objects.filter(position=head).update(interim=True)
        keep_ladder()
        assert rungs() == []


class TestTaking:
    def test_the_owner_refreshes_and_hr_sees_to_the_slate(self, mercy: World, pool: Pool) -> None:
        let_end(pool.position, 3)
        keep_ladder()
        intends = "What do you intend when your term ends? Head of cardiology"
        assert due_titles(mercy.mara) == ["Refresh the pool: Head of cardiology", intends]
        slate = ["Open the slate: Head of cardiology", "Select: Head of cardiology"]
        assert due_titles(mercy.henry) == slate
        assert due_titles(mercy.eli) == []
        refresh, opening, _select = LadderTask.objects.order_by("due_on")
        for person, task in ((mercy.mara, opening), (mercy.eli, refresh), (mercy.ada, refresh)):
            with pytest.raises(PermissionDenied, match="HR admins see to the slate"):
                take_rung(task, by=member_of(person))
        assert take_rung(refresh, by=member_of(mercy.mara)).done_by == mercy.mara
        assert take_rung(opening, by=member_of(mercy.henry)).done_on == TODAY
        with pytest.raises(ValidationError, match="done meanwhile"):
            take_rung(refresh, by=member_of(mercy.henry))
        assert (due_titles(mercy.mara), due_titles(mercy.henry)) == ([intends], slate[1:])

    def test_it_is_marked_on_the_page_of_the_position(
        self, mercy: World, pool: Pool, sign_in: SignIn
    ) -> None:
        let_end(pool.position, 10)
        keep_ladder()
        page = reverse("succession:position", args=[mercy.slug, pool.position_id])
        refresh, opening = (
            reverse("succession:ladder_done", args=[mercy.slug, each.pk])
            for each in LadderTask.objects.order_by("due_on")
        )
        mara = sign_in(mercy.mara)
        before = mara.get(page).content.decode()
        assert refresh in before
        assert opening not in before
        assert mara.post(refresh).url == page  # type: ignore[attr-defined]
        after = mara.get(page).content.decode()
        assert refresh not in after
        assert "by Mara Mercy" in after
        mara.post(refresh)
        assert "done meanwhile" in mara.get(page).content.decode()

    def test_rungs_cost_the_page_no_statement(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        page = reverse("succession:position", args=[mercy.slug, pool.position_id])
        browser = sign_in(mercy.henry)
        none = queries_of(browser, page)
        let_end(pool.position, 3)
        make_position(mercy.unit, "Dean")
        keep_ladder()
        assert queries_of(browser, page) == none


def test_every_position_has_its_own_ladder(mercy: World, head: Position) -> None:
    let_end(head, 3)
    for number in range(3):
        Appointment.objects.create(
            position=make_position(mercy.unit, f"Chair {number}"),
            person=mercy.ada,
            start_date=TODAY - DAY,
            end_date=months_later(TODAY, 3),
        )
    assert keep_ladder()["due"] == 12
