"""Skill pods over the REST API."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from passport.enums import ReadOf
from passport.models import PassportRead, PodMark
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.passport import (
    DECIDED,
    make_attempt,
    make_capstone,
    make_pod,
    make_transfer_outcome,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def test_the_api_tells_attempts_with_levels_and_what_followed(mercy: World, sign_in: SignIn) -> None:
    pod = make_pod(mercy.organization)
    attempt = make_attempt(mercy.ada, pod, marked_by=mercy.mara, marked_at=DECIDED)
    with tenant_scope(mercy.organization.pk):
        PodMark.objects.create(attempt=attempt, criterion="data", level=3, words="Not for the API.")
    make_capstone(mercy.ada, pod)
    make_transfer_outcome(mercy.ada, pod)
    answer = sign_in(mercy.mara).get(reverse("passport_api:pods", args=[mercy.slug, mercy.ada.pk]))
    told = answer.json()
    assert [(each["pod"], each["marks"], each["marked_by"]) for each in told["attempts"]] == [
        ("budget", [{"criterion": "data", "level": 3}], "Mara Mercy")
    ]
    assert [each["state"] for each in told["capstones"]] == ["planned"]
    assert [each["committee"] for each in told["committees"]] == ["Quality committee"]
    assert "Not for the API" not in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        assert PassportRead.objects.filter(person=mercy.ada, what=ReadOf.API).count() == 1


def test_the_api_asks_as_much_for_many_attempts_as_for_one(mercy: World, sign_in: SignIn) -> None:
    ada, pod = sign_in(mercy.ada), make_pod(mercy.organization)
    url = reverse("passport_api:my_pods", args=[mercy.slug])
    make_attempt(mercy.ada, pod)
    ada.get(url)
    one = queries_of(ada, url)
    make_attempt(mercy.ada, pod)
    make_attempt(mercy.ada, pod)
    assert len(ada.get(url).json()["attempts"]) == 3
    assert queries_of(ada, url) == one
