"""The pages of the score as people use them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from passport.models import Milestone, Stage
from passport.permissions import Subject
from people.enums import Role
from people.models import Person, RoleGrant
from people.queries import member_for
from readiness.enums import CloseReason, CoachingState
from readiness.models import CoachingTask, Snapshot
from readiness.services import assign_coaching, score_quarter
from surveys.enums import Dimension
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.passport import find_milestone, make_holder, make_presets, make_stamp
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person
from tests.factories.readiness import QUARTER, make_index, make_pulse, make_snapshot, make_task
from tests.notices import told
from tests.world import World

COURSE = "readiness:cohorts_course"
QUEUE = "readiness:cohorts_queue"
SignIn = Callable[[Person], Client]
SOON, LATER = (str(timezone.localdate() + dt.timedelta(days=days)) for days in (10, 11))


def page(client: Client, name: str, world: World, *arguments: object, **query: object) -> str:
    answer = client.get(reverse(name, args=[world.slug, *arguments]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def members(world: World, count: int, total: float = 60.0) -> list[Person]:
    """People of the world's cohort with a score."""
    people = [
        make_person(world.organization, f"Member{number}", world.unit, specialty="Surgery")
        for number in range(count)
    ]
    for person in people:
        make_cohort_membership(world.cohort, person)
        make_snapshot(person, total)
    return people


def test_the_passport_shows_the_score_and_its_arithmetic(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    for title in ("Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget"):
        make_stamp(mercy.ada, find_milestone(mercy.organization, title), mercy.mara)
    make_pulse(mercy.ada, [50, 60, 70, 80, 90])
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    ada = sign_in(mercy.ada)
    passport = page(ada, "passport:mine", mercy)
    assert "Leadership readiness profile" in passport
    assert "3 of 5" in passport
    score = page(ada, "readiness:score", mercy, mercy.ada.pk, QUARTER)
    assert "Strategic-thinking pod" in score
    assert "10 of 10 points due" in score
    assert "not counted as known" in score
    assert "85.0" in score  # 0.3 x 50 + 0.7 x 100


def test_a_score_page_says_what_is_missing_and_what_is_more_than_due(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    for title in ("Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget"):
        make_stamp(mercy.ada, find_milestone(mercy.organization, title), mercy.mara)
    with tenant_scope(mercy.organization.pk):
        Milestone.objects.filter(title="Shadow a chair meeting").update(
            dimension=Dimension.STRATEGIC_INSIGHT, required=False
        )
    make_pulse(mercy.ada, [100, 81.25, 70, 80, 90])
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    score = page(sign_in(mercy.ada), "readiness:score", mercy, mercy.ada.pk, QUARTER)
    assert "Self-confidence matches the evidence." in score
    # 100 - 100 and 81.25 - 100, weighed alike
    assert "Self-confidence is 9.3 points below the evidence over all dimensions that have both." in score
    assert "No published leader index in the two years before: its share goes to the other sources" in score
    assert "– ×" not in score
    assert "20 points; 10 are due by this stage: counted as 100 %." in score
    assert "81.25 × 30 % = 24.37" in score  # of 24.375, and no 81.2 that would give 24.36


def test_a_score_page_says_when_the_evidence_has_changed_since(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    ada = sign_in(mercy.ada)
    assert "has changed since" not in page(ada, "readiness:score", mercy, mercy.ada.pk, QUARTER)
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Strategic-thinking pod"), mercy.mara)
    assert "has changed since" in page(ada, "readiness:score", mercy, mercy.ada.pk, QUARTER)


def test_a_director_sees_people_and_an_executive_only_sums(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 6)
    directors = page(sign_in(mercy.paula), "readiness:members", mercy)
    assert "Member0 Smith" in directors
    executives = page(sign_in(mercy.eli), "readiness:cohorts", mercy)
    assert "Member0" not in executives
    assert "60.0" in executives


def test_an_executive_sees_nothing_of_four(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 4)
    executives = page(sign_in(mercy.eli), "readiness:cohorts", mercy)
    assert "60.0" not in executives
    assert "too few to show" in executives


def test_an_executive_cannot_subtract(mercy: World, sign_in: SignIn) -> None:
    """All less six surgeons less six physicians would give away the only cardiologist."""
    surgeons = members(mercy, 12)[:6]
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(pk__in=[each.pk for each in surgeons]).update(specialty="Medicine")
    make_snapshot(mercy.ada, 12.5)  # a cardiologist
    eli = sign_in(mercy.eli)
    whole = page(eli, "readiness:cohorts_csv", mercy)
    assert whole.splitlines()[1].startswith("Leadership Readiness Score,56.3,13,")
    for name, value in (
        ("specialty", "Surgery"),
        ("specialty", "Medicine"),
        ("cohort", mercy.cohort.pk),
        ("state", "flagged"),
    ):
        assert page(eli, "readiness:cohorts_csv", mercy, **{name: value}) == whole
        shown = page(eli, "readiness:cohorts", mercy, **{name: value})
        assert f'name="{name}"' not in shown
    assert "nothing to choose but the quarter" in shown
    assert 'name="quarter"' in shown


def test_filters_choose_and_live_in_the_address(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 2)
    make_snapshot(mercy.ada, 88.0)
    paula = sign_in(mercy.paula)
    assert "Ada Mercy" in page(paula, "readiness:members", mercy)
    surgeons = page(paula, "readiness:members", mercy, specialty="Surgery")
    assert "Ada Mercy" not in surgeons
    assert "Member1 Smith" in surgeons
    assert "Ada Mercy" in page(paula, "readiness:members", mercy, state="on_track")
    assert "Nobody here" in page(paula, "readiness:members", mercy, state="insufficient_evidence")


def shown_to(client: Client, world: World, name: str = "readiness:cohorts", **query: object) -> Any:
    return client.get(reverse(name, args=[world.slug]), query).context


def test_the_filter_holds_for_trend_and_queue_and_careers_say_whom_they_count(
    mercy: World, sign_in: SignIn
) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        fellow = Stage.objects.get(name="Fellow")
    for number, person in enumerate(members(mercy, 6)):
        stage = {"stage": fellow} if number < 2 else {}
        make_snapshot(person, 50.0 + 10 * number, quarter="2026Q2", **stage)
        with tenant_scope(mercy.organization.pk):
            make_task(Snapshot.objects.get(person=person, quarter="2026Q2"))
    paula = sign_in(mercy.paula)
    assert shown_to(paula, mercy, quarter="2026Q2")["summary"].people == 6
    assert len(shown_to(paula, mercy, QUEUE, quarter="2026Q2")["queue"]) == 6
    assert shown_to(paula, mercy, COURSE, quarter="2026Q2")["indicators"].n == 7
    assert shown_to(paula, mercy, quarter="2026Q2", stage=fellow.pk)["summary"].people == 2
    assert len(shown_to(paula, mercy, QUEUE, quarter="2026Q2", stage=fellow.pk)["queue"]) == 2
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(family_name="Smith", given_name="Member5").update(specialty="Medicine")
    assert len(shown_to(paula, mercy, QUEUE, quarter="2026Q2", specialty="Medicine")["queue"]) == 1
    course = shown_to(paula, mercy, COURSE, quarter="2026Q2", specialty="Medicine")
    assert course["indicators"].n == 1
    assert "all 7 people who ever entered these programmes, with those who left, at any stage" in page(
        paula, COURSE, mercy, quarter="2026Q2", stage=fellow.pk
    )


def test_the_trend_is_of_the_chosen_stage(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        fellow = Stage.objects.get(name="Fellow")
    for quarter in ("2026Q2", QUARTER):
        make_snapshot(mercy.ada, 80.0, quarter=quarter, stage=fellow)
        make_snapshot(mercy.mara, 40.0, quarter=quarter)
    trend = shown_to(sign_in(mercy.paula), mercy, COURSE, stage=fellow.pk)["trend"]
    assert [row[1] for row in trend.table.rows] == ["80.0", "80.0"]


def test_the_trend_counts_the_last_revision_alone(mercy: World, sign_in: SignIn) -> None:
    for quarter in ("2026Q2", QUARTER):
        make_snapshot(mercy.ada, 80.0, quarter=quarter)
        make_snapshot(mercy.mara, 40.0, quarter=quarter)
    for revision in (2, 3):
        make_snapshot(mercy.mara, 40.0 + 10 * revision, revision=revision)
    paula = sign_in(mercy.paula)
    trend = shown_to(paula, mercy, COURSE)["trend"]
    assert [row[1] for row in trend.table.rows] == ["60.0", "75.0"]
    assert shown_to(paula, mercy)["summary"].mean == 75.0
    course = page(paula, COURSE, mercy)
    assert (
        '<div id="trend-spec" hidden>{&quot;data&quot;' in course
    )  # htmx leaves no <script> in what it swaps in


def test_who_is_in_no_stage_is_not_called_by_the_first(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        first = Stage.objects.get(name="Resident")
        Person.objects.filter(pk=mercy.mara.pk).update(career_stage="none")
    make_snapshot(mercy.mara, stage=first)
    make_snapshot(mercy.ada, stage=first)
    paula = sign_in(mercy.paula)
    listed = paula.get(reverse("readiness:members", args=[mercy.slug])).context["rows"]
    places = {row.snapshot.person_id: row.stage for row in listed}
    assert places == {mercy.mara.pk: "", mercy.ada.pk: "Resident"}
    assert "Resident, as the first: Mara is in no career stage" in page(
        paula, "readiness:score", mercy, mercy.mara.pk, QUARTER
    )


def test_closed_coaching_accounts_for_those_below_the_line(mercy: World, sign_in: SignIn) -> None:
    waiting, done = members(mercy, 2)
    with tenant_scope(mercy.organization.pk):
        make_task(Snapshot.objects.get(person=waiting))
        make_task(
            Snapshot.objects.get(person=done),
            state=CoachingState.CLOSED,
            closed_on=dt.date(2026, 10, 30),
            close_reason=CloseReason.SESSION_HELD,
        )
    paula = sign_in(mercy.paula)
    assert shown_to(paula, mercy)["summary"].flagged == 2
    queue = shown_to(paula, mercy, QUEUE)
    assert ([task.person for task in queue["queue"]], queue["closed"]) == ([waiting], 1)
    assert "Coaching for Q3 2026 is closed for 1." in page(paula, QUEUE, mercy)


def test_the_dashboard_leads_to_an_empty_queue_that_says_so(mercy: World, sign_in: SignIn) -> None:
    make_snapshot(mercy.ada)
    paula = sign_in(mercy.paula)
    assert reverse(QUEUE, args=[mercy.slug]) in page(paula, "readiness:cohorts", mercy)
    assert "Nobody waits for a conversation." in page(paula, QUEUE, mercy)
    assert reverse(QUEUE, args=[mercy.slug]) not in page(sign_in(mercy.eli), "readiness:cohorts", mercy)


def test_a_director_of_a_cohort_sees_that_cohort_only(mercy: World, sign_in: SignIn) -> None:
    make_snapshot(mercy.ada, 88.0)
    other = make_cohort(mercy.programme, "Cohort 2025")
    outsider = make_person(mercy.organization, "Outsider", mercy.unit)
    make_cohort_membership(other, outsider)
    make_snapshot(outsider, 50.0)
    paula = sign_in(mercy.paula)
    assert "Outsider" in page(paula, "readiness:members", mercy)
    with tenant_scope(mercy.organization.pk):
        RoleGrant.objects.filter(person=mercy.paula).delete()
    make_grant(mercy.paula, "programme_director", mercy.cohort)  # type: ignore[arg-type]
    limited = page(paula, "readiness:members", mercy)
    assert "Ada Mercy" in limited
    assert "Outsider" not in limited


def test_an_executive_who_directs_one_cohort_sees_names_of_that_cohort_only(
    mercy: World, sign_in: SignIn
) -> None:
    make_snapshot(mercy.ada, 88.0)
    other = make_cohort(mercy.programme, "Cohort 2025")
    for number in range(6):
        outsider = make_person(mercy.organization, f"Outsider{number}", mercy.unit)
        make_cohort_membership(other, outsider)
        make_snapshot(outsider, 50.0)
    make_grant(mercy.eli, "programme_director", mercy.cohort)  # type: ignore[arg-type]
    eli = sign_in(mercy.eli)
    for name in ("readiness:members", "readiness:cohorts_csv"):
        shown = page(eli, name, mercy)
        assert "Ada Mercy" in shown
        assert "Outsider" not in shown
    assert "Cohort 2025" not in page(eli, "readiness:cohorts", mercy)


def test_the_file_equals_the_screen_and_runs_no_formula(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 2)
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(given_name="Member1").update(given_name="=cmd()")
    paula = sign_in(mercy.paula)
    answer = paula.get(reverse("readiness:cohorts_csv", args=[mercy.slug]), {"specialty": "Surgery"})
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["Name", "'=cmd() Smith", "Member0 Smith"]
    assert rows[1][4:10] == ["60.0"] * 6
    assert answer["Content-Disposition"] == f'attachment; filename="readiness-{QUARTER}.csv"'


def test_an_executives_file_holds_sums(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 5)
    answer = sign_in(mercy.eli).get(reverse("readiness:cohorts_csv", args=[mercy.slug]))
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert rows[1] == ["Leadership Readiness Score", "60.0", "5", "60.0", "60.0"]
    assert "Member" not in answer.content.decode()


@pytest.mark.parametrize("name", ["readiness:cohorts", COURSE, "readiness:members"])
def test_the_dashboard_asks_as_much_for_one_as_for_three(mercy: World, sign_in: SignIn, name: str) -> None:
    url = reverse(name, args=[mercy.slug])
    paula = sign_in(mercy.paula)
    make_task(make_snapshot(mercy.ada))
    one = queries_of(paula, url)
    for person in members(mercy, 2):
        with tenant_scope(mercy.organization.pk):
            make_task(Snapshot.objects.get(person=person))
    assert queries_of(paula, url) == one
    assert one <= 13


def test_the_coaching_queue_and_a_score_by_api_ask_as_much_for_one_as_for_three(
    mercy: World, sign_in: SignIn
) -> None:
    ada, paula = sign_in(mercy.ada), sign_in(mercy.paula)
    queue, mine = reverse("readiness:coaching", args=[mercy.slug]), f"/api/v1/o/{mercy.slug}/me/readiness"
    make_task(make_snapshot(mercy.ada))
    one = (queries_of(paula, queue), queries_of(ada, mine))
    for person, quarter in zip(members(mercy, 2), ("2026Q1", "2026Q2"), strict=True):
        make_snapshot(mercy.ada, quarter=quarter)
        with tenant_scope(mercy.organization.pk):
            make_task(Snapshot.objects.get(person=person))
    assert len(ada.get(mine).json()["scores"]) == 3
    assert (queries_of(paula, queue), queries_of(ada, mine)) == one


def test_coaching_is_assigned_done_and_closed(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada))
    paula, mara = sign_in(mercy.paula), sign_in(mercy.mara)
    url = reverse("readiness:assign", args=[mercy.slug, task.pk])
    assert mara.post(url).status_code == 404
    assert "Nobody here" in paula.post(url, {"owner": "x@y.example", "due_on": SOON}).content.decode()
    paula.post(url, {"owner": mercy.mara.email, "due_on": SOON})
    paula.post(url, {"owner": mercy.mara.email, "due_on": LATER})
    assert "Coach Ada Mercy" in page(mara, "today", mercy)
    with tenant_scope(mercy.organization.pk):
        assert told() == [({mercy.mara.pk}, "Paula Mercy asks you to coach Ada Mercy.")]
    close = reverse("readiness:close", args=[mercy.slug, task.pk])
    unexplained = mara.post(close, {"reason": "not_needed"})
    assert unexplained.status_code == 422
    mara.post(close, {"reason": "session_held", "note": "Good talk."})
    with tenant_scope(mercy.organization.pk):
        closed = CoachingTask.objects.get()
    assert (closed.state, closed.closed_by_id) == (CoachingState.CLOSED, mercy.mara.pk)


def test_a_task_past_its_date_is_overdue_wherever_it_is_listed(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada), due_on=dt.date(2026, 10, 16))
    paula = sign_in(mercy.paula)
    for name, arguments in (
        ("readiness:coaching", ()),
        ("readiness:task", (task.pk,)),
        ("readiness:cohorts_queue", ()),
    ):
        assert "overdue" in page(paula, name, mercy, *arguments)
    with tenant_scope(mercy.organization.pk):
        CoachingTask.objects.update(due_on=timezone.localdate())
    assert "overdue" not in page(paula, "readiness:coaching", mercy)


def test_an_overdue_task_is_not_assigned_until_a_day_past(mercy: World, sign_in: SignIn) -> None:
    today = timezone.localdate()
    task = make_task(make_snapshot(mercy.ada), due_on=dt.date(2026, 11, 12))
    paula = sign_in(mercy.paula)
    form = paula.get(reverse("readiness:task", args=[mercy.slug, task.pk])).context["assign_form"]
    assert form["due_on"].value() == max(dt.date(2026, 11, 12), today + dt.timedelta(days=14))
    url = reverse("readiness:assign", args=[mercy.slug, task.pk])
    yesterday = {"owner": mercy.mara.email, "due_on": today - dt.timedelta(days=1)}
    assert paula.post(url, yesterday).context["assign_form"].errors == {"due_on": ["This day is past."]}
    assert paula.post(url, {**yesterday, "due_on": today}).status_code == 302


def test_likely_coaches_are_offered_the_leader_first(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada))
    stranger = make_person(mercy.organization, "Quinn", mercy.unit)
    make_grant(stranger, Role.PROGRAMME_DIRECTOR, cohort=make_cohort(mercy.programme, name="Another"))
    paula, url = sign_in(mercy.paula), reverse("readiness:task", args=[mercy.slug, task.pk])
    offered = [coach.pk for coach in paula.get(url).context["coaches"]]
    assert offered == [mercy.mara.pk, mercy.eli.pk, mercy.paula.pk]
    assert f'<option value="{mercy.mara.email}">Mara Mercy</option>' in paula.get(url).content.decode()


def test_nobody_coaches_themselves(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada))
    url = reverse("readiness:assign", args=[mercy.slug, task.pk])
    answer = sign_in(mercy.paula).post(url, {"owner": mercy.ada.email, "due_on": SOON})
    assert answer.status_code == 422
    assert "coaches themselves" in answer.content.decode()


def test_whoever_is_here_until_a_day_to_come_coaches_whatever_the_case_of_the_address(
    mercy: World, sign_in: SignIn
) -> None:
    task = make_task(make_snapshot(mercy.ada))
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(pk=mercy.mara.pk).update(end_date=timezone.localdate())
    url = reverse("readiness:assign", args=[mercy.slug, task.pk])
    answer = sign_in(mercy.paula).post(url, {"owner": mercy.mara.email.title(), "due_on": SOON})
    assert answer.status_code == 302
    with tenant_scope(mercy.organization.pk):
        assert CoachingTask.objects.get().owner_id == mercy.mara.pk


def test_nobody_who_left_coaches(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    task, today = make_task(make_snapshot(mercy.ada)), timezone.localdate()
    mercy.mara.end_date = today - dt.timedelta(days=1)
    mercy.mara.save(update_fields=["end_date"])
    url = reverse("readiness:assign", args=[mercy.slug, task.pk])
    answer = sign_in(mercy.paula).post(url, {"owner": mercy.mara.email, "due_on": SOON})
    assert "Nobody here has this address" in answer.content.decode()
    director = member_for(mercy.paula.pk, on=today)
    assert director is not None
    with pytest.raises(ValidationError, match="no longer works here"):
        assign_coaching(task, owner=mercy.mara, due_on=today, subject=Subject(mercy.ada.pk), by=director)


def test_a_quarter_is_scored_again_on_request(mercy: World, sign_in: SignIn) -> None:
    paula = sign_in(mercy.paula)
    answer = paula.post(reverse("readiness:recalculate", args=[mercy.slug]), {"quarter": QUARTER})
    assert "waiting" in paula.get(answer["Location"]).content.decode()
    work_all_steps(mercy.organization.pk)
    progress = paula.get(answer["Location"] + "progress/")
    assert progress.status_code == 286
    assert "1 scores written" in progress.content.decode()


def test_the_score_by_api_can_be_computed_again(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    for title in ("Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget"):
        make_stamp(mercy.ada, find_milestone(mercy.organization, title), mercy.mara)
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    body = sign_in(mercy.ada).get(f"/api/v1/o/{mercy.slug}/me/readiness").json()
    (score,) = body["scores"]
    assert (score["quarter"], score["total"], score["stage"]) == (QUARTER, 100.0, "resident")
    assert sum(each["contribution"] for each in score["dimensions"]) == pytest.approx(100.0)
    passport = sign_in(mercy.mara).get(f"/api/v1/o/{mercy.slug}/people/{mercy.ada.pk}/passport").json()
    assert len(passport["stamps"]) == 3
    assert "statement" not in passport["stamps"][0]


@pytest.mark.parametrize(
    ("name", "shown"), [("ada", True), ("mara", True), ("henry", True), ("paula", False)]
)
def test_a_survey_result_in_a_score_is_for_whoever_may_see_the_report(
    mercy: World, sign_in: SignIn, name: str, shown: bool
) -> None:
    make_presets(mercy.organization)
    index = make_index(mercy.ada, 83.0, n=17)
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    reader = sign_in(getattr(mercy, name))
    score = page(reader, "readiness:score", mercy, mercy.ada.pk, QUARTER)
    assert ("83.0 % of range from 17" in score) is shown
    assert (index.wave.title in score) is shown
    assert ("counted, not shown to you" in score) is not shown
    body = reader.get(f"/api/v1/o/{mercy.slug}/people/{mercy.ada.pk}/readiness").json()
    (line,) = (
        source
        for dimension in body["scores"][0]["dimensions"]
        for source in dimension["sources"]
        if source["kind"] == "leader_index"
    )
    assert (line["points"] is not None, line["contribution"] is not None) == (shown, shown)
    assert line["withheld"] is not shown


def test_due_items_for_the_director(mercy: World, sign_in: SignIn) -> None:
    make_task(make_snapshot(mercy.ada), due_on=dt.date(2026, 11, 12))
    assert "Assign a coach" in page(sign_in(mercy.paula), "today", mercy)
    assert "Assign a coach" not in page(sign_in(mercy.colin), "today", mercy)


def test_the_workbook_has_the_rows_of_the_csv_file(mercy: World, sign_in: SignIn) -> None:
    members(mercy, 6)
    for name in ("paula", "eli"):
        client = sign_in(mercy.people[name])
        text = page(client, "readiness:cohorts_csv", mercy).removeprefix("\ufeff")
        answer = client.get(reverse("readiness:cohorts_xlsx", args=[mercy.slug]))
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        in_book = [["" if cell is None else cell for cell in row] for row in sheet.values]
        in_file = list(csv.reader(io.StringIO(text)))
        assert [row[:1] for row in in_book] == [row[:1] for row in in_file]
        assert len(in_file) == 7
