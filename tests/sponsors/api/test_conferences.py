"""Case conferences by API: from the call to the answer, and what each reader is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from people.models import Person
from sponsors.enums import Domain
from sponsors.models import Conference, Diagnosis, DiagnosisDraft, Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.conferences import (
    make_conference,
    make_diagnosis,
    make_diagnosis_draft,
    make_evidence,
    make_question,
)
from tests.factories.sponsors import make_seat
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()
SAID = {
    "domain": "finance",
    "kind": "area",
    "words": "Budgets frighten her.",
    "prescription": "One of her own.",
}


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "conferences", *more)


@pytest.fixture
def conference(mercy: World, in_mercy: Scope, goal: Goal) -> Conference:
    """Eli sponsors Ada, Mara leads her, Colin looks after finance and Olga after coaching."""
    make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain=Domain.COACHING)
    return make_conference(mercy.ada, mercy.mara, mercy.colin, mercy.olga, by=mercy.eli)


def make_answered(diagnosis: Diagnosis, by: Person) -> None:
    """A question of two days ago, answered after a day and a minute."""
    answered_at = timezone.now() - dt.timedelta(days=1)
    make_question(diagnosis, days_ago=2.001, answer="Yes.", answered_by=by, answered_at=answered_at)


def test_the_sponsor_calls_the_team(mercy: World, fenwick: World, in_mercy: Scope, goal: Goal) -> None:
    eli = api(mercy, mercy.eli)
    guests = get(eli, of(mercy, "guests"))
    assert {one["name"]: one["domains"] for one in guests} == {"Mara Mercy": [], "Colin Mercy": ["Finance"]}
    body = {"question": "What next?", "held_on": str(TODAY), "guests": [one["id"] for one in guests]}
    made = post(eli, of(mercy), **body)
    assert made.status_code == 201
    assert [one["name"] for one in made.json()["attendees"]] == ["Colin Mercy", "Eli Mercy", "Mara Mercy"]
    yesterday = str(TODAY - dt.timedelta(days=1))
    assert faults(post(eli, of(mercy), **body | {"held_on": yesterday}), 422).keys() == {"/held_on"}
    for guests in ([], [str(mercy.stella.pk)], [str(fenwick.colin.pk)]):
        assert faults(post(eli, of(mercy), **body | {"guests": guests}), 422).keys() == {"/guests"}
    for who in ("ada", "mara", "colin", "henry"):
        problem(post(api(mercy, mercy.people[who]), of(mercy), **body), 403)


def test_from_the_draft_to_the_answer(mercy: World, conference: Conference) -> None:
    ada, eli, colin = (api(mercy, mercy.people[who]) for who in ("ada", "eli", "colin"))
    here = of(mercy, conference.pk)
    draft = post(colin, f"{here}/drafts", **SAID)
    assert draft.status_code == 201
    assert "Budgets" not in str(get(ada, here))
    assert [one["words"] for one in get(eli, here)["drafts"]] == [SAID["words"]]
    mine = f"{here}/drafts/{draft.json()['id']}"
    changed = put(colin, mine, **SAID | {"words": "Budgets bore her."}).json()
    assert changed["words"] == "Budgets bore her."
    problem(put(eli, mine, **SAID), 403)
    problem(post(api(mercy, mercy.mara), f"{mine}/release"), 404)
    told = post(colin, f"{mine}/release").json()
    problem(post(colin, f"{mine}/release"), 404)
    assert not DiagnosisDraft.objects.exists()
    (seen,) = get(ada, here)["diagnoses"]
    assert (seen["id"], seen["words"], seen["acknowledged"]) == (told["id"], "Budgets bore her.", False)
    it = f"{here}/diagnoses/{told['id']}"
    for _twice in range(2):
        assert post(ada, f"{it}/acknowledge").json()["acknowledged"] is True
    problem(post(colin, f"{it}/acknowledge"), 403)
    assert faults(post(ada, f"{it}/ask", words=" "), 400).keys() == {"/words"}
    (asked,) = post(ada, f"{it}/ask", words="Since when?").json()["questions"]
    answer = f"{it}/questions/{asked['id']}/answer"
    problem(post(ada, answer, answer="I know."), 403)
    (answered,) = post(colin, answer, answer="Since spring.").json()["questions"]
    assert (answered["answer"], answered["answered_by"]["name"]) == ("Since spring.", "Colin Mercy")
    problem(post(eli, answer, answer="Since always."), 409)


def test_a_draft_is_discarded_by_its_author(mercy: World, conference: Conference) -> None:
    draft = make_diagnosis_draft(conference, by=mercy.colin)
    url = of(mercy, conference.pk, "drafts", draft.pk)
    problem(api(mercy, mercy.ada).delete(url), 404)
    problem(api(mercy, mercy.eli).delete(url), 403)
    assert api(mercy, mercy.colin).delete(url).status_code == 204
    problem(api(mercy, mercy.colin).delete(url), 404)


def test_a_correction_names_what_one_may_read(mercy: World, conference: Conference) -> None:
    finance = make_diagnosis(conference, by=mercy.colin)
    coaching = make_diagnosis(conference, by=mercy.olga, domain=Domain.COACHING)
    colin, url = api(mercy, mercy.colin), of(mercy, conference.pk, "drafts")
    assert faults(post(colin, url, **SAID, corrects=str(coaching.pk)), 422).keys() == {"/corrects"}
    made = post(colin, url, **SAID, corrects=str(finance.pk)).json()
    released = post(colin, f"{url}/{made['id']}/release").json()
    seen = {one["id"]: one for one in get(colin, of(mercy, conference.pk))["diagnoses"]}
    assert seen[str(finance.pk)]["corrected"] is True
    assert seen[released["id"]]["corrects"] == str(finance.pk)
    problem(post(colin, url, **SAID | {"domain": "coaching"}), 403)


def test_the_wall_between_domains(mercy: World, conference: Conference) -> None:
    make_diagnosis(conference, by=mercy.colin, words="Of finance")
    make_diagnosis(conference, by=mercy.olga, domain=Domain.COACHING, words="Of coaching")
    make_diagnosis_draft(conference, by=mercy.colin, words="Draft of Colin")
    make_diagnosis_draft(conference, by=mercy.mara, words="Draft of Mara")
    make_evidence(conference, by=mercy.eli, words="For all")
    make_evidence(conference, by=mercy.olga, words="From coaching", domain=Domain.COACHING)
    released = {"Of finance", "Of coaching", "For all", "From coaching"}
    drafts = {"Draft of Colin", "Draft of Mara"}
    seen = {
        "eli": released | drafts,
        "ada": released,
        "mara": released | {"Draft of Mara"},
        "colin": {"Of finance", "Draft of Colin", "For all"},
        "olga": {"Of coaching", "For all", "From coaching"},
    }
    for who, words in seen.items():
        told = str(get(api(mercy, mercy.people[who]), of(mercy, conference.pk)))
        assert {each for each in released | drafts if each in told} == words, who
    for who in ("paula", "henry"):
        problem(api(mercy, mercy.people[who]).get(of(mercy, conference.pk)), 403)
        problem(api(mercy, mercy.people[who]).get(of(mercy)), 403)


def test_a_specialist_who_was_not_asked_finds_nothing(mercy: World, conference: Conference) -> None:
    other = make_conference(mercy.ada, mercy.olga, by=mercy.eli, question="Not for Colin")
    colin = api(mercy, mercy.colin)
    problem(colin.get(of(mercy, other.pk)), 404)
    assert [one["id"] for one in get(colin, of(mercy))["results"]] == [str(conference.pk)]
    assert len(get(api(mercy, mercy.ada), of(mercy))["results"]) == 2


def test_evidence_may_point_to_a_page_here(mercy: World, fenwick: World, conference: Conference) -> None:
    mara, url = api(mercy, mercy.mara), of(mercy, conference.pk, "evidence")
    body = {"kind": "observation", "words": "She spoke last."}
    home = f"/o/{mercy.slug}/"
    made = post(mara, url, **body, page=f"http://testserver{home}clinic/")
    assert made.status_code == 201
    assert [one["page"] for one in made.json()["evidence"]] == [f"{home}clinic/"]
    for page in (f"/o/{fenwick.slug}/clinic/", f"https://evil.example{home}clinic/", "/nowhere/"):
        assert faults(post(mara, url, **body, page=page), 422).keys() == {"/page"}
    problem(post(api(mercy, mercy.colin), url, **body, domain="coaching"), 403)
    problem(post(api(mercy, mercy.ada), url, **body), 403)


def test_the_sponsor_concludes_after_a_diagnosis(mercy: World, conference: Conference) -> None:
    eli, url = api(mercy, mercy.eli), of(mercy, conference.pk, "conclude")
    body: dict[str, Any] = {"prescription": "A ward.", "review_on": str(TODAY + dt.timedelta(days=90))}
    problem(post(eli, url, **body), 409)
    make_diagnosis(conference, by=mercy.colin)
    assert faults(post(eli, url, **body | {"review_on": str(TODAY)}), 422).keys() == {"/review_on"}
    assert post(eli, url, **body).json()["prescription"] == "A ward."
    problem(post(eli, url, **body), 409)
    evidence = {"kind": "observation", "words": "Too late."}
    problem(post(eli, of(mercy, conference.pk, "evidence"), **evidence), 409)


def test_it_costs_the_same_however_many(mercy: World, conference: Conference) -> None:
    ada, costs = api(mercy, mercy.ada), []
    for count in (1, 3):
        for _ in range(count):
            make_conference(mercy.ada, mercy.mara, by=mercy.eli)
            make_evidence(conference, by=mercy.mara)
            make_answered(make_diagnosis(conference, by=mercy.colin), mercy.eli)
        costs.append([queries_of(ada, url) for url in (of(mercy), of(mercy, conference.pk))])
    assert costs[0] == costs[1]


def test_quality_is_told_of_five_waits_at_least(mercy: World, conference: Conference) -> None:
    now, paula = timezone.now(), api(mercy, mercy.paula)
    url = path(mercy, "clinic/quality")
    told = []
    for count in (4, 1):
        for _ in range(count):
            diagnosis = make_diagnosis(conference, by=mercy.eli, released_at=now - dt.timedelta(days=3))
            make_answered(diagnosis, mercy.eli)
        told.append(get(paula, url)["to_answer"])
    assert set(told[0].values()) == {None}
    assert (told[1]["n"], told[1]["median"], told[1]["open"]) == (5, 1.0, 0)
    assert set(get(paula, url)["to_adjustment"].values()) == {None}
    problem(api(mercy, mercy.ada).get(url), 403)
