"""Every address for every role, in the own and in another organisation.

A new URL without a row here fails the build. `everyone` is a signed-in member of the organisation; whoever is
not named in a row gets the row's refusal (403: visible but not allowed; 404: not to be seen).
"""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from insights.models import ExchangePartner
from mentoring.enums import PairRuleKind
from mentoring.services.contracts import install_contract_template
from partnerships.models import AuditAnalysis, Code, PartnershipProgramme, ProgrammeParticipant
from partnerships.queries.coding import comments_of
from people.enums import ImportKind, ImportState, Role
from people.models import Appointment, CohortMembership, Import, Person, Position, RoleGrant
from people.queries import member_for
from people.services.api_tokens import create_api_token
from people.services.imports import start_import
from people.services.invitations import invite_person
from readiness.models import SavedView
from readiness.quarterly_files import keep_quarterly_files
from readiness.services import RECALCULATION
from sponsors.enums import Domain, ObstacleState
from sponsors.models import Conference, Onboarding
from succession.enums import CandidacyState, Rung, StandingState
from succession.models import Pool, PoolSnapshot, RollMember, Standing
from succession.services.standings import name as name_candidate
from surveys.models import DebriefAction, Instrument
from tenancy.jobs import request_run
from tenancy.jobs.periods import quarter_of
from tenancy.scope import tenant_transaction
from tests.conftest import committed_world, signed_in
from tests.factories.accreditation import make_document, make_mapping, make_requirement, make_standard
from tests.factories.analyses import make_analysis, make_code, make_feedback, make_theme, make_written_audit
from tests.factories.conferences import (
    make_conference,
    make_diagnosis,
    make_diagnosis_draft,
    make_question,
)
from tests.factories.exposure import make_alumni_hour, make_exposure, make_exposure_review, make_reverse
from tests.factories.held_files import checked
from tests.factories.insights import make_closed_role_pulse, make_role_pulse
from tests.factories.mentoring import (
    make_contract,
    make_deliverable,
    make_mentorship,
    make_profile,
    make_session,
    make_tag,
    offer_places,
)
from tests.factories.onboarding import items_at, make_onboarding, make_proof, make_words, report
from tests.factories.partnerships import (
    make_audit,
    make_audit_wave,
    make_change,
    make_check,
    make_exception,
    make_meeting,
    make_outcome,
    make_partnership,
    make_phase,
    make_programme,
    make_programme_session,
    make_responsibility,
    make_shared_goal,
)
from tests.factories.partnerships import make_profile as make_own_profile
from tests.factories.passport import (
    find_milestone,
    make_attempt,
    make_award,
    make_capstone,
    make_claim,
    make_holder,
    make_link,
    make_milestone,
    make_pack,
    make_pod,
    make_presets,
    make_publication,
    make_stage,
    make_stamp,
    make_summary,
    make_transfer_outcome,
)
from tests.factories.people import (
    make_appointment,
    make_cohort,
    make_grant,
    make_line,
    make_person,
    make_position,
    make_user,
    make_webhook,
)
from tests.factories.pilots import make_outcome as make_pilot_outcome
from tests.factories.pilots import make_pilot, make_pilot_unit
from tests.factories.readiness import make_snapshot, make_task
from tests.factories.runs import make_finished_run, make_pair_rule, make_proposal
from tests.factories.selections import (
    make_ballot,
    make_election,
    make_selection,
    make_slate,
    offer_interviews,
)
from tests.factories.sponsors import (
    make_action,
    make_coaching,
    make_competency,
    make_contact,
    make_goal,
    make_intake,
    make_intake_request,
    make_obstacle,
    make_review,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.factories.sponsors import make_proposal as make_wish
from tests.factories.succession import (
    make_candidacy,
    make_ladder_task,
    make_pool,
    make_pool_action,
    make_pool_snapshot,
    make_scenario,
    make_talent_review,
    make_term_exception,
)
from tests.factories.surveys import (
    hold_debrief,
    make_calendar_entry,
    make_debrief,
    make_draft,
    make_draft_wave,
    make_import,
    make_instrument,
    make_launched_wave,
    make_live_wave,
    make_published_wave,
    make_pulse,
    make_short_instrument,
)
from tests.members import member_of
from tests.world import NAMES, World

Arguments = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


def of_run(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"run_id": request_run("tenancy.seal_audit", "2026-01-01", by=None).pk}


def of_step(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        run = request_run("tenancy.seal_audit", "2026-01-01", by=None)
        return {"run_id": run.pk, "step_id": run.steps.get().pk}


def of_own_ballot(world: World) -> dict[str, Any]:
    wave = make_live_wave(make_short_instrument(world.organization), {world.unit: [world.ada]})
    wave.closes_on = timezone.localdate()
    with tenant_transaction(world.organization.pk):
        wave.save(update_fields=["closes_on"])
    return {"wave_id": wave.pk}


def of_wave(world: World) -> dict[str, Any]:
    return {"wave_id": make_published_wave(world).pk}


def of_draft(world: World) -> dict[str, Any]:
    return {"wave_id": make_draft_wave(world).pk}


def of_calendar_entry(world: World) -> dict[str, Any]:
    return {"entry_id": make_calendar_entry(world).pk}


def of_open_wave(world: World) -> dict[str, Any]:
    return {"wave_id": make_launched_wave(world).pk}


def of_report(world: World) -> dict[str, Any]:
    return {"wave_id": make_published_wave(world).pk, "unit_id": world.unit.pk}


def of_debrief(world: World) -> dict[str, Any]:
    return {"debrief_id": make_debrief(world).pk}


def of_held_debrief(world: World) -> dict[str, Any]:
    """Mara wrote it down; Olga leads her."""
    make_line(world.mara, world.olga)
    debrief = make_debrief(world)
    hold_debrief(debrief, world.olga)
    return {"debrief_id": debrief.pk}


def of_agreed_action(world: World) -> dict[str, Any]:
    held = of_held_debrief(world)
    with tenant_transaction(world.organization.pk):
        return held | {"action_id": DebriefAction.objects.get(debrief=held["debrief_id"]).pk}


def of_unit_with_report(world: World) -> dict[str, Any]:
    make_published_wave(world)
    return of_unit(world)


def of_survey_import(world: World) -> dict[str, Any]:
    return {"import_id": make_import(world.stella).pk}


def of_instrument(world: World) -> dict[str, Any]:
    return {"instrument_id": make_instrument(world.organization).pk}


def of_retired_instrument(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        instrument = make_instrument(world.organization)
        Instrument.objects.filter(pk=instrument.pk).update(state="retired")
        return {"instrument_id": instrument.pk}


def of_draft_instrument(world: World) -> dict[str, Any]:
    return {"instrument_id": make_draft(world.organization).pk}


def of_quarter(world: World) -> dict[str, Any]:
    return {"quarter": quarter_of(timezone.localdate())}


def of_pulse(world: World) -> dict[str, Any]:
    return {"quarter": make_pulse(world.ada, "2025Q4").quarter}


def of_ada(world: World) -> dict[str, Any]:
    return {"person_id": world.ada.pk}


def of_milestone(world: World) -> dict[str, Any]:
    make_presets(world.organization)
    return {"milestone_id": find_milestone(world.organization, "Shadow a chair meeting").pk}


def of_stage(world: World) -> dict[str, Any]:
    return {"stage_id": make_stage(world.organization).pk}


def of_adas_milestone(world: World) -> dict[str, Any]:
    return {**of_ada(world), **of_milestone(world)}


def of_pathway_role(world: World) -> dict[str, Any]:
    """One of the product's own: nobody has changed them."""
    return {"key": "clinical_director"}


def of_claim(world: World) -> dict[str, Any]:
    return {"stamp_id": make_claim(world.ada, make_milestone(make_stage(world.organization))).pk}


def of_stamp(world: World) -> dict[str, Any]:
    milestone = make_milestone(make_stage(world.organization))
    return {"stamp_id": make_stamp(world.ada, milestone, world.mara).pk}


def of_badge(world: World) -> dict[str, Any]:
    milestone = make_milestone(make_stage(world.organization))
    return {"award_id": make_award(make_stamp(world.ada, milestone, world.mara)).pk}


def of_badge_file(world: World) -> dict[str, Any]:
    return {**of_badge(world), "kind": "jwt"}


def of_record(world: World) -> dict[str, Any]:
    of_badge(world)
    return {"kind": "jwt"}


def with_badge(world: World) -> dict[str, Any]:
    of_badge(world)
    return {}


def of_summary_id(world: World) -> dict[str, Any]:
    make_holder(world.ada)
    make_stamp(world.ada, make_milestone(make_stage(world.organization)), world.mara)
    return {"summary_id": make_summary(world.ada).pk}


def of_summary_file(world: World) -> dict[str, Any]:
    return {**of_summary_id(world), "kind": "pdf"}


def of_pack(world: World) -> dict[str, Any]:
    of_summary_id(world)
    return {"pack_id": make_pack(world.henry, world.ada).pk}


def of_pack_file(world: World) -> dict[str, Any]:
    return {**of_pack(world), "kind": "pdf"}


def of_summarized(world: World) -> dict[str, Any]:
    of_summary_id(world)
    return {"person_id": world.ada.pk}


def of_own_summary(world: World) -> dict[str, Any]:
    of_summary_id(world)
    return {}


def of_passport_link(world: World) -> dict[str, Any]:
    return {"link_id": make_link(world.ada).pk}


def of_publication(world: World) -> dict[str, Any]:
    return {"publication_id": make_publication(world.ada).pk}


def of_attempted_pod(world: World) -> dict[str, Any]:
    pod = make_pod(world.organization)
    make_attempt(world.ada, pod)
    return {"pod_id": pod.pk}


def of_pod(world: World) -> dict[str, Any]:
    return {"pod_id": make_pod(world.organization).pk}


def of_draft_pod(world: World) -> dict[str, Any]:
    return {"pod_id": make_pod(world.organization, state="draft", published_at=None).pk}


def of_running_pod(world: World) -> dict[str, Any]:
    attempt = make_attempt(world.ada, make_pod(world.organization), finished_at=None, confidence_after=None)
    return {"attempt_id": attempt.pk}


def of_finished_pod(world: World) -> dict[str, Any]:
    return {"attempt_id": make_attempt(world.ada, make_pod(world.organization)).pk}


def of_capstone(world: World) -> dict[str, Any]:
    return {"capstone_id": make_capstone(world.ada, make_pod(world.organization)).pk}


def of_transfer_outcome(world: World) -> dict[str, Any]:
    return {"outcome_id": make_transfer_outcome(world.ada, make_pod(world.organization)).pk}


def of_score(world: World) -> dict[str, Any]:
    return {**of_ada(world), "quarter": make_snapshot(world.ada).quarter}


def of_scored_person(world: World) -> dict[str, Any]:
    make_snapshot(world.ada)
    return of_ada(world)


def of_coaching(world: World) -> dict[str, Any]:
    return {"task_id": make_task(make_snapshot(world.ada)).pk}


def of_exposure(world: World) -> dict[str, Any]:
    return {"exposure_id": make_exposure(make_mentorship(world.mara, world.ada)).pk}


def of_rating(world: World) -> dict[str, Any]:
    return {"mentorship_id": make_mentorship(world.mara, world.ada).pk, **of_quarter(world)}


def of_credit(world: World) -> dict[str, Any]:
    make_mentorship(world.mara, world.ada)
    return {"person_id": world.mara.pk, "year": 2026}


def of_alumni_hour(world: World) -> dict[str, Any]:
    return {"hour_id": make_alumni_hour(world.paula).pk}


def of_hour_ahead(world: World) -> dict[str, Any]:
    return {"hour_id": make_alumni_hour(world.paula, starts_at=timezone.now() + dt.timedelta(days=3)).pk}


def of_reverse(world: World) -> dict[str, Any]:
    return {"pair_id": make_reverse(world.ada, world.eli, arranged_by=world.paula).pk}


def of_year(world: World) -> dict[str, Any]:
    return {"year": 2026}


def of_exposure_review(world: World) -> dict[str, Any]:
    return {"review_id": make_exposure_review(world.mara, "2026Q2").pk}


def of_recalculation(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"run_id": request_run(RECALCULATION, "2026Q3 2026-10-20 09:00", by=None).pk}


def of_mentorship(world: World) -> dict[str, Any]:
    """Eli mentors Ada."""
    return {"mentorship_id": make_mentorship(world.eli, world.ada).pk}


def of_offer(world: World) -> dict[str, Any]:
    """Ada is offered to Eli, who has places."""
    offer_places(world.eli)
    return {"mentorship_id": make_mentorship(world.eli, world.ada, state="offered").pk}


def of_acceptance(world: World) -> dict[str, Any]:
    return {"mentorship_id": make_mentorship(world.eli, world.ada, state="accepted").pk}


def of_sponsor(world: World) -> dict[str, Any]:
    make_sponsor(world.eli)
    return {"person_id": world.eli.pk}


def of_sponsorship(world: World) -> dict[str, Any]:
    """Eli sponsors Ada."""
    make_sponsor(world.eli)
    return {"sponsorship_id": make_sponsorship(world.eli, world.ada).pk}


def of_clinic(world: World) -> dict[str, Any]:
    """Ada's, whom Eli sponsors."""
    of_sponsorship(world)
    return of_ada(world)


def of_team_seat(world: World) -> dict[str, Any]:
    """Colin looks after Ada's finance."""
    return {**of_clinic(world), "seat_id": make_seat(world.ada, world.colin, by=world.eli).pk}


def of_team_seat_of_ada(world: World) -> dict[str, Any]:
    return {"person_id": of_team_seat(world)["person_id"]}


def of_coached(world: World) -> dict[str, Any]:
    """Of Ada's, whom Eli sponsors and Colin coaches."""
    of_clinic(world)
    make_seat(world.ada, world.colin, by=world.eli, domain=Domain.COACHING)
    return of_ada(world)


def of_coaching_session(world: World) -> dict[str, Any]:
    return {**of_coached(world), "session_id": make_coaching(world.ada, world.colin).pk}


def of_obstacle(world: World) -> dict[str, Any]:
    """Of Ada's, whom Eli sponsors, with Mara, and Colin for finance; Olga removes it."""
    of_team_seat(world)
    return {"obstacle_id": make_obstacle(world.ada, world.olga, by=world.ada).pk}


def of_removed_obstacle(world: World) -> dict[str, Any]:
    of_team_seat(world)
    today = timezone.localdate()
    made = make_obstacle(world.ada, world.olga, by=world.ada, state=ObstacleState.REMOVED, over_on=today)
    return {"obstacle_id": made.pk}


def of_contact(world: World) -> dict[str, Any]:
    """Ada's."""
    return {"contact_id": make_contact(world.ada, world.ada, world.mara).pk}


def of_template(world: World) -> dict[str, Any]:
    return {**of_team_seat_of_ada(world), "key": "first-service"}


def of_goal(world: World) -> dict[str, Any]:
    """Of Ada's, whom Eli sponsors, with Colin for finance."""
    return {**of_team_seat_of_ada(world), "goal_id": make_goal(world.ada).pk}


def of_action(world: World) -> dict[str, Any]:
    of_team_seat(world)
    return {**of_ada(world), "action_id": make_action(make_goal(world.ada), domain="finance").pk}


def of_regimen_version(world: World) -> dict[str, Any]:
    make_version(world.ada, by=world.eli)
    return {**of_team_seat_of_ada(world), "number": 1}


def of_review(world: World) -> dict[str, Any]:
    """Ada's, which is open."""
    return {**of_team_seat_of_ada(world), "review_id": make_review(world.ada).pk}


def of_onboarding(world: World) -> dict[str, Any]:
    """Ada's, in her team's seats; Olga leads the hospital, and so decides."""
    arguments = of_team_seat_of_ada(world)
    make_appointment(make_position(world.root, leads_unit=True), world.olga)
    make_onboarding(world.ada, by=world.henry)
    return arguments


def onboarding_in(world: World, arguments: dict[str, Any]) -> Onboarding:
    with tenant_transaction(world.organization.pk):
        return Onboarding.objects.get(leader=arguments["person_id"])


def of_decidable_gate(world: World) -> dict[str, Any]:
    """Both have recommended."""
    arguments = of_onboarding(world)
    make_words(onboarding_in(world, arguments), sponsor=world.eli, manager=world.mara)
    return arguments


def of_gate_item(world: World) -> dict[str, Any]:
    """A simulation: not private."""
    arguments = of_onboarding(world)
    return {**arguments, "item_id": items_at(onboarding_in(world, arguments))[1].pk}


def of_proof(world: World) -> dict[str, Any]:
    """Of the simulation, in words."""
    arguments = of_onboarding(world)
    found = onboarding_in(world, arguments)
    return {**arguments, "proof_id": make_proof(found, items_at(found)[1]).pk}


def of_private_proof(world: World) -> dict[str, Any]:
    """An assessment's, which stays between leader and sponsor."""
    arguments = of_onboarding(world)
    found = onboarding_in(world, arguments)
    proof = make_proof(found, items_at(found)[0], words="", file=report())
    checked(proof.file, world.organization)
    return {**arguments, "proof_id": proof.pk}


def of_wish(world: World) -> dict[str, Any]:
    return {**of_team_seat_of_ada(world), "proposal_id": make_wish(world.ada).pk}


def conference_of(world: World) -> Conference:
    """About Ada, whom Eli sponsors, with Mara, and Colin for finance."""
    of_team_seat(world)
    return make_conference(world.ada, world.mara, world.colin, by=world.eli)


def of_conference(world: World) -> dict[str, Any]:
    return {**of_ada(world), "conference_id": conference_of(world).pk}


def of_diagnosis_draft(world: World) -> dict[str, Any]:
    """Of Colin's."""
    draft = make_diagnosis_draft(conference_of(world), by=world.colin)
    return {**of_ada(world), "conference_id": draft.conference_id, "draft_id": draft.pk}


def of_diagnosis(world: World) -> dict[str, Any]:
    made = make_diagnosis(conference_of(world), by=world.colin)
    return {**of_ada(world), "conference_id": made.conference_id, "diagnosis_id": made.pk}


def of_question(world: World) -> dict[str, Any]:
    made = make_diagnosis(conference_of(world), by=world.colin)
    ids = {"conference_id": made.conference_id, "diagnosis_id": made.pk}
    return {**of_ada(world), **ids, "question_id": make_question(made).pk}


def of_position_with_pool(world: World) -> dict[str, Any]:
    return {"position_id": pool_of_mara(world).position_id}


def pool_of_mara(world: World) -> Pool:
    with tenant_transaction(world.organization.pk):
        return make_pool(Position.objects.get(title="Head of cardiology"), world.henry)


def of_scenario(world: World) -> dict[str, Any]:
    return {"scenario_id": make_scenario(world.henry).pk}


def of_standard(world: World) -> dict[str, Any]:
    return {"standard_id": make_standard(world.organization).pk}


def of_requirement(world: World) -> dict[str, Any]:
    return {"requirement_id": make_requirement(make_standard(world.organization)).pk}


def of_mapped_evidence(world: World) -> dict[str, Any]:
    return {"mapping_id": make_mapping(make_requirement(make_standard(world.organization))).pk}


def of_pilot(world: World) -> dict[str, Any]:
    return {"pilot_id": make_pilot(world).pk}


def of_pilot_unit(world: World) -> dict[str, Any]:
    return {"unit_id": make_pilot_unit(make_pilot(world), world.unit).pk}


def of_pilot_outcome(world: World) -> dict[str, Any]:
    return {"outcome_id": make_pilot_outcome(make_pilot(world)).pk}


def of_document(world: World) -> dict[str, Any]:
    return {"document_id": make_document(make_requirement(make_standard(world.organization))).pk}


def of_rung(world: World) -> dict[str, Any]:
    """Mara refreshes her pool."""
    position = pool_of_mara(world).position
    with tenant_transaction(world.organization.pk):
        return {"task_id": make_ladder_task(position.appointments.get(), Rung.REFRESH).pk}


def of_term_of_mara(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"appointment_id": Appointment.objects.get(position__title="Head of cardiology").pk}


def of_term_exception(world: World) -> dict[str, Any]:
    """Henry asks for Mara."""
    position = pool_of_mara(world).position
    return {"exception_id": make_term_exception(position, world.mara, world.henry).pk}


def of_talent_review(world: World) -> dict[str, Any]:
    """Mara facilitates it."""
    return {"review_id": make_talent_review(world.henry, world.mara).pk}


def talk_of_mara(world: World) -> PoolSnapshot:
    return make_pool_snapshot(make_talent_review(world.henry, world.mara), pool_of_mara(world))


def of_open_review(world: World) -> dict[str, Any]:
    return {"review_id": talk_of_mara(world).review_id}


def of_pool_reviewed(world: World) -> dict[str, Any]:
    return {"snapshot_id": talk_of_mara(world).pk}


def of_exchange_partner(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        made = ExchangePartner.objects.create(
            name="Northgate", keys=[], added_by=world.henry, added_on=timezone.localdate()
        )
    return {"partner_id": made.pk}


def of_review_action(world: World) -> dict[str, Any]:
    """Colin's."""
    return {"action_id": make_pool_action(talk_of_mara(world), world.colin, world.mara).pk}


def of_selection(world: World) -> dict[str, Any]:
    """For what Mara holds: everybody else of the staff votes, nobody is on its panel yet."""
    with tenant_transaction(world.organization.pk):
        return {"selection_id": make_selection(world).pk}


def of_own_standing(world: World) -> dict[str, Any]:
    """Ada is asked to stand."""
    with tenant_transaction(world.organization.pk):
        made = make_selection(world)
        name_candidate(made, person=world.ada, by=member_of(world.stella))
        return {"selection_id": made.pk}


def of_own_candidature(world: World) -> dict[str, Any]:
    """Ada stands."""
    found = of_own_standing(world)
    with tenant_transaction(world.organization.pk):
        Standing.objects.update(state=StandingState.STANDING, answered_on=timezone.localdate())
    return found


def of_open_slate_ballot(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"selection_id": make_ballot(world).selection.pk}


def of_open_role_pulse(world: World) -> dict[str, Any]:
    return {"pulse_id": make_role_pulse(world, [world.mara]).pk}


def of_closed_role_pulse(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"pulse_id": make_closed_role_pulse(world, world.mara).pk}


def of_interview(world: World) -> dict[str, Any]:
    """Ada's, in an hour that has begun."""
    with tenant_transaction(world.organization.pk):
        election = make_election(world)
        offer_interviews(election)
        entry = RollMember.objects.get(person=world.ada)
        RollMember.objects.update(offered_for=timezone.now())
    return {"selection_id": election.selection.pk, "entry_id": entry.pk}


def of_slate(world: World) -> dict[str, Any]:
    return {"selection_id": of_slate_name(world)["selection_id"]}


def of_slate_name(world: World) -> dict[str, Any]:
    """Nobody of these is on the panel."""
    with tenant_transaction(world.organization.pk):
        election = make_slate(world)
        name = Standing.objects.filter(state=StandingState.ON_SLATE).order_by("pk")[0]
    return {"selection_id": election.selection.pk, "standing_id": name.pk}


STAFF = tuple(name for name in NAMES if name != "mara")


def of_candidate(world: World, state: CandidacyState = CandidacyState.MEMBER) -> dict[str, Any]:
    """Ada, for Mara's position."""
    return {"candidacy_id": make_candidacy(pool_of_mara(world), world.ada, world.mara, state=state).pk}


def of_asked_candidate(world: World) -> dict[str, Any]:
    return of_candidate(world, CandidacyState.ASKED)


def of_partnership(world: World) -> dict[str, Any]:
    """Ada and Mara lead cardiology."""
    return {"partnership_id": make_partnership(world.unit, world.ada, world.mara).pk}


def of_partner(world: World) -> dict[str, Any]:
    """Ada, the physician."""
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "item_id": made.current[0].pk}


def calling_it(name: str, arguments: Arguments) -> Arguments:
    """The same, where the address calls the item by its name."""

    def named(world: World) -> dict[str, Any]:
        made = arguments(world)
        return {name: made.pop("item_id"), **made}

    return named


def of_matter(world: World) -> dict[str, Any]:
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "item_id": make_responsibility(made).pk}


def of_shared_goal(world: World) -> dict[str, Any]:
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "item_id": make_shared_goal(made).pk}


def of_meeting_of_partners(world: World) -> dict[str, Any]:
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "item_id": make_meeting(made, world.ada).pk}


def of_check(world: World) -> dict[str, Any]:
    """Ada and Mara are asked."""
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "check_id": make_check(made).pk}


def of_partner_change(world: World) -> dict[str, Any]:
    """Mara works elsewhere."""
    made = make_partnership(world.unit, world.ada, world.mara)
    return {"partnership_id": made.pk, "item_id": make_change(made.current[1]).pk}


def programme_of(world: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    made = make_partnership(world.unit, world.ada, world.mara)
    return make_programme(world.root, world.colin, world.eli, made)


def of_partnership_programme(world: World) -> dict[str, Any]:
    return {"programme_id": programme_of(world).pk}


def of_audited_programme(world: World) -> dict[str, Any]:
    return {"programme_id": of_audit(world)["programme_id"]}


def ada_in(programme: PartnershipProgramme, world: World) -> ProgrammeParticipant:
    return next(one for one in programme.participants_by_name if one.person_id == world.ada.pk)


def of_participant(world: World) -> dict[str, Any]:
    """Ada, who takes part."""
    programme = programme_of(world)
    return {"programme_id": programme.pk, "item_id": ada_in(programme, world).pk}


def of_programme_coaching(world: World) -> dict[str, Any]:
    """A session of Ada's."""
    programme = programme_of(world)
    return {"programme_id": programme.pk, "item_id": make_programme_session(ada_in(programme, world)).pk}


def of_coached_participant(world: World) -> dict[str, Any]:
    """The same, named with whose it is."""
    programme = programme_of(world)
    session = make_programme_session(ada_in(programme, world))
    return {
        "programme_id": programme.pk,
        "participant_id": session.participant_id,
        "session_id": session.pk,
    }


def of_profile(world: World) -> dict[str, Any]:
    """Ada's, with a file."""
    programme = programme_of(world)
    own = ada_in(programme, world)
    profile = make_own_profile(own, file=report(), file_name="profile.pdf")
    checked(profile.file, world.organization)
    return {"programme_id": programme.pk, "item_id": own.pk}


def of_phase(world: World) -> dict[str, Any]:
    programme = programme_of(world)
    return {"programme_id": programme.pk, "phase_id": make_phase(programme).pk}


def of_phase_to_change(world: World) -> dict[str, Any]:
    phase = of_phase(world)
    return {"programme_id": phase["programme_id"], "item_id": phase["phase_id"]}


def of_written_audit(world: World) -> dict[str, Any]:
    """Six wrote something in it; nobody codes it yet."""
    programme = programme_of(world)
    audit = make_written_audit(world, programme, [f"Comment {number}" for number in range(6)])
    return {"programme_id": programme.pk, "audit_id": audit.pk}


def analysis_of(world: World, **fields: Any) -> AuditAnalysis:
    """Paula and Stella code it; there is a code."""
    programme = programme_of(world)
    audit = make_written_audit(world, programme, [f"Comment {number}" for number in range(6)])
    make_code(programme, "Trust")
    return make_analysis(audit, world.paula, world.stella, **fields)


def of_analysis(world: World) -> dict[str, Any]:
    made = analysis_of(world)
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id}


def of_coding(world: World) -> dict[str, Any]:
    made = analysis_of(world, state="coding")
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id}


def of_comment(world: World) -> dict[str, Any]:
    """One that Paula and Stella code."""
    made = analysis_of(world, state="coding")
    with tenant_transaction(world.organization.pk):
        comment = comments_of(made)[0]
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id, "comment_id": comment.pk}


def of_settling(world: World) -> dict[str, Any]:
    made = analysis_of(world, state="settling")
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id}


def released_analysis(world: World) -> AuditAnalysis:
    return analysis_of(world, state="released", released_on=timezone.localdate(), comments=6)


def of_findings(world: World) -> dict[str, Any]:
    made = released_analysis(world)
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id}


def of_feedback(world: World) -> dict[str, Any]:
    """Ada was told."""
    made = released_analysis(world)
    feedback = make_feedback(made, world.ada)
    return {"programme_id": made.audit.programme_id, "audit_id": made.audit_id, "item_id": feedback.pk}


def of_codebook(world: World) -> dict[str, Any]:
    return {"programme_id": analysis_of(world).audit.programme_id}


def of_code(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        code = Code.objects.get(programme=analysis_of(world).audit.programme)
    return {"programme_id": code.programme_id, "code_id": code.pk}


def of_theme(world: World) -> dict[str, Any]:
    made = make_theme(analysis_of(world).audit.programme)
    return {"programme_id": made.programme_id, "theme_id": made.pk}


def of_outcome(world: World) -> dict[str, Any]:
    programme = programme_of(world)
    return {"programme_id": programme.pk, "item_id": make_outcome(programme).pk}


def of_exception(world: World) -> dict[str, Any]:
    """Ada missed something, and Colin sees to it."""
    programme = programme_of(world)
    made = make_exception(ada_in(programme, world), make_phase(programme), world.colin)
    return {"programme_id": programme.pk, "item_id": made.pk}


def of_audit(world: World) -> dict[str, Any]:
    """A survey that asked Ada was the audit at the start."""
    programme = programme_of(world)
    audit = make_audit(programme, make_audit_wave(world, world.ada))
    return {"programme_id": programme.pk, "item_id": audit.pk}


def of_request(world: World) -> dict[str, Any]:
    """Ada asked Eli."""
    make_sponsor(world.eli)
    return {"sponsorship_id": make_sponsorship(world.eli, world.ada, state="asked").pk}


def of_closed_intake(world: World) -> dict[str, Any]:
    """Of Ada's, whom Eli sponsors, with Colin for finance."""
    closed = make_intake(world.ada, by=world.eli, closed_on=timezone.localdate())
    return {**of_team_seat_of_ada(world), "round_id": closed.pk}


def of_intake_request(world: World) -> dict[str, Any]:
    """Colin is asked about Ada."""
    return {"request_id": make_intake_request(make_intake(world.ada, by=world.eli), world.colin).pk}


def of_competency(world: World) -> dict[str, Any]:
    return {"competency_id": make_competency(world.organization).pk}


def of_matching(world: World) -> dict[str, Any]:
    return {"run_id": make_finished_run(world.cohort).pk}


def of_pair(world: World) -> dict[str, Any]:
    return {"pair_id": make_proposal(make_finished_run(world.cohort), world.ada, world.colin).pk}


def of_pair_rule(world: World) -> dict[str, Any]:
    kind = PairRuleKind.EXCLUDE
    return {"rule_id": make_pair_rule(world.cohort, world.ada, world.colin, kind, by=world.paula).pk}


def of_contract(world: World) -> dict[str, Any]:
    """Eli mentors Ada, and both have signed."""
    mentorship = make_mentorship(world.eli, world.ada)
    make_contract(mentorship)
    return {"mentorship_id": mentorship.pk}


def of_version(world: World) -> dict[str, Any]:
    return {**of_contract(world), "version": 1}


def of_unsigned_contract(world: World) -> dict[str, Any]:
    mentorship = make_mentorship(world.eli, world.ada)
    make_contract(mentorship, signed=False)
    return {"mentorship_id": mentorship.pk}


def of_deliverable(world: World) -> dict[str, Any]:
    made = make_deliverable(make_mentorship(world.eli, world.ada))
    return {"mentorship_id": made.contract.mentorship_id, "deliverable_id": made.pk}


def with_template(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        install_contract_template()
    return {}


def of_session(world: World) -> dict[str, Any]:
    made = make_session(make_mentorship(world.eli, world.ada))
    return {"mentorship_id": made.mentorship_id, "session_id": made.pk}


def of_session_note(world: World) -> dict[str, Any]:
    return {**of_session(world), "readers": "both"}


@dataclass(frozen=True)
class Row:
    """Who gets `status`; the others get `refusal`."""

    who: tuple[str, ...] = NAMES
    arguments: Arguments = nothing
    method: str = "get"
    status: int = 200
    refusal: int = 403
    data: dict[str, Any] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)  # who gets yet another answer
    objects: bool = True  # whether the arguments name an object of the organisation, not a quarter, say


def of_person(world: World) -> dict[str, Any]:
    return {"person_id": world.colin.pk}


def of_quarterly_file(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        keep_quarterly_files("2026Q3", on=timezone.localdate())
    return {"quarter": "2026Q3"}


def of_saved_view(world: World) -> dict[str, Any]:
    """Paula's, shared."""
    with tenant_transaction(world.organization.pk):
        return {
            "view_id": SavedView.objects.create(
                person=world.paula, name="Mine", is_shared=True, made_on=timezone.localdate()
            ).pk
        }


def of_own_profiles(world: World) -> dict[str, Any]:
    """Everybody mentors and sees their own."""
    for person in world.people.values():
        make_profile(person)
    return {}


def of_tag(world: World) -> dict[str, Any]:
    return {"tag_id": make_tag(world.organization).pk}


def of_unit(world: World) -> dict[str, Any]:
    return {"unit_id": world.unit.pk}


def of_programme(world: World) -> dict[str, Any]:
    return {"programme_id": world.programme.pk}


def of_cohort(world: World) -> dict[str, Any]:
    return {"cohort_id": world.cohort.pk}


def of_membership(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"membership_id": CohortMembership.objects.get().pk}


def of_grant(world: World) -> dict[str, Any]:
    with tenant_transaction(world.organization.pk):
        return {"grant_id": RoleGrant.objects.get(person=world.stella).pk}


def of_newcomer(world: World) -> dict[str, Any]:
    return {"person_id": make_person(world.organization, "New", world.unit).pk}


def of_invitation(world: World) -> dict[str, Any]:
    person = make_person(world.organization, "New", world.unit)
    with tenant_transaction(world.organization.pk):
        henry = member_for(world.henry.pk, on=timezone.localdate())
        assert henry is not None
        return {"invitation_id": invite_person(person.pk, by=henry).pk}


def with_token(world: World) -> dict[str, Any]:
    """A token of Ada's."""
    with tenant_transaction(world.organization.pk):
        ada = member_for(world.ada.pk, on=timezone.localdate())
        assert ada is not None
        return {"token_id": create_api_token("test", days=30, by=ada)[0].pk}


def of_webhook(world: World) -> dict[str, Any]:
    return {"endpoint_id": make_webhook(world.olga).pk}


OVERSEERS = ("mara", "paula", "henry")
OVERSEERS_AND_ADA = ("ada", *OVERSEERS)


def of_file(world: World) -> dict[str, Any]:
    """An uploaded file of units."""
    with tenant_transaction(world.organization.pk):
        file = io.BytesIO(b"Unit ID,Name\nW,Ward\n")
        return {"import_id": start_import(ImportKind.UNITS, file, file_name="u.csv", by=None).pk}


def of_applied_file(world: World) -> dict[str, Any]:
    arguments = of_file(world)
    with tenant_transaction(world.organization.pk):
        Import.objects.update(state=ImportState.APPLIED, applied_at=timezone.now())
    return arguments


IMPORTERS = ("henry", "olga")
# Round Ada: herself, her sponsor, her immediate leader, a specialist; and who only sees that it runs.
TEAM = ("ada", "eli", "mara", "colin")
ONLY_OVERSEE = {"paula": 403, "henry": 403}
NOT_REVIEWED = {**ONLY_OVERSEE, "colin": 403}
NOT_THE_SPONSOR = {**NOT_REVIEWED, "ada": 403, "mara": 403}
NOT_AT_THE_GATE = NOT_REVIEWED  # who sees that it runs, and a specialist
NOT_KEPT = dict.fromkeys(("ada", "eli", "mara", "colin", "olga"), 403)
BUT_COLIN = {**ONLY_OVERSEE, "eli": 403}  # of what Eli reads and Colin alone changes
BUT_ADA = {**ONLY_OVERSEE, "eli": 403, "mara": 403, "colin": 403}
# The partners, and who watches partnerships; after Ada has ended one, the others learn that it is over.
PARTNERS = ("ada", "mara")
ARRANGERS = ("ada", "mara", "henry", "eli")
AFTER_ADA = dict.fromkeys(("mara", "henry", "eli"), 422)
# Who takes part in a programme sees it and does not run it; it is no matter of others.
RUNNERS = ("colin", "henry", "eli")
BUT_PARTICIPANTS = {"ada": 403, "mara": 403}
BUT_ADA_HERSELF = {"ada": 403}  # of her own part, which Mara sees nothing of
BUT_ADA_IN_PROGRAMME = dict.fromkeys(RUNNERS, 403)  # another participant sees nothing of her part
IN_PROGRAMME = (*BUT_PARTICIPANTS, *RUNNERS)
TWO_CODERS = ("paula", "stella")
BUT_CODERS = {**BUT_PARTICIPANTS, **dict.fromkeys(TWO_CODERS, 403)}
CENTRE = ("henry", "eli")
SELF_STUDY = ("henry", "eli", "paula")
STEWARDS = ("henry", "stella")
BEFORE_HENRY = NAMES[: NAMES.index("henry")]  # when it is their turn the entry is still there

TABLE: dict[str, Row] = {
    "today": Row(),
    "search": Row(),
    "people:webhooks": Row(("olga",)),
    "people:webhook": Row(("olga",), of_webhook),
    "people:webhook_test": Row(("olga",), of_webhook, method="post", status=302),
    "people:webhook_secret": Row(("olga",), of_webhook, method="post"),
    "people:webhook_switch": Row(("olga",), of_webhook, method="post", status=302),
    "people:webhook_remove": Row(("olga",), of_webhook, method="post", status=302),
    "people_api:webhooks": Row(("olga",)),
    "people_api:webhook": Row(("olga",), of_webhook),
    "access:settings": Row(),
    "access:archive": Row(method="post"),
    "access:tokens": Row(),
    "access:revoke_token": Row(("ada",), with_token, method="post", status=302, refusal=404),
    "access:invitations": Row(("henry", "olga")),
    "access:invite_group": Row(("henry", "olga")),
    "access:revoke_invitation": Row(("henry", "olga"), of_invitation, method="post", status=302),
    "access:person": Row(("henry", "olga"), of_person),
    "access:invite": Row(("henry", "olga"), of_newcomer, method="post", status=302),
    "access:end": Row(("henry", "olga"), of_newcomer, method="post", status=302),
    "people_api:me": Row(),
    "people_api:people": Row(),
    "people_api:person": Row(arguments=of_person),
    "sponsors:mine": Row(),
    "sponsors:sponsors": Row(),
    "sponsors:ask": Row(arguments=of_sponsor),
    "sponsors:profile": Row(),
    "sponsors:definition": Row(),
    "sponsors:definition_edit": Row(("henry", "paula")),
    "sponsors:competencies": Row(),
    "sponsors:competency_new": Row(("henry", "paula")),
    "sponsors:competency_edit": Row(("henry", "paula"), of_competency),
    "sponsors:competency_retire": Row(("henry", "paula"), of_competency, method="post", status=302),
    "sponsors:competency_restore": Row(("henry", "paula"), of_competency, method="post", status=302),
    "sponsors:overview": Row(("paula", "henry", "eli")),
    "sponsors:quality": Row(("paula", "henry", "eli")),
    "sponsors:overview_csv": Row(("paula", "henry")),
    "sponsors:chart": Row(
        ("ada", "eli", "colin", "mara", "paula", "henry"), of_team_seat_of_ada, refusal=404
    ),
    "sponsors:team": Row(
        ("ada", "eli", "colin", "mara"), of_team_seat_of_ada, refusal=404, others={"paula": 403, "henry": 403}
    ),
    "sponsors:team_release": Row(
        ("eli",),
        of_team_seat,
        method="post",
        status=302,
        refusal=404,
        # When it is Colin's turn, Eli has released him.
        others=dict.fromkeys(("ada", "mara", "paula", "henry"), 403),
    ),
    "sponsors:conference_new": Row(
        ("eli",),
        of_team_seat_of_ada,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "mara": 403, "colin": 403},
    ),
    "sponsors:conference": Row(TEAM, of_conference, refusal=404, others=ONLY_OVERSEE),
    "sponsors:conference_evidence": Row(
        ("eli", "mara", "colin"),
        of_conference,
        method="post",
        status=422,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403},
    ),
    "sponsors:conference_records": Row(TEAM, of_conference, refusal=404, others=ONLY_OVERSEE),
    "sponsors:conference_conclude": Row(
        ("eli",),
        of_conference,
        method="post",
        status=422,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "mara": 403, "colin": 403},
    ),
    "sponsors:diagnosis_new": Row(
        ("eli", "mara", "colin"), of_conference, refusal=404, others={**ONLY_OVERSEE, "ada": 403}
    ),
    "sponsors:draft_edit": Row(("colin",), of_diagnosis_draft, refusal=404, others=BUT_COLIN),
    "sponsors:draft_release": Row(
        ("colin",),
        of_diagnosis_draft,
        method="post",
        status=302,
        refusal=404,
        others=BUT_COLIN,
    ),
    "sponsors:draft_discard": Row(
        ("colin",),
        of_diagnosis_draft,
        method="post",
        status=302,
        refusal=404,
        others=BUT_COLIN,
    ),
    "sponsors:diagnosis_acknowledge": Row(
        ("ada",), of_diagnosis, method="post", status=302, refusal=404, others=BUT_ADA
    ),
    "sponsors:diagnosis_ask": Row(
        ("ada",), of_diagnosis, method="post", status=422, refusal=404, others=BUT_ADA
    ),
    "sponsors:question_answer": Row(
        ("eli", "colin"),
        of_question,
        method="post",
        status=422,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "mara": 403},
    ),
    "insights:overview": Row(CENTRE),
    "insights:overview_csv": Row(CENTRE),
    "insights:overview_xlsx": Row(CENTRE),
    "insights:set_up": Row(CENTRE),
    "insights:set_up_csv": Row(CENTRE),
    "insights:set_up_xlsx": Row(CENTRE),
    "insights:set_up_lines": Row(("henry",)),
    "insights:mine": Row(),
    "insights:standards": Row(SELF_STUDY),
    "insights:standard": Row(SELF_STUDY, of_standard),
    "insights:standard_pdf": Row(SELF_STUDY, of_standard),
    "insights:standard_csv": Row(SELF_STUDY, of_standard),
    "insights:standard_json": Row(SELF_STUDY, of_standard),
    "insights:requirements_file": Row(("henry",), of_standard),
    "insights:requirements_csv": Row(("henry",), of_standard),
    "insights:standard_new": Row(("henry",)),
    "insights:standard_edit": Row(("henry",), of_standard),
    "insights:requirement_new": Row(("henry",), of_standard),
    "insights:requirement": Row(("henry",), of_requirement),
    "insights:mapping_set": Row(("henry",), of_requirement, method="post", status=422),
    "insights:document_add": Row(("henry",), of_requirement, method="post", status=422),
    "insights:mapping_remove": Row(("henry",), of_mapped_evidence, method="post", status=302),
    "insights:document_remove": Row(("henry",), of_document, method="post", status=302),
    "insights:pilots": Row(CENTRE),
    "insights:pilot": Row(CENTRE, of_pilot),
    "insights:pilot_csv": Row(CENTRE, of_pilot),
    "insights:pilot_xlsx": Row(CENTRE, of_pilot),
    "insights:pilot_pdf": Row(CENTRE, of_pilot),
    "insights:pilot_values_csv": Row(("henry",), of_pilot),
    "insights:pilot_values_file": Row(("henry",), of_pilot),
    "insights:pilot_new": Row(("henry",)),
    "insights:pilot_edit": Row(("henry",), of_pilot),
    "insights:pilot_call_off": Row(("henry",), of_pilot, method="post", status=302),
    "insights:pilot_set_up": Row(("henry",), of_pilot),
    "insights:pilot_unit_add": Row(("henry",), of_pilot, method="post", status=422),
    "insights:pilot_outcome_add": Row(("henry",), of_pilot, method="post", status=422),
    "insights:pilot_unit_remove": Row(("henry",), of_pilot_unit, method="post", status=302),
    "insights:pilot_outcome_remove": Row(("henry",), of_pilot_outcome, method="post", status=302),
    "insights:pilot_values": Row(("henry",), of_pilot_outcome),
    "insights:exchange": Row(CENTRE),
    "insights:exchange_csv": Row(CENTRE),
    "insights:exchange_letter_out": Row(("henry",), method="post", status=302),
    "insights:exchange_keys_out": Row(("henry",), method="post"),
    "insights:exchange_partner_new": Row(("henry",)),
    "insights:exchange_partner_remove": Row(("henry",), of_exchange_partner, method="post", status=302),
    "insights:exchange_letter_in": Row(("henry",)),
    "insights:role_pulses": Row(CENTRE),
    "insights:role_pulses_csv": Row(CENTRE),
    "insights:role_pulses_xlsx": Row(CENTRE),
    "insights:role_pulse_new": Row(("henry",)),
    "insights:role_pulse": Row(("mara", *CENTRE), of_closed_role_pulse),
    "insights:role_pulse_answer": Row(("mara",), of_open_role_pulse),
    "insights:structures": Row(CENTRE),
    "insights:structures_csv": Row(CENTRE),
    "succession:overview": Row(CENTRE),
    "succession:overview_csv": Row(CENTRE),
    "succession:overview_xlsx": Row(CENTRE),
    "succession:overview_pdf": Row(CENTRE),
    "succession:bench": Row(CENTRE),
    "succession:representation": Row(CENTRE),
    "succession:representation_csv": Row(CENTRE),
    "succession:scenarios": Row(CENTRE),
    "succession:scenario": Row(CENTRE, of_scenario),
    "succession:exceptions": Row(CENTRE),
    "succession:exception_new": Row(("henry",)),
    "succession:exception_approve": Row(("eli",), of_term_exception, method="post", status=302),
    "succession:exception_refuse": Row(("eli",), of_term_exception),
    "succession:reviews": Row(),
    "succession:review_new": Row(("henry",)),
    "succession:review": Row(("mara", "henry"), of_talent_review, refusal=404),
    "succession:review_edit": Row(("henry",), of_talent_review, refusal=404, others={"mara": 403}),
    "succession:review_cancel": Row(
        ("henry",), of_talent_review, method="post", status=302, refusal=404, others={"mara": 403}
    ),
    "succession:review_pack": Row(("mara", "henry"), of_open_review, refusal=404),
    "succession:review_open": Row(
        ("mara", "henry"), of_talent_review, method="post", status=302, refusal=404
    ),
    "succession:review_close": Row(("mara", "henry"), of_open_review, method="post", status=302, refusal=404),
    "succession:review_pool": Row(("mara", "henry"), of_pool_reviewed, refusal=404),
    "succession:review_decide": Row(
        ("mara", "henry"), of_pool_reviewed, method="post", status=422, refusal=404
    ),
    "succession:review_action_new": Row(
        ("mara", "henry"), of_pool_reviewed, method="post", status=422, refusal=404
    ),
    "succession:review_action_take_back": Row(
        # When it is Henry's turn, Mara has taken it back.
        ("mara",),
        of_review_action,
        method="post",
        status=302,
        refusal=404,
    ),
    "succession:review_actions": Row(),
    "succession:review_action_done": Row(
        ("colin",), of_review_action, method="post", status=302, refusal=404
    ),
    "succession:terms": Row(CENTRE),
    "succession:terms_csv": Row(CENTRE),
    "succession:intention": Row(("mara",), of_term_of_mara, refusal=404),
    "succession:ladder_done": Row(("mara", "henry"), of_rung, method="post", status=302),
    "succession:mine": Row(),
    "insights_api:leadership": Row(CENTRE),
    "insights_api:set_up": Row(CENTRE),
    "insights_api:role_pulses": Row(CENTRE),
    "insights_api:pilots": Row(CENTRE),
    "insights_api:pilot": Row(CENTRE, of_pilot),
    "insights_api:exchange": Row(CENTRE),
    "insights_api:standards": Row(SELF_STUDY),
    "insights_api:self_study": Row(SELF_STUDY, of_standard),
    "succession_api:own_candidacies": Row(),
    "succession_api:positions": Row(CENTRE),
    "succession_api:position": Row(("mara", *CENTRE), of_position_with_pool),
    "succession_api:candidates": Row(("mara", "henry"), of_position_with_pool, method="post", status=415),
    "succession_api:candidacy": Row(("ada", "mara", *CENTRE), of_candidate, refusal=404),
    "succession_api:candidacy_accept": Row(
        ("ada",),
        of_asked_candidate,
        method="post",
        refusal=404,
        others=dict.fromkeys(("mara", *CENTRE), 403),
    ),
    "succession_api:candidacy_decline": Row(
        ("ada",),
        of_asked_candidate,
        method="post",
        status=415,
        refusal=404,
        others=dict.fromkeys(("mara", *CENTRE), 403),
    ),
    "succession_api:candidacy_end": Row(
        ("ada", "mara", "henry"), of_candidate, method="post", status=415, refusal=404, others={"eli": 403}
    ),
    "succession_api:candidacy_assess": Row(
        ("mara", "henry"),
        of_candidate,
        method="post",
        status=415,
        refusal=404,
        others={"ada": 403, "eli": 403},
    ),
    "succession_api:exceptions": Row(CENTRE),
    "succession_api:exception_approve": Row(("eli",), of_term_exception, method="post"),
    "succession_api:exception_refuse": Row(("eli",), of_term_exception, method="post", status=415),
    "succession_api:scenarios": Row(CENTRE),
    "succession_api:scenario": Row(CENTRE, of_scenario),
    "succession_api:own_terms": Row(),
    "succession_api:declare_intention": Row(
        ("mara",), of_term_of_mara, method="post", status=415, refusal=404
    ),
    "succession_api:selections": Row(),
    "succession_api:representation": Row(CENTRE),
    "succession_api:reviews": Row(),
    "succession_api:review": Row(("mara", "henry"), of_talent_review, refusal=404),
    "succession_api:own_review_actions": Row(),
    "succession_api:review_action_done": Row(("colin",), of_review_action, method="post", refusal=404),
    "succession_api:selection": Row(arguments=of_selection),
    "succession:selections": Row(),
    "succession:selection_new": Row(("henry",)),
    "succession:selection": Row(arguments=of_selection),
    "succession:selection_log": Row(arguments=of_selection),
    "succession:slate_ballot": Row(STAFF, of_open_slate_ballot),
    "succession:interviews": Row((), of_selection),
    "succession:scores": Row((), of_slate),
    "succession:score_one": Row((), of_slate_name),
    **{
        f"succession:interview_{name}": Row(("ada",), of_interview, method="post", status=302)
        for name in ("held", "other", "decline")
    },
    "succession:selection_name": Row(STAFF, of_selection, method="post", status=422),
    **{
        f"succession:selection_{name}": Row(("ada",), of_own_standing, method="post", status=302)
        for name in ("stand", "say_no")
    },
    "succession:selection_withdraw": Row(("ada",), of_own_candidature, method="post", status=302),
    **{
        f"succession:selection_{name}": Row(("henry",), of_selection, method="post", status=422)
        for name in ("panel", "rules", "ballot", "stop")
    },
    **{
        f"succession:selection_{name}": Row(("henry",), of_selection, method="post", status=302)
        for name in ("share", "count", "appoint")
    },
    **{
        f"succession:selection_{name}": Row((), of_selection, method="post")
        for name in ("declare", "hand_in", "decide")
    },
    "succession:set_up": Row(("henry",)),
    "succession:set_up_file": Row(("henry",), method="post", status=422),
    "succession:pools_csv": Row(("henry",)),
    "succession:position": Row(("mara", *CENTRE), of_position_with_pool),
    "succession:pool_edit": Row(("henry",), of_position_with_pool),
    "succession:candidate_new": Row(("mara", "henry"), of_position_with_pool),
    "succession:candidacy": Row(("ada", "mara", *CENTRE), of_candidate, refusal=404),
    "succession:candidacy_accept": Row(
        ("ada",),
        of_asked_candidate,
        method="post",
        status=302,
        refusal=404,
        others=dict.fromkeys(("mara", *CENTRE), 403),
    ),
    "succession:candidacy_decline": Row(
        ("ada",),
        of_asked_candidate,
        method="post",
        status=302,
        refusal=404,
        others=dict.fromkeys(("mara", *CENTRE), 403),
    ),
    "succession:candidacy_end": Row(
        ("ada",),
        of_candidate,
        method="post",
        status=302,
        refusal=404,
        others={"mara": 422, "henry": 422, "eli": 403},
    ),
    "succession:candidacy_assess": Row(
        ("mara", "henry"),
        of_candidate,
        method="post",
        status=422,
        refusal=404,
        others={"ada": 403, "eli": 403},
    ),
    "partnerships:register": Row(),
    "partnerships:unit": Row(arguments=of_unit),
    "partnerships:new": Row(("mara", "henry", "eli")),
    "partnerships:partnership": Row(arguments=of_partnership),
    "partnerships:programmes": Row(),
    "partnerships:programme_new": Row(("henry", "eli")),
    "partnerships:programme": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships:programme_culture": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships:programme_report": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships:programme_exceptions": Row(
        RUNNERS, of_partnership_programme, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships:programme_outcome_drop": Row(
        ("henry",), of_outcome, method="post", status=302, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships:programme_phase": Row(IN_PROGRAMME, of_phase, refusal=404),
    "partnerships:programme_people": Row(
        RUNNERS, of_partnership_programme, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships:programme_participant": Row(("ada", *RUNNERS), of_participant, refusal=404),
    **{
        f"partnerships:programme_{name}": Row(
            RUNNERS,
            arguments,
            method="post",
            status=422,
            refusal=404,
            others=BUT_ADA_HERSELF if arguments is of_participant else BUT_PARTICIPANTS,
        )
        for arguments, names in {
            of_partnership_programme: ("bring", "sponsor", "audit", "away_day", "outcome", "follow_up"),
            of_phase_to_change: ("phase_plan", "phase_finish", "phase_drop"),
            of_participant: ("coach",),
            of_outcome: ("outcome_measure",),
            of_exception: ("exception_settle",),
        }.items()
        for name in names
    },
    "partnerships:programme_artefact": Row(
        IN_PROGRAMME, of_partnership_programme, method="post", status=422, refusal=404
    ),
    "partnerships:programme_coaching": Row(
        ("ada", *RUNNERS), of_participant, method="post", status=422, refusal=404
    ),
    "partnerships:programme_coaching_strike": Row(
        ("ada",), of_programme_coaching, method="post", status=302, refusal=404, others={}
    ),
    "partnerships:programme_profile": Row(
        ("ada",), of_participant, method="post", status=422, refusal=404, others=BUT_ADA_IN_PROGRAMME
    ),
    **{
        f"partnerships:programme_profile_{name}": Row(
            ("ada",), of_profile, method="post", status=302, refusal=404, others=BUT_ADA_IN_PROGRAMME
        )
        for name in ("show", "hide", "drop")
    },
    "partnerships:programme_profile_file": Row(("ada",), of_profile, refusal=404),
    "partnerships:programme_phase_reopen": Row(
        RUNNERS, of_phase_to_change, method="post", status=302, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships:programme_close": Row(
        ("henry",),
        of_partnership_programme,
        method="post",
        status=302,
        refusal=404,
        others={**BUT_PARTICIPANTS, "eli": 422, "colin": 422},
    ),
    "partnerships:programme_release": Row(
        ("henry",),
        of_participant,
        method="post",
        status=302,
        refusal=404,
        others={**BUT_ADA_HERSELF, "eli": 422, "colin": 422},
    ),
    "partnerships:programme_audit_detach": Row(
        ("henry",), of_audit, method="post", status=302, refusal=404, others=BUT_PARTICIPANTS
    ),
    **{
        f"partnerships:{name}": Row(
            (*TWO_CODERS, *RUNNERS),
            arguments,
            method=method,
            status=status,
            refusal=404,
            others=BUT_PARTICIPANTS,
        )
        for name, arguments, method, status in (
            ("codebook", of_codebook, "get", 200),
            ("codebook_csv", of_codebook, "get", 200),
            ("code", of_code, "get", 200),
            ("theme", of_theme, "get", 200),
            ("code_new", of_codebook, "post", 422),
            ("theme_new", of_codebook, "post", 422),
            ("code_group", of_code, "post", 302),
            ("code_retire", of_code, "post", 302),
        )
    },
    "partnerships:analysis": Row((*TWO_CODERS, *IN_PROGRAMME), of_analysis, refusal=404),
    "partnerships:analysis_begin": Row(
        RUNNERS, of_written_audit, method="post", status=422, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships:analysis_start": Row(
        ("stella", *RUNNERS),  # after Paula, who has begun it
        of_analysis,
        method="post",
        status=422,
        refusal=404,
        others={**BUT_PARTICIPANTS, "paula": 302},
    ),
    "partnerships:analysis_third": Row(
        RUNNERS, of_settling, method="post", status=422, refusal=404, others=BUT_CODERS
    ),
    **{
        f"partnerships:analysis_{name}": Row(
            RUNNERS, of_coding, method="post", status=422, refusal=404, others=BUT_CODERS
        )
        for name in ("replace", "end")
    },
    "partnerships:analysis_release": Row(
        RUNNERS, of_coding, method="post", status=422, refusal=404, others=BUT_CODERS
    ),
    "partnerships:coding": Row(TWO_CODERS, of_coding, refusal=404, others=dict.fromkeys(IN_PROGRAMME, 403)),
    "partnerships:coding_csv": Row(
        TWO_CODERS, of_coding, refusal=404, others=dict.fromkeys(IN_PROGRAMME, 403)
    ),
    "partnerships:coding_finish": Row(
        TWO_CODERS,
        of_coding,
        method="post",
        status=302,
        refusal=404,
        others=dict.fromkeys(IN_PROGRAMME, 403),
    ),
    "partnerships:settling": Row(
        TWO_CODERS, of_settling, refusal=404, others=dict.fromkeys(IN_PROGRAMME, 403)
    ),
    "partnerships:findings": Row(
        IN_PROGRAMME, of_findings, refusal=404, others=dict.fromkeys(TWO_CODERS, 403)
    ),
    "partnerships:feedback_spoken": Row(
        RUNNERS, of_feedback, method="post", status=302, refusal=404, others=BUT_CODERS
    ),
    "partnerships:charter": Row(("ada", "mara"), of_partnership, method="post", status=422),
    "partnerships:matter": Row(("ada", "mara"), of_partnership, method="post", status=422),
    "partnerships:goal": Row(("ada", "mara"), of_partnership, method="post", status=422),
    "partnerships:meeting": Row(("ada", "mara"), of_partnership, method="post", status=422),
    "partnerships:join": Row(ARRANGERS, of_partnership, method="post", status=422),
    "partnerships:end": Row(("ada",), of_partnership, method="post", status=302, others=AFTER_ADA),
    # When it is Mara's turn, Ada has taken it away.
    "partnerships:matter_drop": Row(("ada",), of_matter, method="post", status=302, others={"mara": 404}),
    "partnerships:meeting_strike": Row(
        ("ada",), of_meeting_of_partners, method="post", status=302, others={"mara": 404}
    ),
    "partnerships:goal_finish": Row(("ada", "mara"), of_shared_goal, method="post", status=422),
    "partnerships:partner_share": Row(ARRANGERS, of_partner, method="post", status=422),
    "partnerships:partner_release": Row(
        ("mara",), of_partner, method="post", status=422, others={"ada": 302, "henry": 422, "eli": 422}
    ),
    "partnerships:check_open": Row(("ada",), of_partnership, method="post", status=302, others={"mara": 422}),
    "partnerships:check": Row(("ada", "mara"), of_check),
    "partnerships:check_share": Row(("ada", "mara"), of_check, method="post", status=302),
    "partnerships:check_call_off": Row(("ada", "mara"), of_check, method="post", status=302),
    "partnerships:change_keep": Row(ARRANGERS, of_partner_change, method="post", status=302),
    "partnerships_api:mine": Row(),
    "partnerships_api:programmes": Row(),
    "partnerships_api:programme": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships_api:programme_culture": Row(IN_PROGRAMME, of_audited_programme, refusal=404),
    **{
        f"partnerships_api:programme_{name}": Row(
            RUNNERS, arguments, method=method, status=415, refusal=404, others=BUT_PARTICIPANTS
        )
        for name, arguments, method in (
            ("away_days", of_partnership_programme, "post"),
            ("phase", of_phase, "put"),
            ("phase_finish", of_phase, "post"),
            ("phase_drop", of_phase, "post"),
            ("outcomes", of_partnership_programme, "post"),
            ("outcome", calling_it("outcome_id", of_outcome), "put"),
            ("bring", of_partnership_programme, "post"),
            ("sponsor", of_partnership_programme, "post"),
            ("exception_settle", calling_it("exception_id", of_exception), "post"),
        )
    },
    "partnerships_api:programme_audits": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships_api:programme_audit": Row(
        ("henry",),
        calling_it("audit_id", of_audit),
        method="delete",
        status=204,
        refusal=404,
        others=BUT_PARTICIPANTS,  # Henry has taken it away when it is the turn of the others who may
    ),
    "partnerships_api:programme_audit_waves": Row(
        RUNNERS, of_partnership_programme, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships_api:programme_exceptions": Row(
        RUNNERS, of_partnership_programme, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships_api:programme_close": Row(
        ("henry",),
        of_partnership_programme,
        method="post",
        refusal=404,
        others={**BUT_PARTICIPANTS, "eli": 409, "colin": 409},
    ),
    **{
        f"partnerships_api:{name}": Row(
            (*TWO_CODERS, *RUNNERS),
            arguments,
            method=method,
            status=status,
            refusal=404,
            others=BUT_PARTICIPANTS,
        )
        for name, arguments, method, status in (
            ("codebook", of_codebook, "get", 200),
            ("codes", of_codebook, "post", 415),
            ("code", of_code, "put", 415),
            ("code_retire", of_code, "post", 200),
            ("code_group", of_code, "put", 415),
            ("themes", of_codebook, "post", 415),
            ("theme", of_theme, "put", 415),
            ("agreement", of_settling, "get", 200),
        )
    },
    "partnerships_api:analysis": Row((*TWO_CODERS, *IN_PROGRAMME), of_analysis, refusal=404),
    "partnerships_api:analysis_start": Row(
        ("stella", *RUNNERS),  # after Paula, who has begun it
        of_analysis,
        method="post",
        status=409,
        refusal=404,
        others={**BUT_PARTICIPANTS, "paula": 200},
    ),
    **{
        f"partnerships_api:analysis_{name}": Row(
            RUNNERS, arguments, method="post", status=415, refusal=404, others=BUT_CODERS
        )
        for name, arguments in (("third", of_settling), ("replace", of_coding), ("end", of_coding))
    },
    **{
        f"partnerships_api:{name}": Row(
            TWO_CODERS,
            arguments,
            method=method,
            status=status,
            refusal=404,
            others=dict.fromkeys(IN_PROGRAMME, 403),
        )
        for name, arguments, method, status in (
            ("coding", of_coding, "get", 200),
            ("coding_comment", of_comment, "put", 415),
            ("coding_finish", of_coding, "post", 409),
            ("differences", of_settling, "get", 200),
        )
    },
    "partnerships_api:findings": Row(
        IN_PROGRAMME, of_findings, refusal=404, others=dict.fromkeys(TWO_CODERS, 403)
    ),
    "partnerships_api:feedback": Row(RUNNERS, of_findings, refusal=404, others=BUT_CODERS),
    "partnerships_api:feedback_spoken": Row(
        ("henry",),
        calling_it("feedback_id", of_feedback),
        method="post",
        refusal=404,
        others={**BUT_CODERS, "eli": 409, "colin": 409},
    ),
    "partnerships_api:programme_attendance": Row(
        RUNNERS, of_partnership_programme, refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships_api:programme_phase_attendance": Row(IN_PROGRAMME, of_phase, refusal=404),
    "partnerships_api:programme_participant": Row(
        ("ada", *RUNNERS), calling_it("participant_id", of_participant), refusal=404
    ),
    "partnerships_api:programme_coach": Row(
        RUNNERS,
        calling_it("participant_id", of_participant),
        method="put",
        status=415,
        refusal=404,
        others={"ada": 403},
    ),
    "partnerships_api:programme_coaching": Row(
        ("ada", *RUNNERS),
        calling_it("participant_id", of_participant),
        method="post",
        status=415,
        refusal=404,
    ),
    "partnerships_api:programme_coaching_strike": Row(
        ("ada",), of_coached_participant, method="delete", status=204, refusal=404
    ),
    "partnerships_api:programme_profile": Row(
        ("ada",), calling_it("participant_id", of_profile), refusal=404, others=BUT_ADA_IN_PROGRAMME
    ),
    **{
        f"partnerships_api:programme_profile_{name}": Row(
            ("ada",),
            calling_it("participant_id", of_profile),
            method="post",
            refusal=404,
            others=BUT_ADA_IN_PROGRAMME,
        )
        for name in ("show", "hide")
    },
    "partnerships_api:programme_shown_profiles": Row(
        ("ada",), calling_it("participant_id", of_participant), refusal=404, others=BUT_ADA_IN_PROGRAMME
    ),
    "partnerships_api:programme_profiles_kept": Row(IN_PROGRAMME, of_partnership_programme, refusal=404),
    "partnerships_api:programme_release": Row(
        ("henry",),
        calling_it("participant_id", of_participant),
        method="post",
        refusal=404,
        others={"ada": 403, "eli": 409, "colin": 409},
    ),
    "partnerships_api:programme_phase_reopen": Row(
        RUNNERS, of_phase, method="post", refusal=404, others=BUT_PARTICIPANTS
    ),
    "partnerships_api:programme_artefacts": Row(
        IN_PROGRAMME, of_partnership_programme, method="put", status=415, refusal=404
    ),
    "partnerships_api:register": Row(),
    "partnerships_api:unit": Row(arguments=of_unit),
    "partnerships_api:partnership": Row(arguments=of_partnership),
    "partnerships_api:charter": Row(PARTNERS, of_partnership, method="put", status=415),
    "partnerships_api:end": Row(
        ("ada",), of_partnership, method="post", others=dict.fromkeys(("mara", "henry", "eli"), 409)
    ),
    "partnerships_api:partners": Row(ARRANGERS, of_partnership, method="post", status=415),
    "partnerships_api:partner_share": Row(
        ARRANGERS, calling_it("partner_id", of_partner), method="put", status=415
    ),
    # When it is Mara's turn, Ada has released herself.
    "partnerships_api:partner_release": Row(
        ("mara", "henry", "eli"),
        calling_it("partner_id", of_partner),
        method="post",
        status=409,
        others={"ada": 200},
    ),
    "partnerships_api:change_keep": Row(ARRANGERS, calling_it("change_id", of_partner_change), method="post"),
    "partnerships_api:matters": Row(PARTNERS, of_partnership, method="post", status=415),
    "partnerships_api:matter": Row(
        ("ada",), calling_it("matter_id", of_matter), method="delete", status=204, others={"mara": 404}
    ),
    "partnerships_api:goals": Row(PARTNERS, of_partnership, method="post", status=415),
    "partnerships_api:goal": Row(PARTNERS, calling_it("goal_id", of_shared_goal), method="put", status=415),
    "partnerships_api:meetings": Row(ARRANGERS, of_partnership),
    "partnerships_api:meeting": Row(
        ("ada",),
        calling_it("meeting_id", of_meeting_of_partners),
        method="delete",
        status=204,
        others={"mara": 404},
    ),
    "partnerships_api:checks": Row(ARRANGERS, of_partnership),
    "partnerships_api:check": Row(PARTNERS, of_check),
    "partnerships_api:check_answer": Row(PARTNERS, of_check, method="post", status=415),
    "partnerships_api:check_share": Row(PARTNERS, of_check, method="put", status=415),
    "partnerships_api:check_call_off": Row(("ada",), of_check, method="post", others={"mara": 409}),
    "sponsors:regimen": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors:regimen_publish": Row(
        TEAM, of_team_seat_of_ada, method="post", status=422, refusal=404, others=ONLY_OVERSEE
    ),
    "sponsors:versions": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors:version": Row(TEAM, of_regimen_version, refusal=404, others=ONLY_OVERSEE),
    "sponsors:version_pdf": Row(TEAM, of_regimen_version, refusal=404, others=ONLY_OVERSEE),
    "sponsors:templates": Row(
        ("eli", "mara"), of_team_seat_of_ada, refusal=404, others={**ONLY_OVERSEE, "ada": 403, "colin": 403}
    ),
    "sponsors:template_begin": Row(
        ("eli", "mara"),
        of_template,
        method="post",
        status=302,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    "sponsors:acknowledge": Row(
        ("ada",), of_regimen_version, method="post", status=302, refusal=404, others=BUT_ADA
    ),
    "sponsors:proposals": Row(
        ("ada",), of_team_seat_of_ada, method="post", status=422, refusal=404, others=BUT_ADA
    ),
    "sponsors:proposal_answer": Row(
        TEAM, of_wish, method="post", status=422, refusal=404, others=ONLY_OVERSEE
    ),
    "sponsors:goal_new": Row(
        ("eli", "mara"), of_team_seat_of_ada, refusal=404, others={**ONLY_OVERSEE, "ada": 403, "colin": 403}
    ),
    "sponsors:goal_edit": Row(
        ("eli", "mara"), of_goal, refusal=404, others={**ONLY_OVERSEE, "ada": 403, "colin": 403}
    ),
    "sponsors:goal_remove": Row(
        ("eli", "mara"), of_goal, refusal=404, others={**ONLY_OVERSEE, "ada": 403, "colin": 403}
    ),
    "sponsors:action_new": Row(
        ("eli", "mara", "colin"), of_team_seat_of_ada, refusal=404, others={**ONLY_OVERSEE, "ada": 403}
    ),
    "sponsors:action_edit": Row(
        ("eli", "mara", "colin"), of_action, refusal=404, others={**ONLY_OVERSEE, "ada": 403}
    ),
    "sponsors:action_remove": Row(
        ("eli", "mara", "colin"), of_action, refusal=404, others={**ONLY_OVERSEE, "ada": 403}
    ),
    "sponsors:action_progress": Row(TEAM, of_action, refusal=404, others=ONLY_OVERSEE),
    "sponsors:action_attest": Row(
        ("eli", "mara"),
        of_action,
        method="post",
        status=302,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    **{
        f"sponsors:action_{act}": Row(
            ("ada",), of_action, method="post", status=302, refusal=404, others=BUT_ADA
        )
        for act in ("release", "take_back", "to_passport")
    },
    "sponsors:caseload": Row(),
    "sponsors:accountability": Row(("paula", "henry", "eli")),
    "sponsors:accountability_csv": Row(("paula", "henry", "eli")),
    "sponsors:review_rule": Row(("paula", "henry")),
    "sponsors:onboardings": Row(("paula", "henry", "eli")),
    "sponsors:onboardings_csv": Row(("paula", "henry")),
    "sponsors:onboarding_contents": Row(),
    "sponsors:onboarding_contents_edit": Row(("henry", "paula")),
    "sponsors:onboarding": Row(
        ("ada", "eli", "mara", "olga", "paula", "henry"), of_onboarding, refusal=404, others={"colin": 403}
    ),
    "sponsors:onboarding_begin": Row(("paula", "henry"), of_onboarding, refusal=404, others=NOT_KEPT),
    "sponsors:onboarding_chair": Row(("paula", "henry"), of_onboarding, refusal=404, others=NOT_KEPT),
    "sponsors:onboarding_stop": Row(("paula", "henry"), of_onboarding, refusal=404, others=NOT_KEPT),
    "sponsors:gate_item": Row(
        ("ada", "eli", "mara", "olga"), of_gate_item, refusal=404, others=NOT_AT_THE_GATE
    ),
    "sponsors:proof_look": Row(
        ("eli", "mara"),
        of_proof,
        method="post",
        status=422,
        refusal=404,
        others={**NOT_AT_THE_GATE, "ada": 403, "olga": 403},
    ),
    "sponsors:proof_withdraw": Row(
        ("ada",),
        of_proof,
        method="post",
        status=302,
        refusal=404,
        # When it is their turn, Ada has taken it back.
        others={**NOT_AT_THE_GATE, "eli": 404, "mara": 404, "olga": 404},
    ),
    "sponsors:proof_file": Row(
        ("ada", "eli"), of_private_proof, refusal=404, others={**NOT_AT_THE_GATE, "mara": 403, "olga": 403}
    ),
    "sponsors:gate_recommend": Row(
        ("eli", "mara"), of_onboarding, refusal=404, others={**NOT_AT_THE_GATE, "ada": 403, "olga": 403}
    ),
    "sponsors:gate_decide": Row(
        ("olga",), of_decidable_gate, refusal=404, others=dict.fromkeys((*TEAM, "paula", "henry"), 403)
    ),
    "sponsors:reviews": Row(("ada", "eli", "mara"), of_team_seat_of_ada, refusal=404, others=NOT_REVIEWED),
    "sponsors:review": Row(("ada", "eli", "mara"), of_review, refusal=404, others=NOT_REVIEWED),
    "sponsors:review_call": Row(
        ("eli",),
        of_team_seat_of_ada,
        method="post",
        status=422,
        refusal=404,
        others={**NOT_REVIEWED, "ada": 403, "mara": 403},
    ),
    "sponsors:review_view": Row(
        ("ada",),
        of_review,
        method="post",
        status=422,
        refusal=404,
        data={"words": " "},
        others={**NOT_REVIEWED, "eli": 403, "mara": 403},
    ),
    "sponsors:review_sign": Row(
        ("eli", "mara"),
        of_review,
        method="post",
        status=422,
        refusal=404,
        others={**NOT_REVIEWED, "ada": 403},
    ),
    "sponsors:intake": Row(
        ("ada", "eli", "mara"), of_team_seat_of_ada, refusal=404, others={**ONLY_OVERSEE, "colin": 403}
    ),
    "sponsors:intake_past": Row(
        ("ada", "eli", "mara"), of_closed_intake, refusal=404, others={**ONLY_OVERSEE, "colin": 403}
    ),
    "sponsors:intake_close": Row(
        ("eli",),
        of_team_seat_of_ada,
        method="post",
        status=302,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "mara": 403, "colin": 403},
    ),
    "sponsors:intake_answer": Row(("colin",), of_intake_request, refusal=404),
    "sponsors:intake_decline": Row(("colin",), of_intake_request, method="post", status=422, refusal=404),
    "sponsors:coach": Row(),
    "sponsors:coaching": Row(TEAM, of_coached, refusal=404, others=ONLY_OVERSEE),
    "sponsors:coaching_new": Row(
        ("ada", "colin"), of_coached, refusal=404, others={**ONLY_OVERSEE, "eli": 403, "mara": 403}
    ),
    "sponsors:coaching_session": Row(("ada", "colin"), of_coaching_session, refusal=404),
    "sponsors:coaching_edit": Row(("ada", "colin"), of_coaching_session, refusal=404),
    "sponsors:coaching_cancel": Row(
        ("ada", "colin"), of_coaching_session, method="post", status=302, refusal=404
    ),
    "sponsors:coaching_record": Row(
        ("ada", "colin"), of_coaching_session, method="post", status=302, refusal=404
    ),
    "sponsors:coaching_note": Row(
        ("ada", "colin"), of_coaching_session, method="post", status=302, refusal=404
    ),
    "sponsors:coaching_ics": Row(("ada", "colin"), of_coaching_session, refusal=404),
    "sponsors:obstacles": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors:obstacles_mine": Row(),
    "sponsors:obstacle_report": Row(("paula", "henry", "eli")),
    "sponsors:obstacle_report_csv": Row(("paula", "henry", "eli")),
    "sponsors:obstacle": Row((*TEAM, "olga"), of_obstacle, refusal=404),
    "sponsors:obstacle_change": Row(
        ("ada", "eli", "mara", "olga"),
        of_obstacle,
        method="post",
        status=422,
        refusal=404,
        others={"colin": 403},
    ),
    "sponsors:obstacle_close": Row(
        ("ada", "eli", "mara", "olga"),
        of_obstacle,
        method="post",
        status=422,
        refusal=404,
        others={"colin": 403},
    ),
    "sponsors:obstacle_reopen": Row(
        ("ada", "eli", "mara", "olga"),
        of_removed_obstacle,
        method="post",
        status=422,
        refusal=404,
        others={"colin": 403},
    ),
    "sponsors:contacts": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors:contacts_mine": Row(),
    "sponsors:contact_remove": Row(("ada",), of_contact, method="post", status=302, refusal=404),
    "sponsors:sponsorship": Row(("ada", "eli", "mara", "paula", "henry"), of_sponsorship, refusal=404),
    "sponsors:sponsorship_accept": Row(
        ("eli",), of_request, method="post", status=302, refusal=404, others={"ada": 403}
    ),
    "sponsors:sponsorship_decline": Row(("eli", "ada"), of_request, method="post", status=422, refusal=404),
    "sponsors:sponsorship_withdraw": Row(
        ("ada",), of_request, method="post", status=302, refusal=404, others={"eli": 403}
    ),
    "sponsors:sponsorship_end": Row(
        ("ada", "eli", "mara", "paula", "henry"), of_sponsorship, method="post", status=422, refusal=404
    ),
    "sponsors:sponsorship_handover": Row(
        ("ada", "eli", "mara", "paula", "henry"), of_sponsorship, method="post", status=422, refusal=404
    ),
    "sponsors_api:mine": Row(),
    "sponsors_api:profile": Row(),
    "sponsors_api:sponsors": Row(),
    "sponsors_api:definition": Row(),
    "sponsors_api:sponsored": Row(("paula", "henry", "eli")),
    "sponsors_api:without_sponsor": Row(("paula", "henry")),
    "sponsors_api:ask": Row(method="post", status=415),
    "sponsors_api:sponsorship": Row(("ada", "eli", "mara", "paula", "henry"), of_sponsorship, refusal=404),
    "sponsors_api:accept": Row(("eli",), of_request, method="post", refusal=404, others={"ada": 403}),
    "sponsors_api:decline": Row(("eli", "ada"), of_request, method="post", status=415, refusal=404),
    "sponsors_api:withdraw": Row(("ada",), of_request, method="post", refusal=404, others={"eli": 403}),
    "sponsors_api:end": Row(
        ("ada", "eli", "mara", "paula", "henry"), of_sponsorship, method="post", status=415, refusal=404
    ),
    "sponsors_api:handover": Row(
        ("ada", "eli", "mara", "paula", "henry"), of_sponsorship, method="put", status=415, refusal=404
    ),
    "sponsors_api:chart": Row((*TEAM, "paula", "henry"), of_team_seat_of_ada, refusal=404),
    "sponsors_api:team": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:release": Row(
        ("eli",),
        of_team_seat,
        method="post",
        status=204,
        refusal=404,
        # When it is Colin's turn, Eli has released him.
        others=dict.fromkeys(("ada", "mara", "paula", "henry"), 403),
    ),
    "sponsors_api:intake": Row(("ada", "eli", "mara"), of_team_seat_of_ada, refusal=404, others=NOT_REVIEWED),
    "sponsors_api:intake_candidates": Row(("eli",), of_team_seat_of_ada, refusal=404, others=NOT_THE_SPONSOR),
    "sponsors_api:intake_ask": Row(
        ("eli",), of_team_seat_of_ada, method="post", status=415, refusal=404, others=NOT_THE_SPONSOR
    ),
    "sponsors_api:intake_close": Row(
        ("eli",), of_team_seat_of_ada, method="post", status=409, refusal=404, others=NOT_THE_SPONSOR
    ),
    "sponsors_api:intakes_closed": Row(
        ("ada", "eli", "mara"), of_team_seat_of_ada, refusal=404, others=NOT_REVIEWED
    ),
    "sponsors_api:intake_result": Row(
        ("ada", "eli", "mara"), of_closed_intake, refusal=404, others=NOT_REVIEWED
    ),
    "sponsors_api:asked_of_me": Row(),
    "sponsors_api:intake_request": Row(("colin",), of_intake_request, refusal=404),
    "sponsors_api:intake_answer": Row(("colin",), of_intake_request, method="post", status=415, refusal=404),
    "sponsors_api:intake_decline": Row(("colin",), of_intake_request, method="post", status=415, refusal=404),
    "sponsors_api:quality": Row(("paula", "henry", "eli")),
    "sponsors_api:conferences": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:conference_guests": Row(("eli",), of_team_seat_of_ada, refusal=404, others=NOT_THE_SPONSOR),
    "sponsors_api:conference": Row(TEAM, of_conference, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:conference_evidence": Row(
        ("eli", "mara", "colin"),
        of_conference,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403},
    ),
    "sponsors_api:conference_conclude": Row(
        ("eli",), of_conference, method="post", status=415, refusal=404, others=NOT_THE_SPONSOR
    ),
    "sponsors_api:drafts": Row(
        ("eli", "mara", "colin"),
        of_conference,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403},
    ),
    "sponsors_api:draft": Row(
        ("colin",), of_diagnosis_draft, method="put", status=415, refusal=404, others=BUT_COLIN
    ),
    "sponsors_api:draft_release": Row(
        ("colin",), of_diagnosis_draft, method="post", refusal=404, others=BUT_COLIN
    ),
    "sponsors_api:diagnosis_acknowledge": Row(
        ("ada",), of_diagnosis, method="post", refusal=404, others=BUT_ADA
    ),
    "sponsors_api:diagnosis_ask": Row(
        ("ada",), of_diagnosis, method="post", status=415, refusal=404, others=BUT_ADA
    ),
    "sponsors_api:question_answer": Row(
        ("eli", "colin"),
        of_question,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "mara": 403},
    ),
    "sponsors_api:coach": Row(),
    "sponsors_api:coaching": Row(TEAM, of_coached, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:coaching_session": Row(("ada", "colin"), of_coaching_session, refusal=404),
    "sponsors_api:coaching_cancel": Row(
        ("ada",), of_coaching_session, method="post", refusal=404, others={"colin": 409}
    ),
    "sponsors_api:coaching_record": Row(
        ("ada", "colin"), of_coaching_session, method="post", status=415, refusal=404
    ),
    "sponsors_api:obstacles_mine": Row(),
    "sponsors_api:obstacle_report": Row(("paula", "henry", "eli")),
    "sponsors_api:obstacles": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:obstacle": Row((*TEAM, "olga"), of_obstacle, refusal=404),
    **{
        f"sponsors_api:obstacle_{step}": Row(
            ("ada", "eli", "mara", "olga"),
            arguments,
            method="post",
            status=415,
            refusal=404,
            others={"colin": 403},
        )
        for step, arguments in (
            ("change", of_obstacle),
            ("close", of_obstacle),
            ("reopen", of_removed_obstacle),
        )
    },
    "sponsors_api:contacts_mine": Row(),
    "sponsors_api:contacts": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:contact": Row(("ada",), of_contact, method="delete", status=204, refusal=404),
    "sponsors_api:caseload": Row(),
    "sponsors_api:accountability": Row(("paula", "henry", "eli")),
    "sponsors_api:late_reviews": Row(("paula", "henry")),
    "sponsors_api:review_rule": Row(("paula", "henry")),
    "sponsors_api:reviews": Row(
        ("ada", "eli", "mara"), of_team_seat_of_ada, refusal=404, others=NOT_REVIEWED
    ),
    "sponsors_api:review": Row(("ada", "eli", "mara"), of_review, refusal=404, others=NOT_REVIEWED),
    "sponsors_api:review_call": Row(
        ("eli",), of_team_seat_of_ada, method="post", status=415, refusal=404, others=NOT_THE_SPONSOR
    ),
    "sponsors_api:review_view": Row(
        ("ada",),
        of_review,
        method="put",
        status=415,
        refusal=404,
        others={**NOT_REVIEWED, "eli": 403, "mara": 403},
    ),
    "sponsors_api:review_sign": Row(
        ("eli", "mara"),
        of_review,
        method="post",
        status=415,
        refusal=404,
        others={**NOT_REVIEWED, "ada": 403},
    ),
    "sponsors_api:regimen": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:templates": Row(),
    "sponsors_api:template_begin": Row(
        ("mara",),
        of_template,
        method="post",
        status=201,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403, "eli": 409},  # by then Mara has begun
    ),
    "sponsors_api:publish": Row(
        ("eli", "mara"),
        of_team_seat_of_ada,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    "sponsors_api:versions": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:version": Row(TEAM, of_regimen_version, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:acknowledge": Row(("ada",), of_regimen_version, method="post", refusal=404, others=BUT_ADA),
    "sponsors_api:proposals": Row(TEAM, of_team_seat_of_ada, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:proposal_answer": Row(
        ("ada", "eli", "mara"),
        of_wish,
        method="post",
        status=415,
        refusal=404,
        others=ONLY_OVERSEE,
    ),
    "sponsors_api:goals": Row(
        ("eli", "mara"),
        of_team_seat_of_ada,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    "sponsors_api:goal": Row(
        ("eli", "mara"),
        of_goal,
        method="put",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    "sponsors_api:goal_remove": Row(
        ("eli", "mara"),
        of_goal,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    "sponsors_api:actions": Row(
        ("eli", "mara", "colin"),
        of_team_seat_of_ada,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403},
    ),
    "sponsors_api:action": Row(TEAM, of_action, refusal=404, others=ONLY_OVERSEE),
    "sponsors_api:action_remove": Row(
        ("eli", "mara", "colin"),
        of_action,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403},
    ),
    "sponsors_api:progress": Row(
        TEAM, of_action, method="post", status=415, refusal=404, others=ONLY_OVERSEE
    ),
    "sponsors_api:attest": Row(
        ("eli", "mara"),
        of_action,
        method="post",
        status=415,
        refusal=404,
        others={**ONLY_OVERSEE, "ada": 403, "colin": 403},
    ),
    **{
        f"sponsors_api:action_{act}": Row(
            ("ada",), of_action, method="post", status=409, refusal=404, others=BUT_ADA
        )
        for act in ("release", "take_back", "into_passport")
    },
    "sponsors_api:onboarding": Row(
        ("ada", "eli", "mara", "olga", "paula", "henry"), of_onboarding, refusal=404, others={"colin": 403}
    ),
    "sponsors_api:onboarding_stop": Row(
        ("paula", "henry"), of_onboarding, method="post", status=415, refusal=404, others=NOT_KEPT
    ),
    "sponsors_api:onboarding_chair": Row(
        ("paula", "henry"), of_onboarding, method="put", status=415, refusal=404, others=NOT_KEPT
    ),
    "sponsors_api:proof_show": Row(
        ("ada",),
        of_gate_item,
        method="post",
        status=415,
        refusal=404,
        others={**NOT_AT_THE_GATE, "eli": 403, "mara": 403, "olga": 403},
    ),
    "sponsors_api:proof_look": Row(
        ("eli", "mara"),
        of_proof,
        method="post",
        status=415,
        refusal=404,
        others={**NOT_AT_THE_GATE, "ada": 403, "olga": 403},
    ),
    "sponsors_api:proof_withdraw": Row(
        ("ada",),
        of_proof,
        method="post",
        refusal=404,
        # When it is their turn, Ada has taken it back.
        others={**NOT_AT_THE_GATE, "eli": 404, "mara": 404, "olga": 404},
    ),
    "sponsors_api:gate_recommend": Row(
        ("eli", "mara"),
        of_onboarding,
        method="post",
        status=415,
        refusal=404,
        others={**NOT_AT_THE_GATE, "ada": 403, "olga": 403},
    ),
    "sponsors_api:gate_decide": Row(
        ("olga",),
        of_decidable_gate,
        method="post",
        status=415,
        refusal=404,
        others=dict.fromkeys((*TEAM, "paula", "henry"), 403),
    ),
    "sponsors_api:competencies": Row(),
    "sponsors_api:competency": Row(("henry", "paula"), of_competency, method="put", status=415),
    "sponsors_api:competency_retire": Row(("henry", "paula"), of_competency, method="post"),
    "sponsors_api:competency_restore": Row(("henry", "paula"), of_competency, method="post"),
    "mentoring:mine": Row(),
    "mentoring:mentorship": Row(("ada", "eli", "paula"), of_mentorship, refusal=404),
    "mentoring:propose": Row(),
    "mentoring:mentorships": Row(("paula",)),
    "mentoring:mentorships_csv": Row(("paula",)),
    "mentoring:without_mentor": Row(("paula",)),
    "mentoring:without_mentor_csv": Row(("paula",)),
    "mentoring:calendar": Row(),
    "mentoring:calendar_make": Row(method="post", status=302),
    "mentoring:calendar_revoke": Row(method="post", status=302),
    "mentoring:sessions": Row(("ada", "eli", "paula"), of_mentorship, refusal=404),
    "mentoring:session": Row(("ada", "eli", "paula"), of_session, refusal=404),
    "mentoring:session_edit": Row(("ada", "eli"), of_session, refusal=404, others={"paula": 403}),
    "mentoring:session_cancel": Row(
        ("ada", "eli"), of_session, method="post", status=302, refusal=404, others={"paula": 403}
    ),
    "mentoring:session_note": Row(
        ("ada", "eli"), of_session_note, method="post", status=302, refusal=404, others={"paula": 403}
    ),
    "mentoring:session_ics": Row(("ada", "eli", "paula"), of_session, refusal=404),
    "mentoring:contract_template": Row(("henry", "paula")),
    "mentoring:contract": Row(("ada", "eli", "paula"), of_contract, refusal=404),
    "mentoring:contract_pdf": Row(("ada", "eli", "paula"), of_version, refusal=404),
    "mentoring:contract_draft": Row(
        ("ada", "eli"), of_contract, method="post", status=302, refusal=404, others={"paula": 403}
    ),
    "mentoring:contract_edit": Row(("ada", "eli"), of_unsigned_contract, refusal=404, others={"paula": 403}),
    "mentoring:contract_sign": Row(
        ("ada", "eli", "paula"), of_unsigned_contract, method="post", status=422, refusal=404
    ),
    "mentoring:contract_discard": Row(("ada",), of_unsigned_contract, method="post", status=302, refusal=404),
    "mentoring:deliverable_report": Row(
        ("ada", "eli", "paula"), of_deliverable, method="post", status=422, refusal=404
    ),
    "mentoring:deliverable_decide": Row(
        ("eli",), of_deliverable, method="post", status=422, refusal=404, others={"ada": 403, "paula": 403}
    ),
    "mentoring:mentorship_accept": Row(
        ("eli",), of_offer, method="post", status=302, refusal=404, others={"paula": 403}
    ),
    "mentoring:mentorship_confirm": Row(
        ("ada",), of_acceptance, method="post", status=302, refusal=404, others={"eli": 403, "paula": 403}
    ),
    "mentoring:mentorship_decline": Row(("eli", "paula"), of_offer, method="post", status=422, refusal=404),
    "mentoring:mentorship_withdraw": Row(("eli", "paula"), of_offer, method="post", status=422, refusal=404),
    "mentoring:mentorship_end": Row(
        ("ada", "eli", "paula"), of_mentorship, method="post", status=422, refusal=404
    ),
    "mentoring:mentorship_extend": Row(
        ("ada", "eli", "paula"), of_mentorship, method="post", status=422, refusal=404
    ),
    "mentoring:mentorship_change": Row(
        ("ada", "eli", "paula"), of_mentorship, method="post", status=422, refusal=404
    ),
    "passport:mine": Row(),
    "passport:open": Row(method="post", status=302),
    "passport:reads": Row(),
    "passport:links": Row(),
    "passport:link_revoke": Row(("ada",), of_passport_link, method="post", status=302, refusal=404),
    "passport:summaries": Row(("ada",), of_own_summary, refusal=404, objects=False),
    "passport:summaries_of": Row(OVERSEERS_AND_ADA, of_summarized, refusal=404),
    "passport:summary_file": Row(OVERSEERS_AND_ADA, of_summary_file, refusal=404),
    "passport:packs": Row(("paula", "henry")),
    "passport:pack": Row(("henry",), of_pack, others={"paula": 404}),
    "passport:pack_progress": Row(("henry",), of_pack, status=286, others={"paula": 404}),
    "passport:pack_file": Row(("henry",), of_pack_file, others={"paula": 404}),
    "passport:summary_revoke": Row(("ada",), of_summary_id, method="post", status=302, refusal=404),
    "passport:badges": Row(),
    "passport:badges_make": Row(method="post", status=302),
    "passport:badge_make": Row(("ada",), of_stamp, method="post", status=302, refusal=404),
    "passport:badge_file": Row(("ada",), of_badge_file, refusal=404),
    "passport:badge_record": Row(("ada",), of_record, refusal=404, objects=False),
    "passport:badges_issued": Row(("henry",)),
    "passport:badge_revoke": Row(("henry",), of_badge),
    "passport:badge_key": Row(("henry",), method="post", status=302),
    "passport:portfolio": Row(),
    "passport:portfolio_of": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "passport:portfolio_import": Row(method="post", status=422),
    "passport:publication_new": Row(),
    "passport:publication_edit": Row(("ada",), of_publication, refusal=404),
    "passport:publication_remove": Row(("ada",), of_publication, method="post", status=302, refusal=404),
    "passport:inbox": Row(("mara", "paula", "henry")),
    "passport:person": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "passport:milestone": Row(OVERSEERS_AND_ADA, of_adas_milestone, refusal=404),
    "passport:decide": Row(OVERSEERS, of_claim, method="post", status=422, refusal=404, others={"ada": 403}),
    "passport:revoke": Row(OVERSEERS, of_stamp, method="post", status=422, refusal=404, others={"ada": 403}),
    "passport:withdraw": Row(("ada",), of_claim, method="post", status=302, refusal=404),
    "passport:replace": Row(
        ("ada",), of_claim, method="post", status=422, refusal=404, others=dict.fromkeys(OVERSEERS, 403)
    ),
    "passport:file": Row((), of_claim, refusal=404),
    "passport:stages": Row(),
    "passport:stage_edit": Row(("henry", "paula"), of_stage),
    "passport:milestone_new": Row(("henry", "paula")),
    "passport:milestone_edit": Row(("henry", "paula"), of_milestone),
    "passport:milestone_retire": Row(("henry", "paula"), of_milestone, method="post", status=302),
    "passport:pods": Row(),
    "passport:pods_of": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "passport:pod": Row(arguments=of_pod),
    "passport:pod_attempt": Row(OVERSEERS_AND_ADA, of_running_pod, refusal=404),
    "passport:pod_move": Row(
        ("ada",), of_running_pod, method="post", status=422, refusal=404, others=dict.fromkeys(OVERSEERS, 403)
    ),
    "passport:pod_finish": Row(
        ("ada",), of_running_pod, method="post", status=422, refusal=404, others=dict.fromkeys(OVERSEERS, 403)
    ),
    "passport:pod_mark": Row(
        OVERSEERS, of_finished_pod, method="post", status=422, refusal=404, others={"ada": 403}
    ),
    "passport:outside_results": Row(("henry", "paula")),
    "passport:outside_unnamed": Row(("henry", "paula")),
    "passport:outside_file": Row(("henry", "paula")),
    "passport:outside_name": Row(("henry", "paula"), method="post", status=422),
    "passport:outside_again": Row(("henry", "paula"), method="post", status=302),
    "passport:pod_versions": Row(("henry", "paula")),
    "passport:pod_new": Row(("henry", "paula")),
    "passport:pod_write_on": Row(("henry", "paula"), of_pod),
    "passport:pod_publish": Row(("henry", "paula"), of_draft_pod, method="post", status=302),
    "passport:pod_retire": Row(("henry", "paula"), of_pod, method="post", status=302),
    "passport:pod_capstone": Row(arguments=of_attempted_pod),
    "passport:pod_outcome": Row(arguments=of_attempted_pod),
    "passport:capstone": Row(OVERSEERS_AND_ADA, of_capstone, refusal=404),
    "passport:capstone_submit": Row(
        ("ada",), of_capstone, method="post", status=422, refusal=404, others=dict.fromkeys(OVERSEERS, 403)
    ),
    "passport:capstone_decide": Row(
        OVERSEERS, of_capstone, method="post", status=422, refusal=404, others={"ada": 403}
    ),
    "passport:outcome_confirm": Row(
        OVERSEERS, of_transfer_outcome, method="post", status=302, refusal=404, others={"ada": 403}
    ),
    "passport_api:xapi_statements": Row(("henry", "paula"), method="post", status=400),
    "passport_api:stamp_feed": Row(("henry",)),
    "passport_api:my_badges": Row(),
    "passport_api:my_badge_record": Row(("ada",), with_badge, refusal=404, objects=False),
    "passport_api:my_pods": Row(),
    "passport_api:pods": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "passport_api:mine": Row(),
    "passport_api:person": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "mentoring:interests": Row(),
    "mentoring:mentors": Row(),
    "mentoring:profile": Row(),
    "mentoring:hours": Row(arguments=of_own_profiles, objects=False),
    "mentoring:feed": Row(arguments=of_own_profiles, method="post", status=422, objects=False),
    "mentoring:calendar_file": Row(arguments=of_own_profiles, method="post", status=422, objects=False),
    "mentoring:calendar_read": Row(arguments=of_own_profiles, method="post", status=302, objects=False),
    "mentoring:calendar_remove": Row(arguments=of_own_profiles, method="post", status=302, objects=False),
    "mentoring:tags": Row(("paula", "henry")),
    "mentoring:tag_new": Row(("paula", "henry")),
    "mentoring:tag_edit": Row(("paula", "henry"), of_tag),
    "mentoring:tag_retire": Row(("paula", "henry"), of_tag, method="post", status=302),
    "mentoring:tag_restore": Row(("paula", "henry"), of_tag, method="post", status=302),
    "mentoring:fairness": Row(("paula", "henry", "eli")),
    "mentoring:fairness_csv": Row(("paula", "henry", "eli")),
    "mentoring:studio": Row(("paula",)),
    "mentoring:run_new": Row(("paula",)),
    "mentoring:pair_rules": Row(("paula",), of_cohort),
    "mentoring:pair_rule_remove": Row(("paula",), of_pair_rule, method="post", status=302),
    "mentoring:run": Row(("paula",), of_matching),
    "mentoring:run_progress": Row(("paula",), of_matching, status=286),
    "mentoring:run_pairs": Row(("paula",), of_matching),
    "mentoring:run_left_out": Row(("paula",), of_matching),
    "mentoring:run_publish": Row(("paula",), of_matching, method="post", status=302, data={"all": "1"}),
    "mentoring:run_export": Row(("paula",), of_matching),
    "mentoring:pair": Row(("paula",), of_pair),
    "mentoring:pair_replace": Row(("paula",), of_pair, method="post", status=422),
    "mentoring:rule": Row(),
    "mentoring:rule_edit": Row(("paula", "henry")),
    "readiness:cohorts": Row(("paula", "henry", "eli")),
    "readiness:cohorts_course": Row(("paula", "henry", "eli")),
    "readiness:cohorts_queue": Row(("paula", "henry")),
    "readiness:members": Row(("paula", "henry")),
    "readiness:stages": Row(("paula", "henry")),
    **{
        f"readiness:quarterly_{kind}": Row(("paula", "henry", "eli"), of_quarterly_file, objects=False)
        for kind in ("csv", "xlsx")
    },
    "readiness:saved": Row(("paula", "henry")),
    "readiness:saved_remove": Row(
        ("paula",), of_saved_view, method="post", status=302, others={"henry": 404}
    ),
    "readiness:cohorts_csv": Row(("paula", "henry", "eli")),
    "readiness:cohorts_xlsx": Row(("paula", "henry", "eli")),
    "readiness:cohorts_pdf": Row(("paula", "henry", "eli")),
    "readiness:comparison": Row(("paula", "henry")),
    "readiness:comparison_csv": Row(("paula", "henry")),
    "readiness:key_figures": Row(("paula", "henry", "eli")),
    "readiness:key_figures_csv": Row(("paula", "henry", "eli")),
    "readiness:key_figures_xlsx": Row(("paula", "henry", "eli")),
    "readiness_api:score_feed": Row(("henry",)),
    "readiness_api:key_figures": Row(("paula", "henry", "eli")),
    "readiness:coaching": Row(("paula", "henry")),
    "readiness:task": Row(("paula", "henry"), of_coaching, refusal=404),
    "readiness:assign": Row(("paula", "henry"), of_coaching, method="post", status=422, refusal=404),
    "readiness:close": Row(("paula", "henry"), of_coaching, method="post", status=422, refusal=404),
    "readiness:weights": Row(),
    "readiness:weights_edit": Row(("paula", "henry")),
    "readiness:roles": Row(),
    "readiness:role_new": Row(("paula", "henry")),
    "readiness:role_edit": Row(("paula", "henry"), of_pathway_role, objects=False),
    "readiness:role_remove": Row(
        ("paula", "henry"), of_pathway_role, method="post", status=422, objects=False
    ),
    "readiness:roles_restore": Row(("paula", "henry"), method="post", status=422),
    "readiness:recalculate": Row(("paula", "henry"), method="post", status=302, data={"quarter": "2026Q3"}),
    "readiness:run": Row(("paula", "henry"), of_recalculation),
    "readiness:run_progress": Row(("paula", "henry"), of_recalculation),
    "readiness:person": Row(OVERSEERS_AND_ADA, of_scored_person, status=302, refusal=404),
    "readiness:score": Row(OVERSEERS_AND_ADA, of_score, refusal=404),
    "readiness:pathway": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "readiness_api:pathway": Row(OVERSEERS_AND_ADA, of_ada, refusal=404),
    "readiness_api:mine": Row(),
    "readiness_api:person": Row(OVERSEERS_AND_ADA, of_scored_person, refusal=404),
    "mentoring:exposure": Row(),
    "mentoring:exposure_remove": Row(("mara",), of_exposure, method="post", status=302, refusal=404),
    "mentoring:exposure_received": Row(),
    "mentoring:satisfaction": Row(),
    "mentoring:satisfaction_rate": Row(("ada", "mara"), of_rating, refusal=404),
    "mentoring:satisfaction_index": Row(("paula", "henry", "eli")),
    "mentoring:satisfaction_index_csv": Row(("paula", "henry", "eli")),
    "mentoring:exposure_report": Row(("paula", "henry", "eli")),
    "mentoring:exposure_csv": Row(("paula", "henry")),
    "mentoring:credit": Row(),
    "mentoring:credit_rule": Row(),
    "mentoring:credit_letter": Row(("mara", "paula", "henry"), of_credit),
    "mentoring:ledger": Row(("paula", "henry")),
    "mentoring:ledger_csv": Row(("paula", "henry")),
    "mentoring:accreditation": Row(("paula", "henry", "eli")),
    "mentoring:accreditation_csv": Row(("paula", "henry", "eli")),
    "mentoring:alumni": Row(),
    "mentoring:alumni_new": Row(("paula", "henry")),
    "mentoring:alumni_library": Row(),
    "mentoring:alumni_hour": Row(("ada", "paula", "henry"), of_alumni_hour, refusal=404),
    "mentoring:alumni_edit": Row(("paula", "henry"), of_hour_ahead, refusal=404, others={"ada": 403}),
    "mentoring:alumni_cancel": Row(
        ("paula", "henry"), of_hour_ahead, method="post", status=422, refusal=404, others={"ada": 403}
    ),
    "mentoring:alumni_seat": Row(
        ("ada",),
        of_alumni_hour,
        method="post",
        status=302,
        refusal=404,
        others={"paula": 403, "henry": 403},
    ),
    "mentoring:alumni_attendance": Row(
        ("paula", "henry"), of_alumni_hour, method="post", status=302, refusal=404, others={"ada": 403}
    ),
    "mentoring:alumni_consent": Row(
        ("paula", "henry"), of_alumni_hour, method="post", status=422, refusal=404, others={"ada": 403}
    ),
    "mentoring:alumni_withdraw": Row(
        ("paula", "henry"), of_alumni_hour, method="post", status=302, refusal=404, others={"ada": 403}
    ),
    "mentoring:alumni_recording": Row(
        ("paula", "henry"), of_alumni_hour, method="post", status=422, refusal=404, others={"ada": 403}
    ),
    "mentoring:reverse": Row(),
    "mentoring:reverse_end": Row(
        ("ada", "paula", "henry", "eli"), of_reverse, method="post", status=302, refusal=404
    ),
    "mentoring_api:interests": Row(),
    "mentoring_api:profile": Row(arguments=of_own_profiles, objects=False),
    "mentoring_api:hours": Row(arguments=of_own_profiles, objects=False),
    "mentoring_api:calendar": Row(arguments=of_own_profiles, method="put", status=415, objects=False),
    "mentoring_api:calendar_read": Row(arguments=of_own_profiles, method="post", status=409, objects=False),
    "mentoring_api:mentors": Row(),
    "mentoring_api:tags": Row(),
    "mentoring_api:taxonomy": Row(("paula", "henry")),
    "mentoring_api:tag": Row(("paula", "henry"), of_tag, method="put", status=415),
    "mentoring_api:tag_retire": Row(("paula", "henry"), of_tag, method="post"),
    "mentoring_api:tag_restore": Row(("paula", "henry"), of_tag, method="post"),
    "mentoring_api:rule": Row(),
    "mentoring_api:cohorts": Row(("paula",)),
    "mentoring_api:pair_rules": Row(("paula",), of_cohort),
    "mentoring_api:pair_rule": Row(("paula",), of_pair_rule, method="delete", status=204),
    "mentoring_api:runs": Row(("paula",)),
    "mentoring_api:run": Row(("paula",), of_matching),
    "mentoring_api:pairs": Row(("paula",), of_matching),
    "mentoring_api:left_out": Row(("paula",), of_matching),
    "mentoring_api:publish": Row(("paula",), of_matching, method="post", status=415),
    "mentoring_api:export": Row(("paula",), of_matching),
    "mentoring_api:pair": Row(("paula",), of_pair),
    "mentoring_api:replace": Row(("paula",), of_pair, method="post", status=415),
    "mentoring_api:mine": Row(),
    "mentoring_api:mentorship": Row(("ada", "eli", "paula"), of_mentorship, refusal=404),
    "mentoring_api:accept": Row(("eli",), of_offer, method="post", refusal=404, others={"paula": 403}),
    "mentoring_api:confirm": Row(
        ("ada",), of_acceptance, method="post", refusal=404, others={"eli": 403, "paula": 403}
    ),
    "mentoring_api:decline": Row(("eli", "paula"), of_offer, method="post", status=415, refusal=404),
    "mentoring_api:withdraw": Row(("eli", "paula"), of_offer, method="post", status=415, refusal=404),
    "mentoring_api:end": Row(("ada", "eli", "paula"), of_mentorship, method="post", status=415, refusal=404),
    "mentoring_api:extend": Row(
        ("ada", "eli", "paula"), of_mentorship, method="post", status=415, refusal=404
    ),
    "mentoring_api:change": Row(
        ("ada", "eli", "paula"), of_mentorship, method="post", status=415, refusal=404
    ),
    "mentoring_api:contract": Row(("ada", "eli", "paula"), of_contract, refusal=404),
    "mentoring_api:contract_draft": Row(
        ("ada", "eli"), of_contract, method="post", refusal=404, others={"paula": 403}
    ),
    "mentoring_api:contract_sign": Row(
        ("ada", "eli"),
        of_unsigned_contract,
        method="post",
        status=415,
        refusal=404,
        others={"paula": 403},
    ),
    "mentoring_api:contract_template": Row(("paula", "henry"), with_template, objects=False),
    "mentoring_api:session": Row(("ada", "eli", "paula"), of_session, refusal=404),
    "mentoring_api:session_cancel": Row(
        ("ada",), of_session, method="post", refusal=404, others={"eli": 409, "paula": 403}
    ),
    "mentoring_api:notes": Row(("ada", "eli", "paula"), of_session, refusal=404),
    "mentoring_api:sessions": Row(("ada", "eli", "paula"), of_mentorship, refusal=404),
    "mentoring_api:deliverables": Row(("ada", "eli", "paula"), of_mentorship, refusal=404),
    "mentoring_api:report": Row(
        ("ada", "eli", "paula"), of_deliverable, method="post", status=415, refusal=404
    ),
    "mentoring_api:attest": Row(
        ("eli",), of_deliverable, method="post", status=409, refusal=404, others={"ada": 403, "paula": 403}
    ),
    "mentoring_api:send_back": Row(
        ("eli",), of_deliverable, method="post", status=409, refusal=404, others={"ada": 403, "paula": 403}
    ),
    "mentoring_api:exposure_given": Row(),
    "mentoring_api:exposure_remove": Row(("mara",), of_exposure, method="delete", status=204, refusal=404),
    "mentoring_api:exposure_received": Row(),
    "mentoring_api:exposure_summary": Row(("paula", "henry", "eli")),
    "mentoring_api:missing_logs": Row(("paula", "henry")),
    "mentoring_api:missing_log": Row(("paula", "henry"), of_exposure_review),
    "mentoring_api:missing_log_close": Row(("paula", "henry"), of_exposure_review, method="post", status=415),
    "mentoring_api:ratings": Row(),
    "mentoring_api:ratings_open": Row(),
    "mentoring_api:ratings_told": Row(),
    "mentoring_api:rate": Row(("ada", "eli", "paula"), of_mentorship, method="put", status=415, refusal=404),
    "mentoring_api:own_credit": Row(arguments=of_year, objects=False),
    "mentoring_api:credit_rule": Row(),
    "mentoring_api:calendar_feed": Row((), refusal=404),
    "mentoring_api:mentorships": Row(("paula",)),
    "mentoring_api:without_mentor": Row(("paula",)),
    "mentoring_api:coverage": Row(("paula",)),
    "mentoring_api:exposure_report": Row(("paula", "henry")),
    "mentoring_api:satisfaction": Row(("paula", "henry", "eli")),
    "mentoring_api:fairness": Row(("paula", "henry", "eli")),
    "mentoring_api:credit": Row(("paula", "henry"), of_year, objects=False),
    "mentoring_api:figures": Row(("paula", "henry", "eli"), of_year, objects=False),
    "mentoring_api:alumni_hours": Row(),
    "mentoring_api:alumni_hour": Row(("ada", "paula", "henry"), of_alumni_hour, refusal=404),
    "mentoring_api:alumni_cancel": Row(
        ("paula", "henry"), of_hour_ahead, method="post", status=415, refusal=404, others={"ada": 403}
    ),
    "mentoring_api:alumni_seat": Row(
        ("ada",), of_hour_ahead, method="put", refusal=404, others={"paula": 403, "henry": 403}
    ),
    "mentoring_api:alumni_attendance": Row(
        ("paula", "henry"), of_alumni_hour, refusal=404, others={"ada": 403}
    ),
    "mentoring_api:alumni_consent": Row(
        ("paula", "henry"), of_alumni_hour, method="put", status=415, refusal=404, others={"ada": 403}
    ),
    "mentoring_api:alumni_recording": Row(
        ("paula", "henry"), of_alumni_hour, method="put", status=415, refusal=404, others={"ada": 403}
    ),
    "mentoring_api:recordings": Row(),
    "mentoring_api:reverse": Row(),
    "mentoring_api:reverse_end": Row(
        ("ada", "paula", "henry", "eli"), of_reverse, method="post", refusal=404
    ),
    "mentoring:reviews": Row(("paula", "henry")),
    "mentoring:review": Row(("paula", "henry"), of_exposure_review),
    "people:people": Row(),
    "people:person": Row(arguments=of_person),
    "people:units": Row(),
    "people:unit": Row(arguments=of_unit),
    "people:positions": Row(),
    "people:about_me": Row(),
    "people:about_me_withdraw": Row(method="post", status=302),
    "people:roles": Row(("olga",)),
    "people:role_grant": Row(("olga",)),
    "people:role_grant_to": Row(("olga",), of_person),
    "people:role_revoke": Row(("olga",), of_grant),
    "people:programmes": Row(("henry", "paula")),
    "people:programme_new": Row(("henry",)),
    "people:programme": Row(("henry", "paula"), of_programme),
    "people:programme_edit": Row(("henry",), of_programme),
    "people:cohort_new": Row(("henry",), of_programme),
    "people:cohort": Row(("henry", "paula"), of_cohort),
    "people:cohort_edit": Row(("henry",), of_cohort),
    "people:cohort_add": Row(("henry",), of_cohort),
    "people:cohort_paste": Row(("henry",), of_cohort),
    "people:cohort_membership": Row(("henry",), of_membership),
    "people:notifications": Row(),
    "people:notifications_read": Row(method="post", status=302),
    "people:imports": Row(IMPORTERS),
    "people:import_new": Row(IMPORTERS),
    "people:import_template": Row(IMPORTERS, lambda world: {"kind": "people"}, objects=False),
    "people:import_current": Row(IMPORTERS, lambda world: {"kind": "people"}, objects=False),
    "people:import": Row(IMPORTERS, of_applied_file),
    "people:import_columns": Row(IMPORTERS, of_file),
    "people:import_progress": Row(IMPORTERS, of_applied_file, status=286),
    "people:import_faults": Row(IMPORTERS, of_file),
    "people:import_apply": Row(IMPORTERS, of_file, method="post", status=302),
    "people:import_undo": Row(IMPORTERS, of_applied_file, method="post", status=302),
    "people:import_discard": Row(IMPORTERS, of_file, method="post", status=302),
    "people:audit_log": Row(("olga", "aude")),
    "people:jobs": Row(("olga",)),
    "people:job": Row(("olga",), of_run),
    "people:job_progress": Row(("olga",), of_run),
    "surveys:waves": Row(),
    "surveys:calendar": Row(STEWARDS),
    "surveys:calendar_rule": Row(STEWARDS, method="post", status=422),
    "surveys:calendar_usual": Row(STEWARDS, method="post", status=302),
    "surveys:calendar_new": Row(STEWARDS),
    "surveys:calendar_edit": Row(STEWARDS, of_calendar_entry),
    "surveys:calendar_delete": Row(
        ("henry",),
        of_calendar_entry,
        method="post",
        status=302,
        refusal=404,
        others=dict.fromkeys(BEFORE_HENRY, 403),
    ),
    "surveys:wave_new": Row(STEWARDS),
    "surveys:wave_plan": Row(STEWARDS, of_draft),
    "surveys:wave_edit": Row(STEWARDS, of_draft),
    "surveys:wave_count": Row(STEWARDS, of_draft, method="post", status=302),
    "surveys:wave_schedule": Row(STEWARDS, of_draft, method="post", status=302),
    "surveys:wave_delete": Row(STEWARDS, of_open_wave, method="post", status=302),
    "surveys:wave_launch": Row(STEWARDS, of_draft),
    "surveys:wave_run": Row(STEWARDS, of_open_wave),
    "surveys:wave_extend": Row(STEWARDS, of_open_wave, method="post", status=422),
    "surveys:wave_close": Row(STEWARDS, of_open_wave),
    "surveys:wave_publish": Row(STEWARDS, of_open_wave, method="post", status=302),
    "surveys:wave_publishing": Row(STEWARDS, of_open_wave, status=286),
    "surveys:wave": Row(("stella", "henry", "eli"), of_wave),
    "surveys:answer": Row(("ada",), of_own_ballot),
    "surveys:wave_csv": Row(("stella", "henry", "eli"), of_wave),
    "surveys:wave_xlsx": Row(("stella", "henry", "eli"), of_wave),
    "surveys:wave_pdf": Row(("stella", "henry", "eli"), of_wave),
    "surveys:heat_csv": Row(("stella", "henry", "eli"), of_wave),
    "surveys:heat_xlsx": Row(("stella", "henry", "eli"), of_wave),
    "surveys:report": Row(("mara", "stella", "henry", "eli"), of_report),
    "surveys:report_csv": Row(("mara", "stella", "henry", "eli"), of_report),
    "surveys:report_xlsx": Row(("mara", "stella", "henry", "eli"), of_report),
    "surveys:report_pdf": Row(("mara", "stella", "henry", "eli"), of_report),
    "surveys_api:mine": Row(),
    "surveys_api:waves": Row(("stella", "henry", "eli")),
    "surveys_api:cells": Row(("stella", "henry", "eli"), of_wave),
    "surveys_api:report": Row(("mara", "stella", "henry", "eli"), of_report),
    "surveys:unit_latest": Row(("mara", "stella", "henry", "eli"), of_unit_with_report, status=302),
    "surveys:debriefs": Row(),
    "surveys:debrief": Row(("mara",), of_debrief, refusal=404),
    "surveys:debrief_correct": Row(("mara",), of_held_debrief, refusal=404, others={"olga": 403}),
    "surveys:debrief_action": Row(
        ("mara", "olga"), of_agreed_action, method="post", status=302, refusal=404, data={"state": "done"}
    ),
    "surveys:debrief_coach": Row(("mara",), of_debrief, refusal=404),
    "surveys:trends": Row(("stella", "henry", "eli"), status=302),
    "surveys:unit_trends": Row(("mara", "stella", "henry", "eli"), of_unit_with_report),
    "surveys:unit_trends_csv": Row(("mara", "stella", "henry", "eli"), of_unit_with_report),
    "surveys:unit_trends_xlsx": Row(("mara", "stella", "henry", "eli"), of_unit_with_report),
    "surveys:heat": Row(("stella", "henry", "eli"), of_wave),
    "surveys:wave_debriefs": Row(("stella", "henry"), of_wave),
    "surveys:debriefs_remind": Row(("stella", "henry"), of_wave, method="post", status=302),
    "surveys:led_to": Row(arguments=of_unit),  # everybody of the story works in it
    "surveys:instruments": Row(STEWARDS),
    "surveys:instrument_new": Row(STEWARDS),
    "surveys:instrument_import": Row(STEWARDS),
    "surveys:instrument": Row(STEWARDS, of_instrument),
    "surveys:instrument_edit": Row(STEWARDS, of_draft_instrument),
    "surveys:instrument_copy": Row(STEWARDS, of_instrument, method="post", status=302),
    "surveys:instrument_activate": Row(STEWARDS, of_draft_instrument, method="post", status=302),
    "surveys:instrument_retire": Row(STEWARDS, of_instrument, method="post", status=302),
    "surveys:instrument_restore": Row(STEWARDS, of_retired_instrument, method="post", status=302),
    "surveys:instrument_discard": Row(STEWARDS, of_instrument, method="post", status=302),
    "surveys:instrument_json": Row(STEWARDS, of_instrument),
    "surveys:instrument_csv": Row(STEWARDS, of_instrument),
    "surveys:import": Row(("stella", "henry")),
    "surveys:import_columns": Row(("stella",), of_survey_import, refusal=404),
    "surveys:import_check": Row(("stella",), of_survey_import, refusal=404),
    "surveys:import_place": Row(("stella",), of_survey_import, method="post", status=422, refusal=404),
    "surveys:import_progress": Row(("stella",), of_survey_import, refusal=404),
    "surveys:import_progress_part": Row(("stella",), of_survey_import, refusal=404),
    "surveys:import_discard": Row(("stella",), of_survey_import, method="post", status=302, refusal=404),
    "surveys:pulses": Row(("ada",)),
    "surveys:pulse": Row(("ada",), of_quarter, objects=False),
    "surveys:pulse_thanks": Row(("ada",), of_pulse, refusal=404),
    "people:step_retry": Row(("olga",), of_step, method="post", status=302),
}


def tenant_url_names(
    patterns: list[URLPattern | URLResolver], route: str = "", space: str = ""
) -> Iterator[str]:
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from tenant_url_names(pattern.url_patterns, path, inner)
        elif "<slug:slug>" in path:
            yield f"{space}{pattern.name}"


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, owner_url: str
) -> Iterator[dict[str, World]]:
    """Both organisations, once for all rows: what a row's test adds and changes is rolled back."""
    with django_db_blocker.unblock(), ExitStack() as made:
        yield {name: made.enter_context(committed_world(name, owner_url)) for name in ("mercy", "fenwick")}


@pytest.fixture(scope="module")
def browsers(worlds: dict[str, World], django_db_blocker: DjangoDbBlocker) -> dict[uuid.UUID, Client]:
    """A browser for everybody, signed in once."""
    with django_db_blocker.unblock():
        return {person.pk: signed_in(person) for world in worlds.values() for person in world.people.values()}


@pytest.fixture
def mercy(worlds: dict[str, World], db: None) -> World:
    return worlds["mercy"]


@pytest.fixture
def fenwick(worlds: dict[str, World], db: None) -> World:
    return worlds["fenwick"]


@pytest.fixture
def sign_in(browsers: dict[uuid.UUID, Client]) -> Callable[[Person], Client]:
    """A new browser with the cookies of the one in which the person has signed in."""

    def sign_in(person: Person) -> Client:
        if person.pk not in browsers:
            return signed_in(person)
        client = Client()
        client.cookies.update(browsers[person.pk].cookies)
        return client

    return sign_in


def ask(client: Client, world: World, name: str, row: Row, arguments: dict[str, Any]) -> int:
    url = reverse(name, kwargs={"slug": world.slug, **arguments})
    return int(getattr(client, row.method)(url, row.data).status_code)


def test_every_address_of_an_organization_is_in_the_table() -> None:
    assert set(tenant_url_names(get_resolver().url_patterns)) == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_own_organization(mercy: World, sign_in: Callable[[Person], Client], name: str) -> None:
    row = TABLE[name]
    arguments = row.arguments(mercy)
    answers = {who: ask(sign_in(mercy.people[who]), mercy, name, row, arguments) for who in NAMES}
    expected = {who: row.status if who in row.who else row.refusal for who in NAMES}
    assert answers == expected | row.others


ABOUT_ADA = {of_ada, of_adas_milestone, of_claim, of_stamp, of_score, of_scored_person, of_coaching}


def overseers_of_others(world: World) -> dict[str, Person]:
    """A leader of somebody else and a director of another cohort: to Ada they are colleagues."""
    people = {name: make_person(world.organization, name, world.unit) for name in ("Leah", "Dora", "Theo")}
    make_line(people.pop("Theo"), people["Leah"])
    make_grant(people["Dora"], Role.PROGRAMME_DIRECTOR, make_cohort(world.programme, "Another"))
    for person in people.values():
        make_user(person)
    return people


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name].arguments in ABOUT_ADA])
def test_overseeing_somebody_is_overseeing_nobody_else(
    mercy: World, sign_in: Callable[[Person], Client], name: str
) -> None:
    row = TABLE[name]
    arguments = row.arguments(mercy)
    answers = {
        who: ask(sign_in(person), mercy, name, row, arguments)
        for who, person in overseers_of_others(mercy).items()
    }
    assert answers == {"Leah": 404, "Dora": 404}


@pytest.mark.parametrize("name", TABLE)
def test_another_organization_does_not_exist(
    mercy: World, fenwick: World, sign_in: Callable[[Person], Client], name: str
) -> None:
    row = TABLE[name]
    arguments = row.arguments(mercy)
    assert {
        who: ask(sign_in(fenwick.people[who]), mercy, name, row, arguments) for who in NAMES
    } == dict.fromkeys(NAMES, 404)


@pytest.mark.parametrize(
    "name", [name for name in TABLE if TABLE[name].arguments is not nothing and TABLE[name].objects]
)
def test_another_organizations_object_does_not_exist_at_the_own_address(
    mercy: World, fenwick: World, sign_in: Callable[[Person], Client], name: str
) -> None:
    row = TABLE[name]
    arguments = row.arguments(fenwick)
    assert {
        who: ask(sign_in(mercy.people[who]), mercy, name, row, arguments) for who in row.who
    } == dict.fromkeys(row.who, 404)


@pytest.mark.parametrize("name", TABLE)
def test_nobody_gets_in_without_signing_in(mercy: World, client: Client, name: str) -> None:
    row = TABLE[name]
    url = reverse(name, kwargs={"slug": mercy.slug, **row.arguments(mercy)})
    answer = getattr(client, row.method)(url, row.data)
    if url.startswith("/api/"):
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
