"""Results of a learning system that come as a file: looked through first, then kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from passport.models import OutsideResult, PassportRead, Stamp
from people.models import Person
from tenancy.models import OutboxMessage
from tenancy.scope import tenant_transaction
from tests.passport.test_outside import ACTIVITY, kept, lms, named, pod, send, statement
from tests.world import World

__all__ = ["lms", "named", "pod"]  # fixtures
SignIn = Callable[[Person], Client]


def look(client: Client, world: World, content: object, act: str = "look") -> Any:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("statements.json", text, "application/json")
    return client.post(reverse("passport:outside_file", args=[world.slug]), {"file": file, "act": act})


def keep(client: Client, world: World, looked: Any) -> Any:
    """Say yes to what the page showed, with what it carries."""
    sent = {"text": looked.context["text"], "act": "keep"}
    return client.post(reverse("passport:outside_file", args=[world.slug]), sent, follow=True)


def effects(world: World) -> tuple[int, int, int]:
    with tenant_transaction(world.organization.pk):
        return OutsideResult.objects.count(), Stamp.objects.count(), OutboxMessage.objects.count()


def test_a_file_is_looked_through_and_then_kept(
    mercy: World, lms: Client, named: object, sign_in: SignIn
) -> None:
    before = effects(mercy)
    henry = sign_in(mercy.henry)
    launched = {"id": "http://adlnet.gov/expapi/verbs/launched"}
    sent = [statement(mercy.ada), {**statement(mercy.colin), "verb": launched}, statement(None)]
    looked = look(henry, mercy, {"statements": sent, "more": ""})
    assert looked.status_code == 200
    assert [(each.place, each.kept.state) for each in looked.context["lines"]] == [
        (1, "claimed"),
        (3, "nobody"),
    ]
    assert [each[:2] for each in looked.context["refused"]] == [(2, "verb/id")]
    page = looked.content.decode()
    for words in (
        mercy.ada.name,
        "A claim for the verifiers",
        "1 statement is refused",
        "Bring in 2 statements",
    ):
        assert words in page
    assert effects(mercy) == before

    done = keep(henry, mercy, looked)
    assert "2 results came in; 1 became a claim." in done.content.decode()
    assert sorted(each.state for each in kept(mercy)) == ["claimed", "nobody"]
    with tenant_transaction(mercy.organization.pk):
        assert [each.person_id for each in Stamp.objects.all()] == [mercy.ada.pk]

    again = look(henry, mercy, sent)
    assert [each.kept for each in again.context["lines"]] == [None, None]
    assert "0 results came in; 0 became claims." in keep(henry, mercy, again).content.decode()
    assert len(kept(mercy)) == 2


def test_the_file_and_the_api_make_the_same_of_a_statement(
    mercy: World, fenwick: World, lms: Client, named: object, sign_in: SignIn
) -> None:
    by_api, by_file = statement(mercy.ada), statement(mercy.colin)
    assert send(lms, mercy, by_api).status_code == 200
    henry = sign_in(mercy.henry)
    keep(henry, mercy, look(henry, mercy, [by_api, by_file]))
    assert {json.loads(each.content)["id"]: each.state for each in kept(mercy)} == {
        by_api["id"]: "claimed",
        by_file["id"]: "claimed",
    }
    assert kept(fenwick) == []


def test_a_statement_without_an_id_is_the_same_when_it_comes_again(
    mercy: World, named: object, sign_in: SignIn
) -> None:
    henry, bare = sign_in(mercy.henry), statement(mercy.ada)
    del bare["id"]
    for _time in range(2):
        assert keep(henry, mercy, look(henry, mercy, bare)).status_code == 200
    assert [each.state for each in kept(mercy)] == ["claimed"]
    twice = look(henry, mercy, [bare, bare])
    assert [(place, at) for place, at, _why in twice.context["refused"]] == [(2, "id")]


def test_something_else_under_a_known_id_is_refused_at_its_place(
    mercy: World, named: object, sign_in: SignIn
) -> None:
    henry, one = sign_in(mercy.henry), statement(mercy.ada)
    keep(henry, mercy, look(henry, mercy, one))
    looked = look(henry, mercy, [statement(mercy.colin), {**one, "result": {"success": True}}])
    told = f"Another statement was kept under the id {one['id']}."
    assert looked.context["refused"] == [(2, "id", told)]
    keep(henry, mercy, looked)
    assert len(kept(mercy)) == 2


def test_what_came_between_looking_and_keeping_is_told_and_nothing_is_lost(
    mercy: World, lms: Client, named: object, sign_in: SignIn
) -> None:
    henry, one = sign_in(mercy.henry), statement(mercy.ada)
    looked = look(henry, mercy, one)
    assert send(lms, mercy, {**one, "result": {"success": True}}).status_code == 200
    answer = keep(henry, mercy, looked)
    assert answer.status_code == 422
    assert "Another statement was kept" in answer.content.decode()
    assert len(kept(mercy)) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"{", "This is no JSON"),
        (b"\xff\xfe{}", "This is no JSON"),
        (b"[" * 100_000, "This is no JSON: nested too deeply"),
        (b'{"id": NaN}', "This is no JSON"),
        (b"[" + b"9" * 5000 + b"]", "This is no JSON"),
        (b"[]", "There is no statement in it."),
        (b"5", "Every statement of it is refused."),
        (b"[null, [], {}]", "Every statement of it is refused."),
        (b"[" + b"{}," * 500 + b"{}]", "Send at most 500 statements at once."),
        (b" " * ((1 << 20) + 1), "The file is larger than 1 MB."),
    ],
)
@pytest.mark.parametrize("act", ["look", "keep"])
def test_a_bad_file_is_told_at_the_field(
    mercy: World, sign_in: SignIn, content: bytes, told: str, act: str
) -> None:
    answer = look(sign_in(mercy.henry), mercy, content, act)
    assert answer.status_code == 422
    [words] = answer.context["form"].errors["file"]
    assert told in words
    assert kept(mercy) == []


def test_no_file_and_a_spoiled_text_are_told(mercy: World, sign_in: SignIn) -> None:
    henry, address = sign_in(mercy.henry), reverse("passport:outside_file", args=[mercy.slug])
    assert "Choose a file." in henry.post(address, {"act": "keep"}).content.decode()
    for text in ("{", "\x00", "[" * 5000):
        answer = henry.post(address, {"act": "keep", "text": text})
        assert answer.status_code == 422
    assert kept(mercy) == []


def test_what_a_file_says_cannot_become_part_of_the_page(
    mercy: World, named: object, sign_in: SignIn
) -> None:
    henry = sign_in(mercy.henry)
    sent = statement(None, actor={"account": {"homePage": "https://x", "name": '"><script>1</script>'}})
    looked = look(henry, mercy, b"\xef\xbb\xbf" + json.dumps(sent).encode())
    assert "<script>1" not in looked.content.decode()
    assert json.loads(looked.context["text"]) == sent


def test_who_is_seen_in_the_preview_learns_of_it(mercy: World, named: object, sign_in: SignIn) -> None:
    look(sign_in(mercy.henry), mercy, [statement(mercy.ada)])
    with tenant_transaction(mercy.organization.pk):
        assert PassportRead.objects.filter(person=mercy.ada).exists()


def test_only_who_may_bring_results_brings_a_file(mercy: World, named: object, sign_in: SignIn) -> None:
    assert look(sign_in(mercy.ada), mercy, [statement(mercy.ada)], "keep").status_code == 403
    assert kept(mercy) == []
    paula = sign_in(mercy.paula)
    assert keep(paula, mercy, look(paula, mercy, [statement(mercy.ada)])).status_code == 200
    assert len(kept(mercy)) == 1


def test_every_activity_that_nobody_has_named_can_be_reached(
    mercy: World, lms: Client, named: object, sign_in: SignIn
) -> None:
    sent = [statement(mercy.ada, object={"id": f"urn:course:{number:03}"}) for number in range(60)]
    send(lms, mercy, [*sent, statement(mercy.ada)])
    henry = sign_in(mercy.henry)
    page = henry.get(reverse("passport:outside_results", args=[mercy.slug]))
    assert (len(page.context["unnamed"]), page.context["unnamed_count"]) == (10, 60)
    assert "All 60 activities" in page.content.decode()
    address = reverse("passport:outside_unnamed", args=[mercy.slug])
    pages = [henry.get(address, {"page": number}) for number in (1, 2, 3)]
    found = [each["activity"] for page in pages for each in page.context["unnamed"]]
    assert found == [f"urn:course:{number:03}" for number in range(60)]
    assert ACTIVITY not in found
    assert "1–25 of 60" in pages[0].content.decode()
