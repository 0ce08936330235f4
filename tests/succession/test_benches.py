"""The bench and the years to come, from the tables to the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import PositionType
from people.models import Appointment, Person, Position
from people.terms import months_later
from succession.bench_strength import bench_strength
from succession.enums import Band, CandidacyState
from succession.models import Pool, Scenario
from succession.queries.benches import benches
from succession.services.scenarios import Question, simulate
from succession.vacancies import NEVER, NOBODY, QUARTERS, RUNS, vacancy_outlook
from tests.counting import queries_of
from tests.factories.people import make_position
from tests.factories.succession import make_candidacy, make_pool, make_rating, make_scenario
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def dean(mercy: World, pool: Pool) -> Pool:
    """Vacant, and the most senior."""
    return make_pool(make_position(mercy.unit, "Dean", type=PositionType.DEAN), mercy.henry)


class TestArrays:
    def test_pairs_are_of_who_is_ready_now_said_yes_and_was_rated_lately(
        self, mercy: World, head: Position, pool: Pool, dean: Pool
    ) -> None:
        make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
        make_candidacy(dean, mercy.ada, mercy.mara, band=Band.READY_NOW)
        make_candidacy(dean, mercy.colin, mercy.mara, band=Band.ONE_TWO)
        make_candidacy(dean, mercy.paula, mercy.mara, state=CandidacyState.LEFT, band=Band.READY_NOW)
        stale = make_candidacy(dean, mercy.stella, mercy.mara)
        make_rating(stale, mercy.mara, Band.READY_NOW, assessed_on=months_later(TODAY, -12))
        found = benches(on=TODAY)
        position, person = found.ready_pairs()
        assert [one.title for one in found.positions] == ["Dean", head.title]
        assert {
            (found.positions[p].title, found.people[q]) for p, q in zip(position, person, strict=True)
        } == {
            ("Dean", mercy.ada.pk),
            (head.title, mercy.ada.pk),
        }
        strength = bench_strength(position, person, positions=2, people=len(found.people))
        assert (strength.distinct, strength.counted_twice.tolist()) == (1, [found.person_at[mercy.ada.pk]])

    def test_the_plan_says_who_holds_what_until_when_and_who_is_ready_when(
        self, mercy: World, head: Position, pool: Pool, dean: Pool
    ) -> None:
        make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
        make_candidacy(pool, mercy.colin, mercy.mara, band=Band.LATER)
        make_candidacy(dean, mercy.mara, mercy.henry, band=Band.ONE_TWO)
        begun = TODAY.replace(year=TODAY.year - 1, day=1)
        Appointment.objects.filter(position=head).update(start_date=begun)
        plan = (found := benches(on=TODAY)).plan()
        assert plan.incumbent.tolist() == [NOBODY, found.person_at[mercy.mara.pk]]
        assert plan.term_end.tolist() == [NEVER, 4 * 7]  # one more term of four years
        assert plan.tenure.tolist() == [32, 32]
        ready = dict(zip(plan.candidate_person.tolist(), plan.ready_at.tolist(), strict=True))
        at = found.person_at
        assert ready == {at[mercy.ada.pk]: 0, at[mercy.colin.pk]: NEVER, at[mercy.mara.pk]: 8}

    def test_interim_cover_holds_nothing(self, mercy: World, head: Position, pool: Pool) -> None:
        Appointment.objects.filter(position=head).update(interim=True)
        assert benches(on=TODAY).plan().incumbent.tolist() == [NOBODY]


class TestScenarios:
    def test_a_question_is_answered_with_the_same_draws(
        self, mercy: World, head: Position, pool: Pool
    ) -> None:
        planned = simulate(Question("As planned"), by=member_of(mercy.eli))
        assert (planned.figures["asked"], planned.runs) == (None, RUNS)
        leaves = months_later(TODAY, 3)
        asked = simulate(Question("What if", head, leaves), by=member_of(mercy.henry))
        assert asked.figures["planned"] == planned.figures["planned"]
        assert asked.figures["asked"]["unfilled"][0][1:] == [1] * (QUARTERS - 1)  # nobody is ready
        assert asked.figures["often"] == [[str(head.pk), asked.figures["often"][0][1], 1.0]]
        outlook = vacancy_outlook(benches(on=TODAY).plan(), seed=asked.seed)
        assert outlook.unfilled.tolist() == planned.figures["planned"]["unfilled"]

    def test_what_cannot_be_asked_is_told(self, mercy: World, head: Position, dean: Pool) -> None:
        by = member_of(mercy.henry)
        for position, day, words in (
            (head, TODAY - DAY, "past"),
            (head, months_later(TODAY, 100), "within eight years"),
            (dean.position, TODAY, "Nobody holds it"),
        ):
            with pytest.raises(ValidationError, match=words):
                simulate(Question("What if", position, day), by=by)
        with pytest.raises(PermissionDenied):
            simulate(Question("Mine"), by=member_of(mercy.mara))

    def test_what_was_simulated_stays(self, mercy: World, pool: Pool) -> None:
        make_scenario(mercy.henry)
        with pytest.raises(IntegrityError), transaction.atomic():
            Scenario.objects.update(title="Better")


class TestPages:
    def test_the_bench_names_who_is_counted_twice(
        self, mercy: World, pool: Pool, dean: Pool, sign_in: SignIn
    ) -> None:
        for each in (pool, dean):
            make_candidacy(each, mercy.ada, mercy.mara, band=Band.READY_NOW)
        page = reverse("succession:bench", args=[mercy.slug])
        text = " ".join(sign_in(mercy.eli).get(page).content.decode().split())
        assert f"Dean; Head of cardiology share {mercy.ada.name}: 1 would stay open." in text

    def test_simulating_leads_to_the_answer(self, mercy: World, head: Position, sign_in: SignIn) -> None:
        browser, page = sign_in(mercy.henry), reverse("succession:scenarios", args=[mercy.slug])
        half = browser.post(page, {"title": "What if", "position": str(head.pk)})
        assert half.status_code == 422
        assert "Name both the position and the day, or neither." in half.content.decode()
        made = browser.post(page, {"title": "What if", "position": str(head.pk), "leaves_on": str(TODAY)})
        assert made.status_code == 302
        text = browser.get(made.headers["Location"]).content.decode()
        assert "Head of cardiology" in text
        assert "100.0 %" in text or "100 %" in text

    def test_pages_take_as_many_statements_for_many(
        self, mercy: World, pool: Pool, dean: Pool, sign_in: SignIn
    ) -> None:
        for each in (pool, dean):
            make_candidacy(each, mercy.ada, mercy.mara, band=Band.READY_NOW)
        browser = sign_in(mercy.henry)
        pages = [reverse(f"succession:{name}", args=[mercy.slug]) for name in ("bench", "scenarios")]
        few = [queries_of(browser, page) for page in pages]
        for number in range(5):
            more = make_pool(make_position(mercy.unit, f"Chair {number}"), mercy.henry)
            make_candidacy(more, mercy.ada, mercy.mara, band=Band.READY_NOW)
        assert [queries_of(browser, page) for page in pages] == few
