"""What the Today page asks of mentors and mentees before the next matching."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from tenancy.scope import tenant_scope
from tests.due import due_items
from tests.factories.mentoring import make_interest, make_profile, make_tag, make_weekly_hours
from tests.members import member_of
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def asked_of(person: Person) -> list[str]:
    with tenant_scope(person.organization_id):
        due = due_items("mentoring", member_of(person), "mercy", timezone.localdate())
        return [item.title for item in due if not item.due]


def test_members_of_a_cohort_are_asked_for_interests_until_they_have_one(mercy: World) -> None:
    assert asked_of(mercy.ada) == ["Say what you would like a mentor for"]
    assert asked_of(mercy.colin) == []  # in no cohort
    make_interest(mercy.ada, make_tag(mercy.organization, retired_on=timezone.localdate()))
    assert asked_of(mercy.ada) != []  # a retired tag says nothing any more
    make_interest(mercy.ada, make_tag(mercy.organization))
    assert asked_of(mercy.ada) == []


def test_mentors_are_asked_for_hours_and_told_of_a_calendar_that_fails(mercy: World) -> None:
    mentor = make_profile(mercy.mara)
    assert asked_of(mercy.mara) == ["Say when you can be met"]
    make_weekly_hours(mentor)
    assert asked_of(mercy.mara) == []
    make_profile(mercy.eli, problem="The address leads to a private network.")
    assert asked_of(mercy.eli) == ["Your calendar could not be read", "Say when you can be met"]
    make_profile(mercy.colin, offering=False, problem="The address leads to a private network.")
    assert asked_of(mercy.colin) == []


def test_the_today_page_leads_there(mercy: World, sign_in: SignIn) -> None:
    make_profile(mercy.mara)
    for person, name in ((mercy.ada, "mentoring:interests"), (mercy.mara, "mentoring:hours")):
        page = sign_in(person).get(reverse("today", args=[mercy.slug])).content.decode()
        assert reverse(name, args=[mercy.slug]) in page


def test_the_page_of_mentoring_leads_to_profile_interests_and_mentors(mercy: World, sign_in: SignIn) -> None:
    page = sign_in(mercy.colin).get(reverse("mentoring:mine", args=[mercy.slug])).content.decode()
    for name in ("interests", "profile", "mentors"):
        assert reverse(f"mentoring:{name}", args=[mercy.slug]) in page
