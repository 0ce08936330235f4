"""The thematic analysis of an audit by API: two who code alone, what is settled, and what is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.models import AuditAnalysis, Code, PartnershipProgramme, ProgrammeAudit
from people.models import Person
from tests.factories.analyses import (
    analysis_as_loaded,
    code_as,
    make_analysis,
    make_code,
    make_theme,
    make_written_audit,
)
from tests.factories.partnerships import make_partnership, make_programme
from tests.factories.people import make_person, make_user
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TEXTS = [f"Comment {number}" for number in range(8)]


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


@pytest.fixture
def audit(mercy: World, programme: PartnershipProgramme) -> ProgrammeAudit:
    return make_written_audit(mercy, programme, TEXTS)


@pytest.fixture
def trust(programme: PartnershipProgramme) -> Code:
    return make_code(programme, "Trust", theme=make_theme(programme, "Working together"))


@pytest.fixture
def rota(programme: PartnershipProgramme) -> Code:
    return make_code(programme, "Rota", theme=make_theme(programme, "Night shifts"))


@pytest.fixture
def analysis(mercy: World, audit: ProgrammeAudit, trust: Code, rota: Code) -> AuditAnalysis:
    """Paula and Stella code."""
    return make_analysis(audit, mercy.paula, mercy.stella, state="coding")


def of(world: World, audit: ProgrammeAudit, *more: object) -> str:
    return path(world, "partnership-programmes", audit.programme_id, "audits", audit.pk, *more)


def newcomer(world: World, name: str) -> Person:
    person = make_person(world.organization, name, world.unit)
    make_user(person)
    return person


def give(client: Client, url: str, text: str, *codes: Code) -> Any:
    comment = next(each for each in get(client, url)["comments"] if each["text"] == text)
    return put(client, f"{url}/comments/{comment['id']}", codes=[str(code.pk) for code in codes])


def given(client: Client, url: str) -> dict[str, list[str] | None]:
    return {each["text"]: each["codes"] for each in get(client, url)["comments"]}


def both_code(mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code) -> None:
    """Six of eight speak of trust, two of the rota; about one of them the two differ."""
    first = {text: [trust] if text in TEXTS[:6] else [rota] for text in TEXTS}
    code_as(analysis, mercy.paula, first)
    code_as(analysis, mercy.stella, first | {TEXTS[0]: [trust, rota]})


def test_two_from_outside_are_named_by_whoever_runs_it(
    mercy: World, audit: ProgrammeAudit, trust: Code
) -> None:
    url, colin = of(mercy, audit, "analysis"), api(mercy, mercy.colin)
    two = {"first": str(mercy.paula.pk), "second": str(mercy.stella.pk)}
    problem(post(api(mercy, mercy.ada), url, **two), 403)
    problem(post(api(mercy, mercy.paula), url, **two), 404)
    problem(post(colin, f"{url}/end", why="Nobody began"), 404)
    inside = two | {"first": str(mercy.mara.pk)}
    assert "takes part in the programme" in faults(post(colin, url, **inside), 422)["/first"]
    assert faults(post(colin, url, **two | {"second": two["first"]}), 422).keys() == {"/second"}
    made = post(colin, url, **two)
    assert (made.status_code, made.json()["state"]) == (201, "preparing")
    assert [each["person"]["name"] for each in made.json()["coders"]] == ["Paula Mercy", "Stella Mercy"]
    problem(post(colin, url, **two), 409)
    problem(post(api(mercy, mercy.mara), f"{url}/begin-coding"), 403)
    assert post(api(mercy, mercy.stella), f"{url}/begin-coding").json()["state"] == "coding"
    assert get(api(mercy, mercy.ada), url)["current"]["state"] == "coding"


def test_neither_reads_the_others_coding_before_both_have_finished(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    url = of(mercy, analysis.audit, "coding")
    paula, stella = api(mercy, mercy.paula), api(mercy, mercy.stella)
    for text in TEXTS:
        assert give(paula, url, text, trust).json() == {"codes": [str(trust.pk)]}
    assert set(given(stella, url).values()) == {None}
    assert post(paula, f"{url}/finish").status_code == 200
    problem(give(paula, url, TEXTS[0], rota), 409)
    give(stella, url, TEXTS[0])
    assert given(stella, url) == dict.fromkeys(TEXTS) | {TEXTS[0]: []}
    assert given(paula, url) == {text: [str(trust.pk)] for text in TEXTS}
    problem(post(stella, f"{url}/finish"), 409)
    for person in (mercy.paula, mercy.stella):
        problem(api(mercy, person).get(of(mercy, analysis.audit, "agreement")), 409)
        problem(api(mercy, person).get(of(mercy, analysis.audit, "differences")), 409)
    problem(api(mercy, mercy.colin).get(of(mercy, analysis.audit, "agreement")), 409)
    for text in TEXTS[1:]:
        give(stella, url, text, trust)
    assert post(stella, f"{url}/finish").json()["state"] == "settling"
    (difference,) = get(stella, of(mercy, analysis.audit, "differences"))
    assert (difference["text"], difference["given_by"]) == (TEXTS[0], "first")


def test_nobody_else_reads_or_writes_a_coding(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    url = of(mercy, analysis.audit, "coding")
    comment = get(api(mercy, mercy.paula), url)["comments"][0]["id"]
    both_code(mercy, analysis, trust, rota)
    for who, status in {"ada": 403, "mara": 403, "eli": 403, "colin": 403, "henry": 403, "olga": 404}.items():
        client = api(mercy, mercy.people[who])
        problem(client.get(url), status)
        problem(put(client, f"{url}/comments/{comment}", codes=[]), status)
        problem(post(client, f"{url}/finish"), status)
        problem(client.get(of(mercy, analysis.audit, "differences")), status)


def test_a_comment_has_codes_of_the_codebook_alone(
    mercy: World, analysis: AuditAnalysis, trust: Code
) -> None:
    other = make_programme(mercy.root, mercy.colin, mercy.eli, title="Another")
    foreign = make_code(other, "Foreign")
    url, paula = of(mercy, analysis.audit, "coding"), api(mercy, mercy.paula)
    problem(give(paula, url, TEXTS[0], trust, foreign), 409)
    problem(put(paula, f"{url}/comments/{foreign.pk}", codes=[]), 404)
    assert set(given(paula, url).values()) == {None}


def test_kappa_is_for_those_who_coded_and_by_code_for_them_alone(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    both_code(mercy, analysis, trust, rota)
    url = of(mercy, analysis.audit, "agreement")
    told = get(api(mercy, mercy.paula), url)
    assert (told["overall"]["n"], told["differ"], told["open"]) == (16, 1, 1)
    assert told["overall"]["kappa"] == pytest.approx(0.875, abs=0.01)
    by_code = {each["code"]: each["agreement"] for each in told["by_code"]}
    assert by_code[str(trust.pk)]["kappa"] == 1
    runner = get(api(mercy, mercy.colin), url)
    assert runner == told | {"by_code": None}
    for who in ("ada", "mara"):
        problem(api(mercy, mercy.people[who]).get(url), 403)


def test_differences_are_settled_by_both_or_by_a_third(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    both_code(mercy, analysis, trust, rota)
    url, colin = of(mercy, analysis.audit, "differences"), api(mercy, mercy.colin)
    paula, stella = api(mercy, mercy.paula), api(mercy, mercy.stella)
    (open_one,) = get(paula, url)
    about = {"comment": open_one["comment"], "code": open_one["code"]}
    problem(put(paula, url, comment=about["comment"], code=str(trust.pk), has_code=True), 409)
    (after,) = put(paula, url, **about, has_code=True).json()
    assert (after["is_open"], after["opinions"]) == (True, [{"part": "first", "has_code": True}])
    assert put(stella, url, **about, has_code=False).json()[0]["is_open"]
    problem(post(colin, of(mercy, analysis.audit, "findings")), 409)
    third = newcomer(mercy, "Thea")
    said = post(paula, of(mercy, analysis.audit, "analysis", "third"), person=str(third.pk))
    problem(said, 403)
    made = post(colin, of(mercy, analysis.audit, "analysis", "third"), person=str(third.pk))
    assert (made.status_code, made.json()["part"]) == (201, "third")
    thea = api(mercy, third)
    problem(thea.get(of(mercy, analysis.audit, "coding")), 403)
    assert not put(thea, url, **about, has_code=False).json()[0]["is_open"]


def test_findings_tell_no_theme_of_a_few(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    """Two wrote of nights: neither how many, nor in whose words, nor its name."""
    url = of(mercy, analysis.audit, "findings")
    same = {text: [trust] if text in TEXTS[:6] else [rota] for text in TEXTS}
    for person in (mercy.paula, mercy.stella):
        code_as(analysis, person, same)
    ada, colin = api(mercy, mercy.ada), api(mercy, mercy.colin)
    problem(ada.get(url), 404)
    problem(post(ada, url), 403)
    problem(post(api(mercy, mercy.paula), url), 403)
    assert post(colin, url).json()["state"] == "released"
    problem(post(colin, url), 409)
    told = get(ada, url)
    (theme,) = told["themes"]
    assert (theme["name"], theme["comments"], told["comments"]) == ("Working together", 6, 8)
    assert set(theme["quotes"]) == set(TEXTS[:6])
    assert told["agreement"]["kappa"] == 1
    assert "Night shifts" not in str(told)
    assert get(colin, of(mercy, analysis.audit, "feedback"))["opened"] == 1
    problem(api(mercy, mercy.paula).get(url), 403)
    problem(api(mercy, mercy.olga).get(url), 404)


def test_who_takes_over_begins_afresh(mercy: World, analysis: AuditAnalysis, trust: Code) -> None:
    url, colin = of(mercy, analysis.audit, "coding"), api(mercy, mercy.colin)
    paula, other = api(mercy, mercy.paula), newcomer(mercy, "Nora")
    give(paula, url, TEXTS[0], trust)
    body = {"part": "first", "person": str(other.pk), "why": "On parental leave"}
    problem(post(paula, of(mercy, analysis.audit, "analysis", "replace"), **body), 403)
    after = post(colin, of(mercy, analysis.audit, "analysis", "replace"), **body).json()
    assert [each["person"]["name"] for each in after["coders"]] == [other.name, "Stella Mercy"]
    assert set(given(api(mercy, other), url).values()) == {None}
    problem(paula.get(url), 404)
    back = body | {"person": str(mercy.paula.pk)}
    assert faults(post(colin, of(mercy, analysis.audit, "analysis", "replace"), **back), 422).keys() == {
        "/person"
    }


def test_it_is_ended_and_begun_anew_by_others(
    mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
) -> None:
    url, colin = of(mercy, analysis.audit, "analysis"), api(mercy, mercy.colin)
    both_code(mercy, analysis, trust, rota)
    problem(post(api(mercy, mercy.paula), f"{url}/end", why="I am tired"), 403)
    assert post(colin, f"{url}/end", why="They fell out").json()["state"] == "ended"
    problem(api(mercy, mercy.paula).get(of(mercy, analysis.audit, "coding")), 404)
    (ended,) = get(colin, url)["ended"]
    assert (ended["why"], get(colin, url)["current"]) == ("They fell out", None)
    assert get(api(mercy, mercy.ada), url)["ended"] == [ended | {"why": None}]
    nora, thea = newcomer(mercy, "Nora"), newcomer(mercy, "Thea")
    again = {"first": str(mercy.paula.pk), "second": str(nora.pk)}
    assert "has seen both codings" in faults(post(colin, url, **again), 422)["/first"]
    assert post(colin, url, **again | {"first": str(thea.pk)}).status_code == 201


def test_the_codebook_is_kept_by_those_who_code_and_run_it(mercy: World, audit: ProgrammeAudit) -> None:
    make_analysis(audit, mercy.paula, mercy.stella)
    url = path(mercy, "partnership-programmes", audit.programme_id, "codebook")
    paula, colin = api(mercy, mercy.paula), api(mercy, mercy.colin)
    body = {"name": "Trust", "definition": "Whether one relies on the other"}
    made = post(paula, f"{url}/codes", **body)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    assert faults(post(colin, f"{url}/codes", **body), 422).keys() == {"/name"}
    code = f"{url}/codes/{made.json()['id']}"
    problem(put(paula, code, **body | {"why": "No change"}), 409)
    changed = put(paula, code, **body | {"name": "Reliance", "why": "Trust is wider"})
    assert (changed.json()["name"], changed.json()["version"]) == ("Reliance", 2)
    theme = post(paula, f"{url}/themes", name="Together", definition="What both share").json()
    assert put(paula, f"{code}/theme", theme=theme["id"]).json()["theme"] == theme["id"]
    assert (
        put(paula, f"{url}/themes/{theme['id']}", name="Both", definition="Shared").json()["name"] == "Both"
    )
    other = make_theme(make_programme(mercy.root, mercy.colin, mercy.eli, title="Another"))
    assert faults(put(paula, f"{code}/theme", theme=str(other.pk)), 422).keys() == {"/theme"}
    assert put(paula, f"{code}/theme", theme=None).json()["theme"] is None
    assert post(paula, f"{code}/retire").json()["retired_on"] is not None
    told = get(colin, url)
    assert [each["why"] for each in told["codes"][0]["versions"]] == ["Trust is wider", ""]
    for who, status in {"ada": 403, "mara": 403, "olga": 404}.items():
        client = api(mercy, mercy.people[who])
        problem(client.get(url), status)
        problem(post(client, f"{url}/codes", **body), status)
        problem(put(client, f"{url}/themes/{theme['id']}", name="Mine", definition="Mine"), status)


def test_the_codebook_stands_while_two_code_by_it(mercy: World, analysis: AuditAnalysis, trust: Code) -> None:
    url = path(mercy, "partnership-programmes", analysis.audit.programme_id, "codebook")
    paula = api(mercy, mercy.paula)
    assert get(paula, url)["stands"]
    problem(post(paula, f"{url}/codes", name="Late", definition="Too late"), 409)
    problem(post(paula, f"{url}/codes/{trust.pk}/retire"), 409)
    assert analysis_as_loaded(analysis).state == "coding"
