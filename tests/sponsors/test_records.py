"""What the records say, proposed to a case conference: to whom, in which words, and that it stays so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from passport.models import PassportRead
from people.models import Person
from sponsors.enums import Aspect, EvidenceKind, Relation
from sponsors.evidence import Piece, pieces_for
from sponsors.models import Conference, ConferenceEvidence
from sponsors.queries.team import seat_at
from sponsors.services.conferences import conclude_conference, take_evidence
from sponsors.services.intake import Remark, answer_request, close_round
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.conferences import make_conference, make_diagnosis
from tests.factories.passport import find_milestone, make_presets, make_stamp
from tests.factories.readiness import make_index, make_snapshot
from tests.factories.sponsors import (
    make_competency,
    make_intake,
    make_intake_request,
    make_seat,
    make_sponsor,
    make_sponsorship,
)
from tests.members import member_of
from tests.world import World

TODAY = timezone.localdate()
INDEX, SCORE = EvidenceKind.INDEX, EvidenceKind.SCORE
INTAKE, PASSPORT = EvidenceKind.INTAKE, EvidenceKind.PASSPORT
SignIn = Callable[[Person], Client]


@pytest.fixture
def conference(mercy: World, in_mercy: Scope) -> Conference:
    """Olga sponsors Ada, Mara leads her, Colin looks after finance. Ada has an index, a score and a stamp."""
    make_sponsor(mercy.olga)
    make_sponsorship(mercy.olga, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.olga)
    make_presets(mercy.organization)
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Shadow a chair meeting"), mercy.mara)
    make_snapshot(mercy.ada, 62.0)
    make_index(mercy.ada, 50.0)
    intake, listening = make_intake(mercy.ada, by=mercy.olga), make_competency(mercy.organization)
    request = make_intake_request(intake, mercy.mara, Relation.MANAGER)
    remark = Remark(Aspect.OPPORTUNITY, listening.pk, "Hears me out.")
    answer_request(request, [remark], named=True, by=member_of(mercy.mara))
    close_round(intake, by=member_of(mercy.olga))
    return make_conference(mercy.ada, mercy.mara, mercy.colin, by=mercy.olga)


def pieces(world: World, who: str) -> list[Piece]:
    member = member_of(world.people[who])
    return pieces_for(member, world.ada, seat_at(member, world.ada.pk, on=TODAY), TODAY)


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("ada", [INDEX, SCORE, INTAKE, PASSPORT]),
        ("mara", [INDEX, SCORE, INTAKE, PASSPORT]),
        ("olga", [INTAKE]),  # her sponsor, who oversees nobody
        ("eli", [INDEX]),  # an executive, who sees the organisation's results and nothing else of hers
        ("colin", []),
    ],
)
def test_each_is_proposed_what_they_may_see(
    mercy: World, conference: Conference, who: str, kinds: list[EvidenceKind]
) -> None:
    assert [piece.kind for piece in pieces(mercy, who)] == kinds


def test_the_words_hold_day_and_figures(mercy: World, conference: Conference) -> None:
    index, score, intake, stamp = (piece.words for piece in pieces(mercy, "mara"))
    assert "36.0 of 60, n = 12" in index
    assert "10 July 2026" in index
    assert "62.0 of 100. Strategic insight 62.0" in score
    assert intake.endswith("opportunities: Listening.")
    assert "Hears me out" not in intake
    assert stamp.endswith("reached 1 June 2024, verified by Mara Mercy.")


def test_who_looked_at_the_passport_is_on_record(mercy: World, conference: Conference) -> None:
    for who in ("ada", "olga", "colin"):
        pieces(mercy, who)
    assert not PassportRead.objects.exists()
    pieces(mercy, "mara")
    reads = PassportRead.objects.filter(person=mercy.ada, reader=mercy.mara)
    assert set(reads.values_list("what", flat=True)) == {"passport", "score"}


def test_an_index_waits_a_week_for_the_immediate_leader(mercy: World, conference: Conference) -> None:
    yesterday = timezone.now() - dt.timedelta(days=1)
    make_index(mercy.ada, 75.0, TODAY - dt.timedelta(days=3), published_at=yesterday)
    assert "48.0 of 60" in pieces(mercy, "ada")[0].words
    assert "36.0 of 60" in pieces(mercy, "mara")[0].words


def test_a_result_about_somebody_else_is_not_proposed(mercy: World, conference: Conference) -> None:
    make_index(mercy.colin, 90.0, dt.date(2026, 9, 30))
    assert "36.0 of 60" in pieces(mercy, "ada")[0].words


def test_what_is_taken_stays_as_it_was(mercy: World, conference: Conference) -> None:
    ada = member_of(mercy.ada)
    score = pieces(mercy, "ada")[1]
    taken = take_evidence(conference, score.key, by=ada)
    make_snapshot(mercy.ada, 88.0, quarter="2026Q4")
    assert ConferenceEvidence.objects.get() == taken
    assert (taken.kind, taken.words, taken.path, taken.domain) == (SCORE, score.words, score.path, "")
    with pytest.raises(ValidationError, match="records say otherwise"):
        take_evidence(conference, score.key, by=ada)
    again = pieces(mercy, "ada")[1]
    take_evidence(conference, again.key, by=ada)
    with pytest.raises(ValidationError, match="already"):
        take_evidence(conference, again.key, by=ada)


def test_nobody_takes_what_they_may_not_see(mercy: World, conference: Conference) -> None:
    score = pieces(mercy, "mara")[1]
    for who in ("olga", "colin"):
        with pytest.raises(ValidationError, match="records say otherwise"):
            take_evidence(conference, score.key, by=member_of(mercy.people[who]))
    for who in ("eli", "paula", "henry"):
        with pytest.raises(PermissionDenied):
            take_evidence(conference, score.key, by=member_of(mercy.people[who]))


def test_what_is_concluded_takes_nothing(mercy: World, conference: Conference) -> None:
    make_diagnosis(conference, by=mercy.colin)
    ahead = TODAY + dt.timedelta(days=30)
    conclude_conference(conference, prescription="Go on.", review_on=ahead, by=member_of(mercy.olga))
    with pytest.raises(ValidationError, match="concluded"):
        take_evidence(conference, pieces(mercy, "ada")[1].key, by=member_of(mercy.ada))


def test_one_press_on_the_page(mercy: World, sign_in: SignIn, conference: Conference) -> None:
    at = f"/o/{mercy.slug}/clinic/leaders/{mercy.ada.pk}/conferences/{conference.pk}/"
    mara, olga = sign_in(mercy.mara), sign_in(mercy.olga)
    assert "From the records" in mara.get(at).content.decode()
    page = f"{at}evidence/records/"
    score = pieces(mercy, "mara")[1]
    assert score.words in mara.get(page).content.decode()
    assert score.words not in olga.get(page).content.decode()
    assert mara.post(page, {"piece": score.key}).status_code == 302
    assert "taken" in mara.get(page).content.decode()
    assert score.words in olga.get(at).content.decode()


def test_more_stamps_cost_no_more_queries(mercy: World, sign_in: SignIn, conference: Conference) -> None:
    page = f"/o/{mercy.slug}/clinic/leaders/{mercy.ada.pk}/conferences/{conference.pk}/evidence/records/"
    ada = sign_in(mercy.ada)
    one = queries_of(ada, page)
    for title in ("Strategic-thinking pod", "Read a service budget"):
        make_stamp(mercy.ada, find_milestone(mercy.organization, title), mercy.mara)
    assert queries_of(ada, page) == one
