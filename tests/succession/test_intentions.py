"""What holders of positions declare: by themselves, kept from the pool, and in the years to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from people.models import Appointment, Person, Position, RoleGrant
from people.terms import months_later, years_later
from succession.enums import Band, Intent, Rung
from succession.intentions import Declared, holds_nothing_after, months_to_leave, post_ends
from succession.models import Intention, Pool
from succession.queries.benches import benches
from succession.queries.intentions import declarations
from succession.services.intentions import declare_intention
from succession.services.ladder import keep_ladder
from succession.services.scenarios import Question, simulate
from succession.vacancies import NEVER
from tenancy.models import AuditEntry
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.people import make_position
from tests.factories.succession import make_candidacy, make_intention
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
NEXT_MONTH = months_later(TODAY.replace(day=1), 1)
IN_FIVE = months_later(NEXT_MONTH, 4)


@pytest.fixture
def held(head: Position) -> Appointment:
    """Mara's first term, which began a year ago."""
    found = Appointment.objects.get(position=head)
    found.start_date = years_later(TODAY, -1)
    found.save()
    return found


def due_titles(person: Person) -> list[str]:
    return [each.title for each in due_items("succession", member_of(person), "mercy", TODAY)]


class TestArithmetic:
    ENDS, LONGEST, MONTH = dt.date(2028, 5, 1), dt.date(2032, 5, 1), dt.date(2027, 3, 1)

    @pytest.mark.parametrize(
        ("declared", "day", "nothing"),
        [
            (None, LONGEST, False),
            (Declared(Intent.AGAIN), LONGEST, False),
            (Declared(Intent.ROLE), ENDS, False),
            (Declared(Intent.PRACTICE), ENDS, True),
            (Declared(Intent.LEAVE, MONTH), MONTH, True),
            (Declared(Intent.ROLE, MONTH), MONTH, False),
        ],
    )
    def test_a_post_ends_as_was_said(self, declared: Declared | None, day: dt.date, nothing: bool) -> None:
        assert post_ends(declared, self.ENDS, self.LONGEST) == day
        assert holds_nothing_after(declared) == nothing

    def test_months_run_from_the_next_to_the_last_before_the_end(self) -> None:
        on = dt.date(2027, 1, 31)
        assert months_to_leave(dt.date(2027, 4, 1), on=on) == [dt.date(2027, 2, 1), dt.date(2027, 3, 1)]
        assert months_to_leave(dt.date(2027, 2, 1), on=on) == []
        over = months_to_leave(dt.date(2026, 1, 1), on=on)
        assert (over[0], over[-1]) == (dt.date(2027, 2, 1), dt.date(2029, 2, 1))


class TestDeclaring:
    def test_the_newest_stands_and_history_stays(self, mercy: World, held: Appointment) -> None:
        by = member_of(mercy.mara)
        declare_intention(held, Declared(Intent.LEAVE, IN_FIVE), " My back. ", by=by)
        assert declarations(on=TODAY) == {(held.position_id, mercy.mara.pk): Declared(Intent.LEAVE, IN_FIVE)}
        declare_intention(held, Declared(Intent.UNSAID), "never mind", by=by)
        assert declarations(on=TODAY) == {}
        said = Intention.objects.order_by("at").values_list("intent", "note")
        assert list(said) == [("leave", "My back."), ("unsaid", "")]
        with pytest.raises(IntegrityError), transaction.atomic():
            Intention.objects.update(note="")

    def test_only_the_holder_declares(self, mercy: World, held: Appointment) -> None:
        for person in (mercy.henry, mercy.eli, mercy.ada):
            with pytest.raises(PermissionDenied, match="nobody for them"):
                declare_intention(held, Declared(Intent.AGAIN), by=member_of(person))

    def test_what_breaks_a_rule_is_refused(self, mercy: World, held: Appointment) -> None:
        by = member_of(mercy.mara)
        ends = years_later(held.start_date, 4)
        for declared, words in (
            (Declared(Intent.AGAIN, IN_FIVE), "leaves before"),
            (Declared(Intent.LEAVE, TODAY.replace(day=1)), "month to come"),
            (Declared(Intent.LEAVE, months_later(ends.replace(day=1), 1)), "before the term ends"),
            (Declared(Intent.LEAVE, NEXT_MONTH + dt.timedelta(days=1)), "month to come"),
        ):
            with pytest.raises(ValidationError, match=words):
                declare_intention(held, declared, by=by)
        Appointment.objects.filter(pk=held.pk).update(term_number=held.position.max_terms)
        with pytest.raises(ValidationError, match="last term"):
            declare_intention(held, Declared(Intent.AGAIN), by=by)
        Appointment.objects.filter(pk=held.pk).update(interim=True)
        with pytest.raises(ValidationError, match="Interim cover"):
            declare_intention(held, Declared(Intent.LEAVE), by=by)
        assert Intention.objects.count() == 0

    def test_hr_is_told_without_what_but_nobody_in_the_pool(
        self, mercy: World, pool: Pool, held: Appointment
    ) -> None:
        RoleGrant.objects.create(person=mercy.ada, role=Role.HR_ADMIN)
        make_candidacy(pool, mercy.ada, mercy.mara)
        declare_intention(held, Declared(Intent.LEAVE), by=member_of(mercy.mara))
        said = "Mara Mercy said what they intend as Head of cardiology."
        assert told() == [({mercy.henry.pk}, said)]

    def test_the_audit_trail_has_none_of_the_words(self, mercy: World, held: Appointment) -> None:
        declare_intention(held, Declared(Intent.LEAVE, IN_FIVE), "My back.", by=member_of(mercy.mara))
        (entry,) = AuditEntry.objects.filter(table_name="succession_intention")
        kept = str(entry.change)
        assert str(held.pk) in kept
        assert "My back" not in kept
        assert "leave'" not in kept
        assert IN_FIVE.isoformat() not in kept


class TestAsking:
    def test_the_first_rung_asks_the_holder_once(self, mercy: World, held: Appointment) -> None:
        assert due_titles(mercy.mara) == []
        held.end_date = months_later(TODAY, 20)
        held.save()
        keep_ladder()
        asked = (
            {mercy.mara.pk},
            "Your term as Head of cardiology ends within two years. What do you intend?",
        )
        assert told() == [asked]
        keep_ladder()
        assert told() == [asked]
        assert due_titles(mercy.mara) == ["What do you intend when your term ends? Head of cardiology"]
        make_intention(held, Intent.UNSAID)
        assert due_titles(mercy.mara) == []

    def test_who_said_it_before_is_not_asked(self, mercy: World, held: Appointment) -> None:
        make_intention(held, Intent.PRACTICE)
        held.end_date = months_later(TODAY, 20)
        held.save()
        keep_ladder()
        assert held.ladder_tasks.filter(rung=Rung.REFRESH).exists()
        assert told() == []


class TestYearsToCome:
    def plan_of(self, declared: Declared, world: World, head: Position) -> tuple[int, int]:
        plan = benches(on=TODAY).plan({(head.pk, world.mara.pk): declared})
        return int(plan.term_end[0]), int(plan.intention[0])

    def test_a_plan_ends_terms_as_declared(self, mercy: World, head: Position, held: Appointment) -> None:
        begun = TODAY.replace(year=TODAY.year - 1, day=1)
        Appointment.objects.filter(pk=held.pk).update(start_date=begun)
        assert self.plan_of(Declared(Intent.AGAIN), mercy, head) == (28, NEVER)
        assert self.plan_of(Declared(Intent.ROLE), mercy, head) == (12, NEVER)
        assert self.plan_of(Declared(Intent.AWAY), mercy, head) == (12, 12)
        in_a_year = years_later(begun, 2)
        assert self.plan_of(Declared(Intent.LEAVE, in_a_year), mercy, head) == (4, 4)

    def test_who_declared_to_leave_leaves_then_in_every_run(
        self, mercy: World, pool: Pool, held: Appointment
    ) -> None:
        by = member_of(mercy.eli)
        before = simulate(Question("As planned"), by=by)
        assert before.figures["declared"] == 0
        assert before.figures["planned"]["unfilled"][0][8] == 0
        make_intention(held, Intent.LEAVE, leaves_on=NEXT_MONTH)
        after = simulate(Question("As planned"), by=by)
        assert after.figures["declared"] == 1
        assert after.figures["planned"]["unfilled"][0][1:] == [1] * 31  # nobody is ready
        make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
        filled = simulate(Question("As planned"), by=by)
        assert filled.figures["planned"]["unfilled"][1][1] == 0


class TestPages:
    def test_the_holder_comes_from_their_pools_and_changes_it(
        self, mercy: World, held: Appointment, sign_in: SignIn
    ) -> None:
        browser = sign_in(mercy.mara)
        page = reverse("succession:intention", args=[mercy.slug, held.pk])
        mine = reverse("succession:mine", args=[mercy.slug])
        assert page in browser.get(mine).content.decode()
        typed = {"intent": "leave", "leaves_on": IN_FIVE.isoformat(), "note": "My back."}
        assert browser.post(page, typed).url == mine  # type: ignore[attr-defined]
        assert "Retire or leave the organisation, from" in browser.get(mine).content.decode()
        assert "My back." in browser.get(page).content.decode()
        refused = browser.post(page, {**typed, "intent": "again"})
        assert refused.status_code == 422
        assert "for who leaves before the term ends" in refused.content.decode()
        assert Intention.objects.count() == 1

    def test_standing_again_is_offered_where_the_rule_allows_it(
        self, mercy: World, held: Appointment, sign_in: SignIn
    ) -> None:
        browser = sign_in(mercy.mara)
        page = reverse("succession:intention", args=[mercy.slug, held.pk])
        assert "Stand again" in browser.get(page).content.decode()
        Appointment.objects.filter(pk=held.pk).update(term_number=held.position.max_terms)
        assert "Stand again" not in browser.get(page).content.decode()

    def test_hr_reads_all_executives_no_note_and_candidates_nothing(
        self, mercy: World, pool: Pool, held: Appointment, sign_in: SignIn
    ) -> None:
        make_intention(held, Intent.LEAVE, leaves_on=IN_FIVE, note="My back.")
        page = reverse("succession:position", args=[mercy.slug, pool.position_id])

        def seen(person: Person) -> tuple[bool, bool]:
            text = sign_in(person).get(page).content.decode()
            return "Retire or leave" in text, "My back." in text

        assert [seen(each) for each in (mercy.mara, mercy.henry, mercy.eli)] == [
            (True, True),
            (True, True),
            (True, False),
        ]
        make_candidacy(pool, mercy.henry, mercy.mara)
        assert seen(mercy.henry) == (False, False)

    def test_my_terms_take_as_many_statements_for_many(
        self, mercy: World, held: Appointment, sign_in: SignIn
    ) -> None:
        browser, page = sign_in(mercy.mara), reverse("succession:mine", args=[mercy.slug])
        one = queries_of(browser, page)
        for number in range(2):
            post = make_position(mercy.unit, f"Chair {number}")
            also = Appointment.objects.create(position=post, person=mercy.mara, start_date=TODAY)
            make_intention(also, Intent.ROLE)
        assert queries_of(browser, page) == one
