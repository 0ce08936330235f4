"""Two cohorts side by side, and the dashboard on paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from people.enums import Role
from people.models import Cohort, Person, RoleGrant
from readiness.comparison import lines_of
from readiness.estimates import Spread
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person
from tests.factories.readiness import make_snapshot
from tests.world import World

SignIn = Callable[[Person], Client]
NAMES = ("Fellows", "Chiefs")
BY_CHANCE = "No difference can be told apart from chance."


def compared(first: Spread, second: Spread, *, overlap: bool = False) -> tuple[str, str]:
    line = lines_of([first] * 6, [second] * 6, NAMES, overlap=overlap)[0]
    return line.difference_in_words, line.verdict


def test_a_side_is_named_where_the_interval_leaves_out_nothing() -> None:
    low, high = Spread(20, 50.0, 5.0), Spread(20, 60.0, 5.0)
    assert compared(low, high) == ("−10.0", "Higher in Chiefs, by more than chance alone explains.")
    assert compared(high, low) == ("+10.0", "Higher in Fellows, by more than chance alone explains.")
    assert compared(low, Spread(20, 51.0, 5.0)) == ("−1.0", BY_CHANCE)


def test_the_interval_of_the_difference_joins_both() -> None:
    """Two means of 16 with spread 10: each half 2.13145 x 10 / 4, the difference their root of squares."""
    line = lines_of([Spread(16, 60.0, 10.0)] * 6, [Spread(16, 50.0, 10.0)] * 6, NAMES, overlap=False)[0]
    assert line.difference is not None
    half = 2.13145 * 10 / 4 * 2**0.5
    assert (line.difference.low, line.difference.high) == pytest.approx((10 - half, 10 + half), abs=1e-3)


@pytest.mark.parametrize("overlap", [False, True])
def test_four_are_not_told_and_not_compared(overlap: bool) -> None:
    enough, few = Spread(5, 60.0, 5.0), Spread(4, 50.0, 5.0)
    line = lines_of([enough] * 6, [few] * 6, NAMES, overlap=overlap)[0]
    assert line.sides[1] == ("fewer than 5", "–", "–")
    assert (line.difference, line.n) == (None, (5, 0))


def test_who_is_in_both_leaves_no_difference() -> None:
    some = Spread(9, 60.0, 5.0)
    assert compared(some, some, overlap=True) == ("–", "Not compared: somebody is in both cohorts.")


def scored(world: World, cohort: Cohort, totals: Sequence[float]) -> list[Person]:
    people = [make_person(world.organization, f"P{total}", world.unit) for total in totals]
    for person, total in zip(people, totals, strict=True):
        make_cohort_membership(cohort, person)
        make_snapshot(person, total)
    return people


def address(world: World, name: str, first: Cohort, second: Cohort) -> str:
    return f"{reverse(name, args=[world.slug])}?first={first.pk}&second={second.pk}"


def test_the_page_and_the_file_compare_alike(mercy: World, sign_in: SignIn) -> None:
    other = make_cohort(mercy.cohort.programme, "Chiefs")
    scored(mercy, mercy.cohort, [50, 51, 52, 53, 54])
    everybody = scored(mercy, other, [80, 81, 82, 83, 84])
    henry = sign_in(mercy.henry)
    page = henry.get(address(mercy, "readiness:comparison", mercy.cohort, other)).content.decode()
    assert "Higher in Chiefs, by more than chance alone explains." in page
    answer = henry.get(address(mercy, "readiness:comparison_csv", mercy.cohort, other)).content
    lines = list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))
    assert (len(lines), lines[1][1:3], lines[1][7]) == (7, ["5", "52.0"], "-30.0")
    make_cohort_membership(mercy.cohort, everybody[0])
    page = henry.get(address(mercy, "readiness:comparison", mercy.cohort, other)).content.decode()
    assert "somebody is in both cohorts" in page
    assert "Higher in" not in page


def test_a_comparison_asks_as_often_for_many(mercy: World, sign_in: SignIn) -> None:
    other = make_cohort(mercy.cohort.programme, "Chiefs")
    henry = sign_in(mercy.henry)
    url = address(mercy, "readiness:comparison", mercy.cohort, other)
    scored(mercy, other, [60])
    henry.get(url)
    one = queries_of(henry, url)
    scored(mercy, other, [61, 62, 63, 64])
    assert queries_of(henry, url) == one


def test_who_directs_one_cohort_compares_no_other(mercy: World, sign_in: SignIn) -> None:
    other = make_cohort(mercy.cohort.programme, "Chiefs")
    scored(mercy, other, [80, 81, 82, 83, 84])
    scored(mercy, mercy.cohort, [50, 51, 52, 53, 54])
    with tenant_scope(mercy.organization.pk):
        RoleGrant.objects.filter(person=mercy.paula).delete()
    make_grant(mercy.paula, Role.PROGRAMME_DIRECTOR, mercy.cohort)
    page = sign_in(mercy.paula).get(address(mercy, "readiness:comparison", mercy.cohort, other))
    assert "Choose two cohorts" in page.content.decode()


def test_the_pack_is_tagged_and_holds_nothing_of_a_few(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, mercy.cohort, [50, 51, 52, 53])
    henry = sign_in(mercy.henry)
    url = reverse("readiness:cohorts_pdf", args=[mercy.slug])
    few = pypdf.PdfReader(io.BytesIO(henry.get(url).content))
    assert "51.5" not in few.pages[0].extract_text()
    scored(mercy, mercy.cohort, [54])
    paper = pypdf.PdfReader(io.BytesIO(henry.get(url).content))
    assert "52.0" in paper.pages[0].extract_text()
    assert "Key figures" in paper.pages[1].extract_text()
    assert "/StructTreeRoot" in paper.root_object
