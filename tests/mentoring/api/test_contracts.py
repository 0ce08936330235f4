"""Contracts and their template by API."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.models import Contract, Mentorship
from mentoring.services.contracts import install_contract_template
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_contract, make_mentorship
from tests.factories.passport import find_milestone, make_presets
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

WORDS = {"purpose": "To lead.", "rhythm": "Monthly.", "confidentiality": "Between us."}
LINE = {"title": "Lead a meeting", "due_on": "2026-12-01"}


def of(world: World, made: Mentorship, *more: object) -> str:
    return path(world, "mentoring/mentorships", made.pk, "contract", *more)


def body(**changes: Any) -> dict[str, Any]:
    return {**WORDS, "revision": 1, "deliverables": [LINE], **changes}


def test_a_contract_is_drafted_changed_and_signed_by_both(mercy: World, in_mercy: Scope) -> None:
    install_contract_template()
    make_presets(mercy.organization)
    milestone = find_milestone(mercy.organization, "Shadow a chair meeting")
    made = make_mentorship(mercy.eli, mercy.ada)
    ada, eli = api(mercy, mercy.ada), api(mercy, mercy.eli)
    assert get(ada, of(mercy, made)) == {"in_force": None, "has_draft": False, "draft": None}
    draft = post(ada, of(mercy, made, "draft")).json()
    kept = {**LINE, "id": draft["deliverables"][0]["id"], "milestone": str(milestone.pk)}
    changed = put(ada, of(mercy, made, "draft"), **body(deliverables=[kept])).json()
    assert (changed["revision"], changed["deliverables"][0]["milestone"]) == (2, str(milestone.pk))
    problem(post(eli, of(mercy, made, "sign"), revision=1), 409)
    assert post(eli, of(mercy, made, "sign"), revision=2).json()["mentor_signed_at"] is not None
    assert post(ada, of(mercy, made, "sign"), revision=2).status_code == 200
    read = get(api(mercy, mercy.paula), of(mercy, made))
    assert (read["in_force"]["purpose"], read["has_draft"]) == ("To lead.", False)


def test_a_draft_is_between_the_two(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_contract(made, signed=False)
    assert get(api(mercy, mercy.ada), of(mercy, made))["draft"]["version"] == 1
    paula = api(mercy, mercy.paula)
    assert get(paula, of(mercy, made)) == {"in_force": None, "has_draft": True, "draft": None}
    problem(post(paula, of(mercy, made, "draft")), 403)
    problem(put(paula, of(mercy, made, "draft"), **body()), 403)
    problem(paula.delete(of(mercy, made, "draft")), 403)
    problem(post(paula, of(mercy, made, "sign"), revision=1), 403)


def test_a_draft_that_is_not_right_is_refused_at_the_field(
    mercy: World, fenwick: World, in_mercy: Scope
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_contract(made, signed=False)
    make_presets(mercy.organization)
    make_presets(fenwick.organization)
    foreign = find_milestone(fenwick.organization, "Shadow a chair meeting")
    ada, url = api(mercy, mercy.ada), of(mercy, made, "draft")
    lines = [LINE, {**LINE, "milestone": str(foreign.pk)}]
    assert faults(put(ada, url, **body(deliverables=lines)), 422).keys() == {"/deliverables/1/milestone"}
    wrong = faults(put(ada, url, purpose=" ", deliverables=[{"title": "x" * 121}]), 400)
    assert {pointer.split("/")[1] for pointer in wrong} == {
        *("purpose", "rhythm", "confidentiality", "revision", "deliverables")
    }
    problem(put(ada, url, **body(revision=2)), 409)


def test_a_draft_is_thrown_away(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_contract(made, signed=False)
    ada = api(mercy, mercy.ada)
    assert ada.delete(of(mercy, made, "draft")).status_code == 204
    assert not Contract.objects.exists()
    problem(ada.delete(of(mercy, made, "draft")), 404)


@pytest.mark.parametrize("who", ["colin", "mara", "henry"])
def test_others_find_no_contract(mercy: World, in_mercy: Scope, who: str) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_contract(made, signed=False)
    client = api(mercy, mercy.people[who])
    problem(client.get(of(mercy, made)), 404)
    problem(put(client, of(mercy, made, "draft"), **body()), 404)
    problem(post(client, of(mercy, made, "sign"), revision=1), 404)


def test_a_contract_costs_the_same_with_more_deliverables(mercy: World, in_mercy: Scope) -> None:
    ada, costs = api(mercy, mercy.ada), []
    for tier, more in (("peer", 0), ("senior", 6)):
        made = make_mentorship(mercy.eli, mercy.ada, tier=tier, state="ended")
        draft = make_contract(made, signed=False)
        draft.deliverables.bulk_create(
            [
                draft.deliverables.model(contract=draft, title="A talk", due_on="2026-12-01", position=number)
                for number in range(1, 2 + more)
            ]
        )
        costs.append(queries_of(ada, of(mercy, made)))
    assert costs[0] == costs[1]


def test_the_template_is_kept_by_who_may(mercy: World, in_mercy: Scope) -> None:
    install_contract_template()
    henry, url = api(mercy, mercy.henry), path(mercy, "mentoring/contract-template")
    assert get(henry, url)["deliverables"]
    saved = put(henry, url, **WORDS, deliverables=[{"title": "A talk", "due_days": 10}])
    assert saved.json() == {**WORDS, "deliverables": [{"title": "A talk", "due_days": 10}]}
    wrong = faults(put(henry, url, **WORDS, deliverables=[{"title": "", "due_days": 0}]), 400)
    assert wrong.keys() == {"/deliverables/0/title", "/deliverables/0/due_days"}
    problem(api(mercy, mercy.ada).get(url), 403)
    problem(put(api(mercy, mercy.eli), url, **WORDS, deliverables=[]), 403)
