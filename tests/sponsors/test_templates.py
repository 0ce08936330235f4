"""Templates to begin a plan with: a start, never the result."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import Outcome
from sponsors.models import Action, Goal, RegimenVersion
from sponsors.plan.cautions import Caution, cautions_of
from sponsors.plan.items import Plan
from sponsors.queries.regimens import next_plan_of
from sponsors.regimen_templates import TEMPLATES, Template, template_behind
from sponsors.services.regimens import change_goal, publish_regimen
from sponsors.services.templates import begin_with_template
from tenancy.scope import Scope
from tests.factories.sponsors import make_goal, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.rest import api, get, path, post, problem
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def sponsored(mercy: World) -> World:
    """Eli sponsors Ada, Mara leads her."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    return mercy


def begun(world: World, template: Template = TEMPLATES[0]) -> Plan:
    begin_with_template(world.ada, template, by=member_of(world.eli))
    return next_plan_of(world.ada.pk)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_template_is_a_good_start(sponsored: World, in_mercy: Scope, template: Template) -> None:
    plan = begun(sponsored, template)
    assert len(plan.actions) == sum(len(goal.actions) for goal in template.goals)
    assert cautions_of(plan, on=timezone.localdate()) == [Caution.NOBODYS]
    assert template_behind(plan) is template


def test_dates_and_owners_alone_are_no_adaptation(sponsored: World, in_mercy: Scope) -> None:
    plan = begun(sponsored)
    first, *others = plan.actions
    later = replace(first, due_on=timezone.localdate(), owner=str(sponsored.ada.pk))
    assert template_behind(Plan(plan.goals, (later, *others))) is TEMPLATES[0]
    for changed in ({"need": "Her own need"}, {"hours": Decimal(3)}, {"evidence": "A letter"}):
        assert template_behind(Plan(plan.goals, (replace(first, **changed), *others))) is None
    assert template_behind(Plan(plan.goals, tuple(others))) is None
    assert template_behind(Plan()) is None


def test_it_is_published_when_it_is_adapted(sponsored: World, in_mercy: Scope) -> None:
    begun(sponsored)
    eli = member_of(sponsored.eli)
    with pytest.raises(ValidationError, match="a template is a start, not a plan"):
        publish_regimen(sponsored.ada, reason="To begin.", after=0, by=eli)
    goal = Goal.objects.order_by("made_at")[0]
    change_goal(goal, "Know the ward", Outcome.ALIGN, revision=1, reason="It is hers.", by=eli)
    publish_regimen(sponsored.ada, reason="To begin.", after=0, by=eli)
    assert RegimenVersion.objects.count() == 1


def test_a_plan_is_begun_once(sponsored: World, in_mercy: Scope) -> None:
    make_goal(sponsored.ada)
    with pytest.raises(ValidationError, match="There is a plan already"):
        begun(sponsored)
    assert not Action.objects.exists()


def test_on_the_page(sponsored: World, sign_in: SignIn) -> None:
    eli, address = sign_in(sponsored.eli), [sponsored.slug, sponsored.ada.pk]
    page = eli.get(reverse("sponsors:regimen", args=address)).content.decode()
    assert reverse("sponsors:templates", args=address) in page
    shown = eli.get(reverse("sponsors:templates", args=address)).content.decode()
    assert all(template.name in shown for template in TEMPLATES)
    for key, said in (("first-service", "That is a start."), ("first-service", "There is a plan already.")):
        url = reverse("sponsors:template_begin", args=[*address, key])
        assert said in eli.post(url, follow=True).content.decode()
    assert eli.post(reverse("sponsors:template_begin", args=[*address, "none"])).status_code == 404
    refused = eli.post(reverse("sponsors:regimen_publish", args=address), {"reason": "Now.", "after": "0"})
    assert refused.status_code == 422
    assert re.search("a template is a start, not a plan", refused.content.decode())


def test_by_api(sponsored: World, in_mercy: Scope) -> None:
    known = get(api(sponsored, sponsored.ada), path(sponsored, "clinic/regimen-templates"))
    assert [each["key"] for each in known] == [template.key for template in TEMPLATES]
    url = path(sponsored, "clinic/leaders", sponsored.ada.pk, "regimen/templates", known[0]["key"], "begin")
    problem(post(api(sponsored, sponsored.ada), url), 403)
    made = post(api(sponsored, sponsored.mara), url)
    assert (made.status_code, len(made.json())) == (201, len(TEMPLATES[0].goals))
    problem(post(api(sponsored, sponsored.mara), url), 409)
    problem(post(api(sponsored, sponsored.mara), url.replace(known[0]["key"], "none")), 404)
