"""The onboarding in the browser: from its beginning to the decision, and what each reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person, RoleGrant
from sponsors.enums import Part
from sponsors.models import Gate, GateProof, Onboarding
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.held_files import checked
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
from tests.factories.people import make_appointment, make_person, make_position
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
        work_all_steps(clinic.organization.pk)
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
    checked(proof.file, clinic.organization)
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


class TestOverview:
    def page(self, clinic: World, client: Client, query: str = "", name: str = "onboardings") -> str:
        answer = client.get(reverse(f"sponsors:{name}", args=[clinic.slug]) + query)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_who_is_where_and_what_it_waits_for(
        self, clinic: World, sign_in: SignIn, onboarding: Onboarding
    ) -> None:
        make_onboarding(clinic.colin, by=clinic.henry, due_on=TODAY - dt.timedelta(days=20))
        confirm_all(onboarding, by=clinic.eli)
        make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        henry, paula, eli = (sign_in(clinic.people[who]) for who in ("henry", "paula", "eli"))
        page = self.page(clinic, henry)
        assert "Ada Mercy" in page
        assert "the chair" in page
        assert "5 things to confirm, the sponsor, the immediate leader" in page
        overdue = self.page(clinic, henry, "?show=overdue")
        assert "Colin Mercy" in overdue
        assert "Ada Mercy" not in overdue.split("<main")[1]
        assert "Colin Mercy" not in self.page(clinic, henry, "?show=2")
        assert "Colin Mercy" in self.page(clinic, paula)
        with tenant_transaction(clinic.organization.pk):
            RoleGrant.objects.filter(person=clinic.paula).update(cohort=clinic.cohort)
        assert "Colin Mercy" not in self.page(clinic, paula)  # of her cohort is Ada alone
        assert "Ada Mercy" in self.page(clinic, paula)
        assert "Ada Mercy" not in self.page(clinic, eli)  # figures alone
        rows = self.page(clinic, henry, "?show=1", name="onboardings_csv").splitlines()
        assert len(rows) == 3
        assert rows[1].startswith("Colin Mercy,Cardiology,Head of cardiology,")

    def test_figures_of_few_are_not_told(self, clinic: World, sign_in: SignIn) -> None:
        people = [make_person(clinic.organization, f"New{n}", clinic.unit) for n in range(6)]
        made = [make_onboarding(each, by=clinic.henry) for each in people[:4]]
        eli = sign_in(clinic.eli)
        assert self.page(clinic, eli).count("Too few to tell.") == 3
        made += [make_onboarding(each, by=clinic.henry) for each in people[4:]]
        page = self.page(clinic, eli)
        assert page.count("Too few to tell.") == 2
        assert "n = 6" in page
        for each in made:
            gate = make_words(each, sponsor=clinic.eli, manager=clinic.mara)
            decide(gate, by=clinic.olga, decision="leave", obstacles=["time", "career"])
        page = self.page(clinic, eli)
        assert "Leave the post" in page
        assert "Pressure of work and time" in page
        assert "No career structure" in page

    def test_new_leaders_are_proposed_with_a_button(self, clinic: World, sign_in: SignIn) -> None:
        lead = make_position(clinic.unit, leads_unit=True, title="Ward lead")
        make_appointment(lead, clinic.ada, start_date=TODAY - dt.timedelta(days=9))
        henry = sign_in(clinic.henry)
        begin = address(clinic, "onboarding_begin")
        assert begin in self.page(clinic, henry)
        assert (
            "A new leader has no onboarding"
            in henry.get(reverse("today", args=[clinic.slug])).content.decode()
        )
        form = henry.get(begin).content.decode()
        assert "Ward lead" in form

    def test_it_asks_as_much_for_three_as_for_one(self, clinic: World, sign_in: SignIn) -> None:
        henry, page = sign_in(clinic.henry), reverse("sponsors:onboardings", args=[clinic.slug])
        make_onboarding(clinic.ada, by=clinic.henry)
        few = queries_of(henry, page)
        for who in (clinic.colin, clinic.stella, clinic.aude):
            make_onboarding(who, by=clinic.henry)
        assert queries_of(henry, page) == few


def decide(gate: Gate, *, by: Person, **fields: object) -> None:
    """As the services write it."""
    values = {"reason": "So", "decided_by": by, "decided_on": TODAY, **fields}
    with tenant_transaction(gate.organization_id):
        manager, sponsor = gate.recommendations.order_by("part")
        Gate.objects.filter(pk=gate.pk).update(**values, manager_id=manager.by_id, sponsor_id=sponsor.by_id)


class TestContents:
    def test_another_version_by_a_form(self, clinic: World, sign_in: SignIn, onboarding: Onboarding) -> None:
        henry = sign_in(clinic.henry)
        page = reverse("sponsors:onboarding_contents_edit", args=[clinic.slug])
        form = henry.get(page).context["formset"]
        data = {"after": "1", "items-TOTAL_FORMS": str(len(form.forms)), "items-INITIAL_FORMS": "13"}
        for number, each in enumerate(form.forms):
            for name in ("gate", "kind", "title", "rule"):
                data[f"items-{number}-{name}"] = str(each.initial.get(name) or "")
        for number in (13, 14, 15):
            data |= {f"items-{number}-gate": "2", f"items-{number}-kind": "knowledge"}
        refused = henry.post(page, data | {"items-13-title": "Ethics"})
        assert refused.status_code == 422
        assert "Say both" in refused.content.decode()
        own = data | {"items-13-title": "Ethics", "items-13-rule": "Chairs a case.", "items-0-title": ""}
        own |= {"items-0-rule": ""}
        assert henry.post(page, own).status_code == 302
        shown = sign_in(clinic.colin).get(reverse("sponsors:onboarding_contents", args=[clinic.slug]))
        assert "Version 2 is in force" in shown.content.decode()
        assert "Ethics" in shown.content.decode()
        assert "first profile" not in shown.content.decode()
        assert "first profile" in read(sign_in(clinic.ada), clinic)  # who began before keeps theirs
        late = henry.post(page, own)
        assert late.status_code == 422
        assert "Meanwhile Henry Mercy" in late.content.decode()


class TestWaiting:
    def today(self, clinic: World, client: Client) -> str:
        return client.get(reverse("today", args=[clinic.slug])).content.decode()

    def test_today_and_the_caseload_say_for_what(
        self, clinic: World, sign_in: SignIn, onboarding: Onboarding
    ) -> None:
        ada, eli, mara, olga = (sign_in(clinic.people[who]) for who in ("ada", "eli", "mara", "olga"))
        caseload = reverse("sponsors:caseload", args=[clinic.slug])
        assert "Your gate is near" in self.today(clinic, ada)
        assert "Recommend at the gate of Ada Mercy" in self.today(clinic, eli)
        assert "Recommend at the gate" in mara.get(caseload).content.decode()
        assert "gate of Ada" not in self.today(clinic, olga)
        for item in items_at(onboarding):
            make_proof(onboarding, item)
        assert "Your gate is near" not in self.today(clinic, ada)
        make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        assert "Ada Mercy shows something for the gate" in self.today(clinic, mara)
        assert "Decide the gate of Ada Mercy" in self.today(clinic, olga)
        assert "Gates I decide" in olga.get(caseload).content.decode()
        decide(gate_of(onboarding), by=clinic.olga, decision="leave", obstacles=["time"])
        for client in (ada, eli, mara, olga):
            assert "gate" not in self.today(clinic, client).split("<main")[1]

    def test_a_far_gate_and_a_private_file_wait_for_nobody_else(self, clinic: World, sign_in: SignIn) -> None:
        made = make_onboarding(clinic.ada, by=clinic.henry, due_on=TODAY + dt.timedelta(days=200))
        make_proof(made, items_at(made)[0])
        mara, eli, ada = (sign_in(clinic.people[who]) for who in ("mara", "eli", "ada"))
        assert "for the gate" not in self.today(clinic, mara)
        assert "for the gate" in self.today(clinic, eli)
        assert "gate" not in self.today(clinic, ada).split("<main")[1]

    def test_overdue_gates_reach_whoever_answers_for_the_leader(self, clinic: World, sign_in: SignIn) -> None:
        make_onboarding(clinic.ada, by=clinic.henry, due_on=TODAY - dt.timedelta(days=15))
        for who in ("henry", "paula"):
            assert "A gate is long overdue" in self.today(clinic, sign_in(clinic.people[who]))
        assert "long overdue" not in self.today(clinic, sign_in(clinic.eli))
