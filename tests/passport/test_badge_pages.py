"""The pages of badges, the files, and what is published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from passport.models import Award, Milestone
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.passport import find_milestone, make_award, make_presets, make_signing_key, make_stamp
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def milestones(mercy: World) -> list[Milestone]:
    make_presets(mercy.organization)
    make_signing_key(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        return list(Milestone.objects.order_by("position")[:3])


@pytest.fixture
def award(mercy: World, milestones: list[Milestone]) -> Award:
    milestone = find_milestone(mercy.organization, "Shadow a chair meeting")
    return make_award(make_stamp(mercy.ada, milestone, mercy.mara))


def page(client: Client, world: World, name: str, *args: object) -> str:
    answer = client.get(reverse(f"passport:{name}", args=[world.slug, *args]))
    assert answer.status_code == 200
    return str(answer.content.decode())


class TestOwn:
    def test_made_with_one_click_and_carried_away(
        self, mercy: World, milestones: list[Milestone], sign_in: SignIn
    ) -> None:
        for milestone in milestones[:2]:
            make_stamp(mercy.ada, milestone, mercy.mara)
        client = sign_in(mercy.ada)
        assert "Make 2 badges" in page(client, mercy, "badges")
        made = client.post(reverse("passport:badges_make", args=[mercy.slug]), follow=True)
        assert "2 badges made." in made.content.decode()
        paths = re.findall(r'href="([^"]+\.jwt)"', page(client, mercy, "badges"))
        files = [client.get(path) for path in paths]
        assert [each["Content-Type"] for each in files] == ["application/vc+jwt"] * 3
        kinds = [jwt.decode(each.content, options={"verify_signature": False})["type"][1] for each in files]
        assert sorted(kinds) == ["ClrCredential", "OpenBadgeCredential", "OpenBadgeCredential"]

    def test_what_is_to_be_read_says_the_same_as_what_is_signed(
        self, mercy: World, award: Award, sign_in: SignIn
    ) -> None:
        client = sign_in(mercy.ada)
        answer = client.get(reverse("passport:badge_file", args=[mercy.slug, award.pk, "json"]))
        said = jwt.decode(award.token, options={"verify_signature": False})
        assert json.loads(answer.content).items() <= said.items()
        assert answer["Content-Disposition"] == 'attachment; filename="Shadow-a-chair-meeting-badge.json"'

    @pytest.mark.parametrize("kind", ["pdf", "JWT", "."])
    def test_there_is_no_other_file(self, mercy: World, award: Award, sign_in: SignIn, kind: str) -> None:
        client = sign_in(mercy.ada)
        for name, args in (("badge_file", [award.pk, kind]), ("badge_record", [kind])):
            assert client.get(reverse(f"passport:{name}", args=[mercy.slug, *args])).status_code == 404

    def test_without_an_address_the_page_says_whom_to_ask(
        self, mercy: World, milestones: list[Milestone], sign_in: SignIn
    ) -> None:
        make_stamp(mercy.ada, milestones[0], mercy.mara)
        with tenant_scope(mercy.organization.pk):
            Person.objects.filter(pk=mercy.ada.pk).update(email="")
        answer = sign_in(mercy.ada).post(reverse("passport:badges_make", args=[mercy.slug]), follow=True)
        assert "Ask an HR admin" in answer.content.decode()

    def test_the_passport_leads_to_it(self, mercy: World, award: Award, sign_in: SignIn) -> None:
        client = sign_in(mercy.ada)
        client.post(reverse("passport:open", args=[mercy.slug]))
        assert reverse("passport:badges", args=[mercy.slug]) in page(client, mercy, "mine")

    def test_the_page_asks_the_same_of_one_badge_and_of_many(
        self, mercy: World, milestones: list[Milestone], sign_in: SignIn
    ) -> None:
        client, address = sign_in(mercy.ada), reverse("passport:badges", args=[mercy.slug])
        make_award(make_stamp(mercy.ada, milestones[0], mercy.mara))
        one = queries_of(client, address)
        for milestone in milestones[1:]:
            make_award(make_stamp(mercy.ada, milestone, mercy.mara))
        assert queries_of(client, address) == one


class TestIssued:
    def test_hr_revokes_one_with_a_reason_and_its_person_reads_it(
        self, mercy: World, award: Award, sign_in: SignIn
    ) -> None:
        client, address = sign_in(mercy.henry), reverse("passport:badge_revoke", args=[mercy.slug, award.pk])
        assert address in page(client, mercy, "badges_issued")
        refused = client.post(address, {"reason": " "})
        assert (refused.status_code, "with a reason" in refused.content.decode()) == (422, True)
        assert client.post(address, {"reason": "Made out by mistake."}).status_code == 302
        assert "Made out by mistake." in page(client, mercy, "badges_issued")
        assert "Made out by mistake." in page(sign_in(mercy.ada), mercy, "badges")
        again = client.post(address, {"reason": "Made out by mistake."})
        assert (again.status_code, "somebody else" in again.content.decode()) == (422, True)

    def test_found_by_name_and_seen_by_who_is_listed(
        self, mercy: World, award: Award, sign_in: SignIn
    ) -> None:
        client = sign_in(mercy.henry)
        assert mercy.ada.name in page(client, mercy, "badges_issued")
        none = client.get(reverse("passport:badges_issued", args=[mercy.slug]), {"q": "zzz"}).content.decode()
        assert "No badge of anybody" in none
        assert mercy.ada.name not in none
        assert mercy.henry.name in page(sign_in(mercy.ada), mercy, "reads")

    def test_a_new_key(self, mercy: World, award: Award, sign_in: SignIn) -> None:
        client = sign_in(mercy.henry)
        client.post(reverse("passport:badge_key", args=[mercy.slug]))
        shown = page(client, mercy, "badges_issued")
        assert "RS256, since" in shown
        assert re.search(r"retired\s*</span>\s*ES256, ", shown)

    def test_the_page_asks_the_same_of_one_badge_and_of_many(
        self, mercy: World, milestones: list[Milestone], sign_in: SignIn
    ) -> None:
        client, address = sign_in(mercy.henry), reverse("passport:badges_issued", args=[mercy.slug])
        make_award(make_stamp(mercy.ada, milestones[0], mercy.mara))
        one = queries_of(client, address)
        for milestone in milestones[1:]:
            make_award(make_stamp(make_person(mercy.organization, "Bea", mercy.unit), milestone, mercy.mara))
        assert queries_of(client, address) == one


class TestPublished:
    def paths(self, world: World, award: Award) -> list[str]:
        names: list[tuple[str, list[object]]] = [
            ("issuer", []),
            ("keys", []),
            ("status", [1]),
            ("key", [award.key_id]),
        ]
        with tenant_scope(award.organization_id):
            names.append(("achievement", [award.stamp.milestone_id]))
        return [reverse(f"badges:{name}", args=[world.slug, *args]) for name, args in names]

    def test_anybody_reads_it_and_caches_keep_it(self, mercy: World, award: Award) -> None:
        for path in self.paths(mercy, award):
            answer = Client().get(path)
            assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
            assert set(answer["Cache-Control"].split(", ")) - {"max-age=300", "max-age=3600"} == {"public"}
            assert "Set-Cookie" not in answer
            assert "Cookie" not in answer.get("Vary", "")

    def test_nobody_is_named_in_it(self, mercy: World, award: Award) -> None:
        said = "".join(Client().get(path).content.decode() for path in self.paths(mercy, award))
        for word in (mercy.ada.given_name, mercy.ada.email, mercy.mara.given_name, str(award.pk)):
            assert word not in said

    def test_what_another_organisation_published_is_not_here(
        self, mercy: World, fenwick: World, award: Award
    ) -> None:
        answers = [Client().get(path).status_code for path in self.paths(fenwick, award)]
        assert answers == [200, 200, 404, 404, 404]
        keys = Client().get(reverse("badges:keys", args=[fenwick.slug])).content
        assert json.loads(keys) == {"keys": []}

    def test_a_milestone_that_nobody_has_a_badge_for_is_not_told(
        self, mercy: World, milestones: list[Milestone]
    ) -> None:
        make_stamp(mercy.ada, milestones[0], mercy.mara)
        path = reverse("badges:achievement", args=[mercy.slug, milestones[0].pk])
        assert Client().get(path).status_code == 404

    def test_no_such_organisation_and_no_such_list(self, mercy: World, award: Award) -> None:
        assert Client().get(reverse("badges:issuer", args=["nowhere"])).status_code == 404
        assert Client().get(reverse("badges:status", args=[mercy.slug, 2])).status_code == 404

    def test_the_profile_is_the_issuer_that_badges_name(self, mercy: World, award: Award) -> None:
        issuer = jwt.decode(award.token, options={"verify_signature": False})["issuer"]
        profile = json.loads(Client().get(reverse("badges:issuer", args=[mercy.slug])).content)
        assert issuer.items() <= profile.items()


def test_hr_finds_all_badges_in_the_menu_and_nobody_else_does(mercy: World, sign_in: SignIn) -> None:
    address = reverse("passport:badges_issued", args=[mercy.slug])
    assert address in page(sign_in(mercy.henry), mercy, "badges")
    assert address not in page(sign_in(mercy.paula), mercy, "badges")
    today = reverse("today", args=[mercy.slug])
    assert address in sign_in(mercy.henry).get(today).content.decode()
