"""The pages of a selection, each persona's own way through them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.queries.calendar_feed import feed_token
from people.models import Appointment, Person
from succession.enums import SelectionState, StandingState
from succession.models import RollMember, Selection, Standing
from tests.due import due_items
from tests.factories.mentoring import make_feed
from tests.factories.people import make_person, make_unit, make_user
from tests.factories.selections import (
    Election,
    acting,
    cast_votes,
    end_ballot,
    make_ballot,
    make_candidates,
    make_election,
    make_leaders,
    make_scores,
    make_selection,
    make_slate,
    offer_interviews,
)
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("in_mercy")


def at(page: str, *arguments: object) -> str:
    return reverse(f"succession:{page}", args=["mercy", *arguments])


def typed_rules(**changes: str) -> dict[str, str]:
    return {"slate_size": "5", "coverage": "90", "criteria": "Asks\n\n  Listens \nDecides", **changes}


def titles(person: Person) -> list[str]:
    with acting(person):
        return [each.title for each in due_items("succession", member_of(person), "mercy", TODAY)]


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def stranger(mercy: World) -> Person:
    """Works in another department."""
    unit = make_unit(mercy.organization, "Pathology", parent=mercy.root)
    made = make_person(mercy.organization, "Sten", unit, family_name="Mercy")
    make_user(made)
    return made


class TestRules:
    def test_hr_changes_them_and_the_log_tells_it(self, mercy: World, sign_in: SignIn, head: object) -> None:
        found, client = make_selection(mercy), sign_in(mercy.henry)
        assert "Asks" not in text_of(client, at("selection", found.pk))
        client.post(at("selection_rules", found.pk), typed_rules(slate_size="3"))
        found.refresh_from_db()
        assert (found.slate_size, found.coverage, found.quorum) == (3, 90, 50)
        assert found.criteria == ["Asks", "Listens", "Decides"]
        log = text_of(client, at("selection_log", found.pk))
        assert "HR changed the rules" in log
        assert "3 names, 90 % interviewed, 3 criteria." in log

    def test_not_once_the_ballot_is_open(self, mercy: World, sign_in: SignIn, head: object) -> None:
        found, client = make_ballot(mercy).selection, sign_in(mercy.henry)
        page = text_of(client, at("selection", found.pk))
        assert "Change the rules" not in page
        refused = client.post(at("selection_rules", found.pk), typed_rules(), follow=True)
        assert "It went on meanwhile" in refused.content.decode()
        found.refresh_from_db()
        assert found.coverage == 80


class TestCalendar:
    def events(self, person: Person) -> list[tuple[str, dt.timedelta, str]]:
        url = reverse("calendars:feed", args=["mercy", feed_token(make_feed(person))])
        events = icalendar.Calendar.from_ical(Client().get(url).content).walk("VEVENT")
        times = [each for each in events if str(each["summary"]).startswith("Interview")]
        return [
            (str(each["summary"]), each.decoded("dtend") - each.decoded("dtstart"), str(each["status"]))
            for each in times
        ]

    def test_an_interview_is_in_both_calendars_without_a_name(self, mercy: World, head: object) -> None:
        election = make_ballot(mercy)
        make_user(election.panel[0])
        entry = RollMember.objects.get(person=mercy.ada)
        RollMember.objects.filter(pk=entry.pk).update(interviewer=election.place_of(election.panel[0]))
        told = ("Interview: Head of cardiology", dt.timedelta(minutes=30), "CONFIRMED")
        assert self.events(mercy.ada) == [told]
        theirs = self.events(election.panel[0])
        assert set(theirs) == {told}
        assert len(theirs) == RollMember.objects.filter(interviewer__person=election.panel[0]).count()
        assert self.events(mercy.mara) == []

    def test_one_that_does_not_take_place_is_struck_out(self, mercy: World, head: object) -> None:
        election = make_ballot(mercy)
        person = election.world.ada
        RollMember.objects.filter(person=person).update(declined=True)
        assert [status for _title, _length, status in self.events(person)] == ["CANCELLED"]


class TestOpening:
    def test_hr_opens_one_from_the_form(self, mercy: World, sign_in: SignIn, head: object) -> None:
        client = sign_in(mercy.henry)
        held = Appointment.objects.get(person=mercy.mara)
        typed = {"position": held.position_id, "cause": "planned", **typed_rules(slate_size="4", quorum="60")}
        made = client.post(at("selection_new"), typed)
        found = Selection.objects.get()
        assert (found.slate_size, found.coverage, found.quorum) == (4, 90, 60)
        assert found.criteria == ["Asks", "Listens", "Decides"]
        assert made.headers["Location"] == at("selection", found.pk)
        again = client.post(at("selection_new"), typed)
        assert again.status_code == 422
        assert "one at a time" in again.content.decode()

    def test_rules_below_the_least_are_refused_at_their_place(
        self, mercy: World, sign_in: SignIn, head: object
    ) -> None:
        held = Appointment.objects.get(person=mercy.mara)
        wrong = typed_rules(coverage="79", quorum="49", criteria="Asks\nasks\n" + "x" * 121)
        typed = {"position": held.position_id, "cause": "planned", **wrong}
        refused = sign_in(mercy.henry).post(at("selection_new"), typed)
        assert refused.status_code == 422
        assert refused.context["form"].errors == {
            "coverage": ["Ensure this value is greater than or equal to 80."],
            "quorum": ["Ensure this value is greater than or equal to 50."],
            "criteria": ["Line 3 has 121 letters; 120 at most.", "A criterion stands there twice."],
        }
        assert not Selection.objects.exists()

    def test_whoever_has_no_part_reads_the_log_and_no_name(
        self, mercy: World, sign_in: SignIn, stranger: Person
    ) -> None:
        election = make_slate(mercy)
        client = sign_in(stranger)
        page = client.get(at("selection", election.selection.pk))
        assert page.headers["Location"] == at("selection_log", election.selection.pk)
        log = text_of(client, at("selection_log", election.selection.pk))
        assert "3 names; 5 of 8 voted." in log
        assert mercy.ada.name not in log
        assert "read its log" in text_of(client, at("selections"))
        for step in ("name", "panel", "withdraw", "decide"):
            assert client.post(at(f"selection_{step}", election.selection.pk)).status_code == 403


class TestStaff:
    def test_they_name_and_are_not_named_as_the_namer(self, mercy: World, sign_in: SignIn) -> None:
        made = make_selection(mercy)
        page = at("selection", made.pk)
        sign_in(mercy.stella).post(at("selection_name", made.pk), {"person": mercy.ada.email})
        assert "Would you stand for Head of cardiology?" in titles(mercy.ada)
        shown = text_of(sign_in(mercy.ada), page)
        assert "A colleague of the unit named you" in shown
        assert mercy.stella.name not in shown
        refused = sign_in(mercy.ada).post(at("selection_name", made.pk), {"person": mercy.ada.email})
        assert refused.status_code == 422
        assert "Nobody names themselves" in refused.content.decode()

    def test_nobody_sees_who_was_asked_and_has_not_said_yes(self, mercy: World, sign_in: SignIn) -> None:
        made = make_selection(mercy)
        sign_in(mercy.stella).post(at("selection_name", made.pk), {"person": mercy.ada.email})
        for person in (mercy.colin, mercy.mara, mercy.eli, mercy.henry):
            assert mercy.ada.name not in text_of(sign_in(person), at("selection", made.pk))
        sign_in(mercy.ada).post(at("selection_stand", made.pk), {"says": "I would listen."})
        shown = text_of(sign_in(mercy.colin), at("selection", made.pk))
        assert mercy.ada.name in shown
        assert "I would listen." in shown

    def test_they_vote_and_find_their_receipt_on_the_log(self, mercy: World, sign_in: SignIn) -> None:
        election = make_ballot(mercy)
        vote = at("slate_ballot", election.selection.pk)
        assert "Vote for the slate: Head of cardiology" in titles(mercy.eli)
        client = sign_in(mercy.eli)
        assert text_of(client, vote).count('name="approved"') == 3
        cast = client.post(vote, {"approved": [str(each) for each in election.names(mercy.ada)]})
        found = re.search(r"<code>([0-9A-F-]{14})</code>", cast.content.decode())
        assert found is not None
        assert "Vote for the slate: Head of cardiology" not in titles(mercy.eli)
        assert client.get(vote).status_code == 302
        assert "everybody votes once" in client.post(vote, {}, follow=True).content.decode()
        log = at("selection_log", election.selection.pk)
        assert found[1] not in text_of(client, log)
        others = (mercy.ada, mercy.aude, mercy.olga, mercy.colin)
        cast_votes(election, *((each, [mercy.ada]) for each in others))
        end_ballot(election)
        assert found[1] in text_of(client, log)

    def test_half_of_those_who_voted_is_all_that_is_told(self, mercy: World, sign_in: SignIn) -> None:
        election = make_slate(mercy)
        shown = text_of(sign_in(mercy.stella), at("selection", election.selection.pk))
        assert shown.count("approved by half or more") == 1
        assert shown.count("approved by fewer than half") == 2
        assert "5 of 8 voted" in shown

    def test_the_order_of_names_differs_and_stays(self, mercy: World, sign_in: SignIn) -> None:
        election = make_election(mercy)
        others = [mercy.ada, mercy.colin, mercy.paula, mercy.olga, mercy.eli]
        make_candidates(election, *others)
        offer_interviews(election)
        sign_in(mercy.henry).post(
            at("selection_ballot", election.selection.pk), {"closes_on": (TODAY + DAY).isoformat()}
        )
        orders = set()
        for person in (mercy.ada, mercy.colin, mercy.paula, mercy.stella, mercy.aude, mercy.eli):
            client = sign_in(person)
            shown = [
                tuple(
                    re.findall(
                        r'value="([0-9a-f-]{36})"', text_of(client, at("slate_ballot", election.selection.pk))
                    )
                )
                for _again in range(2)
            ]
            assert shown[0] == shown[1]
            orders.add(shown[0])
        assert len(orders) > 1


class TestPanel:
    def leader(self, election: Election, place: int = 0) -> Person:
        leader = election.panel[place]
        make_user(leader)
        return leader

    def test_hr_names_it_and_each_rule_is_said(self, mercy: World, sign_in: SignIn) -> None:
        made = make_selection(mercy)
        (leader,) = make_leaders(mercy, 1)
        client = sign_in(mercy.henry)
        refused = client.post(at("selection_panel", made.pk), {"person": mercy.mara.email})
        assert "own department" in refused.content.decode()
        client.post(at("selection_panel", made.pk), {"person": leader.email})
        assert "You are on the panel for Head of cardiology" in titles(leader)
        shown = text_of(client, at("selection", made.pk))
        assert "has not declared yet" in shown
        assert "at least three leaders" in shown
        make_user(leader)
        sign_in(leader).post(at("selection_declare", made.pk), {"conflict": "We publish together."})
        assert "We publish together." in text_of(client, at("selection", made.pk))
        assert "We publish together." not in text_of(sign_in(mercy.ada), at("selection", made.pk))

    def test_it_offers_times_and_both_confirm(self, mercy: World, sign_in: SignIn) -> None:
        election = make_election(mercy)
        leader = self.leader(election)
        sign_in(mercy.henry).post(at("selection_share", election.selection.pk))
        assert "Interviews for Head of cardiology" in titles(leader)
        page = at("interviews", election.selection.pk)
        typed = {
            "day": (TODAY + DAY).isoformat(),
            "time": "09:00",
            "minutes": "20",
            "count": "10",
            "place": "4",
        }
        client = sign_in(leader)
        assert client.post(page, {**typed, "day": (TODAY - DAY).isoformat()}).status_code == 422
        client.post(page, typed)
        entries = RollMember.objects.filter(interviewer__person=leader).order_by("offered_for")
        times = [timezone.localtime(each.offered_for).strftime("%H:%M") for each in entries]
        assert times == ["09:00", "09:20", "09:40"]
        entry = entries[0]
        assert "Interview about Head of cardiology" in titles(entry.person)
        RollMember.objects.filter(pk=entry.pk).update(offered_for=timezone.now())
        for person in (leader, entry.person):
            sign_in(person).post(at("interview_held", election.selection.pk, entry.pk))
        assert "held, say both" in text_of(client, page)

    def test_it_scores_apart_then_sees_all_and_decides(self, mercy: World, sign_in: SignIn) -> None:
        election = make_slate(mercy)
        chair = self.leader(election)
        assert "Score the slate for Head of cardiology" in titles(chair)
        client = sign_in(chair)
        ada = election.standing_of(mercy.ada)
        one = at("score_one", election.selection.pk, ada.pk)
        assert client.post(one, {"c0": "4"}).status_code == 422
        for name in Standing.objects.filter(state=StandingState.ON_SLATE):
            client.post(
                at("score_one", election.selection.pk, name.pk),
                {**{f"c{place}": "3" for place in range(5)}, "note": "Steady."},
            )
        scores = at("scores", election.selection.pk)
        client.post(at("selection_hand_in", election.selection.pk))
        make_scores(election, election.panel[1])
        shown = text_of(client, scores)
        assert "2 of 3" in shown
        assert "4 · 4" not in shown
        make_scores(election, election.panel[2])
        shown = text_of(client, scores)
        assert "4 · 4 · 4 · 4 · 4" in shown
        assert "<b>3.7</b>" in shown
        assert "Decide on Head of cardiology" in titles(chair)
        typed = {"standing": str(ada.pk), "reason": "She listens and decides."}
        refused = client.post(at("selection_decide", election.selection.pk), {**typed, "reason": ""})
        assert refused.status_code == 422
        client.post(at("selection_decide", election.selection.pk), typed)
        assert "She listens and decides." in text_of(
            sign_in(mercy.stella), at("selection", election.selection.pk)
        )
        assert "put the appointment on record" not in titles(mercy.henry)
        hr = sign_in(mercy.henry)
        Appointment.objects.filter(person=mercy.mara).update(end_date=TODAY)
        early = hr.post(at("selection_appoint", election.selection.pk), {"start": (TODAY - DAY).isoformat()})
        assert early.status_code == 422
        hr.post(at("selection_appoint", election.selection.pk), {"start": TODAY.isoformat()})
        assert election.fresh().state == SelectionState.APPOINTED
        assert Appointment.objects.filter(person=mercy.ada, start_date=TODAY).exists()


def test_the_page_asks_the_same_however_many_take_part(
    mercy: World, sign_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    election = make_slate(mercy)
    client = sign_in(mercy.stella)
    text_of(client, at("selection", election.selection.pk))
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]  # a context manager
        text_of(client, at("selection", election.selection.pk))


class TestApi:
    def test_the_slate_is_for_whoever_takes_part_and_the_log_for_all(
        self, mercy: World, sign_in: SignIn, stranger: Person
    ) -> None:
        election = make_slate(mercy)
        url = reverse("succession_api:selection", args=["mercy", election.selection.pk])
        seen, logged = (sign_in(each).get(url).json() for each in (mercy.stella, stranger))
        assert {each["person"]["name"]: each["by_half"] for each in seen["slate"]} == {
            mercy.ada.name: True,
            mercy.colin.name: False,
            mercy.paula.name: False,
        }
        assert logged["slate"] is None
        assert logged["log"][-1]["words"] == "3 names; 5 of 8 voted."
        listed = sign_in(stranger).get(reverse("succession_api:selections", args=["mercy"])).json()
        assert [each["state"] for each in listed] == ["selecting"]
