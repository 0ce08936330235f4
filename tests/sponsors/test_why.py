"""Why this action: a diagnosis that it answers, as far as its reader may read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import ActionKind, Domain
from sponsors.models import Action, Diagnosis, Goal
from sponsors.services.regimens import Step, add_action, change_action
from tenancy.scope import Scope, tenant_transaction
from tests.factories.conferences import make_conference, make_diagnosis
from tests.factories.sponsors import make_action, make_goal, make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def goal(mercy: World) -> Goal:
    """Of Ada's: Eli sponsors her, Colin looks after finance and Olga after coaching."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain=Domain.COACHING)
    return make_goal(mercy.ada)


@pytest.fixture
def coaching(mercy: World, goal: Goal) -> Diagnosis:
    """Which Colin may not read."""
    conference = make_conference(mercy.ada, mercy.colin, mercy.olga, by=mercy.eli)
    return make_diagnosis(conference, by=mercy.olga, domain=Domain.COACHING, words="Falls silent")


def step(goal: Goal, **fields: Any) -> Step:
    values = {
        "title": "Chair a meeting",
        "kind": ActionKind.EXPERIENCE,
        "need": "To be heard",
        "start_on": TODAY,
        "due_on": TODAY,
        "domain": Domain.FINANCE,
        **fields,
    }
    return Step(goal_id=goal.pk, **values)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


def typed(goal: Goal, **fields: Any) -> dict[str, Any]:
    day = TODAY.isoformat()
    words = {"title": "Chair a meeting", "kind": "experience", "need": "To be heard", "reason": "It is time."}
    return {
        "goal": goal.pk,
        "hours": "8",
        "start_on": day,
        "due_on": day,
        "domain": "finance",
        **words,
        **fields,
    }


def test_an_action_answers_a_diagnosis_that_its_author_reads(
    mercy: World, in_mercy: Scope, goal: Goal, coaching: Diagnosis
) -> None:
    wanted = step(goal, diagnosis_id=coaching.pk)
    with pytest.raises(ValidationError, match="Choose one of the leader"):
        add_action(mercy.ada, wanted, reason="Needed.", by=member_of(mercy.colin))
    made = add_action(mercy.ada, wanted, reason="Needed.", by=member_of(mercy.eli))
    assert made.diagnosis_id == coaching.pk


def test_another_leaders_diagnosis_is_refused(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    other = make_diagnosis(make_conference(mercy.mara, by=mercy.eli), by=mercy.eli)
    with pytest.raises(ValidationError, match="Choose one of the leader"):
        add_action(mercy.ada, step(goal, diagnosis_id=other.pk), reason="Oops.", by=member_of(mercy.eli))


def test_a_specialist_keeps_what_somebody_else_chose(
    mercy: World, in_mercy: Scope, goal: Goal, coaching: Diagnosis
) -> None:
    action = make_action(goal, domain=Domain.FINANCE, diagnosis=coaching)
    wanted = step(goal, title="Chair two", diagnosis_id=coaching.pk)
    after = change_action(action, wanted, revision=1, reason="More.", by=member_of(mercy.colin))
    assert (after.title, after.diagnosis_id) == ("Chair two", coaching.pk)


def test_the_plan_says_why_and_links_back(
    mercy: World, sign_in: SignIn, goal: Goal, coaching: Diagnosis
) -> None:
    eli = sign_in(mercy.eli)
    assert "Coaching: Falls silent" in eli.get(address(mercy, "action_new")).content.decode()
    eli.post(address(mercy, "action_new"), typed(goal, diagnosis=coaching.pk))
    there = f"{address(mercy, 'conference', coaching.conference_id)}#{coaching.pk}"
    for who, reads in (("ada", True), ("eli", True), ("mara", True), ("colin", False)):
        page = sign_in(mercy.people[who]).get(address(mercy, "regimen")).content.decode()
        assert "Chair a meeting" in page
        assert (there in page, "Falls silent" in page) == (reads, reads), who


def test_the_form_of_a_specialist_tells_nothing_of_another_domain(
    mercy: World, sign_in: SignIn, goal: Goal, coaching: Diagnosis
) -> None:
    action = make_action(goal, domain=Domain.FINANCE, diagnosis=coaching)
    colin, page = sign_in(mercy.colin), address(mercy, "action_edit", action.pk)
    form = colin.get(page).content.decode()
    assert ("One of another domain" in form, "Falls silent" in form) == (True, False)
    colin.post(page, typed(goal, title="Chair two", diagnosis=coaching.pk, revision="1"))
    with tenant_transaction(mercy.organization.pk):
        assert Action.objects.get().diagnosis_id == coaching.pk


def test_the_difference_of_versions_names_it(
    mercy: World, sign_in: SignIn, goal: Goal, coaching: Diagnosis
) -> None:
    make_action(goal, domain=Domain.FINANCE)
    eli = sign_in(mercy.eli)
    eli.post(address(mercy, "regimen_publish"), {"reason": "First.", "after": "0"})
    with tenant_transaction(mercy.organization.pk):
        Action.objects.update(diagnosis=coaching)
    for who, words in (("ada", "Coaching: Falls silent"), ("colin", "of another domain")):
        page = sign_in(mercy.people[who]).get(address(mercy, "regimen")).content.decode()
        assert f"<ins>{words}</ins>" in page
