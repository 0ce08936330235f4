"""What somebody would like a mentor for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import TagKind
from mentoring.models import Interest, Tag
from mentoring.queries.taxonomy import interests_of
from mentoring.services.interests import MOST_INTERESTS, save_interests
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_interest, make_tag
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def ada(mercy: World) -> Member:
    with tenant_scope(mercy.organization.pk):
        found = member_for(mercy.ada.pk, on=timezone.localdate())
    assert found is not None
    return found


@pytest.fixture
def tags(mercy: World) -> list[Tag]:
    return [make_tag(mercy.organization, f"Word {place:02}") for place in range(MOST_INTERESTS + 1)]


@pytest.mark.usefixtures("in_mercy")
def test_saving_keeps_what_stays_and_removes_what_goes(ada: Member, tags: list[Tag]) -> None:
    save_interests([tags[0].pk, tags[1].pk], by=ada)
    kept = Interest.objects.get(tag=tags[1])
    save_interests([tags[1].pk, tags[2].pk], by=ada)
    assert interests_of(ada.person_id) == {tags[1].pk, tags[2].pk}
    assert Interest.objects.get(tag=tags[1]) == kept
    save_interests([], by=ada)
    assert interests_of(ada.person_id) == set()


@pytest.mark.usefixtures("in_mercy")
def test_too_many_are_refused_and_nothing_changes(ada: Member, tags: list[Tag]) -> None:
    save_interests([tags[0].pk], by=ada)
    with pytest.raises(ValidationError, match="You chose 9; choose 8 at most"):
        save_interests([tag.pk for tag in tags], by=ada)
    assert interests_of(ada.person_id) == {tags[0].pk}


@pytest.mark.usefixtures("in_mercy")
def test_retired_and_foreign_tags_are_left_out(ada: Member, tags: list[Tag], fenwick: World) -> None:
    retired = make_tag(tags[0].organization, "Old word", retired_on=dt.date(2026, 1, 1))
    foreign = make_tag(fenwick.organization, "Their word")
    save_interests([tags[0].pk, retired.pk, foreign.pk], by=ada)
    assert interests_of(ada.person_id) == {tags[0].pk}


def test_a_tag_retired_later_is_no_interest_any_more(mercy: World) -> None:
    make_interest(mercy.ada, make_tag(mercy.organization, retired_on=dt.date(2026, 1, 1)))
    with tenant_scope(mercy.organization.pk):
        assert Interest.objects.count() == 1
        assert interests_of(mercy.ada.pk) == set()


def test_the_page_saves_by_kind(mercy: World, sign_in: SignIn, tags: list[Tag]) -> None:
    specialty = make_tag(mercy.organization, "Cardiology", kind=TagKind.SPECIALTY)
    client, url = sign_in(mercy.ada), reverse("mentoring:interests", args=[mercy.slug])
    answer = client.post(url, {"interest": [tags[0].pk], "specialty": [specialty.pk]}, follow=True)
    page = answer.content.decode()
    assert "Saved." in page
    assert page.count("checked") == 2
    with tenant_scope(mercy.organization.pk):
        assert interests_of(mercy.ada.pk) == {tags[0].pk, specialty.pk}
    refused = client.post(url, {"interest": [tag.pk for tag in tags]})
    assert (refused.status_code, "choose 8 at most" in refused.content.decode()) == (422, True)
    assert client.post(url, {"interest": ["nonsense"]}).status_code == 422


def test_narrowing_keeps_what_is_checked_and_saves_nothing(
    mercy: World, sign_in: SignIn, tags: list[Tag]
) -> None:
    client, url = sign_in(mercy.ada), reverse("mentoring:interests", args=[mercy.slug])
    answer = client.post(url, {"interest": [tags[0].pk], "q": "WORD 03", "narrow": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [tag.name in page for tag in tags[:5]] == [True, False, False, True, False]
    assert page.count("checked") == 1
    with tenant_scope(mercy.organization.pk):
        assert not Interest.objects.exists()


def test_the_page_costs_the_same_with_one_tag_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.ada), reverse("mentoring:interests", args=[mercy.slug])
    make_interest(mercy.ada, make_tag(mercy.organization))
    one = queries_of(client, url)
    for _each in range(2):
        make_interest(mercy.ada, make_tag(mercy.organization))
    assert queries_of(client, url) == one
