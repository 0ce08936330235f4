"""Running through a pod: begin, move, finish, mark, and the stamp it earns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.cases import CaseError, MoveError
from passport.enums import PodState, StampState
from passport.models import Milestone, Pod, PodAttempt, PodMark, Stamp
from passport.permissions import Subject
from passport.pod_queries import attempts_to_mark
from passport.pod_services import (
    Earning,
    Mark,
    begin_attempt,
    finish_attempt,
    install_pods,
    mark_attempt,
    play_move,
    publish_pod,
    retire_pod,
    write_draft,
)
from passport.queries import holding_visible_to
from people.models import Person
from surveys.enums import Dimension
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.passport import find_milestone, make_presets
from tests.members import member_of
from tests.notices import told
from tests.passport.cases.test_budget import FILE as BUDGET
from tests.passport.cases.test_negotiation import FILE as NEGOTIATION
from tests.world import World

CASE = (Path(__file__).parent / "pod.yaml").read_text()
TODAY = timezone.localdate()
SignIn = Callable[[Person], Client]
BEFORE, AFTER = [1, 2, 3, 4, 5], [2, 3, 4, 5, 5]


@pytest.fixture
def milestone(mercy: World, in_mercy: Scope) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Strategic-thinking pod")


@pytest.fixture
def pod(mercy: World, milestone: Milestone) -> Pod:
    draft = write_draft(CASE, Earning(3, milestone), by=member_of(mercy.henry))
    return publish_pod(draft, by=member_of(mercy.henry))


def subject(world: World) -> Subject:
    holding = holding_visible_to(member_of(world.ada), world.ada.pk, on=TODAY)
    assert holding is not None
    return holding.subject


def finished(world: World, pod: Pod) -> PodAttempt:
    ada = member_of(world.ada)
    attempt = begin_attempt(pod, confidence=BEFORE, by=ada)
    for turn in range(2):
        play_move(attempt, {"choice": "a"}, turn=turn, by=ada)
    return finish_attempt(attempt, confidence=AFTER, subject=subject(world), by=ada)


def mark(world: World, attempt: PodAttempt, level: int) -> PodAttempt:
    marks = {"data": Mark(level, "Figures first.")}
    return mark_attempt(attempt, marks, subject=subject(world), by=member_of(world.mara))


def test_a_finished_pod_at_the_expected_level_stamps_its_milestone(mercy: World, pod: Pod) -> None:
    attempt = finished(mercy, pod)
    assert attempt.moves == [{"choice": "a"}, {"choice": "a"}]
    assert (attempt.confidence_before, attempt.confidence_after) == (BEFORE, AFTER)
    assert ({mercy.mara.pk}, "Ada Mercy finished the pod “Strategy”: please mark it.") in told()
    mark(mercy, attempt, 3)
    stamp = Stamp.objects.get()
    assert (stamp.person_id, stamp.state, stamp.verified_by_id) == (
        mercy.ada.pk,
        StampState.VERIFIED,
        mercy.mara.pk,
    )
    assert stamp.statement == "Skill pod: Strategy. Levels of 4: Data 3."
    assert PodMark.objects.get().words == "Figures first."


def test_below_the_expected_level_it_earns_nothing_and_can_be_done_again(mercy: World, pod: Pod) -> None:
    mark(mercy, finished(mercy, pod), 2)
    assert not Stamp.objects.exists()
    mark(mercy, finished(mercy, pod), 4)
    assert Stamp.objects.count() == 1
    assert PodAttempt.objects.count() == 2


def test_the_latest_attempt_counts(mercy: World, pod: Pod) -> None:
    first, second = finished(mercy, pod), finished(mercy, pod)
    assert list(attempts_to_mark(member_of(mercy.mara), on=TODAY)) == [second]
    mark(mercy, first, 4)
    assert not Stamp.objects.exists()
    mark(mercy, second, 3)
    assert Stamp.objects.count() == 1


def test_nobody_marks_their_own_attempt_or_one_of_a_stranger_or_twice(mercy: World, pod: Pod) -> None:
    attempt, marks = finished(mercy, pod), {"data": Mark(4, "Good.")}
    for person in (mercy.ada, mercy.colin):
        with pytest.raises(PermissionDenied):
            mark_attempt(attempt, marks, subject=subject(mercy), by=member_of(person))
    mark(mercy, attempt, 3)
    with pytest.raises(ValidationError, match="Meanwhile"):
        mark(mercy, attempt, 4)


@pytest.mark.parametrize(
    "marks", [{}, {"other": Mark(3, "Good.")}, {"data": Mark(5, "Good.")}, {"data": Mark(3, " ")}]
)
def test_every_criterion_gets_a_level_and_words(mercy: World, pod: Pod, marks: dict[str, Mark]) -> None:
    with pytest.raises(ValidationError):
        mark_attempt(finished(mercy, pod), marks, subject=subject(mercy), by=member_of(mercy.mara))
    assert not PodMark.objects.exists()


def test_a_move_is_the_persons_own_for_the_scene_shown_and_allowed(mercy: World, pod: Pod) -> None:
    ada = member_of(mercy.ada)
    attempt = begin_attempt(pod, confidence=BEFORE, by=ada)
    with pytest.raises(MoveError):
        play_move(attempt, {}, turn=0, by=ada)
    with pytest.raises(MoveError, match="8000"):
        play_move(attempt, {"choice": "a" * 8001}, turn=0, by=ada)
    with pytest.raises(ValidationError, match="another window"):
        play_move(attempt, {"choice": "a"}, turn=1, by=ada)
    with pytest.raises(PermissionDenied):
        play_move(attempt, {"choice": "a"}, turn=0, by=member_of(mercy.mara))
    attempt.refresh_from_db()
    assert attempt.moves == []
    with pytest.raises(ValidationError, match="not over"):
        finish_attempt(attempt, confidence=AFTER, subject=subject(mercy), by=ada)


def test_one_attempt_runs_at_a_time_also_across_versions(mercy: World, pod: Pod) -> None:
    ada, henry = member_of(mercy.ada), member_of(mercy.henry)
    begin_attempt(pod, confidence=BEFORE, by=ada)
    newer = publish_pod(write_draft(CASE, Earning(), by=henry), by=henry)
    pod.refresh_from_db()
    assert (pod.state, newer.version) == (PodState.RETIRED, 2)
    with pytest.raises(ValidationError, match="already"):
        begin_attempt(newer, confidence=BEFORE, by=ada)
    with pytest.raises(ValidationError, match="not in use"):
        begin_attempt(pod, confidence=BEFORE, by=member_of(mercy.mara))


@pytest.mark.parametrize("answers", [[], [1, 2, 3], [0, 1, 1, 1, 1], [1, 1, 1, 1, 6]])
def test_confidence_is_one_answer_of_five_for_each_dimension(
    mercy: World, pod: Pod, answers: list[int]
) -> None:
    with pytest.raises(ValidationError, match="five answers"):
        begin_attempt(pod, confidence=answers, by=member_of(mercy.ada))


def test_pods_are_kept_by_those_who_keep_milestones(mercy: World, pod: Pod) -> None:
    for act in (publish_pod, retire_pod):
        with pytest.raises(PermissionDenied):
            act(pod, by=member_of(mercy.mara))
    with pytest.raises(PermissionDenied):
        write_draft(CASE, Earning(), by=member_of(mercy.mara))
    with pytest.raises(CaseError):
        write_draft("{", Earning(), by=member_of(mercy.henry))
    retire_pod(pod, by=member_of(mercy.henry))
    with pytest.raises(ValidationError, match="published pod"):
        retire_pod(pod, by=member_of(mercy.henry))


def test_presets_are_installed_once(mercy: World, milestone: Milestone) -> None:
    for _again in range(2):
        install_pods([CASE], {"strategy": Earning(2, milestone)})
    pod = Pod.objects.get()
    assert (pod.preset, pod.expected_level, pod.milestone) == (True, 2, milestone)


def test_today_names_what_is_begun_and_what_is_to_be_marked(mercy: World, pod: Pod) -> None:
    ada, mara = member_of(mercy.ada), member_of(mercy.mara)
    begin_attempt(pod, confidence=BEFORE, by=ada)
    assert [item.title for item in due_items("passport", ada, mercy.slug, TODAY)] == ["Go on with Strategy"]
    assert due_items("passport", mara, mercy.slug, TODAY) == []
    running = PodAttempt.objects.get()
    for turn in range(2):
        play_move(running, {"choice": "a"}, turn=turn, by=ada)
    finish_attempt(running, confidence=AFTER, subject=subject(mercy), by=ada)
    assert due_items("passport", ada, mercy.slug, TODAY) == []
    assert [item.title for item in due_items("passport", mara, mercy.slug, TODAY)] == [
        "Mark the pod Strategy"
    ]


def test_a_resident_runs_a_pod_in_a_browser_and_a_facilitator_marks_it(
    mercy: World, pod: Pod, sign_in: SignIn
) -> None:
    ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
    url = reverse("passport:pod", args=[mercy.slug, pod.pk])
    assert "Before you begin" in ada.get(url).content.decode()
    assert ada.post(url, {"strategic_insight": "3"}).status_code == 422
    answers = dict.fromkeys(Dimension.values, "3")
    place = ada.post(url, answers)["Location"]
    assert 'name="turn" value="0"' in ada.get(place).content.decode()
    assert ada.post(f"{place}move/", {"turn": "0"}).status_code == 422
    for turn, came_of_it in enumerate(("They were sent.", "The path not taken")):
        assert ada.post(f"{place}move/", {"turn": str(turn), "choice": "a"}).status_code == 302
        assert came_of_it in ada.get(place).content.decode()
    assert "Asked for figures." in ada.get(place).content.decode()
    assert ada.post(f"{place}finish/", answers).status_code == 302
    assert mara.post(f"{place}mark/", {"level-data": "3"}).status_code == 422
    assert mara.post(f"{place}mark/", {"level-data": "3", "words-data": "Clear."}).status_code == 302
    assert "“Clear.”" in ada.get(place).content.decode()


def test_a_negotiation_is_played_in_a_browser(mercy: World, pod: Pod, sign_in: SignIn) -> None:
    henry, ada = member_of(mercy.henry), sign_in(mercy.ada)
    talk = publish_pod(write_draft(NEGOTIATION, Earning(3, None), by=henry), by=henry)
    answers = dict.fromkeys(Dimension.values, "3")
    place = ada.post(reverse("passport:pod", args=[mercy.slug, talk.pk]), answers)["Location"]
    page = ada.get(place).content.decode()
    assert "What you came with" in page
    assert "They offer" in page
    refused = ada.post(f"{place}move/", {"turn": "0", "choice": "offer", "issue.time": "ten"})
    assert refused.status_code == 422
    offer = {"turn": "0", "choice": "offer", "issue.time": "two", "issue.work": "some", "reason": "Rounds."}
    assert ada.post(f"{place}move/", offer).status_code == 302
    assert ada.post(f"{place}move/", {"turn": "1", "choice": "accept"}).status_code == 302
    page = ada.get(place).content.decode()
    assert "Agreed" in page
    assert "Packages that nothing betters for both" in page
    assert "Worth to you" in page


def test_a_budget_is_balanced_in_a_browser(mercy: World, pod: Pod, sign_in: SignIn) -> None:
    henry, ada = member_of(mercy.henry), sign_in(mercy.ada)
    sheet = publish_pod(write_draft(BUDGET, Earning(3, None), by=henry), by=henry)
    place = ada.post(
        reverse("passport:pod", args=[mercy.slug, sheet.pk]), dict.fromkeys(Dimension.values, "3")
    )["Location"]
    page = ada.get(place).content.decode()
    assert 'id="pod-sums"' in page
    assert 'data-bound="even"' in page
    plan = {"plan.fees": "1200", "plan.staff": "900", "plan.care": "200", "choice": "hand_in"}
    refused = ada.post(f"{place}move/", {**plan, "turn": "0", "plan.fees": "9000"})
    assert refused.status_code == 422
    assert 'value="9000"' in refused.content.decode()
    assert ada.post(f"{place}move/", {**plan, "turn": "0"}).status_code == 302
    why = {"turn": "1", "why.fees": "We ask 12 people for 200 more in April."}
    assert ada.post(f"{place}move/", why).status_code == 302
    assert "A bill" in ada.get(place).content.decode()
    later = {**plan, "plan.care": "220", "turn": "2"}
    assert ada.post(f"{place}move/", later).status_code == 302
    assert 'role="timer"' in ada.get(place).content.decode()
    summary = {"turn": "3", "summary": "We ask you to approve it.", "seconds_taken": "1"}
    PodAttempt.objects.update(moved_at=timezone.now() - dt.timedelta(minutes=4))
    assert ada.post(f"{place}move/", summary).status_code == 302
    page = ada.get(place).content.decode()
    assert "Written in 4:0" in page  # by our clock, whatever the form says
    assert "Fewer staff" in page


def test_a_milestone_leads_to_the_pod_that_earns_it(
    mercy: World, pod: Pod, milestone: Milestone, sign_in: SignIn
) -> None:
    page = reverse("passport:milestone", args=[mercy.slug, mercy.ada.pk, milestone.pk])
    link = f'href="{reverse("passport:pod", args=[mercy.slug, pod.pk])}"'
    assert link in sign_in(mercy.ada).get(page).content.decode()
    retire_pod(pod, by=member_of(mercy.henry))
    assert link not in sign_in(mercy.ada).get(page).content.decode()


def test_an_author_sees_problems_previews_saves_and_publishes(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    henry = sign_in(mercy.henry)
    url = reverse("passport:pod_new", args=[mercy.slug])
    refused = henry.post(url, {"content": "{", "expected_level": "3", "act": "save"})
    assert refused.status_code == 422
    assert "What has to be mended" in refused.content.decode()
    shown = henry.post(url, {"content": CASE, "expected_level": "3", "act": "check"})
    assert "Preview: Strategy" in shown.content.decode()
    henry.post(url, {"content": CASE, "expected_level": "3", "act": "save"})
    draft = Pod.objects.get()
    assert draft.state == PodState.DRAFT
    henry.post(reverse("passport:pod_publish", args=[mercy.slug, draft.pk]))
    page = henry.get(reverse("passport:pod_versions", args=[mercy.slug])).content.decode()
    assert "Published" in page
