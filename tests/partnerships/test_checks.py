"""The partnership check: open between the partners when all have answered, and to nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import CheckState, Part, Scale
from partnerships.models import CheckAnswer, CheckPlace, Partnership, PartnershipCheck
from partnerships.services.checks import (
    Said,
    agree_to_share,
    answer_check,
    call_off_check,
    open_check,
    remind_unanswered,
)
from partnerships.services.partners import release_partner
from people.enums import Profession
from people.models import Person
from tenancy.models import AuditEntry
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.partnerships import as_loaded, make_check, make_partner, make_partnership
from tests.factories.people import make_person
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
SAID = {scale: Said(4, "Fine") for scale in Scale}
TYPED = {"vision": 2, "communication": 3, "clarity": 4, "conflict": 5, "trust": 1, "trust_word": "Wary"}


@pytest.fixture
def asked(dyad: Partnership) -> PartnershipCheck:
    return make_check(dyad)


def seen_by(world: World, actor: Person | None) -> set[UUID]:
    """Whose answers PostgreSQL shows: no filter of ours between."""
    actor_id = actor.pk if actor else None
    with tenant_transaction(world.organization.pk, actor_id=actor_id):
        return set(CheckAnswer.objects.values_list("person_id", flat=True))


class TestTheWall:
    """What PostgreSQL shows to whoever acts, whatever the pages ask for."""

    def test_one_answer_is_seen_by_its_author_alone(self, mercy: World, dyad: Partnership) -> None:
        check = make_check(dyad, 4, opened_on=TODAY)  # the state says too much
        assert check.is_revealed
        assert seen_by(mercy, mercy.ada) == {mercy.ada.pk}
        for other in (mercy.mara, mercy.henry, mercy.eli, mercy.olga, None):
            assert seen_by(mercy, other) == set()

    def test_both_see_both_when_both_have_answered(self, mercy: World, dyad: Partnership) -> None:
        make_check(dyad, 4, 2)
        both = {mercy.ada.pk, mercy.mara.pk}
        assert seen_by(mercy, mercy.ada) == seen_by(mercy, mercy.mara) == both
        for other in (mercy.henry, mercy.eli, mercy.olga, None):
            assert seen_by(mercy, other) == set()

    def test_others_see_them_with_both_consents_and_no_longer(self, mercy: World, dyad: Partnership) -> None:
        make_check(dyad, 4, 2)
        CheckPlace.objects.filter(person=mercy.ada).update(shared_since=timezone.now())
        assert seen_by(mercy, mercy.henry) == set()
        CheckPlace.objects.filter(person=mercy.mara).update(shared_since=timezone.now())
        assert seen_by(mercy, mercy.henry) == {mercy.ada.pk, mercy.mara.pk}
        CheckPlace.objects.filter(person=mercy.ada).update(shared_since=None)
        assert seen_by(mercy, mercy.henry) == set()

    def test_consent_opens_nothing_before_all_have_answered(self, mercy: World, dyad: Partnership) -> None:
        make_check(dyad, 4)
        CheckPlace.objects.update(shared_since=timezone.now())
        assert seen_by(mercy, mercy.henry) == seen_by(mercy, mercy.mara) == set()

    def test_an_answer_is_never_changed(self, mercy: World, dyad: Partnership) -> None:
        make_check(dyad, 4, 2)
        with (
            tenant_transaction(mercy.organization.pk, actor_id=mercy.ada.pk),
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            CheckAnswer.objects.filter(person=mercy.ada).update(trust=5)

    def test_nobody_is_taken_off_the_roll(self, mercy: World, dyad: Partnership) -> None:
        make_check(dyad, 4)
        absent = CheckPlace.objects.filter(person=mercy.mara)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            absent.delete()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            absent.update(person=mercy.ada)

    def test_a_score_is_one_to_five(self, mercy: World, dyad: Partnership) -> None:
        assert mercy
        with pytest.raises(IntegrityError, match="partnerships_answer_"), transaction.atomic():
            make_check(dyad, 6)

    def test_the_trail_has_no_answer(self, mercy: World, asked: PartnershipCheck) -> None:
        answer_check(asked, SAID, by=member_of(mercy.ada))
        change = AuditEntry.objects.get(table_name="partnerships_checkanswer").change
        names = [name for scale in Scale.values for name in (scale, f"{scale}_word")]
        assert {change[name] for name in names} == {"redacted"}


class TestARound:
    def test_it_opens_with_the_last_answer(self, mercy: World, dyad: Partnership) -> None:
        check = open_check(dyad, by=member_of(mercy.ada))
        assert [
            item.title for item in due_items("partnerships", member_of(mercy.mara), mercy.slug, TODAY)
        ] == ["Answer the partnership check"]
        assert answer_check(check, SAID, by=member_of(mercy.ada)).is_open
        done = answer_check(check, SAID, by=member_of(mercy.mara))
        assert (done.state, done.over_on) == ("revealed", TODAY)
        assert told() == [
            (
                {mercy.mara.pk},
                "Ada Mercy begins a partnership check: say how it goes between you.",
            ),
            (
                {mercy.mara.pk},
                "Ada Mercy has answered the partnership check: it opens when you have.",
            ),
            ({mercy.ada.pk}, "All have answered the partnership check: read it together."),
        ]
        assert due_items("partnerships", member_of(mercy.mara), mercy.slug, TODAY) == []

    def test_a_triad_waits_for_all_three(self, mercy: World, dyad: Partnership) -> None:
        nurse = make_person(mercy.organization, "Nora", mercy.unit, profession=Profession.NURSE)
        make_partner(dyad, nurse, Part.NURSE)
        check = open_check(as_loaded(dyad), by=member_of(mercy.ada))
        for person in (mercy.ada, mercy.mara):
            assert answer_check(check, SAID, by=member_of(person)).is_open
        assert answer_check(check, SAID, by=member_of(nurse)).is_revealed

    def test_one_answer_each(self, mercy: World, asked: PartnershipCheck) -> None:
        answer_check(asked, SAID, by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="You have answered already"):
            answer_check(asked, SAID, by=member_of(mercy.ada))

    def test_only_who_is_asked_acts(self, mercy: World, dyad: Partnership, asked: PartnershipCheck) -> None:
        for person in (mercy.henry, mercy.eli, mercy.colin):
            by = member_of(person)
            for act in (
                lambda by=by: open_check(dyad, by=by),
                lambda by=by: answer_check(asked, SAID, by=by),
                lambda by=by: call_off_check(asked, by=by),
                lambda by=by: agree_to_share(asked, agreed=True, by=by),
            ):
                with pytest.raises(PermissionDenied), transaction.atomic():
                    act()

    def test_one_round_at_a_time_of_two_at_least(
        self, mercy: World, dyad: Partnership, asked: PartnershipCheck
    ) -> None:
        with pytest.raises(ValidationError, match="A check is under way"):
            open_check(dyad, by=member_of(mercy.mara))
        call_off_check(asked, by=member_of(mercy.mara))
        release_partner(dyad.partners.get(person=mercy.mara), by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="A check takes two"):
            open_check(dyad, by=member_of(mercy.ada))

    def test_called_off_it_takes_no_answer(self, mercy: World, asked: PartnershipCheck) -> None:
        call_off_check(asked, by=member_of(mercy.mara))
        with pytest.raises(ValidationError, match="Meanwhile this check is over: called off"):
            answer_check(asked, SAID, by=member_of(mercy.ada))

    def test_there_is_nothing_to_share_before_the_end(self, mercy: World, asked: PartnershipCheck) -> None:
        with pytest.raises(ValidationError, match="there is nothing to share yet"):
            agree_to_share(asked, agreed=True, by=member_of(mercy.ada))

    def test_who_has_not_answered_is_reminded_once_a_week(
        self, mercy: World, asked: PartnershipCheck
    ) -> None:
        answer_check(asked, SAID, by=member_of(mercy.ada))
        reminder = ({mercy.mara.pk}, "The partnership check still waits for your answer.")
        assert [remind_unanswered(on=TODAY + days * DAY) for days in (6, 7, 8, 14)] == [0, 1, 0, 1]
        assert told().count(reminder) == 2


class TestPages:
    def address(self, world: World, check: PartnershipCheck, step: str = "check") -> str:
        return reverse(f"partnerships:{step}", args=[world.slug, check.partnership_id, check.pk])

    def test_two_answer_and_read_it_together(self, mercy: World, sign_in: SignIn) -> None:
        dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
        make_check(dyad, 2, 3, opened_on=TODAY - 180 * DAY)
        check = make_check(dyad)
        page, ada, mara = self.address(mercy, check), sign_in(mercy.ada), sign_in(mercy.mara)
        refused = ada.post(page, {**TYPED, "trust": ""})
        assert refused.status_code == 422
        waiting = ada.post(page, TYPED, follow=True).content.decode()
        assert "It opens when Mara has answered" in waiting
        assert "Wary" not in mara.get(page).content.decode()
        together = mara.post(page, {**TYPED, "trust": 3}, follow=True).content.decode()
        assert all(words in together for words in ("Ada Mercy 1", "Mara Mercy 3", "Wary", "talk about it"))
        assert "Change since the check before" in together
        assert "Wary" in ada.get(page).content.decode()

    def test_others_read_it_with_both_consents(self, mercy: World, sign_in: SignIn) -> None:
        check = make_check(make_partnership(mercy.unit, mercy.ada, mercy.mara), 4, 2)
        page, share = self.address(mercy, check), self.address(mercy, check, "check_share")
        henry, colin = sign_in(mercy.henry), sign_in(mercy.colin)
        sign_in(mercy.ada).post(share, {"agreed": "yes"})
        assert henry.get(page).status_code == 403
        sign_in(mercy.mara).post(share, {"agreed": "yes"})
        assert "Mara Mercy 2" in henry.get(page).content.decode()
        assert colin.get(page).status_code == 403
        sign_in(mercy.mara).post(share)
        assert henry.get(page).status_code == 403

    def test_an_unshared_round_before_is_not_compared_with(self, mercy: World, sign_in: SignIn) -> None:
        dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
        make_check(dyad, 1, 1, opened_on=TODAY - 90 * DAY)
        check = make_check(dyad, 4, 2)
        with tenant_transaction(mercy.organization.pk):
            CheckPlace.objects.filter(check_round=check).update(shared_since=timezone.now())
        compared = "Change since the check before"
        assert compared in sign_in(mercy.ada).get(self.address(mercy, check)).content.decode()
        assert compared not in sign_in(mercy.henry).get(self.address(mercy, check)).content.decode()

    def test_many_rounds_cost_no_more_queries(self, mercy: World, sign_in: SignIn) -> None:
        dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
        make_check(dyad, 4, 2, opened_on=TODAY - 300 * DAY)
        check, ada = make_check(dyad, 4, 2), sign_in(mercy.ada)
        one = queries_of(ada, self.address(mercy, check))
        for days in (200, 100):
            make_check(dyad, 3, 3, opened_on=TODAY - days * DAY)
        assert queries_of(ada, self.address(mercy, check)) == one


def test_the_states_are_what_the_table_allows(mercy: World, asked: PartnershipCheck) -> None:
    assert mercy
    with pytest.raises(IntegrityError, match="partnerships_check_state"), transaction.atomic():
        PartnershipCheck.objects.filter(pk=asked.pk).update(state=CheckState.REVEALED)
