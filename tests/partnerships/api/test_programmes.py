"""Partnership programmes by API: to read, for those who take part or run one."""

from __future__ import annotations

import pytest

from partnerships.enums import AuditPoint
from partnerships.models import PartnershipProgramme
from tests.counting import queries_of
from tests.factories.partnerships import make_outcome, make_partnership, make_phase, make_programme
from tests.partnerships.test_culture import HIGH, LOW, held
from tests.rest import api, get, path, problem
from tests.world import World


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def test_those_who_take_part_read_their_programme(mercy: World, programme: PartnershipProgramme) -> None:
    make_phase(programme)
    make_outcome(programme)
    url = path(mercy, "partnership-programmes")
    for who, count in (("ada", 1), ("colin", 1), ("henry", 1), ("paula", 0)):
        assert len(get(api(mercy, mercy.people[who]), url)["results"]) == count
    told = get(api(mercy, mercy.ada), f"{url}/{programme.pk}")
    assert [one["person"]["name"] for one in told["participants"]] == [
        "Eli Mercy",
        "Ada Mercy",
        "Mara Mercy",
    ]
    assert [one["title"] for one in told["phases"]] == ["A day in the woods"]
    assert [one["title"] for one in told["outcomes"]] == ["Turnover of nurses"]
    assert "coach" not in str(told)
    problem(api(mercy, mercy.paula).get(f"{url}/{programme.pk}"), 404)


def test_the_change_of_the_culture_is_told_as_on_the_page(
    mercy: World, programme: PartnershipProgramme
) -> None:
    url = path(mercy, "partnership-programmes", programme.pk, "culture")
    problem(api(mercy, mercy.ada).get(url), 404)
    held(programme, mercy, AuditPoint.START, LOW, 300)
    held(programme, mercy, AuditPoint.END, HIGH, 3)
    for_ada, for_henry = (get(api(mercy, person), url) for person in (mercy.ada, mercy.henry))
    assert [one["readable"] for one in for_ada["audits"]].count(True) == 1
    assert for_ada["dimensions"][0]["second"] is None
    assert for_henry["dimensions"][0]["verdict"] == "clear rise"
    assert for_henry["dimensions"][0]["second"]["n"] == 20


def test_a_long_year_costs_no_more_queries(mercy: World, programme: PartnershipProgramme) -> None:
    client, url = api(mercy, mercy.ada), path(mercy, "partnership-programmes", programme.pk)
    make_phase(programme)
    make_outcome(programme)
    one = queries_of(client, url)
    make_phase(programme)
    make_outcome(programme, title="Another")
    assert queries_of(client, url) == one
