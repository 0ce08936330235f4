"""The contract: from the template to both signatures, its versions, and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from mentoring.contract_preset import DELIVERABLES, PURPOSE
from mentoring.enums import DeliverableState, MentorshipState
from mentoring.models import Contract, ContractTemplate, Deliverable, Mentorship, TemplateDeliverable
from mentoring.queries.contracts import contract_in_force, deliverables_in_force
from mentoring.services.contracts import (
    Line,
    Terms,
    change_contract,
    discard_draft,
    draft_contract,
    install_contract_template,
    save_contract_template,
    sign_contract,
)
from mentoring.services.deliverables import attest_deliverable, report_deliverable
from tenancy.scope import Scope
from tests.factories.mentoring import make_contract, make_deliverable, make_mentorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
WORDS = Terms("To learn.", "Weekly.", "Between us.")


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Mentorship:
    install_contract_template()
    return make_mentorship(mercy.eli, mercy.ada)


def test_the_template_is_installed_once(mercy: World, in_mercy: Scope) -> None:
    install_contract_template()
    ContractTemplate.objects.update(purpose="Ours.")
    install_contract_template()
    assert ContractTemplate.objects.get().purpose == "Ours."
    assert TemplateDeliverable.objects.count() == len(DELIVERABLES)


def test_hr_changes_what_new_contracts_begin_with(mercy: World, running: Mentorship) -> None:
    with pytest.raises(PermissionDenied):
        save_contract_template(WORDS, [], by=member_of(mercy.eli))
    save_contract_template(WORDS, [("A talk", 10)], by=member_of(mercy.henry))
    made = draft_contract(running, by=member_of(mercy.ada))
    assert (made.purpose, made.version) == ("To learn.", 1)
    assert list(made.deliverables.values_list("title", "due_on")) == [
        ("A talk", TODAY + dt.timedelta(days=10))
    ]


def test_where_no_template_was_ever_installed_the_first_draft_brings_it(
    mercy: World, in_mercy: Scope
) -> None:
    made = draft_contract(make_mentorship(mercy.eli, mercy.ada), by=member_of(mercy.ada))
    assert (made.purpose, made.deliverables.count()) == (PURPOSE, len(DELIVERABLES))


def test_a_contract_begins_with_the_template(mercy: World, running: Mentorship) -> None:
    made = draft_contract(running, by=member_of(mercy.ada))
    assert made.purpose == PURPOSE
    assert made.deliverables.count() == len(DELIVERABLES)
    assert draft_contract(running, by=member_of(mercy.eli)).pk == made.pk


@pytest.mark.parametrize("who", ["paula", "mara", "henry"])
def test_others_do_not_draft_it(mercy: World, running: Mentorship, who: str) -> None:
    with pytest.raises(PermissionDenied):
        draft_contract(running, by=member_of(mercy.people[who]))


def test_before_it_runs_there_is_nothing_to_agree(mercy: World, in_mercy: Scope) -> None:
    accepted = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.ACCEPTED)
    with pytest.raises(ValidationError, match="while the mentorship runs"):
        draft_contract(accepted, by=member_of(mercy.ada))


def test_both_sign(mercy: World, running: Mentorship) -> None:
    made = draft_contract(running, by=member_of(mercy.ada))
    sign_contract(made, revision=1, by=member_of(mercy.ada))
    assert contract_in_force(running.pk) is None
    with pytest.raises(ValidationError, match="signed this already"):
        sign_contract(made, revision=1, by=member_of(mercy.ada))
    sign_contract(made, revision=1, by=member_of(mercy.eli))
    assert contract_in_force(running.pk) == made
    assert told() == [
        ({mercy.eli.pk}, "Ada Mercy signed your mentoring contract. Read it and sign it, or change it."),
        ({mercy.ada.pk}, "Your mentoring contract is signed by both of you."),
    ]


def test_nobody_signs_words_they_have_not_read(mercy: World, running: Mentorship) -> None:
    made = draft_contract(running, by=member_of(mercy.ada))
    sign_contract(made, revision=1, by=member_of(mercy.ada))
    changed = change_contract(made, WORDS, [], revision=1, by=member_of(mercy.eli))
    assert (changed.revision, changed.mentee_signed_at) == (2, None)
    with pytest.raises(ValidationError, match="read it again first"):
        sign_contract(made, revision=1, by=member_of(mercy.ada))
    assert told()[-1] == (
        {mercy.ada.pk},
        "Eli Mercy changed the mentoring contract you had signed. Read it again.",
    )


def test_two_who_change_it_at_once_do_not_overwrite_each_other(mercy: World, running: Mentorship) -> None:
    made = draft_contract(running, by=member_of(mercy.ada))
    change_contract(made, WORDS, [], revision=1, by=member_of(mercy.eli))
    with pytest.raises(ValidationError, match="Meanwhile the other side changed it"):
        change_contract(made, Terms("Mine.", "x", "y"), [], revision=1, by=member_of(mercy.ada))


def test_a_change_after_signing_is_a_version_both_sign_again(mercy: World, running: Mentorship) -> None:
    first = make_contract(running)
    with pytest.raises(ValidationError, match="draft the next version"):
        change_contract(first, WORDS, [], revision=1, by=member_of(mercy.ada))
    second = draft_contract(running, by=member_of(mercy.ada))
    assert (second.version, second.purpose) == (2, first.purpose)
    line = Line("Give a talk", TODAY)
    change_contract(second, WORDS, [line], revision=1, by=member_of(mercy.ada))
    sign_contract(second, revision=2, by=member_of(mercy.ada))
    assert contract_in_force(running.pk) == first
    sign_contract(second, revision=2, by=member_of(mercy.eli))
    assert contract_in_force(running.pk) == second
    assert [each.title for each in deliverables_in_force([running.pk])] == ["Give a talk"]


def test_what_happened_while_it_was_drafted_is_carried_over(mercy: World, running: Mentorship) -> None:
    done = make_deliverable(running, "Shadow a meeting")
    second = draft_contract(running, by=member_of(mercy.ada))
    copy = second.deliverables.get()
    change_contract(
        second,
        WORDS,
        [Line("Shadow two", done.due_on, key=copy.pk), Line("New", TODAY)],
        revision=1,
        by=member_of(mercy.ada),
    )
    report_deliverable(done, words="I was there.", by=member_of(mercy.ada))
    attest_deliverable(done, by=member_of(mercy.eli))
    for who in (mercy.ada, mercy.eli):
        sign_contract(second, revision=2, by=member_of(who))
    shown = [(each.title, each.state) for each in deliverables_in_force([running.pk])]
    assert sorted(shown) == [("New", "open"), ("Shadow a meeting", "completed")]


def test_what_was_reported_stays_reported_in_the_next_version(mercy: World, running: Mentorship) -> None:
    done = make_deliverable(running, "Shadow a meeting")
    second = draft_contract(running, by=member_of(mercy.ada))
    report_deliverable(done, words="I was there.", by=member_of(mercy.ada))
    for who in (mercy.ada, mercy.eli):
        sign_contract(second, revision=1, by=member_of(who))
    carried = second.deliverables.get()
    assert (carried.state, carried.report) == (DeliverableState.REPORTED, "I was there.")


def test_a_draft_is_thrown_away_what_is_in_force_stays(mercy: World, running: Mentorship) -> None:
    first = make_contract(running)
    discard_draft(draft_contract(running, by=member_of(mercy.ada)), by=member_of(mercy.eli))
    assert list(Contract.objects.all()) == [first]
    with pytest.raises(ValidationError, match="Both have signed it"):
        discard_draft(first, by=member_of(mercy.eli))


def test_a_signed_contract_and_what_it_asks_for_never_change(mercy: World, running: Mentorship) -> None:
    make_deliverable(running)
    with pytest.raises(IntegrityError, match="a signed contract is not changed"):
        Contract.objects.update(purpose="Something else.")


@pytest.mark.parametrize(
    "values", [{"title": "Another"}, {"due_on": dt.date(2027, 1, 1)}, {"milestone": None}, {"delete": True}]
)
def test_deliverables_of_a_signed_contract_stay(
    mercy: World, running: Mentorship, values: dict[str, object]
) -> None:
    milestone = "0b6b7400-0000-4000-8000-000000000000"
    made = Deliverable.objects.filter(pk=make_deliverable(running, milestone=milestone).pk)
    with pytest.raises(IntegrityError, match="what a signed contract asks for is not changed"):
        made.delete() if values.get("delete") else made.update(**values)


def test_nothing_is_added_to_a_signed_contract(mercy: World, running: Mentorship) -> None:
    contract = make_contract(running)
    with pytest.raises(IntegrityError, match="what a signed contract asks for is not changed"):
        Deliverable.objects.create(contract=contract, title="More", due_on=TODAY, position=9)
