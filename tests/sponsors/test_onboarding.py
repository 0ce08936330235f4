"""The three years: beginning, showing, recommending, deciding; who may, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinicleader.founding import FURNISHINGS
from people.models import Person
from people.terms import years_later
from sponsors.enums import GateDecision, ObstacleKind, OnboardingState, Part, ProofState
from sponsors.models import Gate, GateItem, GateProof, Onboarding, OnboardingContents
from sponsors.onboarding_preset import ITEMS, ItemPreset
from sponsors.queries.gates import missing_at, newest_words
from sponsors.queries.onboarding import appointments_to_propose, onboarding_of, place_at
from sponsors.services.gate_proofs import Shown, confirm_proof, return_proof, show_proof, withdraw_proof
from sponsors.services.gates import Verdict, chair_of, decide_gate, recommend, remind_of_gates
from sponsors.services.onboarding import begin_onboarding, name_chair, stop_for_leavers, stop_onboarding
from sponsors.services.onboarding_contents import change_contents, install_contents
from sponsors.tasks import follow_onboardings
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import Scope
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
from tests.factories.people import make_appointment, make_line, make_person, make_position
from tests.factories.sponsors import make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
LATELY = TODAY - 9 * DAY
GO_ON = Verdict(GateDecision.GO_ON, "Grown into it.")


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


def begin(leader: Person, by: Person, **fields: object) -> Onboarding:
    values = {"role": "Head of the ward", "started_on": TODAY - 10 * DAY, **fields}
    return begin_onboarding(leader, **values, by=member_of(by))  # type: ignore[arg-type]  # as given


class TestBeginning:
    def test_the_first_gate_is_a_year_on_and_everybody_is_told(self, clinic: World) -> None:
        made = begin(clinic.ada, clinic.henry)
        assert gate_of(made).due_on == years_later(made.started_on, 1)
        assert (made.contents.version, made.state) == (1, OnboardingState.RUNNING)
        assert told() == [
            ({clinic.ada.pk}, "Your onboarding has begun: see what the first year asks for."),
            ({clinic.eli.pk, clinic.mara.pk}, "The onboarding of Ada Mercy has begun."),
        ]

    @pytest.mark.parametrize("who", ["ada", "eli", "mara", "colin", "olga", "stella"])
    def test_others_do_not_begin_stop_or_say_who_decides(
        self, clinic: World, onboarding: Onboarding, who: str
    ) -> None:
        by = member_of(clinic.people[who])
        for act in (
            lambda: begin(clinic.ada, clinic.people[who]),
            lambda: stop_onboarding(onboarding, reason="So", by=by),
            lambda: name_chair(onboarding, clinic.colin, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_nobody_begins_the_own_one_nor_that_of_whom_they_recommend(self, clinic: World) -> None:
        with pytest.raises(PermissionDenied):
            begin(clinic.henry, clinic.henry)
        make_sponsor(clinic.paula)
        make_sponsorship(clinic.paula, clinic.colin)
        with pytest.raises(PermissionDenied):
            begin(clinic.colin, clinic.paula)

    def test_two_do_not_run_at_once(self, clinic: World, onboarding: Onboarding) -> None:
        with pytest.raises(ValidationError, match="runs already"):
            begin(clinic.ada, clinic.henry)
        stop_onboarding(onboarding, reason="Another post.", by=member_of(clinic.henry))
        assert begin(clinic.ada, clinic.henry).is_running

    @pytest.mark.parametrize("days", [1, 40, -366, -4000])
    def test_it_begins_within_the_last_year(self, clinic: World, days: int) -> None:
        with pytest.raises(ValidationError, match="within the last twelve months"):
            begin(clinic.ada, clinic.henry, started_on=TODAY + days * DAY)

    def test_an_appointment_is_the_leaders_own_and_onboarded_once(self, clinic: World) -> None:
        post = make_appointment(make_position(clinic.unit, title="Ward lead"), clinic.ada, start_date=LATELY)
        other = make_appointment(make_position(clinic.unit, title="Other"), clinic.colin, start_date=LATELY)
        with pytest.raises(ValidationError, match="no appointment of Ada"):
            begin(clinic.ada, clinic.henry, appointment=other.pk)
        made = begin(clinic.ada, clinic.henry, appointment=post.pk)
        stop_onboarding(made, reason="By mistake.", by=member_of(clinic.henry))
        with pytest.raises(ValidationError, match="for this appointment already"):
            begin(clinic.ada, clinic.henry, appointment=post.pk)

    def test_new_leaders_of_units_are_proposed_to_who_answers_for_them(self, clinic: World) -> None:
        def proposed(who: str) -> list[Person]:
            return [each.person for each in appointments_to_propose(member_of(clinic.people[who]), on=TODAY)]

        assert proposed("henry") == []
        lead, second, third = (
            make_position(clinic.unit, leads_unit=True, title=title)
            for title in ("Ward lead", "Second", "Third")
        )
        make_appointment(lead, clinic.ada, start_date=LATELY)
        make_appointment(make_position(clinic.unit, title="Leads nothing"), clinic.colin, start_date=LATELY)
        make_appointment(lead, clinic.stella, start_date=LATELY, interim=True)
        make_appointment(second, clinic.eli, start_date=TODAY - 400 * DAY)
        make_appointment(third, clinic.mara, start_date=LATELY)  # leads a unit since years
        assert proposed("henry") == proposed("paula") == [clinic.ada]
        begin(clinic.ada, clinic.henry)
        assert proposed("henry") == []

    def test_who_leaves_the_house_leaves_it(self, clinic: World, onboarding: Onboarding) -> None:
        Person.objects.filter(pk=clinic.ada.pk).update(end_date=TODAY - DAY)
        assert [stop_for_leavers(on=TODAY) for _ in range(2)] == [1, 0]
        found = onboarding_of(clinic.ada.pk, on=TODAY)
        assert found is not None
        assert (found.state, found.over_by) == (OnboardingState.STOPPED, None)


class TestChair:
    def test_it_is_the_nearest_who_leads_and_does_not_recommend(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        assert chair_of(gate_of(onboarding), on=TODAY) == clinic.olga.pk  # Mara leads the unit and recommends

    def test_a_head_who_is_not_the_immediate_leader_decides(self, clinic: World) -> None:
        made = make_onboarding(clinic.stella, by=clinic.henry)  # of the same unit, with nobody above her
        assert chair_of(gate_of(made), on=TODAY) == clinic.mara.pk
        make_sponsor(clinic.mara)
        make_sponsorship(clinic.mara, clinic.stella)
        assert chair_of(gate_of(made), on=TODAY) == clinic.olga.pk

    def test_nobody_is_there_until_somebody_is_named(self, mercy: World, in_mercy: Scope) -> None:
        made = make_onboarding(mercy.ada, by=mercy.henry)
        assert chair_of(gate_of(made), on=TODAY) is None
        name_chair(made, mercy.colin, by=member_of(mercy.henry))
        assert chair_of(gate_of(made), on=TODAY) == mercy.colin.pk
        assert ({mercy.colin.pk}, "You decide on the gates of Ada Mercy.") in told()
        Person.objects.filter(pk=mercy.colin.pk).update(end_date=TODAY - DAY)
        assert chair_of(gate_of(made), on=TODAY) is None

    @pytest.mark.parametrize(
        ("who", "words"),
        [("ada", "themselves"), ("eli", "recommends"), ("mara", "recommends"), ("henry", "than yourself")],
    )
    def test_it_is_a_third_person(self, clinic: World, onboarding: Onboarding, who: str, words: str) -> None:
        with pytest.raises(ValidationError, match=words):
            name_chair(onboarding, clinic.people[who], by=member_of(clinic.henry))

    def test_the_chair_alone_has_a_place_without_a_seat(self, clinic: World, onboarding: Onboarding) -> None:
        place = place_at(member_of(clinic.olga), clinic.ada.pk, on=TODAY)
        assert place is not None
        assert place.is_chair
        assert place_at(member_of(clinic.stella), clinic.ada.pk, on=TODAY) is None


class TestShowing:
    def test_shown_sent_back_shown_again_confirmed(self, clinic: World, onboarding: Onboarding) -> None:
        ada, mara, eli = (member_of(clinic.people[who]) for who in ("ada", "mara", "eli"))
        simulation = items_at(onboarding)[1]
        first = show_proof(onboarding, simulation, Shown(TODAY, "An afternoon."), by=ada)
        return_proof(first, note="What would you do differently?", by=mara)
        again = show_proof(onboarding, simulation, Shown(TODAY, "Ask first."), by=ada)
        assert confirm_proof(again, by=eli).state == ProofState.CONFIRMED
        assert simulation not in missing_at(gate_of(onboarding))
        title = simulation.title
        assert told() == [
            ({clinic.eli.pk, clinic.mara.pk}, f"Ada Mercy shows “{title}”: look at it, and confirm it."),
            ({clinic.ada.pk}, f"“{title}” came back: read why, and show it again."),
            ({clinic.eli.pk, clinic.mara.pk}, f"Ada Mercy shows “{title}”: look at it, and confirm it."),
            ({clinic.ada.pk}, f"“{title}” is confirmed."),
        ]

    def test_an_assessment_is_a_file_between_leader_and_sponsor(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        assessment, ada = items_at(onboarding)[0], member_of(clinic.ada)
        with pytest.raises(ValidationError, match="Attach the report"):
            show_proof(onboarding, assessment, Shown(TODAY, "It went well."), by=ada)
        proof = show_proof(onboarding, assessment, Shown(TODAY, file=report()), by=ada)
        assert [who for who, _title in told()] == [{clinic.eli.pk}]
        with pytest.raises(PermissionDenied):
            confirm_proof(proof, by=member_of(clinic.mara))
        with pytest.raises(ValidationError, match="being checked"):
            confirm_proof(proof, by=member_of(clinic.eli))
        work_all_steps(clinic.organization.pk)
        confirm_proof(proof, by=member_of(clinic.eli))

    @pytest.mark.parametrize("who", ["ada", "colin", "henry", "paula", "olga"])
    def test_nobody_else_confirms_least_of_all_the_leader(
        self, clinic: World, onboarding: Onboarding, who: str
    ) -> None:
        proof, by = make_proof(onboarding, items_at(onboarding)[1]), member_of(clinic.people[who])
        for act in (lambda: confirm_proof(proof, by=by), lambda: return_proof(proof, note="No", by=by)):
            with pytest.raises(PermissionDenied):
                act()

    def test_what_is_refused(self, clinic: World, onboarding: Onboarding) -> None:
        item, ada = items_at(onboarding)[1], member_of(clinic.ada)
        for shown, words in (
            (Shown(TODAY + DAY, "Soon."), "not before"),
            (Shown(TODAY, "  "), "Say what you did"),
        ):
            with pytest.raises(ValidationError, match=words):
                show_proof(onboarding, item, shown, by=ada)
        proof = show_proof(onboarding, item, Shown(TODAY, "Done."), by=ada)
        with pytest.raises(ValidationError, match="waits to be confirmed"):
            show_proof(onboarding, item, Shown(TODAY, "Again."), by=ada)
        with pytest.raises(ValidationError, match="what is missing"):
            return_proof(proof, note=" ", by=member_of(clinic.mara))
        with pytest.raises(PermissionDenied):
            show_proof(onboarding, item, Shown(TODAY, "For her."), by=member_of(clinic.eli))

    def test_taken_back_only_before_somebody_looked(self, clinic: World, onboarding: Onboarding) -> None:
        ada = member_of(clinic.ada)
        proof = make_proof(onboarding, items_at(onboarding)[1])
        with pytest.raises(PermissionDenied):
            withdraw_proof(proof, by=member_of(clinic.eli))
        withdraw_proof(proof, by=ada)
        looked = make_proof(onboarding, items_at(onboarding)[1])
        confirm_proof(looked, by=member_of(clinic.mara))
        with pytest.raises(ValidationError, match="Meanwhile"):
            withdraw_proof(looked, by=ada)


class TestRecommending:
    def test_two_people_each_the_own_part_and_the_newest_counts(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        gate, eli, mara = gate_of(onboarding), member_of(clinic.eli), member_of(clinic.mara)
        recommend(gate, GateDecision.EXTEND, "Not yet.", by=eli)
        recommend(gate, GateDecision.GO_ON, "Now.", by=eli)
        recommend(gate, GateDecision.GO_ON, "Yes.", by=mara)
        words = newest_words(gate)
        assert {part: each.words for part, each in words.items()} == {
            Part.SPONSOR: "Now.",
            Part.MANAGER: "Yes.",
        }
        assert ({clinic.olga.pk}, "The gate of Ada Mercy waits for your decision.") in told()

    def test_one_person_does_not_write_both(self, clinic: World) -> None:
        make_sponsor(clinic.mara)
        make_sponsorship(clinic.mara, clinic.colin)
        gate = gate_of(make_onboarding(clinic.colin, by=clinic.henry))
        mara = member_of(clinic.mara)
        assert recommend(gate, GateDecision.GO_ON, "As sponsor.", by=mara).part == Part.SPONSOR
        assert recommend(gate, GateDecision.GO_ON, "Once more.", by=mara).part == Part.SPONSOR

    @pytest.mark.parametrize("who", ["ada", "colin", "henry", "paula", "olga"])
    def test_nobody_else_recommends(self, clinic: World, onboarding: Onboarding, who: str) -> None:
        with pytest.raises(PermissionDenied):
            recommend(gate_of(onboarding), GateDecision.GO_ON, "So", by=member_of(clinic.people[who]))

    def test_not_before_the_gate_opens_nor_what_it_cannot_come_to(self, clinic: World) -> None:
        eli = member_of(clinic.eli)
        early = make_onboarding(clinic.ada, by=clinic.henry, due_on=TODAY + 91 * DAY)
        with pytest.raises(ValidationError, match="three months before"):
            recommend(gate_of(early), GateDecision.GO_ON, "So", by=eli)
        Gate.objects.update(due_on=TODAY + 90 * DAY)
        with pytest.raises(ValidationError, match="cannot be decided at this gate"):
            recommend(gate_of(early), GateDecision.PERMANENT, "So", by=eli)
        with pytest.raises(ValidationError, match="Say why"):
            recommend(gate_of(early), GateDecision.GO_ON, " ", by=eli)


class TestDeciding:
    def decide(self, clinic: World, onboarding: Onboarding, verdict: Verdict = GO_ON) -> Gate:
        gate = make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        return decide_gate(gate, verdict, by=member_of(clinic.olga))

    def test_going_on_opens_the_next_year(self, clinic: World, onboarding: Onboarding) -> None:
        confirm_all(onboarding, by=clinic.eli)
        gate = self.decide(clinic, onboarding)
        assert (gate.sponsor_id, gate.manager_id, gate.decided_by_id) == (
            clinic.eli.pk,
            clinic.mara.pk,
            clinic.olga.pk,
        )
        following = gate_of(onboarding)
        assert (following.number, following.due_on) == (2, years_later(onboarding.started_on, 2))
        assert told()[-2:] == [
            ({clinic.ada.pk}, "Your gate is decided: read what, and why."),
            ({clinic.eli.pk, clinic.mara.pk, clinic.henry.pk}, "The gate of Ada Mercy is decided."),
        ]

    def test_the_last_gate_makes_it_permanent(self, clinic: World) -> None:
        made = make_onboarding(clinic.ada, by=clinic.henry, number=3, started_on=years_later(TODAY + DAY, -3))
        confirm_all(made, by=clinic.eli, gate=3)
        self.decide(clinic, made, Verdict(GateDecision.PERMANENT, "She is the leader we hoped for."))
        made.refresh_from_db()
        assert (made.state, made.over_on, made.over_by_id) == ("permanent", TODAY, clinic.olga.pk)

    def test_an_extension_holds_the_gate_once_more(self, clinic: World, onboarding: Onboarding) -> None:
        until = gate_of(onboarding).due_on + 100 * DAY
        gate = self.decide(
            clinic, onboarding, Verdict(GateDecision.EXTEND, "More time.", [ObstacleKind.TIME], until)
        )
        again = gate_of(onboarding)
        assert (gate.until, again.number, again.attempt, again.due_on) == (until, 1, 2, until)

    def test_leaving_names_what_stood_in_the_way(self, clinic: World, onboarding: Onboarding) -> None:
        verdict = Verdict(GateDecision.LEAVE, "Back to research.", [ObstacleKind.FIT, ObstacleKind.CAREER])
        gate = self.decide(clinic, onboarding, verdict)
        onboarding.refresh_from_db()
        assert (gate.obstacles, onboarding.state) == (["career", "fit"], OnboardingState.LEFT)
        with pytest.raises(ValidationError, match="over"):
            recommend(gate, GateDecision.GO_ON, "Still", by=member_of(clinic.eli))

    @pytest.mark.parametrize("who", ["ada", "eli", "mara", "henry", "paula", "colin"])
    def test_nobody_but_the_chair_decides(self, clinic: World, onboarding: Onboarding, who: str) -> None:
        gate = make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        with pytest.raises(PermissionDenied):
            decide_gate(gate, GO_ON, by=member_of(clinic.people[who]))

    def test_two_recommend_first_and_nobody_decides_on_the_own_word(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        gate, olga = gate_of(onboarding), member_of(clinic.olga)
        make_recommendation(gate, Part.SPONSOR, by=clinic.eli)
        with pytest.raises(ValidationError, match="recommend first"):
            decide_gate(gate, GO_ON, by=olga)
        make_recommendation(gate, Part.MANAGER, by=clinic.olga)  # when she led Ada
        with pytest.raises(ValidationError, match="You recommended"):
            decide_gate(gate, GO_ON, by=olga)

    @pytest.mark.parametrize(
        ("verdict", "words"),
        [
            (GO_ON, "not confirmed yet: “Emotional intelligence, first profile”"),
            (Verdict(GateDecision.PERMANENT, "Now"), "cannot be decided at this gate"),
            (Verdict(GateDecision.EXTEND, "More", [], TODAY + 60 * DAY), "what stood in the way"),
            (Verdict(GateDecision.EXTEND, " ", [ObstacleKind.TIME], TODAY + 60 * DAY), "Say why"),
            (Verdict(GateDecision.EXTEND, "More", [ObstacleKind.TIME]), "A day from"),
            (Verdict(GateDecision.EXTEND, "More", [ObstacleKind.TIME], TODAY - DAY), "A day from"),
            (Verdict(GateDecision.EXTEND, "More", [ObstacleKind.TIME], TODAY + 30 * DAY), "A day from"),
            (Verdict(GateDecision.EXTEND, "More", [ObstacleKind.TIME], TODAY + 397 * DAY), "A day from"),
            (Verdict(GateDecision.LEAVE, "No"), "what stood in the way"),
        ],
    )
    def test_what_is_refused(
        self, clinic: World, onboarding: Onboarding, verdict: Verdict, words: str
    ) -> None:
        with pytest.raises(ValidationError, match=words):
            self.decide(clinic, onboarding, verdict)

    def test_after_a_year_of_extensions_there_is_no_more_time(self, clinic: World) -> None:
        started = years_later(TODAY, -2)
        made = make_onboarding(clinic.ada, by=clinic.henry, started_on=started, due_on=TODAY)
        verdict = Verdict(GateDecision.EXTEND, "More", [ObstacleKind.TIME], TODAY + DAY)
        with pytest.raises(ValidationError, match="no more time"):
            self.decide(clinic, made, verdict)


class TestDatabase:
    """What no service would write is refused all the same."""

    def refused(self, act: Callable[[], object], words: str) -> None:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            act()

    def decided(self, clinic: World, onboarding: Onboarding, **fields: object) -> Callable[[], object]:
        values = {
            "decision": GateDecision.EXTEND,
            "reason": "So",
            "obstacles": ["time"],
            "until": TODAY + 300 * DAY,
            "sponsor": clinic.eli,
            "manager": clinic.mara,
            "decided_by": clinic.olga,
            "decided_on": TODAY,
            **fields,
        }
        return lambda: Gate.objects.filter(onboarding=onboarding).update(**values)

    def test_one_runs(self, clinic: World, onboarding: Onboarding) -> None:
        with pytest.raises(IntegrityError, match="sponsors_onboarding_one_running"), transaction.atomic():
            make_onboarding(clinic.ada, by=clinic.paula)

    def test_no_decision_without_both_recommendations(self, clinic: World, onboarding: Onboarding) -> None:
        self.refused(self.decided(clinic, onboarding), "two recommendations")
        gate = gate_of(onboarding)
        make_recommendation(gate, Part.SPONSOR, by=clinic.eli)
        self.refused(self.decided(clinic, onboarding), "two recommendations")
        self.refused(self.decided(clinic, onboarding, manager=None), "two recommendations")
        make_recommendation(gate, Part.MANAGER, by=clinic.mara)
        self.refused(self.decided(clinic, onboarding, manager=clinic.colin), "two recommendations")
        assert self.decided(clinic, onboarding)() == 1

    def test_nobody_decides_on_themselves_or_on_the_own_word(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        self.refused(self.decided(clinic, onboarding, decided_by=clinic.ada), "on themselves")
        self.refused(self.decided(clinic, onboarding, decided_by=clinic.eli), "three_people")
        self.refused(self.decided(clinic, onboarding, decided_by=clinic.mara), "three_people")

    def test_dates_backwards_and_decisions_out_of_place(self, clinic: World, onboarding: Onboarding) -> None:
        make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        for fields, words in (
            ({"until": TODAY - DAY}, "sponsors_gate_until"),
            ({"until": None}, "sponsors_gate_until"),
            ({"obstacles": []}, "sponsors_gate_hindered"),
            ({"obstacles": ["weather"]}, "sponsors_gate_obstacles"),
            ({"reason": ""}, "sponsors_gate_decided"),
            ({"decision": "permanent", "until": None, "obstacles": []}, "sponsors_gate_decision"),
        ):
            self.refused(self.decided(clinic, onboarding, **fields), words)
        self.refused(
            lambda: Onboarding.objects.filter(pk=onboarding.pk).update(
                state="stopped", over_on=onboarding.started_on - DAY, over_reason="So"
            ),
            "sponsors_onboarding_days",
        )
        self.refused(
            lambda: Onboarding.objects.filter(pk=onboarding.pk).update(
                state="permanent", over_by=clinic.olga
            ),
            "sponsors_onboarding_state",
        )

    def test_what_is_decided_stays(self, clinic: World, onboarding: Onboarding) -> None:
        gate = make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        self.decided(clinic, onboarding)()
        self.refused(lambda: Gate.objects.update(reason="Other"), "not changed")
        self.refused(lambda: Gate.objects.filter(pk=gate.pk)._raw_delete("default"), "not removed")
        self.refused(
            lambda: make_recommendation(gate, Part.SPONSOR, by=clinic.eli), "takes no recommendation"
        )
        self.refused(lambda: gate.recommendations.update(words="Other"), "never changed")

    def test_what_is_over_stays(self, clinic: World, onboarding: Onboarding) -> None:
        self.refused(lambda: Onboarding.objects.update(started_on=TODAY), "keeps its beginning")
        stop_onboarding(onboarding, reason="So", by=member_of(clinic.henry))
        self.refused(
            lambda: Onboarding.objects.update(state="running", over_on=None, over_by=None, over_reason=""),
            "what is over stays",
        )
        make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara)
        self.refused(self.decided(clinic, onboarding), "is not decided")

    def test_proofs_are_decided_once_and_not_by_the_leader(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        item = items_at(onboarding)[1]
        proof = make_proof(onboarding, item)
        rows = GateProof.objects.filter(pk=proof.pk)
        confirmed = {"state": "confirmed", "decided_on": TODAY}
        self.refused(lambda: rows.update(**confirmed, decided_by=clinic.ada), "never_oneself")
        self.refused(lambda: make_proof(onboarding, item), "one_alive")
        self.refused(lambda: rows.update(words="More"), "decided once")
        rows.update(**confirmed, decided_by=clinic.eli)
        self.refused(lambda: rows.update(state="shown", decided_by=None, decided_on=None), "decided once")
        self.refused(rows.delete, "decided once")
        self.refused(
            lambda: make_proof(onboarding, items_at(onboarding)[2], done_on=TODAY + DAY), "not_ahead"
        )


class TestContents:
    def test_the_preset_comes_with_the_founding_and_once(self, mercy: World, in_mercy: Scope) -> None:
        assert install_contents in FURNISHINGS
        for _ in range(2):
            install_contents()
        assert OnboardingContents.objects.count() == 1
        assert GateItem.objects.count() == len(ITEMS)

    def test_a_new_version_is_for_those_who_begin_from_then_on(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        own = [*ITEMS[:-1], ItemPreset(3, ITEMS[-1].kind, "Our own", "As we say it.")]
        made = change_contents(own, after=1, by=member_of(clinic.henry))
        assert (made.version, onboarding.contents.version) == (2, 1)
        assert begin(clinic.colin, clinic.henry).contents == made
        for act, words in (
            (lambda: change_contents(ITEMS, after=1, by=member_of(clinic.henry)), "Meanwhile Henry"),
            (lambda: change_contents(own, after=2, by=member_of(clinic.henry)), "in force already"),
            (lambda: change_contents(ITEMS[:3], after=2, by=member_of(clinic.henry)), "Nothing is shown"),
            (
                lambda: change_contents([*ITEMS, ITEMS[0]], after=2, by=member_of(clinic.henry)),
                "stands twice",
            ),
        ):
            with pytest.raises(ValidationError, match=words):
                act()

    @pytest.mark.parametrize("who", ["ada", "eli", "mara", "olga"])
    def test_it_is_kept_by_hr_and_directors_of_all(self, clinic: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            change_contents(ITEMS, after=0, by=member_of(clinic.people[who]))


def test_an_onboarding_in_the_audit_trail_keeps_its_words_to_itself(
    clinic: World, onboarding: Onboarding
) -> None:
    make_words(onboarding, sponsor=clinic.eli, manager=clinic.mara, words="Too young for it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tenancy_audit WHERE change::text LIKE '%Too young%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM tenancy_audit WHERE table_name = 'sponsors_recommendation'")
        assert cursor.fetchone() == (2,)


def test_specialists_have_no_place_at_the_gates(clinic: World, onboarding: Onboarding) -> None:
    make_seat(clinic.ada, clinic.colin, by=clinic.eli)
    place = place_at(member_of(clinic.colin), clinic.ada.pk, on=TODAY)
    assert place is not None
    assert not place.seat.reads_all_domains


class TestNights:
    def test_everybody_is_reminded_once_before_and_pressed_once_after(
        self, clinic: World, onboarding: Onboarding
    ) -> None:
        follow_onboardings("2026-11-21", "")
        around = {clinic.ada.pk, clinic.eli.pk, clinic.mara.pk, clinic.olga.pk}
        assert [who for who, title in told() if "see what it waits for" in title] == [around]
        assert follow_onboardings("2026-11-22", "") == {"stopped": 0, "reminded": 0, "late": 0}
        Gate.objects.update(due_on=TODAY - DAY)
        assert follow_onboardings("2026-11-23", "") == {"stopped": 0, "reminded": 0, "late": 1}
        late = [who for who, title in told() if "is not decided" in title]
        assert late == [around | {clinic.henry.pk}]
        assert follow_onboardings("2026-11-24", "") == {"stopped": 0, "reminded": 0, "late": 0}

    def test_many_gates_are_asked_of_at_once(self, clinic: World) -> None:
        def asked(leaders: int) -> int:
            for _each in range(leaders):
                leader = make_person(clinic.organization, f"L {Person.objects.count()}", clinic.unit)
                make_line(leader, clinic.mara)
                make_onboarding(leader, by=clinic.henry)
            with CaptureQueriesContext(connection) as captured:
                assert remind_of_gates(on=TODAY) == {"reminded": leaders, "late": 0}
            return len([query for query in captured if query["sql"].startswith("SELECT")])

        assert asked(2) == asked(6)
        assert [len(who) for who, title in told() if "see what it waits for" in title] == [3] * 8

    def test_a_far_gate_reminds_nobody(self, clinic: World) -> None:
        make_onboarding(clinic.ada, by=clinic.henry, due_on=TODAY + 61 * DAY)
        assert follow_onboardings("2026-11-21", "") == {"stopped": 0, "reminded": 0, "late": 0}
