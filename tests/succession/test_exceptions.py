"""Leave to hold a position beyond its limit: asked for, approved by another, refused by the rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from people.models import Appointment, Person, Position, RoleGrant, TermException
from people.terms import years_later
from succession.enums import ExceptionState
from succession.models import Pool
from succession.queries.exceptions import exceptions
from succession.services.exceptions import Plea, approve_exception, ask_exception, refuse_exception
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.people import make_person, make_position
from tests.factories.succession import make_term_exception
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
NEXT_YEAR = years_later(TODAY, 1)


def grant(person: Person, role: Role) -> None:
    RoleGrant.objects.create(person=person, role=role)


def due_titles(person: Person) -> list[str]:
    return [each.title for each in due_items("succession", member_of(person), "mercy", TODAY)]


class TestAsking:
    def test_hr_asks_and_executives_are_told_but_whom_it_is_for(self, mercy: World, head: Position) -> None:
        grant(mercy.mara, Role.EXECUTIVE)
        made = ask_exception(Plea(head, mercy.mara, NEXT_YEAR, " The merger. "), by=member_of(mercy.henry))
        assert (made.reason, made.asked_by, made.asked_on) == ("The merger.", mercy.henry, TODAY)
        assert told() == [({mercy.eli.pk}, "An exception is asked for: Mara Mercy as Head of cardiology.")]

    def test_only_hr_asks(self, mercy: World, head: Position) -> None:
        with pytest.raises(PermissionDenied, match="HR admins ask"):
            ask_exception(Plea(head, mercy.mara, NEXT_YEAR, "She asks."), by=member_of(mercy.eli))

    def test_what_breaks_a_rule_is_refused_and_the_rule_named(self, mercy: World, head: Position) -> None:
        by = member_of(mercy.henry)
        gone = make_person(mercy.organization, "Greta", mercy.unit, end_date=TODAY - DAY)
        make_term_exception(head, mercy.ada, mercy.henry)
        for plea, words in (
            (Plea(head, mercy.henry, NEXT_YEAR, "I."), "for themselves"),
            (Plea(head, gone, NEXT_YEAR, "She."), "no longer works here"),
            (Plea(head, mercy.mara, TODAY, "She."), "this one is past"),
            (Plea(head, mercy.mara, NEXT_YEAR, " "), "Say why"),
            (Plea(head, mercy.ada, NEXT_YEAR, "Again."), "is waiting"),
        ):
            with pytest.raises(ValidationError, match=words):
                ask_exception(plea, by=by)
        assert TermException.objects.count() == 1


class TestApproving:
    def test_it_opens_the_limit_until_its_day_and_hr_is_told(self, mercy: World, head: Position) -> None:
        asked = make_term_exception(head, mercy.mara, mercy.henry)
        assert approve_exception(asked, by=member_of(mercy.eli)).approved_on == TODAY
        ((people, title),) = told()
        assert (people, title) == (
            {mercy.henry.pk},
            "The exception for Mara Mercy as Head of cardiology is approved.",
        )
        with pytest.raises(ValidationError, match="approved meanwhile"):
            approve_exception(asked, by=member_of(mercy.eli))
        held = Appointment.objects.get(position=head)
        held.start_date, held.end_date = years_later(TODAY, -8), NEXT_YEAR + DAY
        held.save()  # refused without the exception: people_term_limit

    def test_neither_who_asked_nor_whom_it_is_for_approves(self, mercy: World, head: Position) -> None:
        asked = make_term_exception(head, mercy.mara, mercy.henry)
        for person in (mercy.mara, mercy.henry):
            grant(person, Role.EXECUTIVE)
            with pytest.raises(PermissionDenied, match="not who asked, and not whom it is for"):
                approve_exception(asked, by=member_of(person))
        with pytest.raises(PermissionDenied):
            approve_exception(asked, by=member_of(mercy.olga))
        assert (due_titles(mercy.mara), due_titles(mercy.henry)) == ([], [])
        assert due_titles(mercy.eli) == ["May Mara Mercy be Head of cardiology beyond the limit?"]

    def test_what_expired_before_anybody_approved_is_over(self, mercy: World, head: Position) -> None:
        asked = make_term_exception(
            head, mercy.mara, mercy.henry, asked_on=TODAY - 9 * DAY, expires_on=TODAY - DAY
        )
        with pytest.raises(ValidationError, match="asked for anew"):
            approve_exception(asked, by=member_of(mercy.eli))
        assert due_titles(mercy.eli) == []


class TestRefusing:
    def test_it_stays_refused_and_hr_reads_why(self, mercy: World, head: Position) -> None:
        asked = make_term_exception(head, mercy.mara, mercy.henry)
        with pytest.raises(ValidationError, match="Say why"):
            refuse_exception(asked, reason=" ", by=member_of(mercy.eli))
        made = refuse_exception(asked, reason=" Eight years are eight years. ", by=member_of(mercy.eli))
        assert (made.refused_by, made.refused_on, made.refusal) == (
            mercy.eli,
            TODAY,
            "Eight years are eight years.",
        )
        assert told() == [
            ({mercy.henry.pk}, "The exception for Mara Mercy as Head of cardiology is refused.")
        ]
        assert due_titles(mercy.eli) == []
        for act in (
            lambda: approve_exception(asked, by=member_of(mercy.eli)),
            lambda: refuse_exception(asked, reason="Again.", by=member_of(mercy.eli)),
        ):
            with pytest.raises(ValidationError, match="refused meanwhile"):
                act()
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            TermException.objects.update(approved_by=mercy.eli, approved_on=TODAY)
        held = Appointment.objects.get(position=head)
        held.start_date, held.end_date = years_later(TODAY, -8), NEXT_YEAR + DAY
        with pytest.raises(IntegrityError, match="term limit"), transaction.atomic():
            held.save()

    def test_it_may_be_asked_for_anew(self, mercy: World, head: Position) -> None:
        refuse_exception(
            make_term_exception(head, mercy.mara, mercy.henry), reason="Not yet.", by=member_of(mercy.eli)
        )
        ask_exception(Plea(head, mercy.mara, NEXT_YEAR, "The merger."), by=member_of(mercy.henry))
        states = [each.state for each in exceptions(on=TODAY)]  # type: ignore[attr-defined]
        assert states == [ExceptionState.WAITING, ExceptionState.REFUSED]

    def test_neither_who_asked_nor_whom_it_is_for_refuses(self, mercy: World, head: Position) -> None:
        asked = make_term_exception(head, mercy.mara, mercy.henry)
        for person in (mercy.mara, mercy.henry):
            grant(person, Role.EXECUTIVE)
            with pytest.raises(PermissionDenied, match="not who asked, and not whom it is for"):
                refuse_exception(asked, reason="No.", by=member_of(person))
            with pytest.raises(IntegrityError, match="refused_by_third"), transaction.atomic():
                TermException.objects.update(refused_by=person, refused_on=TODAY, refusal="No.")

    def test_on_its_page(self, mercy: World, head: Position, sign_in: SignIn) -> None:
        asked = make_term_exception(head, mercy.mara, mercy.henry)
        page = reverse("succession:exceptions", args=[mercy.slug])
        refuse = reverse("succession:exception_refuse", args=[mercy.slug, asked.pk])
        executive = sign_in(mercy.eli)
        assert refuse in executive.get(page).content.decode()
        assert executive.post(refuse, {"reason": ""}).status_code == 422
        assert executive.post(refuse, {"reason": "Eight are eight."}).url == page  # type: ignore[attr-defined]
        after = executive.get(page).content.decode()
        assert "Refused. HR is told." in after
        assert "Eight are eight." in after
        assert refuse not in after


def test_states_change_after_the_last_day(mercy: World, head: Position) -> None:
    soon = make_term_exception(head, mercy.ada, mercy.henry, expires_on=TODAY + DAY)
    make_term_exception(
        head, mercy.mara, mercy.henry, expires_on=TODAY + DAY, approved_by=mercy.eli, approved_on=TODAY
    )
    for on, states in (
        (TODAY + DAY, [ExceptionState.WAITING, ExceptionState.RUNNING]),
        (TODAY + 2 * DAY, [ExceptionState.EXPIRED] * 2),
    ):
        assert [each.state for each in exceptions(on=on)] == states  # type: ignore[attr-defined]
    assert exceptions(on=TODAY).first() == soon


class TestPages:
    def test_asked_on_one_page_and_approved_on_the_other(
        self, mercy: World, head: Position, sign_in: SignIn
    ) -> None:
        new = reverse("succession:exception_new", args=[mercy.slug])
        page = reverse("succession:exceptions", args=[mercy.slug])
        hr, typed = sign_in(mercy.henry), {"position": str(head.pk), "person": mercy.mara.email}
        assert f'value="{head.pk}" selected' in hr.get(f"{new}?position={head.pk}").content.decode()
        without = hr.post(new, {**typed, "reason": "The merger."})
        assert without.status_code == 422
        assert "An exception has a last day" in without.content.decode()
        typed |= {"reason": "The merger.", "expires_on": NEXT_YEAR.isoformat()}
        assert hr.post(new, typed).status_code == 302
        approve = reverse("succession:exception_approve", args=[mercy.slug, TermException.objects.get().pk])
        assert approve not in hr.get(page).content.decode()
        executive = sign_in(mercy.eli)
        assert approve in executive.get(page).content.decode()
        assert executive.post(approve).url == page  # type: ignore[attr-defined]
        after = executive.get(page).content.decode()
        assert approve not in after
        assert "Approved. HR is told." in after
        executive.post(approve)
        assert "approved meanwhile" in executive.get(page).content.decode()

    def test_the_list_filters_by_state(self, mercy: World, head: Position, sign_in: SignIn) -> None:
        make_term_exception(head, mercy.mara, mercy.henry)
        browser, page = sign_in(mercy.eli), reverse("succession:exceptions", args=[mercy.slug])
        assert "The merger." in browser.get(f"{page}?state=waiting").content.decode()
        assert "No exception matches" in browser.get(f"{page}?state=expired").content.decode()
        assert browser.get(f"{page}?state=lost").status_code == 422

    def test_the_list_takes_as_many_statements_for_many(
        self, mercy: World, pool: Pool, head: Position, sign_in: SignIn
    ) -> None:
        make_term_exception(head, mercy.mara, mercy.henry)
        browser, page = sign_in(mercy.eli), reverse("succession:exceptions", args=[mercy.slug])
        one = queries_of(browser, page)
        for number in range(2):
            make_term_exception(make_position(mercy.unit, f"Chair {number}"), mercy.ada, mercy.henry)
        assert queries_of(browser, page) == one
