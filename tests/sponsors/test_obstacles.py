"""Obstacles with an owner and a day, who reads them, and what the report tells."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from sponsors.enums import ObstacleKind, ObstacleState
from sponsors.models import Obstacle, ObstacleStep
from sponsors.plan.obstacles import ObstacleTally, kinds_to_tell
from sponsors.queries.obstacle_report import obstacle_report
from sponsors.queries.obstacles import (
    obstacle_visible_to,
    obstacles_shown_to,
    overdue_obstacles,
)
from sponsors.queries.team import seat_at
from sponsors.services.obstacles import (
    Raised,
    change_obstacle,
    close_obstacle,
    raise_obstacle,
    reopen_obstacle,
)
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_person, make_unit
from tests.factories.sponsors import make_obstacle, make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
DUE = TODAY + 30 * DAY


@pytest.fixture
def clinic(mercy: World, in_mercy: Scope) -> World:
    """Eli sponsors Ada, Mara leads her, Colin looks after finance. Olga can remove things."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return mercy


def raised(owner: Person, **fields: object) -> Raised:
    values = {"kind": ObstacleKind.TIME, "words": "No time beside the clinic", "due_on": DUE, **fields}
    return Raised(owner=owner, **values)  # type: ignore[arg-type]  # of the fields' types


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


def readers(world: World, obstacle: Obstacle) -> set[str]:
    """By the predicate and by the list alike."""
    by_page, by_list = set(), set()
    for who, person in world.people.items():
        if obstacle_visible_to(member_of(person), obstacle.pk, on=TODAY) is not None:
            by_page.add(who)
        if obstacle in obstacles_shown_to(seat_at(member_of(person), obstacle.leader_id, on=TODAY)):
            by_list.add(who)
    assert by_page == by_list
    return by_page


class TestRaising:
    @pytest.mark.parametrize("who", ["ada", "eli", "mara", "colin"])
    def test_the_leader_and_the_team_raise_one(self, clinic: World, who: str) -> None:
        made = raise_obstacle(clinic.ada, raised(clinic.olga), by=member_of(clinic.people[who]))
        assert (made.state, made.owner_id, made.raised_by_id) == (
            "open",
            clinic.olga.pk,
            clinic.people[who].pk,
        )
        asked, *others = told()
        assert asked[0] == {clinic.olga.pk}
        assert f"{who.title()} Mercy asks you to remove an obstacle of Ada Mercy until" in asked[1]
        assert [to for to, _title in others] == ([] if who == "ada" else [{clinic.ada.pk}])
        assert not any("No time" in title for _to, title in told())

    @pytest.mark.parametrize("who", ["paula", "henry", "olga", "aude"])
    def test_nobody_else_does(self, clinic: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            raise_obstacle(clinic.ada, raised(clinic.olga), by=member_of(clinic.people[who]))

    @pytest.mark.parametrize(
        ("who", "may"), [("ada", True), ("eli", True), ("mara", False), ("colin", False)]
    )
    def test_what_is_private_comes_from_leader_or_sponsor(self, clinic: World, who: str, may: bool) -> None:
        by = member_of(clinic.people[who])
        if may:
            assert raise_obstacle(clinic.ada, raised(clinic.olga, private=True), by=by).private
        else:
            with pytest.raises(PermissionDenied):
                raise_obstacle(clinic.ada, raised(clinic.olga, private=True), by=by)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"words": " "}, "Say it in a sentence"),
            ({"due_on": TODAY - DAY}, "This day is past"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, clinic: World, fields: dict[str, object], words: str
    ) -> None:
        with pytest.raises(ValidationError, match=words):
            raise_obstacle(clinic.ada, raised(clinic.olga, **fields), by=member_of(clinic.ada))

    def test_its_owner_is_somebody_else_who_is_here(self, clinic: World) -> None:
        gone = make_person(clinic.organization, "Gus", clinic.unit, end_date=TODAY - DAY)
        ada = member_of(clinic.ada)
        with pytest.raises(ValidationError, match="Name somebody else"):
            raise_obstacle(clinic.ada, raised(clinic.ada), by=ada)
        with pytest.raises(ValidationError, match="no longer works here"):
            raise_obstacle(clinic.ada, raised(gone), by=ada)

    def test_the_database_refuses_nonsense(self, clinic: World) -> None:
        nonsense: dict[str, dict[str, object]] = {
            "kind": {"kind": "x"},
            "words": {"words": ""},
            "dates": {"due_on": TODAY - 60 * DAY},
            "state": {"state": ObstacleState.REMOVED},
        }
        for name, fields in nonsense.items():
            with pytest.raises(IntegrityError, match=f"sponsors_obstacle_{name}"), transaction.atomic():
                make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, **fields)
        with pytest.raises(IntegrityError, match="sponsors_obstacle_not_oneself"), transaction.atomic():
            make_obstacle(clinic.ada, clinic.ada, by=clinic.ada)


class TestReading:
    def test_what_is_shared_is_for_the_team_and_its_owner(self, clinic: World) -> None:
        made = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada)
        assert readers(clinic, made) == {"ada", "eli", "mara", "colin", "olga"}

    def test_what_is_private_is_for_leader_sponsor_and_owner(self, clinic: World) -> None:
        made = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, private=True)
        assert readers(clinic, made) == {"ada", "eli", "olga"}

    def test_a_former_owner_reads_it_no_more(self, clinic: World) -> None:
        made = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, private=True)
        change_obstacle(
            made, owner=clinic.henry, due_on=DUE, words="He has the key", by=member_of(clinic.olga)
        )
        assert readers(clinic, made) == {"ada", "eli", "henry"}

    def test_the_chart_of_whoever_oversees_tells_the_kind_of_what_is_overdue(
        self, clinic: World, sign_in: SignIn
    ) -> None:
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, words="The open one")
        page = address(clinic, "chart", clinic.ada.pk)
        assert "Pressure of work" not in sign_in(clinic.paula).get(page).content.decode()
        late = {"due_on": TODAY - DAY, "raised_on": TODAY - 30 * DAY}
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, words="The late one", **late)
        secret = {"private": True, "kind": ObstacleKind.POLITICS, **late}
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, words="The secret one", **secret)
        shown = sign_in(clinic.paula).get(page).content.decode()
        assert ("Pressure of work" in shown, "Politics" in shown, " one<" in shown) == (True, False, False)
        team = sign_in(clinic.colin).get(page).content.decode()
        assert ("The late one" in team, "The secret one" in team) == (True, False)


class TestSteps:
    def test_an_owner_hands_it_on_and_the_next_is_told(self, clinic: World) -> None:
        made, olga = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada), member_of(clinic.olga)
        with pytest.raises(ValidationError, match="Neither the owner nor the day"):
            change_obstacle(made, owner=clinic.olga, due_on=made.due_on, words="x", by=olga)
        change_obstacle(made, owner=clinic.henry, due_on=DUE, words="He has the key", by=olga)
        assert told()[0][0] == {clinic.henry.pk}
        [step] = ObstacleStep.objects.all()
        assert (step.act, step.by_id, step.owner_id, step.words) == (
            *("changed", clinic.olga.pk, clinic.henry.pk),
            "He has the key",
        )

    @pytest.mark.parametrize("state", [ObstacleState.REMOVED, ObstacleState.ACCEPTED])
    def test_it_ends_with_words_and_all_concerned_are_told(self, clinic: World, state: ObstacleState) -> None:
        made, olga = make_obstacle(clinic.ada, clinic.olga, by=clinic.eli), member_of(clinic.olga)
        with pytest.raises(ValidationError, match="Say it in a sentence"):
            close_obstacle(made, state=state, words=" ", by=olga)
        after = close_obstacle(made, state=state, words="Half a day each week", by=olga)
        assert (after.state, after.over_on) == (state, TODAY)
        assert told()[0][0] == {clinic.ada.pk, clinic.eli.pk}
        with pytest.raises(ValidationError, match=f"It is now: {state.label.lower()}"):
            close_obstacle(made, state=state, words="Again", by=olga)

    def test_it_can_be_there_again(self, clinic: World) -> None:
        made, ada = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada), member_of(clinic.ada)
        with pytest.raises(ValidationError, match="It is now: to be removed"):
            reopen_obstacle(made, due_on=DUE, words="It is back", by=ada)
        with pytest.raises(ValidationError, match="removed or accepted"):
            close_obstacle(made, state=ObstacleState.OPEN, words="x", by=ada)
        close_obstacle(made, state=ObstacleState.REMOVED, words="Gone", by=ada)
        after = reopen_obstacle(made, due_on=DUE, words="It is back", by=ada)
        assert (after.state, after.over_on, after.due_on) == ("open", None, DUE)
        assert list(ObstacleStep.objects.order_by("at").values_list("act", flat=True)) == [
            "removed",
            "reopened",
        ]

    @pytest.mark.parametrize("who", ["colin", "paula", "henry"])
    def test_others_say_nothing_about_it(self, clinic: World, who: str) -> None:
        made, by = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada), member_of(clinic.people[who])
        with pytest.raises(PermissionDenied):
            close_obstacle(made, state=ObstacleState.REMOVED, words="x", by=by)
        with pytest.raises(PermissionDenied):
            change_obstacle(made, owner=clinic.henry, due_on=DUE, words="x", by=by)
        with pytest.raises(PermissionDenied):
            reopen_obstacle(made, due_on=DUE, words="x", by=by)

    def test_its_history_stays(self, clinic: World) -> None:
        raise_obstacle(clinic.ada, raised(clinic.olga), by=member_of(clinic.ada))
        with pytest.raises(DatabaseError), transaction.atomic():
            ObstacleStep.objects.update(words="Never said")


class TestReport:
    def test_overdue_ones_are_shown_to_who_oversees_and_never_what_is_private(self, clinic: World) -> None:
        late = {"due_on": TODAY - DAY, "raised_on": TODAY - 30 * DAY}
        made = make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, **late)
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, private=True, **late)
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada)
        for who in ("paula", "henry"):
            assert list(overdue_obstacles(member_of(clinic.people[who]), on=TODAY)) == [made]

    def test_page_and_file_tell_the_same_of_five_leaders_or_more(
        self, clinic: World, sign_in: SignIn
    ) -> None:
        henry, page = sign_in(clinic.henry), address(clinic, "obstacle_report")
        for number in range(5):
            leader = make_person(clinic.organization, f"L {number}", clinic.unit)
            make_obstacle(leader, clinic.olga, by=leader)
            if number == 3:
                assert "Too few to tell" in henry.get(page).content.decode()
        rare = make_person(clinic.organization, "R", clinic.unit)
        make_obstacle(rare, clinic.olga, by=rare, kind=ObstacleKind.LIFE)
        shown = henry.get(page).content.decode()
        assert ("Other kinds" in shown, "Pressure of work and time, Health, family or a move" in shown) == (
            True,
            True,
        )
        file = henry.get(address(clinic, "obstacle_report_csv"))
        _head, by_kind, by_unit = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert by_kind[3:] == by_unit[3:] == ["6", "6", "0", "0", "0"]
        assert by_unit[:2] == ["Unit", "Cardiology"]

    def test_a_leader_counts_once_in_a_row(self, clinic: World) -> None:
        for number in range(5):
            leader = make_person(clinic.organization, f"L {number}", clinic.unit)
            for kind in (ObstacleKind.TIME, ObstacleKind.TIME, ObstacleKind.STATUS):
                make_obstacle(leader, clinic.olga, by=leader, kind=kind)
        report = obstacle_report(member_of(clinic.eli), on=TODAY)
        assert [(line.tally.leaders, line.tally.open) for line in report.by_kind] == [(5, 10), (5, 5)]
        assert [(line.tally.leaders, line.tally.open) for line in report.by_unit] == [(5, 15)]

    def test_what_is_private_or_long_over_is_not_counted(self, clinic: World) -> None:
        over = {"state": ObstacleState.REMOVED, "raised_on": TODAY - 900 * DAY}
        for number in range(5):
            leader = make_person(clinic.organization, f"L {number}", clinic.unit)
            make_obstacle(leader, clinic.olga, by=leader)
            make_obstacle(leader, clinic.olga, by=leader, private=True)
            make_obstacle(leader, clinic.olga, by=leader, over_on=TODAY - 400 * DAY, **over)
            make_obstacle(leader, clinic.olga, by=leader, over_on=TODAY - 40 * DAY, **over)
        [line] = obstacle_report(member_of(clinic.henry), on=TODAY).by_unit
        assert line.tally == ObstacleTally(leaders=5, open=5, removed=5)

    def test_small_units_are_told_with_the_one_above(self, clinic: World) -> None:
        ward = make_unit(clinic.organization, "Ward", parent=clinic.unit)
        for number in range(6):
            leader = make_person(clinic.organization, f"L {number}", ward if number < 2 else clinic.unit)
            make_obstacle(leader, clinic.olga, by=leader)
        [line] = obstacle_report(member_of(clinic.henry), on=TODAY).by_unit
        assert (line.name, line.others, line.tally.leaders) == ("Cardiology", ["Ward"], 6)

    @given(
        st.dictionaries(
            st.sampled_from(list(ObstacleKind)),
            st.dictionaries(
                st.integers(0, 12).map(lambda number: UUID(int=number)),
                st.just(ObstacleTally(1, open=1)),
                min_size=1,
            ),
        )
    )
    def test_every_group_is_large_enough_and_no_kind_is_in_two(
        self, found: dict[ObstacleKind, dict[UUID, ObstacleTally]]
    ) -> None:
        groups = kinds_to_tell(found)
        told_of = [kind for group in groups for kind in group.kinds]
        assert len(told_of) == len(set(told_of))
        assert all(group.tally.leaders >= 5 for group in groups)
        everybody = {leader for leaders in found.values() for leader in leaders}
        # All or nothing: what is left out could be found by taking the groups away from the whole.
        assert set(told_of) == (set(found) if len(everybody) >= 5 else set())


class TestPages:
    def test_from_raised_to_removed(self, clinic: World, sign_in: SignIn) -> None:
        ada, olga = sign_in(clinic.ada), sign_in(clinic.olga)
        page = address(clinic, "obstacles", clinic.ada.pk)
        sent = {"kind": "politics", "words": "Two chiefs", "due_on": (TODAY + 9 * DAY).isoformat()}
        assert ada.post(page, {**sent, "owner": "nobody@mercy.example"}).status_code == 422
        assert ada.post(page, {**sent, "owner": clinic.ada.email}).status_code == 422
        ada.post(page, {**sent, "owner": clinic.olga.email, "private": "on"})
        made = Obstacle.objects.get()
        assert made.private
        assert (
            "Remove an obstacle of Ada Mercy"
            in olga.get(reverse("today", args=[clinic.slug])).content.decode()
        )
        assert "Two chiefs" in olga.get(address(clinic, "obstacles_mine")).content.decode()
        close = address(clinic, "obstacle_close", made.pk)
        assert olga.post(close, {"state": "removed", "words": ""}).status_code == 422
        olga.post(close, {"state": "removed", "words": "One of them moved"})
        shown = ada.get(address(clinic, "obstacle", made.pk)).content.decode()
        assert all(words in shown for words in ("Two chiefs", "One of them moved", "Olga Mercy"))
        again = olga.post(close, {"state": "removed", "words": "Twice"})
        assert (again.status_code, "Meanwhile this changed" in again.content.decode()) == (422, True)

    def test_a_manager_is_not_offered_what_is_private(self, clinic: World, sign_in: SignIn) -> None:
        page = address(clinic, "obstacles", clinic.ada.pk)
        assert 'name="private"' not in sign_in(clinic.mara).get(page).content.decode()
        assert 'name="private"' in sign_in(clinic.eli).get(page).content.decode()

    def test_directors_learn_on_today_how_many_are_overdue(self, clinic: World, sign_in: SignIn) -> None:
        late = {"due_on": TODAY - DAY, "raised_on": TODAY - 30 * DAY}
        make_obstacle(clinic.ada, clinic.olga, by=clinic.ada, **late)
        today = sign_in(clinic.paula).get(reverse("today", args=[clinic.slug])).content.decode()
        assert "An obstacle is overdue" in today

    def test_many_cost_no_more_queries(self, clinic: World, sign_in: SignIn) -> None:
        late = {"due_on": TODAY - DAY, "raised_on": TODAY - 30 * DAY}
        make_obstacle(clinic.ada, clinic.henry, by=clinic.ada, **late)
        henry, eli = sign_in(clinic.henry), sign_in(clinic.eli)
        pages = [
            (henry, address(clinic, "obstacle_report")),
            (henry, address(clinic, "obstacles_mine")),
            (eli, address(clinic, "obstacles", clinic.ada.pk)),
            (eli, address(clinic, "chart", clinic.ada.pk)),
        ]
        one = [queries_of(client, page) for client, page in pages]
        for _number in range(2):
            make_obstacle(clinic.ada, clinic.henry, by=clinic.ada, **late)
        assert [queries_of(client, page) for client, page in pages] == one
