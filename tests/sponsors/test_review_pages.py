"""Reviews, caseload and accountability in the browser: what each reader sees, and what it costs."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from people.models import Person, ReportingLine
from sponsors.models import Action, Review
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_grant, make_line, make_person, make_unit
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_held_review,
    make_proposal,
    make_review,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def action(mercy: World) -> Action:
    """Of Ada's, published: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_sponsor(mercy.eli, places=9)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    made = make_action(make_goal(mercy.ada), owner=mercy.ada)
    make_version(mercy.ada, by=mercy.eli)
    return made


@pytest.fixture
def review(mercy: World, action: Action) -> Review:
    return make_review(mercy.ada)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


def page_of(world: World, review: Review, name: str = "review") -> str:
    return address(world, name, review.leader_id, review.pk)


def read(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def typed(*actions: Action, **fields: Any) -> dict[str, Any]:
    return {
        **{f"words_{each.pk.hex}": "She chairs it alone." for each in actions},
        "decision": "step_up",
        "reason": "Ready for more.",
        "next_on": (TODAY + dt.timedelta(days=60)).isoformat(),
        "revision": "1",
        **fields,
    }


def end_lines(leader: Person) -> None:
    with tenant_transaction(leader.organization_id):
        ReportingLine.objects.filter(person=leader).delete()


def seen_on(client: Client, page: str) -> dict[str, str]:
    return {"seen": str(client.get(page).context["seen"])}


def test_a_review_is_held_signed_by_both_and_read(
    mercy: World, sign_in: SignIn, action: Action, review: Review
) -> None:
    ada, eli, mara = (sign_in(mercy.people[who]) for who in ("ada", "eli", "mara"))
    page, to_sign = page_of(mercy, review), page_of(mercy, review, "review_sign")
    assert "Review the regimen of Ada Mercy" in read(eli, reverse("today", args=[mercy.slug]))
    assert ada.post(page_of(mercy, review, "review_view"), {"words": "I want more."}).status_code == 302
    assert "I want more." in read(eli, page)
    assert "A word on: Chair a meeting" in read(eli, page)
    assert eli.post(page, typed(action, revision="2")).status_code == 302
    assert "She chairs it alone." in read(ada, page)
    for client in (eli, mara):
        assert client.post(to_sign, seen_on(client, page)).status_code == 302
    held = read(ada, page)
    for words in ("Signed by both", "Eli Mercy", "Mara Mercy", "Step up", "Ready for more.", "I want more."):
        assert words in held
    listed = read(mara, address(mercy, "reviews", mercy.ada.pk))
    assert "Eli Mercy and Mara Mercy" in listed
    assert "Next review" in listed


def test_signing_what_changed_meanwhile_is_refused_on_the_page(
    mercy: World, sign_in: SignIn, action: Action, review: Review
) -> None:
    eli, mara = sign_in(mercy.eli), sign_in(mercy.mara)
    page = page_of(mercy, review)
    eli.post(page, typed(action))
    seen = seen_on(eli, page)
    mara.post(page, typed(action, reason="She could do more.", revision="2"))
    answer = eli.post(page_of(mercy, review, "review_sign"), seen)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Meanwhile Mara Mercy changed the review. Read it again, then sign." in body
    assert "She could do more." in body


def test_a_second_writer_keeps_what_was_typed_and_sees_the_difference(
    mercy: World, sign_in: SignIn, action: Action, review: Review
) -> None:
    page = page_of(mercy, review)
    sign_in(mercy.mara).post(page, typed(action, reason="She could do more."))
    eli = sign_in(mercy.eli)
    answer = eli.post(page, typed(action, reason="It goes well."))
    body = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Meanwhile Mara Mercy changed this", "She could do more.", "It goes well."):
        assert words in body
    assert 'name="revision" value="2"' in body
    assert eli.post(page, typed(action, reason="It goes well.", revision="2")).status_code == 302


def test_what_is_private_stays_between_leader_and_sponsor(
    mercy: World, sign_in: SignIn, action: Action, review: Review
) -> None:
    quiet = make_action(action.goal, title="Quiet doubts", private=True)
    page = page_of(mercy, review)
    sign_in(mercy.eli).post(page, {**typed(action), f"words_{quiet.pk.hex}": "We talk."})
    assert "We talk." in read(sign_in(mercy.ada), page)
    mara = read(sign_in(mercy.mara), page)
    assert "She chairs it alone." in mara
    assert ("Quiet doubts" in mara, "We talk." in mara) == (False, False)


def test_who_oversees_sees_that_it_runs_and_not_what_is_said(
    mercy: World, sign_in: SignIn, action: Action, review: Review
) -> None:
    sign_in(mercy.eli).post(page_of(mercy, review), typed(action))
    chart = address(mercy, "chart", mercy.ada.pk)
    for who in ("paula", "henry", "colin"):
        client = sign_in(mercy.people[who])
        page = read(client, chart)
        assert "Next review" in page
        assert page_of(mercy, review) not in page
        assert client.get(page_of(mercy, review)).status_code == 403


def test_the_cause_of_an_early_review_is_on_the_page(mercy: World, sign_in: SignIn, review: Review) -> None:
    eli, page = sign_in(mercy.eli), address(mercy, "reviews", mercy.ada.pk)
    refused = eli.post(address(mercy, "review_call", mercy.ada.pk), {"cause": "scope", "words": ""})
    assert refused.status_code == 422
    eli.post(address(mercy, "review_call", mercy.ada.pk), {"cause": "scope", "words": "A second ward."})
    for read_page in (page, page_of(mercy, review)):
        text = read(sign_in(mercy.ada), read_page)
        assert "A second ward." in text
        assert "called by Eli Mercy" in text


@pytest.mark.parametrize("name", ["review", "reviews", "chart"])
def test_pages_cost_the_same_for_one_and_many(
    mercy: World, sign_in: SignIn, action: Action, review: Review, name: str
) -> None:
    client = sign_in(mercy.eli)
    make_held_review(mercy.ada, sponsor=mercy.eli, manager=mercy.mara)
    page = page_of(mercy, review) if name == "review" else address(mercy, name, mercy.ada.pk)
    client.post(page_of(mercy, review), typed(action))
    one = queries_of(client, page)
    for who in ("olga", "stella", "paula"):
        make_action(action.goal, owner=mercy.people[who], title=who)
        make_held_review(mercy.ada, sponsor=mercy.people[who], manager=mercy.mara)
    assert queries_of(client, page) == one


class TestASecondSignatureThatNobodyCanGive:
    """Henry is the HR admin."""

    def test_both_pages_say_why_and_who_can_change_it(
        self, mercy: World, sign_in: SignIn, action: Action, review: Review
    ) -> None:
        pages = page_of(mercy, review), address(mercy, "reviews", mercy.ada.pk)
        eli, henry = sign_in(mercy.eli), reverse("people:person", args=[mercy.slug, mercy.henry.pk])
        for page in pages:
            assert "Nobody can sign" not in read(eli, page)
        end_lines(mercy.ada)
        for page in pages:
            text = read(eli, page)
            assert "Nobody can sign as the immediate leader" in text
            assert f'<a href="{henry}">Henry Mercy</a> (HR)' in text
            assert "It is not entered whom Ada Mercy reports to." in text
            assert "whom you report to" in read(sign_in(mercy.ada), page)
            eli = sign_in(mercy.eli)
        eli.post(pages[0], typed(action))
        eli.post(page_of(mercy, review, "review_sign"), seen_on(eli, pages[0]))
        assert "Now the other one reads and signs" not in read(eli, pages[0])
        make_line(mercy.ada, mercy.stella)
        assert "Now the other one reads and signs" in read(eli, pages[0])
        stella = sign_in(mercy.stella)
        stella.post(page_of(mercy, review, "review_sign"), seen_on(stella, pages[0]))
        assert "Signed by both" in read(stella, pages[0])

    def test_nobody_signs_for_both(self, mercy: World, sign_in: SignIn, review: Review) -> None:
        end_lines(mercy.ada)
        make_line(mercy.ada, mercy.eli)
        assert "one person does not sign for both" in read(sign_in(mercy.eli), page_of(mercy, review))

    def test_without_a_sponsor_the_leader_chooses_one(self, mercy: World, sign_in: SignIn) -> None:
        review = make_review(mercy.ada)
        assert "has no sponsor at present" in read(sign_in(mercy.mara), page_of(mercy, review))
        page = read(sign_in(mercy.ada), page_of(mercy, review))
        assert f'href="{address(mercy, "sponsors")}">Choose a sponsor</a>' in page
        assert "Nobody can sign as the immediate leader" not in page

    def test_what_is_closed_waits_for_nobody(self, mercy: World, sign_in: SignIn, action: Action) -> None:
        held = make_held_review(mercy.ada, sponsor=mercy.eli, manager=mercy.mara)
        end_lines(mercy.ada)
        for page in (page_of(mercy, held), address(mercy, "reviews", mercy.ada.pk)):
            assert "Nobody can sign" not in read(sign_in(mercy.eli), page)


class TestCaseload:
    def test_each_obligation_is_one_click_away(
        self, mercy: World, sign_in: SignIn, action: Action, review: Review
    ) -> None:
        make_proposal(mercy.ada)
        make_sponsorship(mercy.eli, mercy.stella)
        page = read(sign_in(mercy.eli), address(mercy, "caseload"))
        assert f'href="{page_of(mercy, review)}">Hold the review' in page
        assert "Answer a proposal" in page
        assert f'href="{address(mercy, "regimen", mercy.stella.pk)}">Write the plan' in page
        assert "Colin Mercy" not in page

    def test_the_manager_sees_reports_with_a_clinic_and_nothing_private(
        self, mercy: World, sign_in: SignIn, action: Action, review: Review
    ) -> None:
        long_ago = TODAY - dt.timedelta(days=60)
        make_action(action.goal, title="Doubts", private=True, start_on=long_ago, due_on=long_ago)
        seen = {who: read(sign_in(mercy.people[who]), address(mercy, "caseload")) for who in ("eli", "mara")}
        assert ["late action" in seen[who] for who in ("eli", "mara")] == [True, False]
        assert "Ada Mercy" in seen["mara"]
        assert "Colin Mercy" not in seen["mara"]  # reports to Mara, but has neither sponsor nor regimen

    def test_it_costs_the_same_for_one_and_many(
        self, mercy: World, sign_in: SignIn, action: Action, review: Review
    ) -> None:
        client, page = sign_in(mercy.mara), address(mercy, "caseload")
        make_proposal(mercy.ada)
        one = queries_of(client, page)
        for number in range(3):
            person = make_person(mercy.organization, f"L{number}", mercy.unit)
            make_line(person, mercy.mara)
            make_sponsorship(mercy.eli, person)
            make_action(make_goal(person))
            make_version(person, by=mercy.eli)
            make_review(person)
        assert queries_of(client, page) == one


class TestAccountability:
    def fill(self, world: World, count: int, **fields: Any) -> None:
        for number in range(count):
            person = make_person(world.organization, f"R{number}", world.unit)
            make_review(person, **fields)

    def test_few_are_not_told(self, mercy: World, sign_in: SignIn) -> None:
        self.fill(mercy, 4)
        assert "Too few to tell" in read(sign_in(mercy.henry), address(mercy, "accountability"))

    def test_page_and_file_tell_the_same(self, mercy: World, sign_in: SignIn) -> None:
        self.fill(mercy, 4)
        self.fill(mercy, 1, due_on=TODAY - dt.timedelta(days=20))
        sponsor, manager = mercy.eli, mercy.mara
        for days in (0, -3):
            make_held_review(
                mercy.ada, sponsor=sponsor, manager=manager, due_on=TODAY + dt.timedelta(days=days)
            )
        page = read(sign_in(mercy.eli), address(mercy, "accountability"))
        assert "n = 3" in page
        assert "R0 Smith" not in page  # by name for directors and HR admins alone
        assert "R0 Smith" in read(sign_in(mercy.henry), address(mercy, "accountability"))
        file = sign_in(mercy.eli).get(address(mercy, "accountability_csv")).content.decode("utf-8-sig")
        _head, *rows = csv.reader(file.splitlines())
        assert [row[0] for row in rows] == ["Cardiology", "All together"]
        assert {tuple(row[2:8]) for row in rows} == {("5", "3", "1", "1", "1", "33")}

    def test_a_director_of_a_cohort_sees_the_own_leaders(self, mercy: World, sign_in: SignIn) -> None:
        self.fill(mercy, 5, due_on=TODAY - dt.timedelta(days=20))
        with tenant_transaction(mercy.organization.pk):
            mercy.paula.role_grants.update(cohort=mercy.cohort)
        page = read(sign_in(mercy.paula), address(mercy, "accountability"))
        assert "Too few to tell" in page
        assert "R0 Smith" not in page

    def test_an_executive_who_directs_a_cohort_sees_no_other_names(
        self, mercy: World, sign_in: SignIn
    ) -> None:
        self.fill(mercy, 5, due_on=TODAY - dt.timedelta(days=20))
        make_review(mercy.ada, due_on=TODAY - dt.timedelta(days=20))
        make_grant(mercy.eli, Role.PROGRAMME_DIRECTOR, mercy.cohort)
        page = read(sign_in(mercy.eli), address(mercy, "accountability"))
        assert "n = 6" in page
        assert ("Ada Mercy" in page, "R0" in page) == (True, False)

    def test_it_costs_the_same_for_one_and_many(self, mercy: World, sign_in: SignIn) -> None:
        self.fill(mercy, 5, due_on=TODAY - dt.timedelta(days=20))
        client, page = sign_in(mercy.henry), address(mercy, "accountability")
        one = queries_of(client, page)
        for number in range(3):
            unit = make_unit(mercy.organization, f"Ward {number}", parent=mercy.unit)
            for place in range(6):
                person = make_person(mercy.organization, f"W{number}{place}", unit)
                make_review(person, due_on=TODAY - dt.timedelta(days=20))
        assert queries_of(client, page) == one

    def test_the_rule_is_changed_within_its_bounds(self, mercy: World, sign_in: SignIn) -> None:
        henry, page = sign_in(mercy.henry), address(mercy, "review_rule")
        assert henry.post(page, {"every_days": "29"}).status_code == 422
        assert henry.post(page, {"every_days": "60"}).status_code == 302
        assert "Every 60 days" in read(henry, address(mercy, "accountability"))
