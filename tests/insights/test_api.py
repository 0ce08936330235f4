"""The insights by API: what the pages say, with n and interval, to whom the pages say it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from insights.enums import Measure
from insights.models import LeadershipQuarter
from insights.queries.exchange import own_figures
from insights.services.exchange import add_partner, keep_letter
from passport.badges import Algorithm, make_pair, sign
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.accreditation import make_document, make_mapping, make_requirement, make_standard
from tests.factories.insights import make_closed_role_pulse, make_role_pulse
from tests.factories.pilots import make_measured_pilot, make_pilot
from tests.members import member_of
from tests.rest import api, faults, get, path, problem
from tests.world import World

THEIRS = make_pair(Algorithm.ES256, "https://northgate.example/keys/1")


def of(world: World, *more: object) -> str:
    return path(world, "insights", *more)


def test_role_pulses_with_what_was_told(mercy: World) -> None:
    closed = make_closed_role_pulse(mercy, mercy.mara, opened=200)
    eli = api(mercy, mercy.eli)
    before = queries_of(eli, of(mercy, "role-pulses"))
    make_closed_role_pulse(mercy, opened=400)
    assert queries_of(eli, of(mercy, "role-pulses")) == before
    running = make_role_pulse(mercy, [mercy.mara])
    first, last, _oldest = get(eli, of(mercy, "role-pulses"))
    assert (first["id"], first["figures"], first["closed_on"]) == (str(running.pk), [], None)
    assert (last["id"], last["asked"]) == (str(closed.pk), 7)
    together = {each["scale"]: each for each in last["figures"] if each["grouped_by"] == "all"}
    strain = together["strain"]
    assert (strain["n"], strain["group"]) == (7, "")
    assert strain["low"] <= strain["mean"] <= strain["high"]
    assert {each["n"] for each in last["figures"]} == {7}


def test_pilots_and_what_an_outcome_says(mercy: World, in_mercy: Scope) -> None:
    measured = make_measured_pilot(mercy)
    empty = make_pilot(mercy, "Huddles")
    henry = api(mercy, mercy.henry)
    assert {each["name"] for each in get(henry, of(mercy, "pilots"))} == {"Dyads", "Huddles"}
    told = get(henry, of(mercy, "pilots", measured.pk))
    (outcome,) = told["outcomes"]
    arms = [outcome[arm] for arm in ("pilot", "comparison")]
    assert [each["n"] for each in arms] == [3, 2]
    assert outcome["difference"] == pytest.approx(arms[0]["change"] - arms[1]["change"])
    assert outcome["low"] <= outcome["difference"] <= outcome["high"]
    assert sorted(each["arm"] for each in told["units"]) == ["comparison"] * 2 + ["pilot"] * 3
    assert told["cautions"]
    assert get(henry, of(mercy, "pilots", empty.pk))["outcomes"] == []
    problem(henry.get(of(mercy, "pilots", mercy.unit.pk)), 404)


def test_own_figures_beside_those_that_a_partner_signed(mercy: World, in_mercy: Scope) -> None:
    zero = dict.fromkeys(("planned", "hours", "squares", "minutes", "developed"), 0)
    LeadershipQuarter.objects.create(
        quarter="2026Q1", profession="nurse", staff=400, leaders=100, holders=60, **zero
    )
    add_partner("Northgate", [THEIRS.public_jwk], by=member_of(mercy.henry))
    figure: dict[str, Any] = {"measure": "leads", "group": "nurse", "period": "2026Q1", "n": 40}
    letter = {"format": "clinicleader-exchange/1", "organization": "Northgate", "issued_on": "2026-03-01"}
    figures = [{**figure, "value": 0.25, "low": 0.14, "high": 0.4}]
    keep_letter(sign({**letter, "figures": figures}, THEIRS), by=member_of(mercy.henry))
    own, theirs = get(api(mercy, mercy.eli), of(mercy, "exchange"))
    assert (own["organization"], own["is_own"], own["issued_on"]) == (mercy.organization.name, True, None)
    assert [each["measure"] for each in own["figures"]] == [each.measure for each in own_figures()]
    assert Measure.LEADS in {each["measure"] for each in own["figures"]}
    assert (theirs["organization"], theirs["is_own"]) == ("Northgate", False)
    assert (theirs["issued_on"], theirs["figures"]) == ("2026-03-01", figures)


class TestSelfStudy:
    def test_requirements_with_their_evidence_and_gaps(self, mercy: World) -> None:
        standard = make_standard(mercy.organization)
        mapped = make_requirement(standard)
        make_mapping(mapped)
        make_document(mapped)
        make_requirement(standard, "L.2", position=2)
        paula = api(mercy, mercy.paula)
        (listed,) = get(paula, of(mercy, "standards"))
        assert (listed["name"], listed["count"], listed["gaps"]) == ("Teaching hospitals", 2, 1)
        study = get(paula, of(mercy, "standards", standard.pk, "self-study"))
        assert [each["is_gap"] for each in study["requirements"]] == [False, True]
        (evidence,) = study["requirements"][0]["evidence"]
        assert evidence["source"] == "mentored"
        assert [each["title"] for each in study["requirements"][0]["documents"]] == ["Handbook"]
        assert "claims nothing" in study["statement"]

    def test_of_a_year_that_can_be_looked_at(self, mercy: World) -> None:
        url = of(mercy, "standards", make_standard(mercy.organization).pk, "self-study")
        henry, year = api(mercy, mercy.henry), timezone.localdate().year
        assert get(henry, f"{url}?year={year - 1}")["year"]["first"].startswith(str(year - 1))
        assert faults(henry.get(f"{url}?year=1999"), 422).keys() == {"/year"}
        assert faults(henry.get(f"{url}?year=soon"), 400).keys() == {"/year"}
        problem(henry.get(of(mercy, "standards", mercy.unit.pk, "self-study")), 404)
