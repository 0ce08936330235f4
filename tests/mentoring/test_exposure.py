"""The exposure log: one press, reminders, and what follows when nothing comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import ExposureKind, MentorshipState, ReviewEnd
from mentoring.exposure.history import PastQuarter, history_of
from mentoring.exposure.links import log_url, read_token
from mentoring.models import Exposure, ExposureReminder, ExposureReview
from mentoring.queries.exposure import mentors_without_log, mentorships_owing
from mentoring.services.exposure import (
    REMINDER_TOPIC,
    close_answered_reviews,
    close_review,
    log_exposure,
    open_reviews,
    remind_mentors,
    remove_exposure,
)
from people.enums import Role
from people.models import Person
from tenancy.jobs.outbox import deliver_waiting
from tenancy.jobs.registry import find_job
from tenancy.models import AuditEntry, OutboxMessage
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import make_exposure, make_exposure_review, make_mentorship
from tests.factories.people import make_cohort, make_grant, make_person, make_user
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
NOON = dt.date(2026, 8, 15)


def path(world: World, name: str, *arguments: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *arguments])


# What a quarter asks for.


@pytest.mark.parametrize(
    ("fields", "owes"),
    [
        ({}, True),
        ({"started_on": dt.date(2026, 9, 1)}, True),
        ({"started_on": dt.date(2026, 9, 2)}, False),
        ({"started_on": dt.date(2026, 10, 1)}, False),
        ({"over_on": dt.date(2026, 7, 31)}, True),
        ({"over_on": dt.date(2026, 7, 30)}, False),
        ({"started_on": dt.date(2026, 7, 10), "over_on": dt.date(2026, 8, 8)}, False),
        ({"started_on": dt.date(2026, 7, 10), "over_on": dt.date(2026, 8, 9)}, True),
    ],
)
def test_a_mentorship_of_thirty_days_in_a_quarter_asks_for_a_log(
    mercy: World, in_mercy: Scope, fields: dict[str, dt.date], owes: bool
) -> None:
    ended = {"state": MentorshipState.ENDED, "over_reason": "moved"} if "over_on" in fields else {}
    make_mentorship(mercy.mara, mercy.ada, **fields, **ended)
    assert mentorships_owing("2026Q3").exists() is owes


def test_whoever_has_left_or_only_offered_owes_nothing(mercy: World, in_mercy: Scope) -> None:
    gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=dt.date(2026, 9, 1))
    make_mentorship(gone, mercy.ada)
    make_mentorship(
        mercy.colin,
        mercy.ada,
        tier="peer",
        state=MentorshipState.OFFERED,
        accepted_on=None,
        started_on=None,
        offered_on=NOON,
    )
    make_mentorship(mercy.mara, mercy.ada, tier="chair")
    assert list(mentors_without_log("2026Q3", on=dt.date(2026, 10, 15))) == [mercy.mara]


# Logging.


def test_one_press_logs_for_all_mentees_and_twice_is_once(mercy: World, sign_in: SignIn) -> None:
    pairs = [make_mentorship(mercy.mara, mercy.ada), make_mentorship(mercy.mara, mercy.colin)]
    mara = sign_in(mercy.mara)
    shown = mara.get(path(mercy, "exposure")).content.decode()
    assert "none yet" in shown
    press = {"kind": "chair_meeting", "mentorships": [each.pk for each in pairs], "day": str(TODAY)}
    for _twice in range(2):
        assert mara.post(path(mercy, "exposure"), press).status_code == 302
    with tenant_scope(mercy.organization.pk):
        logged = list(Exposure.objects.values_list("mentorship", "kind", "day", "logged_by"))
    assert sorted(logged) == sorted((each.pk, "chair_meeting", TODAY, mercy.mara.pk) for each in pairs)
    shown = mara.get(path(mercy, "exposure")).content.decode()
    assert "2 logged" in shown
    assert (
        "Shadowed a chair meeting"
        in sign_in(mercy.ada).get(path(mercy, "exposure_received")).content.decode()
    )


@pytest.mark.parametrize(
    ("press", "message"),
    [
        ({"day": str(TODAY + dt.timedelta(days=1))}, "today at the latest"),
        ({"day": "2020-01-01"}, "Choose a day of the last five quarters"),
        ({"kind": "other"}, "Say what it was."),
        ({"kind": "golf"}, "Select a valid choice"),
        ({"mentorships": []}, "Choose at least one."),
        ({"text": "one\x01line"}, ""),
    ],
)
def test_a_press_that_makes_no_sense_is_refused_in_words(
    mercy: World, sign_in: SignIn, press: dict[str, object], message: str
) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    sent = {"kind": "presented", "mentorships": [pair.pk], "day": str(TODAY), **press}
    answer = sign_in(mercy.mara).post(path(mercy, "exposure"), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        assert not Exposure.objects.exists()


def test_nobody_logs_for_a_mentorship_of_others(mercy: World, sign_in: SignIn) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    theirs = make_mentorship(mercy.colin, mercy.ada, tier="peer")
    press = {"kind": "presented", "mentorships": [theirs.pk], "day": str(TODAY)}
    assert sign_in(mercy.mara).post(path(mercy, "exposure"), press).status_code == 422
    with tenant_scope(mercy.organization.pk):
        with pytest.raises(ValidationError, match="you mentored none of them"):
            log_exposure(
                ExposureKind.PRESENTED, day=TODAY, mentorship_ids=[theirs.pk], by=member_of(mercy.mara)
            )
        assert not Exposure.objects.exists()


def test_nothing_is_logged_before_a_mentorship_began(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2026, 11, 1))
    with pytest.raises(ValidationError, match="you mentored none of them"):
        log_exposure(
            ExposureKind.PRESENTED, day=dt.date(2026, 10, 31), mentorship_ids=None, by=member_of(mercy.mara)
        )


def test_something_else_says_what_it_was_and_the_audit_does_not(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    log_exposure(
        ExposureKind.OTHER,
        day=TODAY,
        text=" Ward round with the dean ",
        mentorship_ids=None,
        by=member_of(mercy.mara),
    )
    [logged] = Exposure.objects.all()
    assert logged.title == "Ward round with the dean"
    entries = AuditEntry.objects.filter(table_name="mentoring_exposure")
    assert entries.exists()
    assert "dean" not in str(list(entries.values("change")))


def test_the_database_refuses_something_else_without_words(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_exposure(pair, kind=ExposureKind.OTHER)


def test_a_log_is_taken_back_while_the_quarter_is_open(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    new, old = make_exposure(pair), make_exposure(pair, dt.date(2026, 2, 1))
    mara = sign_in(mercy.mara)
    assert sign_in(mercy.colin).post(path(mercy, "exposure_remove", new.pk)).status_code == 404
    mara.post(path(mercy, "exposure_remove", new.pk))
    answer = mara.post(path(mercy, "exposure_remove", old.pk), follow=True)
    assert "This quarter is closed" in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        assert list(Exposure.objects.all()) == [old]
        with pytest.raises(PermissionDenied):
            remove_exposure(old, by=member_of(mercy.colin))


@pytest.mark.parametrize("name", ["exposure", "exposure_received"])
def test_the_lists_cost_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(mercy.mara if name == "exposure" else mercy.ada)
    costs = []
    for mentees in ([mercy.ada], [mercy.colin, mercy.eli]):
        for mentee in mentees:
            make_exposure(make_mentorship(mercy.mara, mentee))
        if name == "exposure_received" and len(mentees) > 1:
            for mentor, tier in ((mercy.colin, "peer"), (mercy.eli, "chair")):
                make_exposure(make_mentorship(mentor, mercy.ada, tier=tier))
        costs.append(queries_of(client, path(mercy, name)))
    assert costs[0] == costs[1]


# Reminders.


def test_a_mentor_is_reminded_once_by_each_reminder_and_not_after_the_log(
    mercy: World, in_mercy: Scope
) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    on = dt.date(2026, 10, 2)
    assert [remind_mentors(on=on), remind_mentors(on=on)] == [1, 0]
    assert remind_mentors(on=dt.date(2026, 10, 11)) == 1
    assert list(ExposureReminder.objects.order_by("sent_on").values_list("quarter", "name")) == [
        ("2026Q3", "second"),
        ("2026Q3", "last"),
    ]
    assert told() == [({mercy.mara.pk}, "Log one exposure for Q3 2026: one press is enough.")] * 2
    make_exposure(pair, NOON)
    ExposureReminder.objects.all().delete()
    assert remind_mentors(on=on) == 0


def test_a_reminder_by_mail_names_nobody_and_its_link_logs_with_one_press(
    mercy: World, in_mercy: Scope
) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    mail.outbox.clear()
    OutboxMessage.objects.create(
        topic=REMINDER_TOPIC, recipient_id=mercy.mara.pk, payload={"quarter": "2026Q4"}
    )
    deliver_waiting(mercy.organization.pk)
    [message] = [each for each in mail.outbox if "exposure log" in each.subject]
    assert message.to == [mercy.mara.email]
    assert "Ada" not in f"{message.subject} {message.body}"
    [url] = [line for line in message.body.splitlines() if "/exposures/" in line]
    link = url[url.index("/exposures/") :]
    phone = Client(enforce_csrf_checks=False)
    opened = phone.get(link).content.decode()
    assert "What did you do?" in opened
    assert "Ada" not in opened
    assert not Exposure.objects.exists()
    assert "Logged, thank you" in phone.post(link, {"kind": "introduced"}).content.decode()
    [logged] = Exposure.objects.all()
    assert (logged.kind, logged.logged_by_id) == ("introduced", mercy.mara.pk)
    phone.post(link, {"kind": "presented"})
    assert Exposure.objects.count() == 1
    [row] = AuditEntry.objects.filter(table_name="mentoring_exposure")
    assert row.actor_id == mercy.mara.pk


def test_a_mail_is_not_sent_once_the_log_is_there(mercy: World, in_mercy: Scope) -> None:
    make_exposure(make_mentorship(mercy.mara, mercy.ada))
    mail.outbox.clear()
    OutboxMessage.objects.create(
        topic=REMINDER_TOPIC, recipient_id=mercy.mara.pk, payload={"quarter": "2026Q4"}
    )
    deliver_waiting(mercy.organization.pk)
    assert mail.outbox == []


def test_the_link_of_an_old_quarter_or_of_a_leaver_writes_nothing(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    old = log_url(mercy.organization, mercy.mara.pk, "2026Q1")
    answer = Client().post(old[old.index("/exposures/") :], {"kind": "presented"})
    assert "This quarter is over" in answer.content.decode()
    gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=dt.date(2026, 9, 1))
    make_mentorship(gone, mercy.ada, tier="chair")
    left = log_url(mercy.organization, gone.pk, "2026Q4")
    assert Client().post(left[left.index("/exposures/") :], {"kind": "presented"}).status_code == 404
    assert not Exposure.objects.exists()


def test_a_link_works_in_its_own_organization_only(mercy: World, fenwick: World) -> None:
    url = log_url(mercy.organization, mercy.mara.pk, "2026Q4")
    link = url[url.index("/exposures/") :]
    assert Client().get(link).status_code == 200
    assert Client().get(link.replace("/mercy/", "/fenwick/")).status_code == 404
    assert Client().get(f"{link[:-2]}x/").status_code == 404
    assert read_token("made-up:token") is None


# What is missing.


def test_a_missing_log_becomes_one_task_for_the_directors(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    make_exposure(make_mentorship(mercy.colin, mercy.ada, tier="peer"), NOON)
    on = dt.date(2026, 10, 15)
    assert [open_reviews("2026Q3", on=on), open_reviews("2026Q3", on=on)] == [1, 0]
    [review] = ExposureReview.objects.all()
    assert (review.mentor_id, review.quarter, review.is_open) == (mercy.mara.pk, "2026Q3", True)
    assert told() == [({mercy.paula.pk}, "Exposure logs of Q3 2026 are missing.")]


def test_the_log_that_arrives_closes_the_task(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    make_exposure_review(mercy.mara, "2026Q3")
    make_exposure_review(mercy.mara, "2026Q2")
    log_exposure(ExposureKind.PRESENTED, day=NOON, mentorship_ids=None, by=member_of(mercy.mara))
    ends = dict(ExposureReview.objects.values_list("quarter", "end"))
    assert ends == {"2026Q3": ReviewEnd.LOGGED, "2026Q2": ""}
    assert close_answered_reviews() == 0


def test_the_director_reads_the_history_and_closes_with_a_reason(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    make_exposure(pair, dt.date(2026, 5, 1))
    review = make_exposure_review(mercy.mara, "2026Q3")
    with tenant_scope(mercy.organization.pk):
        ExposureReminder.objects.create(
            mentor=mercy.mara, quarter="2026Q3", name="second", sent_on=dt.date(2026, 10, 1)
        )
        assert history_of(mercy.mara.pk, before="2026Q3") == [
            PastQuarter("Q2 2026", True, 1),
            PastQuarter("Q1 2026", True, 0),
        ]
    paula = sign_in(mercy.paula)
    assert "Mara Mercy" in paula.get(path(mercy, "reviews")).content.decode()
    shown = paula.get(path(mercy, "review", review.pk)).content.decode()
    assert "After the quarter" in shown
    assert "Q2 2026" in shown
    assert paula.post(path(mercy, "review", review.pk), {"end": "logged"}).status_code == 422
    closed = paula.post(path(mercy, "review", review.pk), {"end": "away", "note": "On leave"})
    assert closed.status_code == 302
    again = paula.post(path(mercy, "review", review.pk), {"end": "talked"})
    assert "closed meanwhile" in again.content.decode()
    assert "Mara Mercy" not in paula.get(path(mercy, "reviews")).content.decode()
    with tenant_scope(mercy.organization.pk):
        [review] = ExposureReview.objects.all()
        assert (review.end, review.note, review.closed_by_id) == ("away", "On leave", mercy.paula.pk)


def test_a_director_of_another_cohort_sees_no_task(mercy: World, sign_in: SignIn) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    review = make_exposure_review(mercy.mara, "2026Q3")
    for name, cohort, status in (
        ("Near", mercy.cohort, 200),
        ("Far", make_cohort(mercy.programme, "Another"), 404),
    ):
        director = make_person(mercy.organization, name, mercy.unit)
        make_user(director)
        make_grant(director, Role.PROGRAMME_DIRECTOR, cohort)
        assert sign_in(director).get(path(mercy, "review", review.pk)).status_code == status


def test_nobody_closes_the_review_of_their_own_log(mercy: World, in_mercy: Scope) -> None:
    review = make_exposure_review(mercy.paula, "2026Q3")
    with pytest.raises(PermissionDenied, match="own log"):
        close_review(review, end=ReviewEnd.AWAY, note="", by=member_of(mercy.paula))
    with pytest.raises(PermissionDenied):
        close_review(review, end=ReviewEnd.AWAY, note="", by=member_of(mercy.colin))


def test_the_queue_costs_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn) -> None:
    paula, costs = sign_in(mercy.paula), []
    for quarters in (["2026Q1"], ["2026Q2", "2026Q3"]):
        for quarter in quarters:
            make_exposure_review(mercy.mara, quarter)
        costs.append(queries_of(paula, path(mercy, "reviews")))
    assert costs[0] == costs[1]


def test_the_jobs_may_run_twice(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    reviews, reminders = (find_job(f"mentoring.exposure_{name}").work for name in ("reviews", "reminders"))
    assert [reviews("2026Q3", "all"), reviews("2026Q3", "all")] == [{"opened": 1}, {"opened": 0}]
    assert reminders("2026-11-21", "all") == {"reminded": 0, "closed": 0}  # no reminder falls on this day
