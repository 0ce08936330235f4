"""The research portfolio in a browser: brought in, completed, corrected, seen by those who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from passport.models import PassportRead, Publication
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.passport import make_holder, make_publication
from tests.world import World

SignIn = Callable[[Person], Client]
TRUST = "@article{a, title={On trust}, journal={Rounds}, year=2021, doi={10.1000/182}}"


@pytest.fixture(autouse=True)
def holder(mercy: World) -> None:
    make_holder(mercy.ada)


def there(world: World) -> list[tuple[str, int | None, str]]:
    with tenant_scope(world.organization.pk):
        return list(Publication.objects.order_by("pk").values_list("title", "year", "doi"))


def bring(client: Client, world: World, **data: object) -> tuple[int, str]:
    answer = client.post(reverse("passport:portfolio_import", args=[world.slug]), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_doi_alone_is_completed_by_bibtex_and_nothing_comes_twice(mercy: World, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    assert "1 publication added." in bring(ada, mercy, text="https://doi.org/10.1000/182")[1]
    assert there(mercy) == [("", None, "10.1000/182")]
    said = bring(ada, mercy, text=TRUST + "@book{b, title={Rounds}}@book{c, title={ROUNDS}}")[1]
    assert "1 publication added, 1 completed, 1 there already." in said
    assert set(there(mercy)) == {("On trust", 2021, "10.1000/182"), ("Rounds", None, "")}
    assert "3 there already" in bring(ada, mercy, text=TRUST + "@book{b, title={Rounds}}" + TRUST)[1]


def test_a_file_is_taken_and_a_wrong_one_changes_nothing(mercy: World, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    for content, said in (
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (TRUST.encode() + b"@article{b, title={No end", "look for a missing brace"),
    ):
        status, page = bring(ada, mercy, file=SimpleUploadedFile("my.bib", content))
        assert (status, said in page) == (422, True)
        assert there(mercy) == []
    assert "not both" in bring(ada, mercy, text="x", file=SimpleUploadedFile("my.bib", TRUST.encode()))[1]
    assert bring(ada, mercy, file=SimpleUploadedFile("my.bib", TRUST.encode()))[0] == 200
    assert there(mercy) == [("On trust", 2021, "10.1000/182")]


def test_one_is_typed_corrected_and_taken_out(mercy: World, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    new = reverse("passport:publication_new", args=[mercy.slug])
    typed = {"kind": "book", "title": "On rounds", "year": "2020", "doi": "https://doi.org/10.1000/X"}
    assert "Give the title, or the DOI." in ada.post(new, {"kind": "book"}).content.decode()
    assert "A DOI begins with" in ada.post(new, {**typed, "doi": "x"}).content.decode()
    assert ada.post(new, {**typed, "year": "1066"}).status_code == 422
    assert ada.post(new, typed).status_code == 302
    assert there(mercy) == [("On rounds", 2020, "10.1000/x")]
    assert "there already" in ada.post(new, typed).content.decode()
    with tenant_scope(mercy.organization.pk):
        found = Publication.objects.get()
    edit = reverse("passport:publication_edit", args=[mercy.slug, found.pk])
    assert ada.post(edit, {**typed, "title": "On ward rounds"}).status_code == 302
    assert there(mercy) == [("On ward rounds", 2020, "10.1000/x")]
    assert ada.post(reverse("passport:publication_remove", args=[mercy.slug, found.pk])).status_code == 302
    assert there(mercy) == []


def test_the_same_title_in_the_same_year_is_the_same(mercy: World, sign_in: SignIn) -> None:
    make_publication(mercy.ada, title="On rounds", year=2020)
    new = reverse("passport:publication_new", args=[mercy.slug])
    answer = sign_in(mercy.ada).post(new, {"kind": "book", "title": "ON ROUNDS", "year": "2020"})
    assert "It is there already." in answer.content.decode()


def test_without_a_passport_there_is_no_portfolio(mercy: World, sign_in: SignIn) -> None:
    assert "Open your Passport first." in bring(sign_in(mercy.colin), mercy, text=TRUST)[1]
    assert there(mercy) == []


def test_who_may_see_the_passport_sees_the_portfolio_and_is_noted(mercy: World, sign_in: SignIn) -> None:
    make_publication(mercy.ada)
    page = reverse("passport:portfolio_of", args=[mercy.slug, mercy.ada.pk])
    shown = sign_in(mercy.mara).get(page).content.decode()
    assert "On rounds" in shown
    assert "Take out" not in shown
    with tenant_scope(mercy.organization.pk):
        assert PassportRead.objects.filter(person=mercy.ada, reader=mercy.mara).exists()
    assert "On rounds" in sign_in(mercy.ada).get(reverse("passport:mine", args=[mercy.slug])).content.decode()


def test_the_number_of_queries_is_constant(mercy: World, sign_in: SignIn) -> None:
    ada, page = sign_in(mercy.ada), reverse("passport:portfolio", args=[mercy.slug])
    make_publication(mercy.ada)
    few = queries_of(ada, page)
    for year in range(1980, 2010):
        make_publication(mercy.ada, year=year)
    assert queries_of(ada, page) == few
