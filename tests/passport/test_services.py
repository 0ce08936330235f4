from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from passport.enums import StampState
from passport.models import Milestone, PassportHolder, Stage, Stamp
from passport.permissions import Subject
from passport.presets import MILESTONES
from passport.queries import holding_visible_to, verifiers_of, walk_of
from passport.services import (
    Evidence,
    decline_stamp,
    install_presets,
    issue_passports,
    open_passport,
    rename_stage,
    retire_milestone,
    revoke_stamp,
    save_milestone,
    submit_evidence,
    verify_stamp,
    withdraw_evidence,
)
from people.enums import Role
from people.models import Person, ReportingLine
from surveys.enums import Dimension
from tenancy.scope import Scope
from tests.factories.passport import find_milestone, make_claim, make_presets, make_stamp
from tests.factories.people import make_cohort, make_grant, make_person
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()


def subject(world: World, person: Person) -> Subject:
    holding = holding_visible_to(member_of(world.henry), person.pk, on=TODAY)
    assert holding is not None
    return holding.subject


@pytest.fixture
def milestone(mercy: World, in_mercy: Scope) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def test_presets_cover_every_dimension_in_every_stage(mercy: World, in_mercy: Scope) -> None:
    install_presets()
    required = Milestone.objects.filter(required=True).values_list("stage__key", "dimension")
    assert set(required) == {
        (stage, dimension)
        for stage in ("resident", "fellow", "early_attending")
        for dimension in Dimension.values
    }


def test_presets_by_profession_are_optional_and_nobody_elses(mercy: World, in_mercy: Scope) -> None:
    install_presets()
    for person, profession in ((mercy.ada, "physician"), (mercy.mara, "nurse")):
        Person.objects.filter(pk=person.pk).update(profession=profession)
    ours, nurses = (
        {each.title: each.required for each in walk_of(one.pk, on=TODAY).milestones}
        for one in (mercy.ada, mercy.mara)
    )
    more = nurses.keys() - ours.keys()
    assert {title: nurses[title] for title in more} == {"Plan a week of staffing": False}
    assert ours.keys() <= nurses.keys()


def test_a_milestone_of_another_profession_is_not_claimed_but_a_claim_stays(
    mercy: World, milestone: Milestone
) -> None:
    Person.objects.filter(pk=mercy.ada.pk).update(profession="physician")
    save_milestone(milestone, professions=["nurse", "pharmacist"], by=member_of(mercy.henry))
    milestone.refresh_from_db()
    with pytest.raises(ValidationError, match="for others: Nurse, Pharmacist"):
        submit_evidence(subject(mercy, mercy.ada), milestone, Evidence(TODAY, "Me."), by=member_of(mercy.ada))
    make_stamp(mercy.ada, milestone, mercy.mara)
    walk = walk_of(mercy.ada.pk, on=TODAY)
    assert milestone not in walk.milestones
    assert [stamp.milestone for stamp in walk.stamps] == [milestone]
    Person.objects.filter(pk=mercy.ada.pk).update(profession="nurse")
    assert milestone in walk_of(mercy.ada.pk, on=TODAY).milestones


def test_presets_are_installed_once_and_keep_renamed_stages(mercy: World, in_mercy: Scope) -> None:
    install_presets()
    stage = Stage.objects.get(key="fellow")
    rename_stage(stage, name="Registrar", focus="Depth", by=member_of(mercy.henry))
    install_presets()
    assert Stage.objects.get(key="fellow").name == "Registrar"
    assert Milestone.objects.count() == len(MILESTONES)


def test_passports_are_issued_to_cohort_members_with_running_numbers(mercy: World, in_mercy: Scope) -> None:
    assert issue_passports(on=dt.date(2026, 3, 1)) == 1
    open_passport(by=member_of(mercy.mara))
    open_passport(by=member_of(mercy.mara))
    holders = PassportHolder.objects.order_by("serial").values_list("person", "serial")
    assert list(holders) == [(mercy.ada.pk, 1), (mercy.mara.pk, 2)]
    assert PassportHolder.objects.get(serial=1).number == "CL-2026-00001"


def test_a_passport_is_issued_up_to_the_last_day_of_work(mercy: World, in_mercy: Scope) -> None:
    last_day = dt.date(2026, 3, 1)
    Person.objects.filter(pk=mercy.ada.pk).update(end_date=last_day)
    assert issue_passports(on=last_day + dt.timedelta(days=1)) == 0
    assert issue_passports(on=last_day) == 1


def test_evidence_is_submitted_by_the_person_alone(mercy: World, milestone: Milestone) -> None:
    evidence = Evidence(earned_on=TODAY, statement="Sat beside the chair.")
    stamp = submit_evidence(subject(mercy, mercy.ada), milestone, evidence, by=member_of(mercy.ada))
    assert (stamp.person_id, stamp.state) == (mercy.ada.pk, StampState.SUBMITTED)
    with pytest.raises(PermissionDenied):
        submit_evidence(subject(mercy, mercy.ada), milestone, evidence, by=member_of(mercy.henry))


def test_the_immediate_leader_is_told_of_evidence(mercy: World, milestone: Milestone) -> None:
    evidence = Evidence(earned_on=TODAY, statement="Sat beside the chair.")
    submit_evidence(subject(mercy, mercy.ada), milestone, evidence, by=member_of(mercy.ada))
    assert told() == [({mercy.mara.pk}, "Ada Mercy submitted evidence for “Shadow a chair meeting”.")]


def test_without_a_leader_directors_and_hr_are_told(mercy: World, milestone: Milestone) -> None:
    stranger = make_person(mercy.organization, "Quinn", mercy.unit)
    make_grant(stranger, Role.PROGRAMME_DIRECTOR, cohort=make_cohort(mercy.programme, name="Another"))
    ReportingLine.objects.filter(person=mercy.ada).delete()
    who = subject(mercy, mercy.ada)
    assert verifiers_of(who, on=TODAY) == {mercy.henry.pk, mercy.paula.pk}
    limited = make_person(mercy.organization, "Lena", mercy.unit)
    make_grant(limited, Role.PROGRAMME_DIRECTOR, cohort=mercy.cohort)
    assert verifiers_of(who, on=TODAY) == {mercy.henry.pk, mercy.paula.pk, limited.pk}
    assert verifiers_of(subject(mercy, mercy.paula), on=TODAY) == {mercy.henry.pk}


def test_a_leader_who_has_left_is_not_asked(mercy: World, milestone: Milestone) -> None:
    Person.objects.filter(pk=mercy.mara.pk).update(end_date=TODAY - dt.timedelta(days=1))
    assert verifiers_of(subject(mercy, mercy.ada), on=TODAY) == {mercy.henry.pk, mercy.paula.pk}


def test_the_holder_is_told_what_became_of_it_and_by_whom(mercy: World, milestone: Milestone) -> None:
    who, mara = subject(mercy, mercy.ada), member_of(mercy.mara)
    decline_stamp(make_claim(mercy.ada, milestone), reason="A secret reason", subject=who, by=mara)
    stamp = verify_stamp(make_claim(mercy.ada, milestone), note="Well done", subject=who, by=mara)
    revoke_stamp(stamp, reason="It was another meeting", subject=who, by=mara)
    assert told() == [
        ({mercy.ada.pk}, f"Mara Mercy {what}")
        for what in (
            "asks for more evidence of “Shadow a chair meeting”: what was shown is declined.",
            "verified “Shadow a chair meeting”: the stamp is in your Passport.",
            "revoked your stamp “Shadow a chair meeting”.",
        )
    ]


def test_nobody_is_told_of_what_was_refused(mercy: World, milestone: Milestone) -> None:
    make_claim(mercy.ada, milestone)
    with pytest.raises(ValidationError):
        submit_evidence(
            subject(mercy, mercy.ada), milestone, Evidence(TODAY, "Again."), by=member_of(mercy.ada)
        )
    assert told() == []


def test_a_second_claim_for_a_milestone_says_so(mercy: World, milestone: Milestone) -> None:
    make_claim(mercy.ada, milestone)
    with pytest.raises(ValidationError, match="stamped or waits"):
        submit_evidence(
            subject(mercy, mercy.ada), milestone, Evidence(TODAY, "Again."), by=member_of(mercy.ada)
        )


def test_a_milestone_is_not_claimed_ahead(mercy: World, milestone: Milestone) -> None:
    tomorrow = Evidence(TODAY + dt.timedelta(days=1), "Will be there.")
    with pytest.raises(ValidationError, match="not before"):
        submit_evidence(subject(mercy, mercy.ada), milestone, tomorrow, by=member_of(mercy.ada))


def test_a_declined_claim_may_be_made_again(mercy: World, milestone: Milestone) -> None:
    claim = make_claim(mercy.ada, milestone)
    who = subject(mercy, mercy.ada)
    with pytest.raises(ValidationError, match="what is missing"):
        decline_stamp(claim, reason=" ", subject=who, by=member_of(mercy.mara))
    decline_stamp(claim, reason="Whose meeting?", subject=who, by=member_of(mercy.mara))
    submit_evidence(who, milestone, Evidence(TODAY, "The surgery chair's."), by=member_of(mercy.ada))
    assert sorted(Stamp.objects.values_list("state", flat=True)) == ["declined", "submitted"]


@pytest.mark.parametrize("name", ["mara", "paula", "henry"])
def test_manager_director_and_hr_verify(mercy: World, milestone: Milestone, name: str) -> None:
    verifier = mercy.people[name]
    stamp = verify_stamp(
        make_claim(mercy.ada, milestone), subject=subject(mercy, mercy.ada), by=member_of(verifier)
    )
    assert (stamp.state, stamp.verified_by_id) == (StampState.VERIFIED, verifier.pk)
    assert stamp.rule == milestone.evidence_rule


@pytest.mark.parametrize("name", ["ada", "colin", "eli", "olga", "stella", "aude"])
def test_nobody_else_verifies(mercy: World, milestone: Milestone, name: str) -> None:
    claim = make_claim(mercy.ada, milestone)
    with pytest.raises(PermissionDenied):
        verify_stamp(claim, subject=subject(mercy, mercy.ada), by=member_of(mercy.people[name]))


def test_hr_does_not_verify_their_own(mercy: World, milestone: Milestone) -> None:
    claim = make_claim(mercy.henry, milestone)
    with pytest.raises(PermissionDenied):
        verify_stamp(claim, subject=subject(mercy, mercy.henry), by=member_of(mercy.henry))


def test_a_director_of_another_cohort_does_not_verify(mercy: World, milestone: Milestone) -> None:
    elsewhere = replace(member_of(mercy.paula), directed_cohorts=frozenset({mercy.programme.pk}))
    claim = make_claim(mercy.ada, milestone)
    with pytest.raises(PermissionDenied):
        verify_stamp(claim, subject=subject(mercy, mercy.ada), by=elsewhere)
    hers = replace(elsewhere, directed_cohorts=frozenset({mercy.cohort.pk}))
    stamp = verify_stamp(claim, subject=subject(mercy, mercy.ada), by=hers)
    assert stamp.state == StampState.VERIFIED


def test_the_second_verifier_learns_of_the_first(mercy: World, milestone: Milestone) -> None:
    claim = make_claim(mercy.ada, milestone)
    who = subject(mercy, mercy.ada)
    verify_stamp(claim, subject=who, by=member_of(mercy.mara))
    with pytest.raises(ValidationError, match="verified"):
        decline_stamp(claim, reason="No.", subject=who, by=member_of(mercy.paula))


def test_a_stamp_is_revoked_with_a_reason(mercy: World, milestone: Milestone) -> None:
    stamp = make_stamp(mercy.ada, milestone, mercy.mara)
    who = subject(mercy, mercy.ada)
    with pytest.raises(ValidationError, match="with a reason"):
        revoke_stamp(stamp, reason="", subject=who, by=member_of(mercy.mara))
    revoked = revoke_stamp(stamp, reason="Wrong person.", subject=who, by=member_of(mercy.mara))
    assert (revoked.state, revoked.revoked_by_id) == (StampState.REVOKED, mercy.mara.pk)


def test_a_claim_is_withdrawn_with_its_file(
    mercy: World, milestone: Milestone, django_capture_on_commit_callbacks: object
) -> None:
    evidence = Evidence(TODAY, file=ContentFile(b"%PDF-1.7", name="note.pdf"))
    stamp = submit_evidence(subject(mercy, mercy.ada), milestone, evidence, by=member_of(mercy.ada))
    storage, name = stamp.file.storage, stamp.file.name
    assert name is not None
    assert name.startswith(f"{mercy.organization.pk}/evidence/")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_evidence(stamp, by=member_of(mercy.ada))
    assert not storage.exists(name)
    assert not Stamp.objects.exists()


def test_a_retired_milestone_takes_no_claims(mercy: World, milestone: Milestone) -> None:
    retire_milestone(milestone, on=TODAY, by=member_of(mercy.henry))
    milestone.refresh_from_db()
    with pytest.raises(ValidationError, match="no longer"):
        submit_evidence(
            subject(mercy, mercy.ada), milestone, Evidence(TODAY, "Late."), by=member_of(mercy.ada)
        )


def test_milestones_are_edited_by_hr_and_directors_of_everyone(mercy: World, milestone: Milestone) -> None:
    limited = replace(member_of(mercy.paula), directed_cohorts=frozenset({mercy.cohort.pk}))
    for by in (member_of(mercy.mara), member_of(mercy.ada), limited):
        with pytest.raises(PermissionDenied):
            save_milestone(milestone, title="Mine", by=by)
    save_milestone(milestone, title="Ours", by=member_of(mercy.paula))
    assert Milestone.objects.get(pk=milestone.pk).title == "Ours"


def test_a_change_of_wording_does_not_bring_a_retired_milestone_back(
    mercy: World, milestone: Milestone
) -> None:
    before = Milestone.objects.get(pk=milestone.pk)
    retire_milestone(milestone, on=TODAY, by=member_of(mercy.henry))
    save_milestone(before, title="Ours", by=member_of(mercy.paula))
    assert Milestone.objects.values_list("title", "retired_on").get(pk=milestone.pk) == ("Ours", TODAY)
    retire_milestone(before, on=TODAY + dt.timedelta(days=9), by=member_of(mercy.paula))
    assert Milestone.objects.get(pk=milestone.pk).retired_on == TODAY


def test_two_milestones_of_one_name_are_told_apart(mercy: World, milestone: Milestone) -> None:
    with pytest.raises(ValidationError, match="of this name"):
        save_milestone(milestone, title="Read a service budget", by=member_of(mercy.henry))
