"""Tapped on the shoulder, asked, rated: who may do what, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.enums import ReadOf
from passport.models import PassportRead
from people.enums import Profession
from people.models import Appointment, Person, Position
from succession.archived import candidacies
from succession.enums import Band, CandidacyState, Proposers
from succession.models import Candidacy, Pool, ReadinessAssessment
from succession.queries.pools import candidacy_visible_to
from succession.services.candidacies import (
    Rating,
    accept,
    assess,
    decline,
    end_candidacy,
    end_for_appointed,
    end_for_leavers,
    propose,
)
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.passport import make_claim, make_milestone, make_stage, make_stamp
from tests.factories.people import make_person, make_position
from tests.factories.succession import make_candidacy, make_pool, make_rating
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def due_titles(person: Person) -> list[str]:
    return [each.title for each in due_items("succession", member_of(person), "mercy", TODAY)]


READY = Rating(Band.READY_NOW, "Led the ward through the move.")


class TestProposing:
    def test_the_owner_proposes_and_the_candidate_is_asked(self, mercy: World, pool: Pool) -> None:
        made = propose(pool, person=mercy.ada, why=" They come to her. ", by=member_of(mercy.mara))
        assert (made.state, made.why) == (CandidacyState.ASKED, "They come to her.")
        ((people, title),) = told()
        assert people == {mercy.ada.pk}
        assert "Head of cardiology" in title

    def test_nobody_proposes_themselves(self, mercy: World, pool: Pool) -> None:
        with pytest.raises(ValidationError, match="Nobody proposes themselves"):
            propose(pool, person=mercy.henry, why="I would.", by=member_of(mercy.henry))
        with pytest.raises(IntegrityError, match="not_oneself"), transaction.atomic():
            make_candidacy(pool, mercy.henry, mercy.henry)

    def test_others_propose_only_where_the_pool_says_so(self, mercy: World, pool: Pool) -> None:
        other = make_pool(make_position(mercy.unit, "Dean"), mercy.henry)
        with pytest.raises(PermissionDenied):
            propose(other, person=mercy.ada, why="She can.", by=member_of(mercy.mara))
        Pool.objects.filter(pk=other.pk).update(proposers=Proposers.LEADERS)
        other.refresh_from_db()
        propose(other, person=mercy.ada, why="She can.", by=member_of(mercy.mara))
        with pytest.raises(PermissionDenied):  # leads nothing
            propose(other, person=mercy.eli, why="He can.", by=member_of(mercy.colin))

    def test_who_may_propose_and_not_look_learns_nothing_of_the_pool(self, mercy: World, pool: Pool) -> None:
        other = make_pool(make_position(mercy.unit, "Dean"), mercy.henry, proposers=Proposers.LEADERS)
        there = make_candidacy(other, mercy.ada, mercy.henry)
        assert propose(other, person=mercy.ada, why="She can.", by=member_of(mercy.mara)) == there
        assert told() == []

    def test_who_cannot_be_a_candidate_is_named(self, mercy: World, pool: Pool) -> None:
        by = member_of(mercy.henry)
        gone = make_person(mercy.organization, "Greta", mercy.unit, end_date=TODAY - DAY)
        make_candidacy(pool, mercy.ada, mercy.mara)
        for person, words in (
            (gone, "no longer works here"),
            (mercy.mara, "holds the position"),
            (mercy.ada, "in the pool or asked already"),
        ):
            with pytest.raises(ValidationError, match=words):
                propose(pool, person=person, why="They can.", by=by)
        pool.professions = [Profession.NURSE]
        pool.save()
        with pytest.raises(ValidationError, match="other professions"):
            propose(pool, person=mercy.eli, why="He can.", by=by)
        with pytest.raises(ValidationError, match="Say why"):
            propose(make_pool(make_position(mercy.unit), mercy.henry), person=mercy.eli, why=" ", by=by)


class TestAnswering:
    def test_yes_puts_them_in_the_pool(self, mercy: World, pool: Pool) -> None:
        asked = make_candidacy(pool, mercy.ada, mercy.mara, state=CandidacyState.ASKED)
        with pytest.raises(PermissionDenied):
            accept(asked, by=member_of(mercy.mara))
        assert accept(asked, by=member_of(mercy.ada)).answered_on == TODAY
        with pytest.raises(ValidationError, match="moved on meanwhile"):
            decline(asked, reason="", by=member_of(mercy.ada))
        assert told()[-1][0] == {mercy.mara.pk}

    def test_no_needs_no_reason_and_they_may_be_asked_again(self, mercy: World, pool: Pool) -> None:
        asked = make_candidacy(pool, mercy.ada, mercy.mara, state=CandidacyState.ASKED)
        assert decline(asked, reason="", by=member_of(mercy.ada)).state == CandidacyState.DECLINED
        propose(pool, person=mercy.ada, why="Things have changed.", by=member_of(mercy.mara))

    def test_it_waits_on_today(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        make_candidacy(pool, mercy.ada, mercy.mara, state=CandidacyState.ASKED)
        assert due_titles(mercy.ada) == ["Would you want to be Head of cardiology?"]


class TestReadiness:
    def test_the_owner_rates_and_the_candidate_is_told(self, mercy: World, pool: Pool) -> None:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
        assess(candidacy, rating=READY, by=member_of(mercy.mara))
        rating = ReadinessAssessment.objects.get()
        assert (rating.band, rating.assessed_by) == (Band.READY_NOW, mercy.mara)
        assert told()[-1][0] == {mercy.ada.pk}

    def test_nobody_rates_themselves_and_strangers_nobody(self, mercy: World, pool: Pool) -> None:
        own = make_candidacy(pool, mercy.henry, mercy.mara)
        for candidacy, person in ((own, mercy.henry), (own, mercy.eli), (own, mercy.colin)):
            with pytest.raises(PermissionDenied):
                assess(candidacy, rating=READY, by=member_of(person))

    def test_only_who_said_yes_is_rated_and_only_on_evidence(self, mercy: World, pool: Pool) -> None:
        asked = make_candidacy(pool, mercy.ada, mercy.mara, state=CandidacyState.ASKED)
        with pytest.raises(ValidationError, match="asked"):
            assess(asked, rating=READY, by=member_of(mercy.mara))
        accept(asked, by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="evidence"):
            assess(asked, rating=Rating(Band.LATER, " "), by=member_of(mercy.mara))

    def test_what_was_said_is_never_changed(self, mercy: World, pool: Pool) -> None:
        make_candidacy(pool, mercy.ada, mercy.mara, band=Band.LATER)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadinessAssessment.objects.update(band=Band.READY_NOW)

    def test_a_pool_with_stale_ratings_waits_on_the_owners_today(self, mercy: World, pool: Pool) -> None:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
        title = "Look through the pool of Head of cardiology"
        assert title in due_titles(mercy.mara)
        make_rating(candidacy, mercy.mara, Band.LATER)
        assert title not in due_titles(mercy.mara)


class TestEnding:
    def test_the_candidate_leaves_without_a_reason_and_others_need_one(
        self, mercy: World, pool: Pool
    ) -> None:
        first = make_candidacy(pool, mercy.ada, mercy.mara)
        with pytest.raises(ValidationError, match="Say why"):
            end_candidacy(first, reason=" ", by=member_of(mercy.mara))
        end_candidacy(first, reason="", by=member_of(mercy.ada))
        second = make_candidacy(pool, mercy.ada, mercy.mara)
        end_candidacy(second, reason="The unit closes.", by=member_of(mercy.mara))
        assert told()[-1][0] == {mercy.ada.pk}
        with pytest.raises(PermissionDenied):
            end_candidacy(make_candidacy(pool, mercy.ada, mercy.mara), reason="No.", by=member_of(mercy.eli))

    def test_the_night_ends_what_leavers_and_the_appointed_were_in(
        self, mercy: World, head: Position, pool: Pool
    ) -> None:
        gone = make_person(mercy.organization, "Greta", mercy.unit, end_date=TODAY - DAY)
        left = make_candidacy(pool, gone, mercy.mara)
        arrived = make_candidacy(pool, mercy.ada, mercy.mara)
        stays = make_candidacy(pool, mercy.colin, mercy.mara)
        Appointment.objects.filter(position=head).update(end_date=TODAY)
        Appointment.objects.create(position=head, person=mercy.ada, start_date=TODAY)
        assert (end_for_leavers(), end_for_appointed()) == (1, 1)
        states = dict(Candidacy.objects.values_list("pk", "over_reason"))
        assert states == {left.pk: "left the organisation", arrived.pk: "appointed", stays.pk: ""}


def test_a_candidacy_is_for_the_candidate_the_owner_and_the_centre(mercy: World, pool: Pool) -> None:
    candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
    seen = {
        name
        for name, person in mercy.people.items()
        if candidacy_visible_to(member_of(person), candidacy.pk, on=TODAY)
    }
    assert seen == {"ada", "mara", "henry", "eli"}


class TestPages:
    def test_the_way_from_the_shoulder_to_the_bench(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        owner, candidate = sign_in(mercy.mara), sign_in(mercy.ada)
        new = reverse("succession:candidate_new", args=[mercy.slug, pool.position_id])
        refused = owner.post(new, {"person": "nobody@mercy.example", "why": "x"})
        assert refused.status_code == 422
        assert "Nobody here has this address." in refused.content.decode()
        asked = owner.post(new, {"person": mercy.ada.email, "why": "Colleagues come to her."})
        position = reverse("succession:position", args=[mercy.slug, pool.position_id])
        assert asked.headers["Location"] == position
        page = reverse("succession:candidacy", args=[mercy.slug, Candidacy.objects.get().pk])
        assert "Would you want it?" in candidate.get(page).content.decode()
        assert candidate.post(f"{page}accept/").status_code == 302
        rated = owner.post(f"{page}assess/", {"band": "ready_now", "evidence": "Led the move."})
        assert rated.status_code == 302
        assert "Led the move." in candidate.get(page).content.decode()
        shown = owner.get(position).content.decode()
        assert "Ready now" in shown
        assert mercy.ada.name in shown

    def test_a_refused_rating_keeps_what_was_typed(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
        page = reverse("succession:candidacy_assess", args=[mercy.slug, candidacy.pk])
        refused = sign_in(mercy.mara).post(page, {"evidence": "Led the move."})
        assert refused.status_code == 422
        assert "Led the move." in refused.content.decode()

    def test_a_second_yes_is_told_that_it_moved_on(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
        page = reverse("succession:candidacy_accept", args=[mercy.slug, candidacy.pk])
        refused = sign_in(mercy.ada).post(page)
        assert refused.status_code == 422
        assert "It has moved on meanwhile: in the pool." in refused.content.decode()


class TestCompetence:
    def page_of(self, mercy: World, pool: Pool, person: Person, sign_in: SignIn, **fields: object) -> str:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara, **fields)  # type: ignore[arg-type]
        page = reverse("succession:candidacy", args=[mercy.slug, candidacy.pk])
        return " ".join(sign_in(person).get(page).content.decode().split())

    def test_what_others_attested_is_shown_and_the_look_is_on_record(
        self, mercy: World, pool: Pool, sign_in: SignIn
    ) -> None:
        milestone = make_milestone(make_stage(mercy.organization), title="Led a project")
        make_stamp(mercy.ada, milestone, mercy.mara)
        make_claim(mercy.ada, make_milestone(milestone.stage, title="Only claimed"))
        text = self.page_of(mercy, pool, mercy.mara, sign_in)
        assert "Led a project" in text
        assert "Only claimed" not in text
        assert "does not use the index to select leaders" in text
        read = PassportRead.objects.get()
        assert (read.person, read.reader, read.what) == (mercy.ada, mercy.mara, ReadOf.SUMMARY)

    def test_of_who_has_not_said_yes_nothing_is_shown(
        self, mercy: World, pool: Pool, sign_in: SignIn
    ) -> None:
        text = self.page_of(mercy, pool, mercy.mara, sign_in, state=CandidacyState.ASKED)
        assert "Attested by others" not in text
        assert not PassportRead.objects.exists()


def test_the_archive_has_what_was_said_of_oneself_and_not_of_others(mercy: World, pool: Pool) -> None:
    make_candidacy(pool, mercy.ada, mercy.mara, band=Band.ONE_TWO)
    ((_, own),) = candidacies(member_of(mercy.ada))
    ((_, none),) = candidacies(member_of(mercy.colin))
    (only,) = json.loads(own)
    assert (only["position"], only["ratings"][0]["band"]) == ("Head of cardiology", "one_two")
    assert json.loads(none) == []


def test_the_next_step_leads_to_the_regimen(
    mercy: World, in_mercy: Scope, pool: Pool, sign_in: SignIn
) -> None:
    made = make_candidacy(pool, mercy.ada, mercy.mara)
    make_rating(made, mercy.mara, Band.ONE_TWO, next_step="Hold the budget for a year")
    page = reverse("succession:candidacy", args=["mercy", made.pk])
    plan = reverse("sponsors:action_new", args=["mercy", mercy.ada.pk])
    manager = sign_in(mercy.mara)
    assert f"{plan}?title=Hold+the+budget+for+a+year" in manager.get(page).content.decode()
    assert (
        'value="Hold the budget for a year"'
        in manager.get(f"{plan}?title=Hold the budget for a year").content.decode()
    )
    assert plan not in sign_in(mercy.henry).get(page).content.decode()
    assert "To your regimen" in sign_in(mercy.ada).get(page).content.decode()
