"""Changing the rule of the score: refused where it makes no sense, previewed, in force from a quarter on."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from readiness.models import Snapshot, WeightSet
from readiness.models.weights import SHARES
from readiness.queries import weights_in_force
from readiness.rule_services import coming_quarters, install_weights
from readiness.services import score_quarter
from surveys.enums import Dimension
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import find_milestone, make_presets, make_stamp
from tests.factories.people import make_cohort_membership, make_person
from tests.factories.readiness import QUARTER, make_snapshot
from tests.world import World

SignIn = Callable[[Person], Client]
NOW, NEXT, *_LATER = coming_quarters(timezone.localdate())
EDIT = "readiness:weights_edit"


def wanted(**changes: object) -> dict[str, object]:
    """The rule as the form sends it: strategy first, and no pods."""
    numbers: dict[str, object] = dict(zip(Dimension.values, (30, 10, 20, 20, 20), strict=True))
    for dimension, shares in itertools.product(Dimension, SHARES):
        numbers[f"{dimension}_{shares}"] = {"confidence_shares": 20, "milestone_shares": 80}.get(shares, 0)
    return {
        **numbers,
        "flag_below": 65,
        "minimum_known": 4,
        "effective_quarter": NOW,
        "reason": "Strategy first",
        **changes,
    }


def send(client: Client, world: World, act: str = "schedule", **changes: object) -> tuple[int, str]:
    answer = client.post(reverse(EDIT, args=[world.slug]), {**wanted(**changes), "act": act})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"strategic_insight": 31}, "mentorship_engagement", "sum to 101 %"),
        ({"strategic_insight": 130}, "strategic_insight", "less than or equal to 96"),
        ({"team_leadership_pod_shares": 5}, "team_leadership_index_shares", "sums to 105 %"),
        ({"team_leadership_pod_shares": 101}, "team_leadership_pod_shares", "less than or equal to 100"),
        ({"financial_acumen_pod_shares": -5}, "financial_acumen_pod_shares", "greater than or equal to 0"),
        (
            {"strategic_insight_confidence_shares": 31, "strategic_insight_milestone_shares": 69},
            "strategic_insight_confidence_shares",
            "less than or equal to 30",
        ),
        ({"reason": ""}, "reason", "required"),
        ({"effective_quarter": "2020Q1"}, "effective_quarter", "Select a valid choice"),
    ],
)
def test_a_rule_that_does_not_add_up_says_why_at_its_place(
    mercy: World, sign_in: SignIn, change: dict[str, object], field: str, message: str
) -> None:
    henry = sign_in(mercy.henry)
    for act in ("schedule", "preview"):
        status, shown = send(henry, mercy, act, **change)
        assert status == 422
        errors = shown.split(f'id="id_{field}_error"')[1].split("</ul>")[0]
        assert message in errors
    with tenant_scope(mercy.organization.pk):
        assert not WeightSet.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"pod_shares": [21, 20, 10, 20, 20]},
        {"confidence_shares": [31, 30, 30, 30, 30], "pod_shares": [19, 20, 10, 20, 20]},
        {"pod_shares": [-10, 20, 10, 20, 20], "milestone_shares": [70, 40, 15, 40, 40]},
        {"pod_shares": [20, 20, 10, 20]},
        {"effective_quarter": "soon"},
        {"strategic_insight": 21},
    ],
)
def test_the_database_refuses_a_rule_that_does_not_add_up(
    mercy: World, in_mercy: Scope, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match="readiness_weightset"), transaction.atomic():
        WeightSet.objects.create(version=1, reason="No", **change)
    assert WeightSet.objects.create(version=1, reason="Yes").pod_shares == [20, 20, 10, 20, 20]


def test_a_new_rule_says_who_why_and_from_when(mercy: World, sign_in: SignIn) -> None:
    henry = sign_in(mercy.henry)
    assert send(henry, mercy)[0] == 302
    assert send(henry, mercy, effective_quarter=NEXT, reason="Later")[0] == 302
    shown = sign_in(mercy.colin).get(reverse("readiness:weights", args=[mercy.slug])).content.decode()
    assert "Version 2 is in force" in shown
    assert "Henry Mercy" in shown
    assert "Strategy first" in shown
    assert f"Version 3, from {NEXT[4:]} {NEXT[:4]}" in shown


def test_of_what_is_to_come_the_newest_of_each_quarter_is_shown(mercy: World, sign_in: SignIn) -> None:
    henry = sign_in(mercy.henry)
    for reason in ("First thought", "Second thought"):
        assert send(henry, mercy, effective_quarter=NEXT, reason=reason)[0] == 302
    shown = henry.get(reverse("readiness:weights", args=[mercy.slug])).content.decode()
    assert "Version 1 is in force" in shown
    assert "Version 3, from" in shown
    assert "Version 2, from" not in shown
    assert "First thought" in shown  # in the history it stays


def test_a_quarter_that_is_scored_takes_no_other_rule(mercy: World, sign_in: SignIn) -> None:
    make_snapshot(mercy.ada, quarter=NOW)
    status, shown = send(sign_in(mercy.henry), mercy)
    assert status == 422
    assert "is scored already and keeps its rule" in shown
    assert send(sign_in(mercy.henry), mercy, effective_quarter=NEXT)[0] == 302


def test_versions_count_from_their_quarter_and_the_newest_of_a_quarter_wins(
    mercy: World, in_mercy: Scope
) -> None:
    install_weights()
    for version, quarter in ((2, "2027Q2"), (3, "2027Q1"), (4, "2027Q2")):
        WeightSet.objects.create(version=version, effective_quarter=quarter, reason="Tried")
    make_presets(mercy.organization)
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Strategic-thinking pod"), mercy.mara)
    expected = {"2026Q4": 1, "2027Q1": 3, "2027Q2": 4, "2027Q3": 4}
    for quarter, version in expected.items():
        score_quarter(quarter)
        assert Snapshot.objects.select_related("weights").get(quarter=quarter).weights.version == version
        rule = weights_in_force(quarter)
        assert rule is not None
        assert rule.version == version


def test_a_scored_quarter_keeps_its_recipe_when_it_is_scored_again(mercy: World, in_mercy: Scope) -> None:
    make_presets(mercy.organization)
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Strategic-thinking pod"), mercy.mara)
    score_quarter(QUARTER)
    first = Snapshot.objects.get()
    WeightSet.objects.create(
        version=2, reason="Pods alone", milestone_shares=[0, 40, 15, 40, 40], pod_shares=[60, 20, 10, 20, 20]
    )
    assert score_quarter(QUARTER).snapshots == 0
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Shadow a chair meeting"), mercy.mara)
    assert score_quarter(QUARTER).snapshots == 1
    assert {each.weights_id for each in Snapshot.objects.all()} == {first.weights_id}
    score_quarter("2026Q4")
    later = Snapshot.objects.get(quarter="2026Q4")
    assert later.weights_id != first.weights_id
    assert (first.strategic_insight, later.strategic_insight) == (100.0, None)


def scored(world: World, totals: list[float]) -> None:
    """People of the cohort, with a score each in which all dimensions are alike."""
    for number, total in enumerate(totals):
        person = make_person(world.organization, f"Scored{number}", world.unit)
        make_cohort_membership(world.cohort, person)
        make_snapshot(person, total)


def test_a_preview_counts_who_changes_and_writes_nothing(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, [66.0] * 6 + [90.0] * 7)
    status, shown = send(sign_in(mercy.henry), mercy, "preview")
    assert status == 200
    text = " ".join(shown.split())
    assert "6 of 13 people would be in another state." in text
    assert 'Below the line</th> <td>On track</td> <td class="num">6</td>' in text
    with tenant_scope(mercy.organization.pk):
        assert not WeightSet.objects.filter(version=2).exists()


def test_a_preview_tells_of_no_few(mercy: World, sign_in: SignIn) -> None:
    henry = sign_in(mercy.henry)
    scored(mercy, [66.0] * 3 + [90.0] * 7)
    _status, shown = send(henry, mercy, "preview")
    assert "fewer than 5, or withheld" in shown
    assert "people would be in another state" not in shown
    assert "3</td>" not in shown


def test_a_preview_of_four_people_is_none(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, [66.0] * 4)
    assert "Fewer than five people have a score" in send(sign_in(mercy.henry), mercy, "preview")[1]


def test_a_preview_without_scores_says_so(mercy: World, sign_in: SignIn) -> None:
    assert "No quarter is scored." in send(sign_in(mercy.henry), mercy, "preview")[1]


def test_only_who_sets_the_rule_previews_it(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, [66.0] * 6)
    assert send(sign_in(mercy.mara), mercy, "preview")[0] == 403
    assert send(sign_in(mercy.eli), mercy, "preview")[0] == 403
