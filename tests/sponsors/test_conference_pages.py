"""The case conference in the browser: from the call to the answer, and what each reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import Domain
from sponsors.models import Conference, ConferenceEvidence, Diagnosis, DiagnosisDraft, DiagnosisQuestion
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.conferences import (
    make_conference,
    make_diagnosis,
    make_diagnosis_draft,
    make_evidence,
    make_question,
)
from tests.factories.sponsors import make_seat, make_sponsor, make_sponsorship
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def clinic(mercy: World) -> World:
    """Eli sponsors Ada, Mara leads her, Colin looks after finance and Olga after coaching."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain=Domain.COACHING)
    return mercy


@pytest.fixture
def conference(clinic: World) -> Conference:
    return make_conference(clinic.ada, clinic.mara, clinic.colin, clinic.olga, by=clinic.eli)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


def read(client: Client, world: World, name: str, *arguments: object) -> str:
    return client.get(address(world, name, *arguments)).content.decode()


def test_from_the_call_to_the_answer(clinic: World, sign_in: SignIn) -> None:
    ada, eli, colin = (sign_in(clinic.people[who]) for who in ("ada", "eli", "colin"))
    today = reverse("today", args=[clinic.slug])
    called = {
        "question": "What next?",
        "held_on": TODAY.isoformat(),
        "guests": [clinic.mara.pk, clinic.colin.pk],
    }
    eli.post(address(clinic, "conference_new"), called)
    with tenant_transaction(clinic.organization.pk):
        made = Conference.objects.get()
    assert "Case conference about Ada Mercy" in colin.get(today).content.decode()
    written = {
        "domain": "finance",
        "kind": "area",
        "words": "Budgets frighten her",
        "prescription": "One of her own",
    }
    colin.post(address(clinic, "diagnosis_new", made.pk), written)
    with tenant_transaction(clinic.organization.pk):
        draft = DiagnosisDraft.objects.get()
    assert "Budgets frighten her" not in read(ada, clinic, "conference", made.pk)
    colin.post(address(clinic, "draft_release", made.pk, draft.pk))
    assert "Budgets frighten her" in read(ada, clinic, "conference", made.pk)
    assert "A diagnosis is new: Finance" in ada.get(today).content.decode()
    with tenant_transaction(clinic.organization.pk):
        diagnosis = Diagnosis.objects.get()
    ada.post(address(clinic, "diagnosis_acknowledge", made.pk, diagnosis.pk))
    assert "A diagnosis is new" not in ada.get(today).content.decode()
    ada.post(address(clinic, "diagnosis_ask", made.pk, diagnosis.pk), {"words": "Since when?"})
    with tenant_transaction(clinic.organization.pk):
        question = DiagnosisQuestion.objects.get()
    assert "Since when?" in read(colin, clinic, "conference", made.pk)
    colin.post(
        address(clinic, "question_answer", made.pk, diagnosis.pk, question.pk), {"answer": "Since spring."}
    )
    assert "Since spring." in read(ada, clinic, "conference", made.pk)
    review = (TODAY + dt.timedelta(days=90)).isoformat()
    eli.post(
        address(clinic, "conference_conclude", made.pk), {"prescription": "A ward.", "review_on": review}
    )
    page = read(ada, clinic, "conference", made.pk)
    assert "A ward." in page
    assert "The team looks again on" in page


def test_the_wall_between_domains(clinic: World, sign_in: SignIn, conference: Conference) -> None:
    make_diagnosis(conference, by=clinic.colin, words="Of finance")
    make_diagnosis(conference, by=clinic.olga, domain=Domain.COACHING, words="Of coaching")
    make_diagnosis_draft(conference, by=clinic.colin, words="Draft of Colin")
    make_diagnosis_draft(conference, by=clinic.mara, words="Draft of Mara")
    make_evidence(conference, by=clinic.eli, words="For all")
    make_evidence(conference, by=clinic.olga, words="From coaching", domain=Domain.COACHING)
    everything = {
        "Of finance",
        "Of coaching",
        "Draft of Colin",
        "Draft of Mara",
        "For all",
        "From coaching",
    }
    released = {"Of finance", "Of coaching", "For all", "From coaching"}
    seen = {
        "eli": everything,
        "ada": released,
        "mara": released | {"Draft of Mara"},
        "colin": {"Of finance", "Draft of Colin", "For all"},
        "olga": {"Of coaching", "For all", "From coaching"},
    }
    for who, words in seen.items():
        page = read(sign_in(clinic.people[who]), clinic, "conference", conference.pk)
        assert {each for each in everything if each in page} == words, who


def test_a_specialist_who_was_not_asked_finds_nothing(clinic: World, sign_in: SignIn) -> None:
    made = make_conference(clinic.ada, clinic.olga, by=clinic.eli)
    colin = sign_in(clinic.colin)
    assert colin.get(address(clinic, "conference", made.pk)).status_code == 404
    assert "What keeps her from leading?" not in read(colin, clinic, "chart")
    assert "What keeps her from leading?" in read(sign_in(clinic.olga), clinic, "chart")


def test_another_domain_is_not_there_to_ask_answer_or_correct(
    clinic: World, sign_in: SignIn, conference: Conference
) -> None:
    coaching = make_diagnosis(conference, by=clinic.olga, domain=Domain.COACHING)
    question = make_question(coaching)
    colin = sign_in(clinic.colin)
    answer = address(clinic, "question_answer", conference.pk, coaching.pk, question.pk)
    assert colin.post(answer, {"answer": "I"}).status_code == 404
    page = address(clinic, "diagnosis_new", conference.pk)
    assert colin.get(f"{page}?corrects={coaching.pk}").status_code == 404
    assert sign_in(clinic.olga).get(f"{page}?corrects={coaching.pk}").status_code == 200


def test_who_oversees_sees_that_it_runs(clinic: World, sign_in: SignIn, conference: Conference) -> None:
    make_diagnosis(conference, by=clinic.colin)
    chart = read(sign_in(clinic.paula), clinic, "chart")
    assert "1 diagnosis released" in chart
    assert "What keeps her from leading?" not in chart


def test_a_correction_says_so(clinic: World, sign_in: SignIn, conference: Conference) -> None:
    first = make_diagnosis(conference, by=clinic.colin, words="Too early")
    make_diagnosis(conference, by=clinic.colin, corrects=first, words="Ripe now")
    page = read(sign_in(clinic.ada), clinic, "conference", conference.pk)
    for words in ("Too early", "Ripe now", "corrected by a later one", "corrects an earlier one"):
        assert words in page


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("", ""),
        ("/o/mercy/people/", "people/"),
        ("http://testserver/o/mercy/people/?q=ada", "people/?q=ada"),
        ("https://elsewhere.example/o/mercy/people/", None),
        ("/o/grace/people/", None),
        ("javascript:alert(1)", None),
        ("/o/mercy/nothing/", None),
    ],
)
def test_evidence_links_to_a_page_of_the_organisation(
    clinic: World, sign_in: SignIn, conference: Conference, link: str, kept: str | None
) -> None:
    sent = {"kind": "observation", "words": "She spoke last", "domain": "", "link": link}
    answer = sign_in(clinic.colin).post(address(clinic, "conference_evidence", conference.pk), sent)
    assert answer.status_code == (422 if kept is None else 302)
    with tenant_transaction(clinic.organization.pk):
        assert [each.path for each in ConferenceEvidence.objects.all()] == ([] if kept is None else [kept])


def test_a_refused_form_keeps_what_was_typed(clinic: World, sign_in: SignIn, conference: Conference) -> None:
    make_diagnosis(conference, by=clinic.colin)
    sent = {
        "conference_conclude": {"prescription": "Kept words", "review_on": "2020-01-01"},
        "conference_evidence": {"kind": "nothing", "words": "Kept words"},
    }
    for name, typed in sent.items():
        answer = sign_in(clinic.eli).post(address(clinic, name, conference.pk), typed)
        assert answer.status_code == 422
        assert "Kept words" in answer.content.decode()


@pytest.mark.parametrize("who", ["eli", "ada", "colin"])
def test_pages_cost_the_same_for_one_and_many(
    clinic: World, sign_in: SignIn, conference: Conference, who: str
) -> None:
    def fill() -> None:
        diagnosis = make_diagnosis(conference, by=clinic.colin)
        make_question(diagnosis, days_ago=8)
        make_question(
            diagnosis,
            days_ago=2,
            answer="Yes.",
            answered_by=clinic.colin,
            answered_at=timezone.now(),
        )
        make_diagnosis_draft(conference, by=clinic.colin)
        make_evidence(conference, by=clinic.colin)
        make_conference(clinic.ada, clinic.colin, by=clinic.eli)

    client = sign_in(clinic.people[who])
    pages = [
        address(clinic, "conference", conference.pk),
        address(clinic, "chart"),
        reverse("today", args=[clinic.slug]),
    ]
    fill()
    one = [queries_of(client, page) for page in pages]
    fill()
    fill()
    assert [queries_of(client, page) for page in pages] == one
