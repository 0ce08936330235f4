"""Reverse mentoring: a junior mentors a senior."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import ReverseMentoring
from mentoring.services.reverse import arrange_reverse
from people.models import Person
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import make_reverse
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


def test_a_junior_mentors_a_senior(mercy: World, sign_in: SignIn) -> None:
    paula, url = sign_in(mercy.paula), reverse("mentoring:reverse", args=[mercy.slug])
    sent = {"junior": mercy.ada.email, "senior": mercy.eli.email, "topic": "How we use messages on the ward"}
    assert paula.post(url, sent | {"senior": mercy.ada.email}).status_code == 422
    assert paula.post(url, sent).status_code == 302
    assert "already" in paula.post(url, sent).content.decode()
    with tenant_scope(mercy.organization.pk):
        [pair] = ReverseMentoring.objects.all()
        assert (pair.junior_id, pair.senior_id, pair.ended_on) == (mercy.ada.pk, mercy.eli.pk, None)
        assert told() == [({mercy.ada.pk, mercy.eli.pk}, "Reverse mentoring: Ada Mercy mentors Eli Mercy")]
    assert sign_in(mercy.ada).post(url, sent).status_code == 403
    assert "Eli Mercy" in sign_in(mercy.ada).get(url).content.decode()
    assert "Eli Mercy" not in sign_in(mercy.colin).get(url).content.decode()
    assert (
        sign_in(mercy.eli).post(reverse("mentoring:reverse_end", args=[mercy.slug, pair.pk])).status_code
        == 302
    )
    with tenant_scope(mercy.organization.pk):
        assert ReverseMentoring.objects.get().ended_on == TODAY


def test_a_senior_is_no_junior(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.mara.pk).update(career_stage="attending")
    mara = Person.objects.get(pk=mercy.mara.pk)
    with pytest.raises(ValidationError, match="the junior mentors the senior"):
        arrange_reverse(mara, mercy.ada, topic="Rounds", by=member_of(mercy.paula))


def test_the_list_costs_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn) -> None:
    paula, url, costs = sign_in(mercy.paula), reverse("mentoring:reverse", args=[mercy.slug]), []
    for seniors in ([mercy.eli], [mercy.mara, mercy.henry]):
        for senior in seniors:
            make_reverse(mercy.ada, senior, arranged_by=mercy.paula)
        costs.append(queries_of(paula, url))
    assert costs[0] == costs[1]
