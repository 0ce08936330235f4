"""Scores as an HR system follows them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.enums import TokenPurpose
from readiness.models import Scoring, Snapshot
from readiness.services import score_quarter
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_cohort, make_cohort_membership, make_person
from tests.factories.readiness import QUARTER, make_pulse, make_snapshot
from tests.rest import bearing, get, make_token, path, problem
from tests.world import World


@pytest.fixture
def hr(mercy: World) -> Client:
    return bearing(make_token(mercy, mercy.henry, purpose=TokenPurpose.HR_SYNC))


def changes(client: Client, world: World, delta: str = "", size: int = 200) -> dict[str, Any]:
    told = f"?page_size={size}" + (f"&delta={delta}" if delta else "")
    body: dict[str, Any] = get(client, path(world, "changes", "scores") + told)
    return body


def all_of(client: Client, world: World, size: int) -> tuple[list[dict[str, Any]], str]:
    """Every entry, page by page, and the token after them."""
    page = changes(client, world, size=size)
    found = page["results"]
    while page["more"]:
        page = changes(client, world, page["delta"], size)
        found += page["results"]
    return found, page["delta"]


def test_one_entry_stands_for_a_scoring_however_many_it_wrote(mercy: World, hr: Client) -> None:
    people = [mercy.ada, *(make_person(mercy.organization, f"P{number}", mercy.unit) for number in range(4))]
    cohort = make_cohort(mercy.programme, "Another")
    for person in people[1:]:
        make_cohort_membership(cohort, person)
    for person in people:
        make_pulse(person)
    with tenant_transaction(mercy.organization.pk):
        written = score_quarter(QUARTER).snapshots
        assert (written, Scoring.objects.count()) == (5, 1)
        [scoring] = Scoring.objects.all()
        ids = set(Snapshot.objects.values_list("pk", flat=True))
        assert all(scoring.first < each <= scoring.last for each in ids)
    found, delta = all_of(hr, mercy, size=2)
    assert sorted(entry["id"] for entry in found) == sorted(map(str, ids))
    assert changes(hr, mercy, delta)["results"] == []


def test_a_correction_comes_as_a_revision_and_what_it_replaces_no_more(mercy: World, hr: Client) -> None:
    make_snapshot(mercy.ada, 62.0)
    first = changes(hr, mercy)
    [entry] = first["results"]
    assert (entry["total"], entry["revision"], entry["state"]) == (62.0, 1, "flagged")
    assert entry["person"]["external_id"] == mercy.ada.external_id
    make_snapshot(mercy.ada, None, revision=2)
    [corrected] = changes(hr, mercy, first["delta"])["results"]
    assert (corrected["total"], corrected["revision"], corrected["quarter"]) == (None, 2, QUARTER)
    assert corrected["state"] == "insufficient_evidence"
    assert changes(hr, mercy)["results"] == [corrected]


def test_earlier_quarters_are_not_replaced(mercy: World, hr: Client) -> None:
    make_snapshot(mercy.ada, 62.0, quarter="2026Q2")
    make_snapshot(mercy.ada, 71.0)
    found, delta = all_of(hr, mercy, size=1)
    assert {entry["quarter"]: entry["total"] for entry in found} == {"2026Q2": 62.0, QUARTER: 71.0}
    make_snapshot(mercy.mara, 80.0)
    assert [entry["total"] for entry in changes(hr, mercy, delta)["results"]] == [80.0]


def test_three_scores_take_as_many_queries_as_one(mercy: World, hr: Client) -> None:
    make_snapshot(mercy.ada)
    address = path(mercy, "changes", "scores")
    get(hr, address)
    one = queries_of(hr, address)
    for person in (mercy.mara, mercy.colin):
        make_snapshot(person)
    assert queries_of(hr, address) == one


def test_a_program_of_a_directors_does_not_follow_the_whole_organisation(mercy: World) -> None:
    make_snapshot(mercy.ada)
    problem(bearing(make_token(mercy, mercy.paula)).get(path(mercy, "changes", "scores")), 403)
