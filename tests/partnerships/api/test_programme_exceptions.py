"""Who missed a part of a partnership programme by API: followed up, and settled."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from partnerships.models import PartnershipProgramme, ProgrammePhase
from partnerships.services.phases import finish_phase
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.partnerships import make_partnership, make_phase, make_programme
from tests.members import member_of
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def held_without(mercy: World, programme: PartnershipProgramme, *absent: str) -> ProgrammePhase:
    """An away day that all but these attended."""
    phase, people = make_phase(programme), programme.participants_by_name
    there = [each.pk for each in people if each.person.given_name not in absent]
    with tenant_transaction(programme.organization_id):
        return finish_phase(phase, timezone.localdate(), there, "", by=member_of(mercy.colin))


def follow_up_of(programme: PartnershipProgramme, phase: ProgrammePhase, **fields: Any) -> dict[str, str]:
    """Paula is to see to it that Mara does not stay behind."""
    mara = next(each for each in programme.participants_by_name if each.person.given_name == "Mara")
    values = {"participant": mara.pk, "phase": phase.pk, "words": "An hour with the coach", **fields}
    return {name: str(value) for name, value in values.items()}


def test_whoever_missed_a_day_is_followed_up(mercy: World, programme: PartnershipProgramme) -> None:
    phase = held_without(mercy, programme, "Mara")
    url, colin = path(mercy, "partnership-programmes", programme.pk, "exceptions"), api(mercy, mercy.colin)
    paula = api(mercy, mercy.paula)
    (gap,) = get(colin, url)
    assert (gap["told"], gap["follow_up"]) == ("Mara Mercy missed “A day in the woods”", None)
    problem(paula.get(url), 404)
    made = post(colin, url, **follow_up_of(programme, phase, owner=mercy.paula.pk))
    assert (made.status_code, made.json()["owner"]["name"]) == (201, "Paula Mercy")
    assert [each["follow_up"] for each in get(paula, url)] == [made.json()]
    settle = f"{url}/{made.json()['id']}/settle"
    problem(post(api(mercy, mercy.mara), settle, ending="No"), 403)
    assert post(paula, settle, ending="She was coached").json()["ending"] == "She was coached"
    problem(post(colin, settle, ending="Twice"), 409)


def test_a_follow_up_is_refused_what_the_page_refuses(mercy: World, programme: PartnershipProgramme) -> None:
    phase = held_without(mercy, programme, "Mara")
    url, colin = path(mercy, "partnership-programmes", programme.pk, "exceptions"), api(mercy, mercy.colin)
    body = follow_up_of(programme, phase, owner=mercy.paula.pk)
    for field, changed in (
        ("participant", {"participant": str(programme.participants_by_name[0].pk)}),
        ("participant", {"phase": str(uuid4())}),
        ("owner", {"owner": str(uuid4())}),
    ):
        assert faults(post(colin, url, **{**body, **changed}), 422).keys() == {f"/{field}"}
    problem(post(colin, url, **{**body, "words": " "}), 400)
    problem(post(api(mercy, mercy.mara), url, **body), 403)
    made = post(colin, url, **body).json()
    said = faults(post(colin, url, **body), 422)
    assert said == {"/participant": "Somebody sees to this already."}
    other = make_programme(mercy.root, mercy.colin, mercy.eli, title="Another")
    elsewhere = path(mercy, "partnership-programmes", other.pk, "exceptions", made["id"], "settle")
    problem(post(colin, elsewhere, ending="Elsewhere"), 404)


def test_many_exceptions_cost_no_more_queries(mercy: World, programme: PartnershipProgramme) -> None:
    client = api(mercy, mercy.colin)
    url = path(mercy, "partnership-programmes", programme.pk, "exceptions")
    phase = held_without(mercy, programme, "Mara")
    post(client, url, **follow_up_of(programme, phase, owner=mercy.paula.pk))
    one = queries_of(client, url)
    another = held_without(mercy, programme, "Mara", "Ada", "Eli")
    assert post(client, url, **follow_up_of(programme, another, owner=mercy.henry.pk)).status_code == 201
    assert queries_of(client, url) == one
