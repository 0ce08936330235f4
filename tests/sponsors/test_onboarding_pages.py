"""The onboarding in the browser: from its beginning to the decision, and what each reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import Part
from sponsors.models import Gate, GateProof, Onboarding
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.onboarding import (
    confirm_all,
    gate_of,
    items_at,
    make_onboarding,
    make_proof,
    make_recommendation,
    make_words,
    report,
)
from tests.factories.people import make_appointment, make_position
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def clinic(mercy: World) -> World:
    """Eli sponsors Ada, Mara leads her and the unit; Olga leads the hospital, and so decides."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_appointment(make_position(mercy.root, leads_unit=True, title="Chief"), mercy.olga)
    return mercy


@pytest.fixture
def onboarding(clinic: World) -> Onboarding:
    return make_onboarding(clinic.ada, by=clinic.henry)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


def read(client: Client, world: World, name: str = "onboarding", *arguments: object) -> str:
    return client.get(address(world, name, *arguments)).content.decode()


def newest_proof(world: World) -> GateProof:
    with tenant_transaction(world.organization.pk):
        return GateProof.objects.get(state="shown")


def test_from_the_beginning_to_the_decision(clinic: World, sign_in: SignIn) -> None:
    ada, eli, mara, olga, henry = (
        sign_in(clinic.people[who]) for who in ("ada", "eli", "mara", "olga", "henry")
    )
    assert "Begin" in read(henry, clinic, "chart")
    begun = {"role": "Ward lead", "started_on": (TODAY - dt.timedelta(days=300)).isoformat()}
    assert henry.post(address(clinic, "onboarding_begin"), begun).status_code == 302
    page = read(ada, clinic)
    assert "My onboarding" in page
    assert "Emotional intelligence, first profile" in page
    with tenant_transaction(clinic.organization.pk):
        made = Onboarding.objects.get()
    assert "Gate of year 1" in read(mara, clinic, "chart")
    for item in items_at(made):
        shown = {"done_on": TODAY.isoformat(), "words": "With the team.", "file": report()}
        assert ada.post(address(clinic, "gate_item", item.pk), shown).status_code == 302
        looker = eli if item.is_private else mara
        assert (
            looker.post(
                address(clinic, "proof_look", newest_proof(clinic).pk), {"say": "confirm"}
            ).status_code
            == 302
        )
    assert "not shown yet" not in read(ada, clinic)
    word = {"recommends": "go_on", "words": "She has grown into it."}
    for who in (eli, mara):
        assert who.post(address(clinic, "gate_recommend"), word).status_code == 302
    decision = {"decision": "go_on", "reason": "The ward follows her."}
    assert olga.post(address(clinic, "gate_decide"), decision).status_code == 302
    page = read(ada, clinic)
    assert "The ward follows her." in page
    assert "Gate of year 2" in page


def test_an_assessment_is_read_by_leader_and_sponsor_alone(
    clinic: World, sign_in: SignIn, onboarding: Onboarding
) -> None:
    assessment = items_at(onboarding)[0]
    make_proof(onboarding, assessment, words="Quick to anger", file=report(), file_name="profile.pdf")
    proof = newest_proof(clinic)
    for who, reads in {"ada": True, "eli": True, "mara": False, "olga": False}.items():
        client = sign_in(clinic.people[who])
        page = read(client, clinic, "gate_item", assessment.pk)
        assert ("Quick to anger" in page) == reads, who
        assert ("profile.pdf" in page) == reads, who
        assert "Waits to be confirmed" in page
        found = client.get(address(clinic, "proof_file", proof.pk))
        assert found.status_code == (200 if reads else 403)
        if reads:
            assert found.content == b"%PDF-1.7 profile"
            assert found["Content-Disposition"] == 'attachment; filename="profile.pdf"'
            assert "sandbox" in found["Content-Security-Policy"]


def test_who_oversees_sees_that_it_runs_not_what_is_said(
    clinic: World, sign_in: SignIn, onboarding: Onboarding
) -> None:
    confirm_all(onboarding, by=clinic.eli)
    make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara, words="Shy in meetings")
    decision = {"decision": "go_on", "reason": "Bold enough"}
    sign_in(clinic.olga).post(address(clinic, "gate_decide"), decision)
    for who, reads in {"ada": True, "mara": True, "olga": True, "henry": False, "paula": False}.items():
        page = read(sign_in(clinic.people[who]), clinic)
        assert "Gate of year 2" in page
        assert "Go on to the next year" in page
        assert ("Shy in meetings" in page) == reads, who
        assert ("Bold enough" in page) == reads, who
        assert ("Human resources" in page.split("What comes later")[0]) == reads, who


def test_a_refused_file_comes_back_with_the_form(
    clinic: World, sign_in: SignIn, onboarding: Onboarding
) -> None:
    assessment = items_at(onboarding)[0]
    answer = sign_in(clinic.ada).post(
        address(clinic, "gate_item", assessment.pk), {"done_on": TODAY.isoformat(), "words": "Well"}
    )
    assert answer.status_code == 422
    assert "Attach the report" in answer.content.decode()


def test_an_item_of_another_version_or_leader_is_not_there(
    clinic: World, sign_in: SignIn, onboarding: Onboarding
) -> None:
    other = make_onboarding(clinic.colin, by=clinic.henry)
    proof = make_proof(other, items_at(other)[1])
    assert sign_in(clinic.eli).get(address(clinic, "proof_file", proof.pk)).status_code == 404
    assert sign_in(clinic.ada).get(address(clinic, "gate_item", proof.pk)).status_code == 404


def test_refused_decisions_say_why(clinic: World, sign_in: SignIn, onboarding: Onboarding) -> None:
    olga = sign_in(clinic.olga)
    make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
    answer = olga.post(address(clinic, "gate_decide"), {"decision": "extend", "reason": "More time"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say what stood in the way." in page
    assert "A day from" in page


def test_the_chair_is_named_and_the_onboarding_stopped(
    clinic: World, sign_in: SignIn, onboarding: Onboarding
) -> None:
    henry = sign_in(clinic.henry)
    assert "Olga Mercy" in read(henry, clinic)
    refused = henry.post(address(clinic, "onboarding_chair"), {"chair": clinic.eli.email})
    assert refused.status_code == 422
    henry.post(address(clinic, "onboarding_chair"), {"chair": clinic.stella.email})
    assert "Stella Mercy" in read(henry, clinic)
    assert sign_in(clinic.stella).get(address(clinic, "onboarding")).status_code == 200
    assert sign_in(clinic.olga).get(address(clinic, "onboarding")).status_code == 404
    henry.post(address(clinic, "onboarding_stop"), {"reason": "Another post."})
    assert "Another post." in read(sign_in(clinic.ada), clinic)
    assert henry.get(address(clinic, "onboarding_stop")).status_code == 404


def test_a_page_asks_as_much_with_more_on_it(clinic: World, sign_in: SignIn, onboarding: Onboarding) -> None:
    ada, page = sign_in(clinic.ada), address(clinic, "onboarding")
    make_proof(onboarding, items_at(onboarding)[1])
    make_recommendation(gate_of(onboarding), Part.SPONSOR, by=clinic.eli)
    few = queries_of(ada, page)
    for item in items_at(onboarding)[2:]:
        make_proof(onboarding, item)
    with tenant_transaction(clinic.organization.pk):
        gate = Gate.objects.get()
    for _ in range(3):
        make_recommendation(gate, Part.MANAGER, by=clinic.mara)
    assert queries_of(ada, page) == few
