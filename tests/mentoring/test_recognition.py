"""The ledger, the letter, the award and the figures, as people use them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mentoring.accreditation import figures_for
from mentoring.award import standings_in
from mentoring.enums import MentorshipState
from mentoring.models import CreditRule
from mentoring.queries.credit import (
    count_mentors_in,
    ledger_of,
    mentor_years,
    mentors_in,
    rule_for,
    total_of,
)
from mentoring.services.credit import Terms, change_credit_rule
from people.models import Person
from people.queries import member_for
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import make_credit_rule, make_exposure, make_mentorship, make_satisfaction
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]
ON = dt.date(2026, 11, 22)
TIERS = {"Ada": "peer", "Eli": "senior", "Stella": "chair"}  # one mentor a tier
TERMS = Terms(2026, Decimal(5), 2080, 10, 5, 12)


def path(world: World, name: str, *arguments: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *arguments])


def test_a_year_follows_the_newest_version_that_counts_for_it(mercy: World, in_mercy: Scope) -> None:
    henry = member_for(mercy.henry.pk, on=ON)
    paula = member_for(mercy.paula.pk, on=ON)
    assert henry is not None
    assert paula is not None
    assert rule_for(2026) is None
    first = change_credit_rule(TERMS, reason="Agreed", by=henry)
    second = change_credit_rule(Terms(2027, Decimal("0.05"), 2080, 0, 5, 12), reason="As printed", by=henry)
    assert [rule_for(year) for year in (2025, 2026, 2027, 2030)] == [None, first, second, second]
    assert (second.version, second.changed_by_id) == (2, mercy.henry.pk)
    with pytest.raises(PermissionDenied):
        change_credit_rule(TERMS, reason="Mine", by=paula)


def test_a_version_is_never_changed(mercy: World, in_mercy: Scope) -> None:
    rule = make_credit_rule(mercy.organization)
    with pytest.raises(DatabaseError), transaction.atomic():
        CreditRule.objects.filter(pk=rule.pk).update(points=9)
    for wrong in ({"percent_fte": 21}, {"full_time_hours": 40}, {"award_raters": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_credit_rule(mercy.organization, version=2, **wrong)


def test_the_ledger_follows_the_mentorships(mercy: World, in_mercy: Scope) -> None:
    make_credit_rule(mercy.organization)
    make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2025, 6, 1))
    ended = {"state": MentorshipState.ENDED, "over_on": dt.date(2026, 6, 30), "over_reason": "moved"}
    make_mentorship(mercy.mara, mercy.colin, started_on=dt.date(2026, 1, 1), **ended)
    lines = ledger_of(mercy.mara.pk, 2026, on=ON)
    assert [(line.mentorship.mentee_id, line.credit.months) for line in lines] == [
        (mercy.ada.pk, 10),
        (mercy.colin.pk, 6),
    ]
    total = total_of(lines)
    assert (total.months, total.hours, total.points) == (16, Fraction(104 * 16, 12), Fraction(160, 12))
    [year] = mentor_years(2026, on=ON, rule=rule_for(2026))
    assert (year.person, year.mentees, year.credit) == (mercy.mara, 2, total)


def test_nothing_is_credited_without_a_rule(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    total = total_of(ledger_of(mercy.mara.pk, 2026, on=ON))
    assert (total.months, total.hours, total.percent_fte, total.points) == (10, 0, 0, 0)


def test_the_award_is_for_whoever_meets_the_published_rule(mercy: World, in_mercy: Scope) -> None:
    on = dt.date(2027, 2, 1)
    mentees = [make_person(mercy.organization, f"Mentee{number}", mercy.unit) for number in range(5)]
    pairs = [make_mentorship(mercy.mara, each, started_on=dt.date(2025, 12, 1)) for each in mentees]
    make_mentorship(mercy.colin, mercy.ada)
    for month in (2, 5, 8, 11):
        make_exposure(pairs[0], dt.date(2026, month, 1))
    for pair in pairs:
        make_satisfaction(pair, "2026Q2", overall=1)
    colin, mara = standings_in(2026, on=on)
    assert (mara.qualifies, mara.why_not, mara.grant) == (True, (), True)
    assert (colin.qualifies, colin.grant) == (False, False)
    assert colin.why_not == (
        "no mentorship ran the whole year",
        "no log in Q1 2026, Q2 2026, Q3 2026, Q4 2026",
        "fewer than 5 mentees rated",
    )


def test_of_many_mentors_those_of_a_page_are_computed_alone(mercy: World, in_mercy: Scope) -> None:
    for mentor, mentee in ((mercy.mara, mercy.ada), (mercy.colin, mercy.stella)):
        make_exposure(make_mentorship(mentor, mentee), dt.date(2026, 2, 1))
    rule, everybody = rule_for(2026), list(mentors_in(2026))
    assert everybody == [mercy.colin, mercy.mara]
    assert count_mentors_in(2026) == 2
    both = mentor_years(2026, on=ON, rule=rule)
    assert mentor_years(2026, on=ON, rule=rule, mentors=everybody[1:]) == both[1:]
    assert both[1].missing == ("2026Q2", "2026Q3")


def test_a_quarter_that_is_not_closed_is_no_missing_log(mercy: World, in_mercy: Scope) -> None:
    make_exposure(make_mentorship(mercy.mara, mercy.ada), dt.date(2026, 2, 1))
    [year] = mentor_years(2026, on=dt.date(2026, 7, 10), rule=rule_for(2026))
    assert year.missing == ()
    [year] = mentor_years(2026, on=dt.date(2026, 7, 15), rule=rule_for(2026))
    assert year.missing == ("2026Q2",)


def test_a_mentor_reads_the_own_credit_and_takes_the_letter(mercy: World, sign_in: SignIn) -> None:
    make_credit_rule(mercy.organization)
    make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2026, 1, 1))
    mara = sign_in(mercy.mara)
    page = mara.get(path(mercy, "credit"), {"year": "2026"}).content.decode()
    assert "Ada Mercy" in page
    assert "86.67" in page
    assert "5 % of an FTE of 2,080 hours, which is 104 hours" in page
    letter = mara.get(path(mercy, "credit_letter", mercy.mara.pk, 2026))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")
    assert b"/MarkInfo" in letter.content  # tagged
    assert mara.get(path(mercy, "credit_letter", mercy.mara.pk, 2020)).status_code == 404
    assert mara.get(path(mercy, "credit_letter", mercy.colin.pk, 2026)).status_code == 403


def test_hr_puts_a_rule_in_force_and_everybody_reads_it(mercy: World, sign_in: SignIn) -> None:
    sent = {
        "from_year": "2026",
        "percent_fte": "5",
        "full_time_hours": "2080",
        "points": "10",
        "award_raters": "5",
        "grant_months": "12",
        "reason": "Agreed by the board",
    }
    henry = sign_in(mercy.henry)
    assert henry.post(path(mercy, "credit_rule"), sent | {"percent_fte": "21"}).status_code == 422
    assert henry.post(path(mercy, "credit_rule"), sent | {"award_raters": "2"}).status_code == 422
    assert henry.post(path(mercy, "credit_rule"), sent).status_code == 302
    assert sign_in(mercy.paula).post(path(mercy, "credit_rule"), sent).status_code == 403
    page = sign_in(mercy.colin).get(path(mercy, "credit_rule")).content.decode()
    assert "Agreed by the board" in page
    assert "Henry Mercy" in page
    assert "1.04 hours" in page
    assert "Put in force" not in page


def test_the_ledgers_file_is_its_page(mercy: World, sign_in: SignIn) -> None:
    make_credit_rule(mercy.organization)
    make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2026, 1, 1))
    henry = sign_in(mercy.henry)
    page = henry.get(path(mercy, "ledger"), {"year": "2026"}).content.decode()
    file = henry.get(path(mercy, "ledger_csv"), {"year": "2026"}).content.decode("utf-8-sig")
    head, row = csv.reader(file.splitlines())
    assert head[:4] == ["Mentor", "Mentees", "Months", "Hours"]
    assert row[:4] == ["Mara Mercy", "1", "10", "86.67"]
    assert all(cell in page for cell in row)


def test_figures_are_counts_with_what_they_are_of(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    make_exposure(pair, dt.date(2026, 2, 1))
    make_satisfaction(pair, "2026Q1")
    with tenant_scope(mercy.organization.pk):
        found = {each.label: (each.count, each.of) for each in figures_for(2026, on=ON)}
    assert found == {
        "People in a programme": (1, None),
        "of them with a mentor": (1, 1),
        "of them without a mentor (target 0)": (0, 1),
        "Mentors": (1, None),
        "Mentorships that ran": (1, None),
        "of them begun in the year": (1, 1),
        "of them ended in the year": (0, 1),
        "Looks at leadership logged": (1, None),
        "Mentees who were given one": (1, 1),
        "Quarterly logs made, of those asked for": (1, 3),
        "Ratings given, by both sides": (1, 6),
    }
    file = sign_in(mercy.eli).get(path(mercy, "accreditation_csv"), {"year": "2026"})
    rows = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    assert ["of them with a mentor", "1", "1", "100 %"] in rows
    assert "100 %" in sign_in(mercy.eli).get(path(mercy, "accreditation")).content.decode()


@pytest.mark.parametrize("name", ["ledger", "credit", "accreditation"])
def test_the_lists_cost_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn, name: str) -> None:
    client, costs = sign_in(mercy.mara if name == "credit" else mercy.henry), []
    for mentees in ([mercy.ada], [mercy.eli, mercy.stella]):
        for mentee in mentees:
            make_mentorship(mercy.mara, mentee)
            make_mentorship(
                mentee, mercy.colin, started_on=dt.date(2026, 2, 1), tier=TIERS[mentee.given_name]
            )
        costs.append(queries_of(client, path(mercy, name)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("year", [0, 2025, 9999, 10_000, 10**20])
def test_a_year_without_mentoring_has_no_letter(mercy: World, sign_in: SignIn, year: int) -> None:
    with tenant_scope(mercy.organization.pk):
        make_mentorship(mercy.eli, mercy.ada)
    assert sign_in(mercy.eli).get(path(mercy, "credit_letter", mercy.eli.pk, year)).status_code == 404
