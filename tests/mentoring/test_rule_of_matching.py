"""The rule of matching: each change is a version, and the weights fit together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import MatchWeights
from mentoring.queries.rule import rule_in_force
from mentoring.services.rule import Rule, change_rule, rule_of
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_weights
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
PRESET = Rule(
    interest=50,
    availability=30,
    past_success=20,
    bar=80,
    stickiness=9,
    prior_weight=5,
    years_ahead=1,
    graded_availability=False,
    publishes_itself=False,
    remind_days=7,
    answer_days=14,
)


@pytest.fixture
def henry(mercy: World) -> Member:
    with tenant_scope(mercy.organization.pk):
        found = member_for(mercy.henry.pk, on=timezone.localdate())
    assert found is not None
    return found


def posted(version: int, **changes: object) -> dict[str, object]:
    values = {name: getattr(PRESET, name) for name in PRESET.__slots__}
    return {
        name: value for name, value in {**values, "version": version, **changes}.items() if value is not False
    }


@pytest.mark.usefixtures("in_mercy")
def test_a_change_is_the_next_version_with_its_author(henry: Member) -> None:
    assert rule_in_force().version == 1  # the playbook's, before any is stored
    assert rule_of(rule_in_force()) == PRESET
    changed = change_rule(replace(PRESET, interest=60, past_success=10, bar=85), after=1, by=henry)
    assert list(MatchWeights.objects.order_by("version").values_list("version", "set_by")) == [
        (1, None),
        (2, henry.person_id),
    ]
    assert rule_in_force() == changed
    assert (changed.interest, changed.availability, changed.past_success, changed.bar) == (
        0.6,
        0.3,
        0.1,
        0.85,
    )
    assert rule_of(changed) == replace(PRESET, interest=60, past_success=10, bar=85)


@pytest.mark.usefixtures("in_mercy")
def test_every_whole_split_is_what_the_table_takes(henry: Member) -> None:
    for version, interest in enumerate(range(101), 1):
        rest = 100 - interest
        wanted = replace(
            PRESET, interest=interest, availability=rest // 3, past_success=rest - rest // 3, stickiness=7
        )
        assert rule_of(change_rule(wanted, after=version, by=henry)) == wanted


@pytest.mark.usefixtures("in_mercy")
def test_weights_that_do_not_sum_to_one_are_refused_beside_the_field(henry: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        change_rule(replace(PRESET, interest=60), after=1, by=henry)
    assert refused.value.message_dict == {"past_success": ["The three weights sum to 110 %, not to 100 %."]}
    assert not MatchWeights.objects.filter(version=2).exists()


@pytest.mark.usefixtures("in_mercy")
def test_an_offer_lapses_after_the_reminder(henry: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        change_rule(replace(PRESET, remind_days=14), after=1, by=henry)
    assert list(refused.value.message_dict) == ["answer_days"]


@pytest.mark.usefixtures("in_mercy")
def test_who_changes_an_old_version_is_told_of_the_new_one(mercy: World, henry: Member) -> None:
    change_rule(replace(PRESET, bar=70), after=1, by=henry)
    with pytest.raises(ValidationError, match="Meanwhile Henry Mercy put version 2 in force"):
        change_rule(replace(PRESET, bar=75), after=1, by=henry)
    with pytest.raises(ValidationError, match="in force already"):
        change_rule(replace(PRESET, bar=70), after=2, by=henry)


@pytest.mark.usefixtures("in_mercy")
def test_only_keepers_change_it(mercy: World) -> None:
    colin = member_for(mercy.colin.pk, on=timezone.localdate())
    assert colin is not None
    with pytest.raises(PermissionDenied):
        change_rule(replace(PRESET, bar=70), after=1, by=colin)


def test_the_page_tells_everybody_the_rule_and_its_history(mercy: World, sign_in: SignIn) -> None:
    url = reverse("mentoring:rule", args=[mercy.slug])
    assert "Version 1 is in force" in sign_in(mercy.colin).get(url).content.decode()
    make_weights(mercy.organization)
    make_weights(mercy.organization, interest=0.4, availability=0.4, set_by=mercy.henry)
    page = sign_in(mercy.colin).get(url).content.decode()
    assert "Version 2 is in force" in page
    assert "Henry Mercy" in page
    assert "40 %, 40 %, 20 %" in page
    assert "50 %, 30 %, 20 %" in page
    assert "rule/change" not in page
    assert "rule/change" in sign_in(mercy.henry).get(url).content.decode()


def test_the_page_costs_the_same_with_one_version_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.colin), reverse("mentoring:rule", args=[mercy.slug])
    make_weights(mercy.organization, set_by=mercy.henry)
    one = queries_of(client, url)
    for bar in (0.7, 0.6):
        make_weights(mercy.organization, bar=bar, set_by=mercy.paula)
    assert queries_of(client, url) == one


def test_the_form_puts_a_version_in_force(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.henry), reverse("mentoring:rule_edit", args=[mercy.slug])
    assert 'name="interest" value="50"' in client.get(url).content.decode()
    wrong = client.post(url, posted(1, interest=60))
    assert (wrong.status_code, "sum to 110 %" in wrong.content.decode()) == (422, True)
    right = client.post(url, posted(1, interest=60, availability=20, graded_availability="on"), follow=True)
    assert "Version 2 is in force." in right.content.decode()
    assert "half for one or two" in right.content.decode()
