"""Onboardings and their gates by API: begun and kept, shown, looked at, recommended and decided; and what is
told to whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sponsors.enums import GateItemKind
from sponsors.models import GateItem, GateProof, Onboarding
from tenancy.scope import Scope
from tests.factories.onboarding import confirm_all, items_at, make_onboarding, make_proof, make_words
from tests.factories.people import make_appointment, make_position
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def clinic(mercy: World, in_mercy: Scope) -> World:
    """Eli sponsors Ada, Mara leads her and the unit; Olga leads the hospital, and so decides."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_appointment(make_position(mercy.root, leads_unit=True, title="Chief"), mercy.olga)
    return mercy


@pytest.fixture
def onboarding(clinic: World) -> Onboarding:
    return make_onboarding(clinic.ada, by=clinic.henry)


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "onboarding", *more)


def item_of(onboarding: Onboarding, *, private: bool = False) -> GateItem:
    items = items_at(onboarding, 1)
    return next(each for each in items if (each.kind == GateItemKind.ASSESSMENT) == private)


def test_it_is_begun_stopped_and_given_a_chair_by_those_who_keep_it(clinic: World) -> None:
    henry = api(clinic, clinic.henry)
    problem(henry.get(of(clinic)), 404)
    late = {"role": "Head of the ward", "started_on": (TODAY - dt.timedelta(days=500)).isoformat()}
    assert faults(post(henry, of(clinic), **late), 422).keys() == {"/started_on"}
    made = post(henry, of(clinic), **{**late, "started_on": TODAY.isoformat()})
    assert (made.status_code, made.json()["chair"]) == (201, str(clinic.olga.pk))
    assert [gate["number"] for gate in made.json()["gates"]] == [1]
    refused = put(henry, of(clinic, "chair"), chair=str(clinic.mara.pk))
    assert faults(refused, 422)["/chair"] == "Mara Mercy recommends: a third person decides."
    named = put(henry, of(clinic, "chair"), chair=str(clinic.colin.pk)).json()
    assert named["chair"] == str(clinic.colin.pk)
    assert post(henry, of(clinic, "stop"), reason="Another post.").json()["state"] == "stopped"
    problem(post(henry, of(clinic, "stop"), reason="Twice."), 409)


def test_what_is_shown_is_looked_at_by_others(clinic: World, onboarding: Onboarding) -> None:
    ada, mara, item = api(clinic, clinic.ada), api(clinic, clinic.mara), item_of(onboarding)
    proof = {"done_on": TODAY.isoformat(), "words": "Chaired it."}
    show = of(clinic, "items", item.pk, "proofs")
    assert post(ada, show, **proof).status_code == 201
    assert "waits to be confirmed" in problem(post(ada, show, **proof), 409)["detail"]
    look = of(clinic, "proofs", GateProof.objects.get().pk, "look")
    assert faults(post(mara, look, confirmed=False), 422).keys() == {"/note"}
    post(mara, look, confirmed=False, note="Who was there?")
    assert post(ada, show, **proof).status_code == 201
    [waiting] = GateProof.objects.filter(state="shown")
    after = post(mara, of(clinic, "proofs", waiting.pk, "look"), confirmed=True).json()
    [shown] = [each for each in after["items"] if each["id"] == str(item.pk)]
    assert (shown["is_confirmed"], len(shown["proofs"])) == (True, 2)
    assessment = of(clinic, "items", item_of(onboarding, private=True).pk, "proofs")
    assert faults(post(ada, assessment, **proof), 422).keys() == {"/file"}


def test_a_gate_is_decided_on_two_recommendations(clinic: World, onboarding: Onboarding) -> None:
    confirm_all(onboarding, by=clinic.eli)
    for who in (clinic.eli, clinic.mara):
        said = post(
            api(clinic, who), of(clinic, "gate/recommend"), recommends="go_on", words="Grown into it."
        )
        assert said.status_code == 200
    olga, verdict = api(clinic, clinic.olga), {"decision": "leave", "reason": "Another task suits better."}
    assert faults(post(olga, of(clinic, "gate/decide"), **verdict), 422).keys() == {"/obstacles"}
    decided = post(olga, of(clinic, "gate/decide"), decision="go_on", reason="Both say so.").json()
    first, second = decided["gates"]
    assert (first["decision"], first["reason"], len(first["recommendations"])) == ("go_on", "Both say so.", 2)
    assert (second["number"], second["decision"]) == (2, None)


def test_whoever_oversees_reads_no_reasons_and_nobody_but_the_two_an_assessment(
    clinic: World, onboarding: Onboarding
) -> None:
    make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara, words="Too young for it")
    make_proof(onboarding, item_of(onboarding, private=True), words="Blind spots")
    told = {who: api(clinic, clinic.people[who]).get(of(clinic)).content.decode() for who in clinic.people}
    reads_words = {who for who, content in told.items() if "Too young" in content}
    reads_assessment = {who for who, content in told.items() if "Blind spots" in content}
    assert (reads_words, reads_assessment) == ({"ada", "eli", "mara", "olga"}, {"ada", "eli"})
    seen_by_henry = get(api(clinic, clinic.henry), of(clinic))
    assert (seen_by_henry["items"], seen_by_henry["gates"][0]["recommendations"]) == (None, None)
