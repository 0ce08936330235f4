"""The match studio's pages, as the programme director sees and uses them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import PairRuleKind, ProposalState, RunState, Tier
from mentoring.models import MatchProfile, MatchRun, Mentorship, PairRule, Proposal
from people.enums import Role
from people.models import Person, RoleGrant
from tenancy.models import AuditEntry, JobRun
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_capacity, make_profile, make_weights
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person, make_user
from tests.factories.runs import (
    make_finished_run,
    make_left_out,
    make_pair_rule,
    make_proposal,
    make_run,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def path(world: World, name: str, *arguments: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *arguments])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def make_mentor(world: World, name: str, places: int = 2) -> Person:
    person = make_person(world.organization, name, world.unit, family_name="Mentor")
    make_capacity(make_profile(person), Tier.SENIOR, places=places)
    return person


def alternative(mentor: Person, score: int = 6_000) -> dict[str, object]:
    parts = {"interest": score - 4_000, "availability": 3_000, "past_success": 1_000}
    return {
        "mentor": str(mentor.pk),
        "score": score,
        **parts,
        "cosine": 0.4,
        "free_slots": 3,
        "satisfaction": 2.5,
        "why": "10.0 points less.",
        "open": True,
        "sentence": "Shares little.",
    }


def new_run(world: World, **changes: object) -> dict[str, object]:
    return {
        "cohort": str(world.cohort.pk),
        "tiers": ["senior", "chair"],
        "interest": 60,
        "availability": 30,
        "past_success": 10,
        "stickiness": 5,
        "floor": 20,
        "note": "More for interests",
        **changes,
    }


# The list.


def test_an_empty_studio_says_what_to_do(mercy: World, sign_in: SignIn) -> None:
    assert "No matching yet" in page(sign_in(mercy.paula), path(mercy, "studio"))


def test_matchings_are_listed_with_the_same_queries_for_one_and_three(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.paula)
    make_finished_run(mercy.cohort, note="First try", requested_by=mercy.paula)
    one = queries_of(client, path(mercy, "studio"))
    for _ in range(2):
        make_run(mercy.cohort)
    assert "First try" in page(client, path(mercy, "studio"))
    assert queries_of(client, path(mercy, "studio")) == one


def test_a_director_sees_the_own_cohorts_alone(mercy: World, sign_in: SignIn) -> None:
    other = make_cohort(mercy.programme, "Other cohort")
    runs = {cohort.pk: make_finished_run(cohort) for cohort in (mercy.cohort, other)}
    director = make_person(mercy.organization, "Dora", mercy.unit)
    make_user(director)
    make_grant(director, Role.PROGRAMME_DIRECTOR, cohort=other)
    client = sign_in(director)
    listed = page(client, path(mercy, "studio"))
    assert "Other cohort" in listed
    assert mercy.cohort.name not in listed
    assert client.get(path(mercy, "run", runs[mercy.cohort.pk].pk)).status_code == 404
    assert client.get(path(mercy, "pair_rules", mercy.cohort.pk)).status_code == 404


# A new matching.


def test_a_new_matching_is_asked_for_as_the_form_says(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.paula)
    mentor = make_mentor(mercy, "Sam")
    make_weights(mercy.organization, bar=0.7, years_ahead=2)
    posted = new_run(mercy, mentor_1=mentor.email, tier_1="senior", places_1=4)
    answer = client.post(path(mercy, "run_new"), posted)
    with tenant_scope(mercy.organization.pk):
        run = MatchRun.objects.get()
        assert answer["Location"] == path(mercy, "run", run.pk)
        assert (run.state, run.tiers, run.note) == (
            RunState.PREPARED,
            ["senior", "chair"],
            "More for interests",
        )
        assert (run.rule["interest"], run.rule["past_success"], run.rule["floor"]) == (0.6, 0.1, 0.2)
        assert (run.rule["bar"], run.rule["years_ahead"]) == (0.7, 2)
        assert run.places == {str(mentor.pk): {"senior": 4}}
        job = JobRun.objects.get(period=str(run.pk))
        assert (job.job, job.requested_by_id) == ("mentoring.freeze", mercy.paula.pk)
    assert "You can leave this page" in page(client, path(mercy, "run", run.pk))
    assert client.get(path(mercy, "run_progress", run.pk)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"past_success": 20}, "The three weights sum to 110 %, not to 100 %."),
        ({"tiers": []}, "This field is required."),
        ({"cohort": str(uuid.uuid4())}, "Select a valid choice."),
        ({"interest": 101}, "less than or equal to 100"),
        (
            {"mentor_1": "nobody@example.org", "tier_1": "senior", "places_1": 1},
            "Nobody here has this address.",
        ),
        ({"mentor_1": "ada@mercy.example"}, "In which tier?"),
        ({"tier_2": "senior", "places_2": 1}, "Whose places?"),
        ({"mentor_1": "ada@mercy.example", "tier_1": "peer", "places_1": 99}, "less than or equal to 20"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    changes: dict[str, object], message: str, mercy: World, sign_in: SignIn
) -> None:
    answer = sign_in(mercy.paula).post(path(mercy, "run_new"), new_run(mercy, **changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "More for interests" in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        assert not MatchRun.objects.exists()


def test_another_try_begins_with_what_was_tried(mercy: World, sign_in: SignIn) -> None:
    mentor = make_mentor(mercy, "Sam")
    run = make_finished_run(mercy.cohort, note="Tried", places={str(mentor.pk): {"senior": 7}})
    shown = page(sign_in(mercy.paula), f"{path(mercy, 'run_new')}?like={run.pk}")
    assert mentor.email in shown
    assert 'value="7"' in shown
    assert 'value="Tried"' in shown
    assert "checked" in shown
    page(sign_in(mercy.paula), f"{path(mercy, 'run_new')}?like=nonsense")


# One matching.


def test_figures_stand_beside_the_running_state_and_another_matching(mercy: World, sign_in: SignIn) -> None:
    run = make_finished_run(mercy.cohort, list(Tier))
    other = make_finished_run(mercy.cohort, [Tier.SENIOR], note="Other weights")
    client = sign_in(mercy.paula)
    alone = page(client, path(mercy, "run", run.pk))
    assert "4 of 5" in alone
    assert "1 of 5" in alone
    assert alone.count("Proven best") == 3
    assert "Other weights" in alone
    compared = page(client, f"{path(mercy, 'run', run.pk)}?with={other.pk}")
    # The other one is of one tier: beside its drawing, in the drawing's table, in the table of the tier.
    assert compared.count("4 of 5") == alone.count("4 of 5") + 3
    assert ["the other one" in shown for shown in (alone, compared)] == [False, True]
    page(client, f"{path(mercy, 'run', run.pk)}?with=nonsense")


def test_points_of_other_weights_are_not_passed_off_as_comparable(mercy: World, sign_in: SignIn) -> None:
    run, alike = (make_finished_run(mercy.cohort) for _ in range(2))
    rule = {**run.rule, "interest": 0.9, "availability": 0.05, "past_success": 0.05}
    different = make_finished_run(mercy.cohort, rule=rule)
    client = sign_in(mercy.paula)
    warned = [
        "Other weights" in page(client, f"{path(mercy, 'run', run.pk)}?with={other.pk}")
        for other in (alike, different)
    ]
    assert warned == [False, True]


def test_a_matching_says_first_what_it_brings(mercy: World, sign_in: SignIn) -> None:
    """Over all tiers: mentors found, the worst-off pair, what changes, and the highest load."""
    run = make_finished_run(mercy.cohort, [Tier.SENIOR, Tier.CHAIR])
    answer = sign_in(mercy.paula).get(path(mercy, "run", run.pk))
    first = answer.context["headlines"]
    assert (first.found, first.wanted, first.found_now) == (8, 10, 2)
    assert (first.worst, first.worst_now) == ("42.0", "40.0")
    assert (first.changed, first.ended, first.continuable, first.most_load) == (2, 0, 2, 2)
    titles = [title for title, _chart in answer.context["changes"]]
    assert titles == ["Mentees with a mentor", "Mean score", "Worst-off"]
    assert [row[1:] for row in answer.context["changes"][0][1].table.rows] == [["1 of 5", "4 of 5"]] * 2
    assert '<th scope="col">2</th>' in answer.context["loads"].markup


def test_a_tier_in_which_nobody_is_to_have_a_mentor_is_left_out(mercy: World, sign_in: SignIn) -> None:
    run = make_finished_run(mercy.cohort, [Tier.PEER, Tier.SENIOR])
    run.figures["tiers"]["peer"] |= {"mentees": 0, "covered": 0, "loads": [[0, 3]]}
    with tenant_scope(mercy.organization.pk):
        run.save(update_fields=["figures"])
    answer = sign_in(mercy.paula).get(path(mercy, "run", run.pk))
    assert [tier.label for tier in answer.context["comparison"]] == ["Senior attending"]
    assert "0 of 0" not in answer.content.decode()


def test_a_matching_that_failed_says_why(mercy: World, sign_in: SignIn) -> None:
    run = make_run(mercy.cohort, state=RunState.FAILED, problem="Nobody offers to mentor.")
    client = sign_in(mercy.paula)
    assert "Nobody offers to mentor." in page(client, path(mercy, "run", run.pk))
    assert client.get(path(mercy, "run_pairs", run.pk)).status_code == 404
    assert client.get(path(mercy, "run_progress", run.pk)).status_code == 286


@pytest.mark.parametrize("name", ["run", "run_pairs", "run_left_out"])
def test_pages_of_a_matching_cost_the_same_for_one_pair_and_many(
    name: str, mercy: World, sign_in: SignIn
) -> None:
    run = make_finished_run(mercy.cohort)
    client, counts = sign_in(mercy.paula), []
    for number in (1, 3):
        for place in range(number):
            mentee = make_person(mercy.organization, f"Mentee{number}{place}", mercy.unit)
            make_proposal(run, mentee, make_mentor(mercy, f"Mentor{number}{place}"))
            make_left_out(run, mentee, Tier.CHAIR)
        counts.append(queries_of(client, path(mercy, name, run.pk)))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_pairs_can_be_narrowed(mercy: World, sign_in: SignIn) -> None:
    run = make_finished_run(mercy.cohort, [Tier.SENIOR, Tier.PEER])
    high, low = make_mentor(mercy, "High"), make_mentor(mercy, "Low")
    make_proposal(run, mercy.ada, high, interest=4_500)
    make_proposal(run, mercy.colin, low, Tier.PEER, running=True, problem="Left.")
    client = sign_in(mercy.paula)
    both = page(client, path(mercy, "run_pairs", run.pk))
    assert both.index("Low Mentor") < both.index("High Mentor")
    for query, expected in [
        ("tier=peer", "Low"),
        ("only=below", "Low"),
        ("only=above", "High"),
        ("only=new", "High"),
        ("only=withheld", "Low"),
    ]:
        shown = page(client, f"{path(mercy, 'run_pairs', run.pk)}?{query}")
        assert ("High Mentor" in shown, "Low Mentor" in shown) == (expected == "High", expected == "Low"), (
            query
        )


def test_left_out_mentees_have_a_cause_and_a_next_step(mercy: World, sign_in: SignIn) -> None:
    run = make_finished_run(mercy.cohort)
    client = sign_in(mercy.paula)
    assert "Nobody is left out" in page(client, path(mercy, "run_left_out", run.pk))
    make_left_out(run, mercy.ada, cause="all_full", kept_apart={"level": 2})
    shown = page(client, path(mercy, "run_left_out", run.pk))
    assert "All places of the mentors who may be theirs are given" in shown
    assert "Ask for one more place in this tier" in shown
    assert "Ada Mercy" in shown
    assert "2: the mentor is not far enough ahead in training" in shown


# One pair.


def test_a_pair_shows_its_arithmetic_and_who_came_next(mercy: World, sign_in: SignIn) -> None:
    other = make_mentor(mercy, "Next")
    run = make_finished_run(mercy.cohort)
    pair = make_proposal(
        run,
        mercy.ada,
        make_mentor(mercy, "Sam"),
        cosine=0.5,
        free_slots=7,
        satisfaction=3.75,
        alternatives=[alternative(other)],
    )
    shown = page(sign_in(mercy.paula), path(mercy, "pair", pair.pk))
    for words in (
        "0.50",
        "0.500",
        "25.0",
        "0.30",
        "30.0",
        "0.20",
        "0.750",
        "15.0",
        "70.0",
        "Next Mentor",
        "60.0",
    ):
        assert words in shown
    assert "10.0 points less." in shown


def test_another_mentor_is_chosen_with_a_reason_that_stays(mercy: World, sign_in: SignIn) -> None:
    mentor, other = make_mentor(mercy, "Sam"), make_mentor(mercy, "Other")
    run = make_finished_run(mercy.cohort)
    make_places(run, other, 1)
    pair = make_proposal(run, mercy.ada, mentor, alternatives=[alternative(other)])
    client = sign_in(mercy.paula)
    address = path(mercy, "pair_replace", pair.pk)
    assert client.post(address, {"mentor": str(other.pk), "reason": " "}).status_code == 422
    assert client.post(address, {"mentor": str(mercy.eli.pk), "reason": "Why not"}).status_code == 422
    answer = client.post(address, {"mentor": str(other.pk), "reason": "They asked for each other."})
    with tenant_scope(mercy.organization.pk):
        pair.refresh_from_db()
        made = Proposal.objects.get(mentor=other)
        assert answer["Location"] == path(mercy, "pair", made.pk)
        assert (pair.state, made.state) == (ProposalState.REPLACED, ProposalState.PROPOSED)
        assert (made.instead_of_id, made.reason, made.score) == (
            mentor.pk,
            "They asked for each other.",
            6_000,
        )
        assert made.alternatives[0]["mentor"] == str(mentor.pk)
        trail = AuditEntry.objects.filter(table_name="mentoring_proposal", key=str(made.pk))
        assert trail.get().reason == "They asked for each other."
    shown = page(client, path(mercy, "run_pairs", run.pk))
    assert "Chosen by a director: They asked for each other." in shown
    assert "Sam Mentor" not in shown
    assert client.post(address, {"mentor": str(other.pk), "reason": "Again"}).status_code == 422


def make_places(run: MatchRun, mentor: Person, places: int) -> None:
    with tenant_scope(run.organization_id):
        MatchProfile.objects.create(
            run=run, person=mentor, side="mentor", tier=Tier.SENIOR, key=uuid.uuid4(), level=30, places=places
        )


def test_a_mentor_whose_places_are_given_cannot_be_chosen(mercy: World, sign_in: SignIn) -> None:
    other = make_mentor(mercy, "Other")
    run = make_finished_run(mercy.cohort)
    make_places(run, other, 1)
    make_proposal(run, mercy.colin, other)
    pair = make_proposal(run, mercy.ada, make_mentor(mercy, "Sam"), alternatives=[alternative(other)])
    answer = sign_in(mercy.paula).post(
        path(mercy, "pair_replace", pair.pk), {"mentor": str(other.pk), "reason": "Better"}
    )
    assert answer.status_code == 422
    assert "All places of this mentor are given in this matching." in answer.content.decode()


# Publishing.


def test_ticked_pairs_are_published_and_what_is_held_back_says_why(mercy: World, sign_in: SignIn) -> None:
    make_cohort_membership(mercy.cohort, mercy.colin)
    run = make_finished_run(mercy.cohort)
    first = make_proposal(run, mercy.ada, make_mentor(mercy, "Sam"))
    second = make_proposal(run, mercy.colin, make_mentor(mercy, "Full", places=0))
    client = sign_in(mercy.paula)
    address = path(mercy, "run_publish", run.pk)
    answer = client.post(address, {"pair": [str(first.pk), str(second.pk), "nonsense"]}, follow=True)
    shown = answer.content.decode()
    assert "1 pair was held back" in shown
    assert "The mentor has no free place in this tier." in shown
    with tenant_scope(mercy.organization.pk):
        assert Mentorship.objects.get().mentee_id == mercy.ada.pk
    again = client.post(address, {"pair": [str(first.pk)]}, follow=True).content.decode()
    assert "Paula Mercy published these pairs on" in again
    assert "Tick the pairs to publish." in client.post(address, {}, follow=True).content.decode()


# Rules of pairs.


def test_a_lock_is_put_in_force_listed_and_taken_back(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.paula)
    address = path(mercy, "pair_rules", mercy.cohort.pk)
    posted = {
        "mentee": mercy.ada.email,
        "mentor": mercy.eli.email,
        "kind": "lock",
        "tier": "chair",
        "reason": "They began last year.",
    }
    assert client.post(address, posted).status_code == 302
    assert "They began last year." in page(client, address)
    assert "already: remove it first" in client.post(address, posted).content.decode()
    with tenant_scope(mercy.organization.pk):
        rule = PairRule.objects.get()
    client.post(path(mercy, "pair_rule_remove", rule.pk))
    assert "The matcher decides freely" in page(client, address)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tier": ""}, "Say in which tier the two are kept together."),
        ({"mentor": "ada@mercy.example"}, "Nobody mentors themselves."),
        ({"mentee": "colin@mercy.example"}, "Colin Mercy is not in this cohort."),
        ({"reason": ""}, "This field is required."),
        ({"mentor": "who@example.org"}, "Nobody here has this address."),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    changes: dict[str, str], message: str, mercy: World, sign_in: SignIn
) -> None:
    posted = {
        "mentee": mercy.ada.email,
        "mentor": mercy.eli.email,
        "kind": "lock",
        "tier": "chair",
        "reason": "So",
    }
    answer = sign_in(mercy.paula).post(path(mercy, "pair_rules", mercy.cohort.pk), posted | changes)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_rules_of_pairs_cost_the_same_for_one_and_three(mercy: World, sign_in: SignIn) -> None:
    client, counts = sign_in(mercy.paula), []
    for number in (1, 3):
        for place in range(number):
            mentor = make_mentor(mercy, f"M{number}{place}")
            make_pair_rule(mercy.cohort, mercy.ada, mentor, PairRuleKind.EXCLUDE, by=mercy.paula)
        counts.append(queries_of(client, path(mercy, "pair_rules", mercy.cohort.pk)))
    assert counts[0] == counts[1]


def test_nobody_else_has_a_studio(mercy: World, sign_in: SignIn) -> None:
    with tenant_scope(mercy.organization.pk):
        RoleGrant.objects.filter(person=mercy.paula).delete()
    assert sign_in(mercy.paula).get(path(mercy, "studio")).status_code == 403


def test_the_export_names_nobody(mercy: World, sign_in: SignIn) -> None:
    mentor = make_mentor(mercy, "Sam")
    run = make_finished_run(mercy.cohort)
    make_places(run, mentor, 2)
    answer = sign_in(mercy.paula).get(path(mercy, "run_export", run.pk))
    plain = json.loads(answer.content)
    assert plain["format"] == "clinicleader-matching-1"
    assert [profile["places"] for profile in plain["inputs"]["profiles"]] == [2]
    text = answer.content.decode()
    assert str(mentor.pk) not in text
    assert "Mentor" not in text
    assert f"{timezone.localtime(run.requested_at):%Y-%m-%d}" in answer["Content-Disposition"]
