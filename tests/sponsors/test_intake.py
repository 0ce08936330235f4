"""An intake: who is asked, what the box tells whom and when, and what comes out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from people.today import DueItem
from sponsors.enums import Aspect, Relation, RequestState, Source
from sponsors.models import Competency, IntakeRemark, IntakeRequest, IntakeRound
from sponsors.queries.intake import lists_of, people_to_ask, themes_of, turnout_of
from sponsors.seats import Seat
from sponsors.services.intake import (
    Remark,
    answer_request,
    ask_more,
    close_round,
    decline_request,
    open_round,
)
from sponsors.tasks import follow_intakes
from tenancy.models import AuditEntry
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.people import make_line, make_person
from tests.factories.sponsors import (
    make_competency,
    make_intake,
    make_intake_request,
    make_sponsor,
    make_sponsorship,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
MANAGER, COWORKER, REPORT = Relation.MANAGER, Relation.COWORKER, Relation.REPORT


@pytest.fixture
def listening(mercy: World, in_mercy: Scope) -> Competency:
    """Eli sponsors Ada; there is one competency."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    return make_competency(mercy.organization)


@pytest.fixture
def intake(mercy: World, listening: Competency) -> IntakeRound:
    return make_intake(mercy.ada, by=mercy.eli)


def say(
    intake: IntakeRound,
    person: Person,
    relation: Relation,
    competency: Competency,
    *,
    words: str = "Listens.",
    aspect: Aspect = Aspect.OPPORTUNITY,
    named: bool = False,
) -> None:
    """Asked and answered."""
    request = make_intake_request(intake, person, relation)
    answer_request(request, [Remark(aspect, competency.pk, words)], named=named, by=member_of(person))


def sources_of(intake: IntakeRound) -> list[tuple[str, bool]]:
    rows = intake.remarks.values_list("source", "author")
    return sorted((source, author is not None) for source, author in rows)


class TestAsking:
    def test_role_history_proposes_whom_to_ask(self, mercy: World, listening: Competency) -> None:
        report = make_person(mercy.organization, "Rita", mercy.root)
        make_line(mercy.olga, mercy.paula, start_date=TODAY - 99 * DAY)  # nobody of Ada's
        make_line(report, mercy.ada, start_date=TODAY - 99 * DAY, end_date=TODAY - 9 * DAY)
        former = make_person(mercy.organization, "Fred", mercy.root)
        gone = make_person(mercy.organization, "Gone", mercy.root, end_date=TODAY - DAY)
        begin = dt.date(2000, 1, 1)
        make_line(mercy.ada, former, start_date=begin, end_date=begin + 9 * DAY)
        make_line(mercy.ada, gone, start_date=begin + 9 * DAY, end_date=begin + 19 * DAY)
        found = {
            each.person.given_name: (each.relation, each.until)
            for each in people_to_ask(mercy.ada, without={mercy.eli.pk}, on=TODAY)
        }
        assert found["Mara"] == (MANAGER, None)
        assert found["Fred"] == (MANAGER, begin + 9 * DAY)
        assert found["Rita"] == (REPORT, TODAY - 9 * DAY)
        assert found["Colin"] == (COWORKER, None)
        assert not {"Gone", "Ada", "Eli"} & found.keys()

    def test_the_sponsor_asks_and_the_leader_is_asked_too(self, mercy: World, listening: Competency) -> None:
        asked = {mercy.mara.pk: MANAGER, mercy.colin.pk: COWORKER}
        made = open_round(mercy.ada, asked, last_day=TODAY + 14 * DAY, by=member_of(mercy.eli))
        assert dict(made.requests.values_list("person", "relation")) == {
            mercy.ada.pk: "self",
            mercy.mara.pk: "manager",
            mercy.colin.pk: "coworker",
        }
        assert told() == [
            ({mercy.ada.pk}, "Your sponsor asks others what they see in you. What do you see?"),
            ({mercy.mara.pk}, "What do you see in Ada Mercy? Their sponsor asks you."),
            ({mercy.colin.pk}, "What do you see in Ada Mercy? Their sponsor asks you."),
        ]

    def test_more_can_be_asked_and_nobody_twice(self, mercy: World, intake: IntakeRound) -> None:
        make_intake_request(intake, mercy.colin)
        eli = member_of(mercy.eli)
        ask_more(intake, {mercy.colin.pk: COWORKER, mercy.olga.pk: COWORKER}, by=eli)
        assert intake.requests.count() == 2
        with pytest.raises(ValidationError, match="Choose somebody to ask"):
            ask_more(intake, {mercy.colin.pk: COWORKER}, by=eli)
        with pytest.raises(ValidationError, match="You are the sponsor"):
            ask_more(intake, {mercy.eli.pk: COWORKER}, by=eli)

    @pytest.mark.parametrize("days", [0, -3, 61])
    def test_the_last_day_lies_ahead_and_not_too_far(
        self, mercy: World, listening: Competency, days: int
    ) -> None:
        with pytest.raises(ValidationError, match="Choose a day from tomorrow on"):
            open_round(
                mercy.ada, {mercy.colin.pk: COWORKER}, last_day=TODAY + days * DAY, by=member_of(mercy.eli)
            )

    def test_one_round_at_a_time(self, mercy: World, intake: IntakeRound) -> None:
        with pytest.raises(ValidationError, match="A round runs already"):
            open_round(mercy.ada, {mercy.colin.pk: COWORKER}, last_day=TODAY + DAY, by=member_of(mercy.eli))

    @pytest.mark.parametrize("who", ["ada", "mara", "paula", "henry", "colin"])
    def test_nobody_else_asks_or_closes(self, mercy: World, intake: IntakeRound, who: str) -> None:
        by, asked = member_of(mercy.people[who]), {mercy.olga.pk: COWORKER}
        with pytest.raises(PermissionDenied):
            open_round(mercy.ada, asked, last_day=TODAY + DAY, by=by)
        with pytest.raises(PermissionDenied):
            ask_more(intake, asked, by=by)
        with pytest.raises(PermissionDenied):
            close_round(intake, by=by)


class TestAnswering:
    def test_the_request_knows_that_and_the_box_knows_what(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        say(intake, mercy.colin, COWORKER, listening)
        request = IntakeRequest.objects.get(round=intake, person=mercy.colin)
        assert request.state == RequestState.ANSWERED
        # No column of a remark could name its author, tie it to an answer or say when it was given.
        assert {field.name for field in IntakeRemark._meta.fields} == {
            "id", "organization", "round", "source", "author", "aspect", "competency", "words",
        }  # fmt: skip
        close_round(intake, by=member_of(mercy.eli))
        assert not AuditEntry.objects.filter(table_name="sponsors_intakeremark").exists()

    def test_nobody_reads_the_box_while_the_round_is_open(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        for who in ("colin", "olga", "stella"):
            say(intake, mercy.people[who], COWORKER, listening)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sponsors_intakeremark")
            assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            IntakeRemark.objects.update(words="moved")
        close_round(intake, by=member_of(mercy.eli))
        assert sources_of(intake) == [("coworker", False)] * 3

    def test_at_the_close_all_is_written_anew_by_one_transaction(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        for who in ("colin", "olga", "stella"):
            say(intake, mercy.people[who], COWORKER, listening)
        close_round(intake, by=member_of(mercy.eli))
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT xmin::text FROM sponsors_intakeremark")
            written = cursor.fetchall()
        assert len(written) == 1

    def test_managers_are_named_if_they_agree_and_otherwise_colleagues(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        say(intake, mercy.mara, MANAGER, listening, named=True)
        say(intake, mercy.paula, MANAGER, listening)
        for who in ("colin", "olga", "stella"):
            say(intake, mercy.people[who], COWORKER, listening, named=True)
        close_round(intake, by=member_of(mercy.eli))
        assert sources_of(intake) == [("colleague", False)] * 4 + [("manager", True)]
        intake.refresh_from_db()
        assert intake.groups == {"colleague": 4}

    def test_the_database_refuses_a_name_where_there_is_a_promise(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        with pytest.raises(IntegrityError, match="sponsors_remark_named"), transaction.atomic():
            IntakeRemark.objects.create(
                round=intake,
                source=Source.COWORKER,
                author=mercy.colin,
                aspect=Aspect.STRENGTH,
                competency=listening,
                words="Named.",
            )

    def test_an_answer_says_something_once(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        request, colin = make_intake_request(intake, mercy.colin), member_of(mercy.colin)
        remark = Remark(Aspect.STRENGTH, listening.pk, "Listens.")
        with pytest.raises(ValidationError, match="one competency at least"):
            answer_request(request, [Remark(Aspect.STRENGTH, listening.pk, " ")], by=colin)
        with pytest.raises(ValidationError, match="each competency once"):
            answer_request(request, [remark, remark], by=colin)
        answer_request(request, [remark], by=colin)
        with pytest.raises(ValidationError, match="answered this already"):
            answer_request(request, [remark], by=colin)
        with pytest.raises(ValidationError, match="answered this already"):
            decline_request(request, reason="Rather not", by=colin)

    def test_nobody_answers_for_another_or_after_the_close(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        request = make_intake_request(intake, mercy.colin)
        remark = Remark(Aspect.STRENGTH, listening.pk, "Listens.")
        with pytest.raises(PermissionDenied):
            answer_request(request, [remark], by=member_of(mercy.eli))
        close_round(intake, by=member_of(mercy.eli))
        with pytest.raises(ValidationError, match="This round is closed"):
            answer_request(request, [remark], by=member_of(mercy.colin))
        with pytest.raises(ValidationError, match="This round is closed"):
            close_round(intake, by=member_of(mercy.eli))

    def test_a_decline_has_a_reason_for_the_sponsor_alone(self, mercy: World, intake: IntakeRound) -> None:
        request = make_intake_request(intake, mercy.colin)
        with pytest.raises(ValidationError, match="Say why"):
            decline_request(request, reason=" ", by=member_of(mercy.colin))
        decline_request(request, reason="We hardly met", by=member_of(mercy.colin))
        assert told() == [({mercy.eli.pk}, "Colin Mercy declined to say something about Ada Mercy.")]
        assert turnout_of(intake).declined == 1


class TestResults:
    def test_too_few_are_not_shown_and_not_kept(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        say(intake, mercy.colin, COWORKER, listening)
        say(intake, mercy.olga, REPORT, listening)
        say(intake, mercy.ada, Relation.SELF, listening)
        close_round(intake, by=member_of(mercy.eli))
        assert sources_of(intake) == [("self", True)]

    def test_themes_count_voices_and_leave_out_names(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        for who in ("colin", "olga", "stella"):
            say(intake, mercy.people[who], COWORKER, listening, words=f"Seen {len(who)}.")
        say(intake, mercy.mara, MANAGER, listening, words="By Mara.", named=True)
        say(intake, mercy.ada, Relation.SELF, listening, words="By me.")
        close_round(intake, by=member_of(mercy.eli))
        themes = themes_of(intake, Seat(mercy.ada.pk, is_sponsor=True))
        assert {aspect: len(rows) for aspect, rows in themes.items()} == {
            Aspect.STRENGTH: 0,
            Aspect.OPPORTUNITY: 1,
            Aspect.DEVELOPMENT: 0,
        }
        (theme,) = themes[Aspect.OPPORTUNITY]
        assert (theme.counts, theme.by_oneself) == ({Source.COWORKER: 3, Source.MANAGER: 1}, ["By me."])
        assert sorted(theme.sentences) == [
            ("Coworkers", "Seen 4."),
            ("Coworkers", "Seen 5."),
            ("Coworkers", "Seen 6."),
            ("Mara Mercy", "By Mara."),
        ]

    def test_the_immediate_leader_has_two_lists_and_no_sentence(
        self, mercy: World, intake: IntakeRound, listening: Competency
    ) -> None:
        for who in ("colin", "olga", "stella"):
            say(intake, mercy.people[who], COWORKER, listening)
        close_round(intake, by=member_of(mercy.eli))
        manager = Seat(mercy.ada.pk, is_manager=True)
        assert themes_of(intake, manager) == {}
        assert lists_of(intake, manager) == {Aspect.OPPORTUNITY: ["Listening"], Aspect.DEVELOPMENT: []}
        assert lists_of(intake, Seat(mercy.ada.pk, oversees=True)) == {}

    def test_both_are_told_when_it_closes(self, mercy: World, intake: IntakeRound) -> None:
        close_round(intake, by=member_of(mercy.eli))
        assert told() == [({mercy.ada.pk, mercy.eli.pk}, "What others see in Ada Mercy can be read.")]


class TestNights:
    def test_a_round_closes_by_itself_after_its_last_day(self, mercy: World, listening: Competency) -> None:
        today = make_intake(mercy.ada, by=mercy.eli, last_day=TODAY)
        over = make_intake(mercy.mara, by=mercy.eli, last_day=TODAY - DAY)
        assert follow_intakes("2026-11-21", "")["closed"] == 1
        assert set(IntakeRound.objects.filter(closed_on=None)) == {today}
        over.refresh_from_db()
        assert over.closed_on == TODAY

    def test_whoever_has_not_answered_is_reminded_once(self, mercy: World, listening: Competency) -> None:
        soon = make_intake(mercy.ada, by=mercy.eli, last_day=TODAY + 3 * DAY)
        make_intake_request(soon, mercy.colin)
        make_intake_request(soon, mercy.olga, state=RequestState.ANSWERED)
        make_intake_request(make_intake(mercy.mara, by=mercy.eli), mercy.stella)
        assert [follow_intakes(night, "")["reminded"] for night in ("2026-11-21", "2026-11-22")] == [1, 0]
        assert told() == [({mercy.colin.pk}, "A few days are left to say what you see in Ada Mercy.")]


class TestPages:
    def test_from_the_question_to_the_themes(
        self, mercy: World, listening: Competency, sign_in: SignIn
    ) -> None:
        people = [mercy.colin, mercy.olga, mercy.stella]
        page = reverse("sponsors:intake", args=[mercy.slug, mercy.ada.pk])
        sent = {"last_day": (TODAY + 14 * DAY).isoformat(), "other": "", "coworker": [p.pk for p in people]}
        assert sign_in(mercy.eli).post(page, {**sent, "coworker": []}).status_code == 422
        assert sign_in(mercy.eli).post(page, sent).status_code == 302
        for person in people:
            request = IntakeRequest.objects.get(person=person)
            answer = reverse("sponsors:intake_answer", args=[mercy.slug, request.pk])
            client = sign_in(person)
            assert "What do you see in Ada Mercy?" in client.get(answer).content.decode()
            words = {"strength_1_words": f"Seen by {person.given_name}."}
            half = client.post(answer, words)
            assert half.status_code == 422
            assert "Which competency is it about?" in half.content.decode()
            assert words["strength_1_words"] in half.content.decode()
            whole = {**words, "strength_1_competency": str(listening.pk)}
            assert client.post(answer, whole).status_code == 302
            assert "You have answered" in client.get(answer).content.decode()
        assert "Seen by" not in sign_in(mercy.eli).get(page).content.decode()
        sign_in(mercy.eli).post(reverse("sponsors:intake_close", args=[mercy.slug, mercy.ada.pk]))
        for who in (mercy.eli, mercy.ada):
            shown = sign_in(who).get(page).content.decode()
            assert "Seen by Colin." in shown
            assert "Colin Mercy" not in shown.split("What came of it")[1].split("Ask others")[0]
        assert "Seen by" not in sign_in(mercy.mara).get(page).content.decode()
        assert sign_in(mercy.colin).get(page).status_code == 404

    def test_the_leader_does_not_see_who_is_asked(
        self, mercy: World, intake: IntakeRound, sign_in: SignIn
    ) -> None:
        make_intake_request(intake, mercy.olga, state=RequestState.DECLINED, reason="We hardly met")
        page = reverse("sponsors:intake", args=[mercy.slug, mercy.ada.pk])
        sponsor, leader = (sign_in(who).get(page).content.decode() for who in (mercy.eli, mercy.ada))
        assert all(words in sponsor for words in ("Olga Mercy", "We hardly met"))
        assert not any(words in leader for words in ("Olga Mercy", "We hardly met"))
        assert "0 of 1" in leader

    def test_who_oversees_sees_on_the_chart_that_it_runs(
        self, mercy: World, intake: IntakeRound, sign_in: SignIn
    ) -> None:
        make_intake_request(intake, mercy.olga)
        chart = sign_in(mercy.paula).get(reverse("sponsors:chart", args=[mercy.slug, mercy.ada.pk]))
        assert "0 of 1" in chart.content.decode()
        assert reverse("sponsors:intake", args=[mercy.slug, mercy.ada.pk]) not in chart.content.decode()

    def test_a_decline_without_a_reason_comes_back(
        self, mercy: World, intake: IntakeRound, sign_in: SignIn
    ) -> None:
        request = make_intake_request(intake, mercy.colin)
        page, client = reverse("sponsors:intake_decline", args=[mercy.slug, request.pk]), sign_in(mercy.colin)
        assert client.post(page, {"reason": ""}).status_code == 422
        assert client.post(page, {"reason": "We hardly met"}).status_code == 302

    def test_it_is_due_on_today_until_it_is_answered(self, mercy: World, intake: IntakeRound) -> None:
        request = make_intake_request(intake, mercy.colin)
        url = reverse("sponsors:intake_answer", args=[mercy.slug, request.pk])
        colin = member_of(mercy.colin)
        assert due_items("sponsors", colin, mercy.slug, TODAY) == [
            DueItem(
                "What do you see in Ada Mercy?",
                "Strengths, opportunities, areas for development: ten minutes.",
                url,
                "messages",
                intake.last_day,
            )
        ]
        decline_request(request, reason="We hardly met", by=colin)
        assert due_items("sponsors", colin, mercy.slug, TODAY) == []

    def test_many_requests_and_remarks_cost_no_more_queries(
        self, mercy: World, listening: Competency, sign_in: SignIn
    ) -> None:
        page = reverse("sponsors:intake", args=[mercy.slug, mercy.ada.pk])
        client = sign_in(mercy.eli)
        first = make_intake(mercy.ada, by=mercy.eli)
        say(first, mercy.mara, MANAGER, listening, named=True)
        close_round(first, by=member_of(mercy.eli))
        running = make_intake(mercy.ada, by=mercy.eli)
        make_intake_request(running, mercy.colin)
        one = queries_of(client, page)
        make_sponsorship(mercy.eli, mercy.mara)
        second = make_intake(mercy.mara, by=mercy.eli)
        for who in ("colin", "olga", "stella"):
            say(second, mercy.people[who], COWORKER, listening)
        close_round(second, by=member_of(mercy.eli))
        IntakeRound.objects.filter(pk=second.pk).update(leader=mercy.ada)
        for who in ("olga", "stella"):
            make_intake_request(running, mercy.people[who])
        assert queries_of(client, page) == one
