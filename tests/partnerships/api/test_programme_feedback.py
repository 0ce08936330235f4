"""How the findings of an audit reached those who take part, by API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.models import AuditAnalysis
from tests.counting import queries_of
from tests.factories.analyses import make_analysis, make_feedback, make_written_audit
from tests.factories.partnerships import make_partnership, make_programme
from tests.rest import api, get, path, post, problem
from tests.world import World

TODAY = timezone.localdate()
LONG_AGO = TODAY - dt.timedelta(days=28)


def analysis(mercy: World, **fields: object) -> AuditAnalysis:
    """Of a programme that Colin runs, with Ada and Mara as its partners; Paula and Stella code."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
    audit = make_written_audit(mercy, programme, ["A", "B", "C", "D", "E"])
    return make_analysis(audit, mercy.paula, mercy.stella, **fields)


@pytest.fixture
def released(mercy: World) -> AuditAnalysis:
    return analysis(mercy, state="released", released_on=TODAY, comments=5)


def url_of(mercy: World, found: AuditAnalysis, *more: object) -> str:
    programme = path(mercy, "partnership-programmes", found.audit.programme_id)
    return "/".join([programme, "audits", str(found.audit_id), "feedback", *map(str, more)])


def test_whoever_runs_it_sees_whom_to_tell_in_person(mercy: World, released: AuditAnalysis) -> None:
    colin, url = api(mercy, mercy.colin), url_of(mercy, released)
    mara = make_feedback(released, mercy.mara, told_on=LONG_AGO)
    make_feedback(released, mercy.ada)
    told = get(colin, url)
    assert (told["told"], told["opened"], told["had"]) == (2, 0, 0)
    assert [each["person"]["name"] for each in told["in_person"]] == ["Mara Mercy"]
    assert post(colin, f"{url}/{mara.pk}/spoken").json()["spoken_on"] == TODAY.isoformat()
    problem(post(colin, f"{url}/{mara.pk}/spoken"), 409)
    told = get(colin, url)
    assert (told["spoken"], told["had"], told["in_person"]) == (1, 1, [])


def test_it_is_no_matter_of_those_who_take_part_or_code(mercy: World, released: AuditAnalysis) -> None:
    feedback, url = make_feedback(released, mercy.mara), url_of(mercy, released)
    for who, status in (("ada", 403), ("mara", 403), ("paula", 403), ("olga", 404)):
        client = api(mercy, mercy.people[who])
        problem(client.get(url), status)
        problem(post(client, f"{url}/{feedback.pk}/spoken"), status)


def test_there_is_none_before_the_release(mercy: World) -> None:
    problem(api(mercy, mercy.colin).get(url_of(mercy, analysis(mercy, state="coding"))), 404)


def test_more_people_cost_no_more_queries(mercy: World, released: AuditAnalysis) -> None:
    colin, url = api(mercy, mercy.colin), url_of(mercy, released)
    make_feedback(released, mercy.mara, told_on=LONG_AGO)
    one = queries_of(colin, url)
    for person in (mercy.ada, mercy.eli):
        make_feedback(released, person, told_on=LONG_AGO)
    assert queries_of(colin, url) == one
