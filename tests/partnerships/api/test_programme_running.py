"""Running a partnership programme by API: begun, people brought in, closed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from partnerships.models import Partnership, PartnershipProgramme
from tests.factories.partnerships import make_partnership, make_phase, make_programme
from tests.factories.people import make_unit
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def dyad(mercy: World) -> Partnership:
    return make_partnership(mercy.unit, mercy.ada, mercy.mara)


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, and Eli is its sponsor."""
    return make_programme(mercy.root, mercy.colin, mercy.eli)


def outline(mercy: World, **changed: Any) -> dict[str, str]:
    return {
        "title": "A year together",
        "purpose": "One service",
        "unit": str(mercy.root.pk),
        "lead": str(mercy.colin.pk),
        "sponsor": str(mercy.eli.pk),
        "done_before": "Board school 2019",
        "start_date": TODAY.isoformat(),
        **changed,
    }


def test_hr_begins_a_programme_with_its_usual_year(mercy: World) -> None:
    url, henry = path(mercy, "partnership-programmes"), api(mercy, mercy.henry)
    made = post(henry, url, **outline(mercy))
    assert (made.status_code, made.json()["lead"]["name"]) == (201, "Colin Mercy")
    (sponsor,) = made.json()["participants"]
    assert (sponsor["kind"], sponsor["done_before"]) == ("sponsor", "Board school 2019")
    assert made.json()["phases"][0]["kind"] == "audit_start"
    assert get(api(mercy, mercy.colin), f"{url}/{made.json()['id']}") == made.json()
    said = faults(post(henry, url, **outline(mercy)), 422)
    assert said == {"/title": "Another programme has this title."}
    for who in ("ada", "mara", "colin", "paula"):
        problem(post(api(mercy, mercy.people[who]), url, **outline(mercy, title=who)), 403)


@pytest.mark.parametrize("field", ["unit", "lead", "sponsor"])
def test_a_programme_is_of_people_and_units_of_here(mercy: World, field: str) -> None:
    url, henry = path(mercy, "partnership-programmes"), api(mercy, mercy.henry)
    unknown = outline(mercy, **{field: str(uuid4())})
    assert faults(post(henry, url, **unknown), 422).keys() == {f"/{field}"}


def test_partnerships_are_brought_in(
    mercy: World, programme: PartnershipProgramme, dyad: Partnership
) -> None:
    url, colin = path(mercy, "partnership-programmes", programme.pk, "partnerships"), api(mercy, mercy.colin)
    body = {"partnership": str(dyad.pk)}
    problem(post(api(mercy, mercy.ada), url, **body), 404)
    seated = post(colin, url, **body)
    assert seated.status_code == 201
    assert {each["person"]["name"] for each in seated.json()} == {"Ada Mercy", "Mara Mercy"}
    problem(post(api(mercy, mercy.ada), url, **body), 403)
    elsewhere = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    other = make_programme(elsewhere, mercy.colin, mercy.eli, title="Another")
    for programme_id, partnership in ((programme.pk, dyad.pk), (programme.pk, uuid4()), (other.pk, dyad.pk)):
        target = path(mercy, "partnership-programmes", programme_id, "partnerships")
        assert faults(post(colin, target, partnership=str(partnership)), 422).keys() == {"/partnership"}


def test_one_more_sponsor_is_brought_in(mercy: World, programme: PartnershipProgramme) -> None:
    url, colin = path(mercy, "partnership-programmes", programme.pk, "sponsors"), api(mercy, mercy.colin)
    made = post(colin, url, person=str(mercy.henry.pk))
    assert (made.status_code, made.json()["kind"]) == (201, "sponsor")
    for person in (mercy.henry.pk, uuid4()):
        assert faults(post(colin, url, person=str(person)), 422).keys() == {"/person"}
    problem(post(api(mercy, mercy.paula), url, person=str(mercy.paula.pk)), 404)


def test_a_programme_closes_when_nothing_is_to_come(mercy: World, programme: PartnershipProgramme) -> None:
    url, colin = path(mercy, "partnership-programmes", programme.pk), api(mercy, mercy.colin)
    phase = make_phase(programme)
    assert "A day in the woods" in problem(post(colin, f"{url}/close"), 409)["detail"]
    post(colin, f"{url}/phases/{phase.pk}/drop", words="Snow")
    assert post(colin, f"{url}/close").json()["closed_on"] == TODAY.isoformat()
    problem(post(colin, f"{url}/close"), 409)
    problem(post(colin, f"{url}/sponsors", person=str(mercy.henry.pk)), 409)
