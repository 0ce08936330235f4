"""Rating a mentorship, and what others learn of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MentorshipState, Side
from mentoring.models import Satisfaction
from mentoring.queries.satisfaction import (
    last_closed_quarter,
    satisfaction_index,
    told_to_mentor,
)
from mentoring.services.satisfaction import ask_for_ratings, rate_mentorship
from people.models import Person
from people.queries import member_for
from tenancy.jobs.periods import quarter_of
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import make_mentorship, make_satisfaction
from tests.factories.people import make_person
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
NOW = quarter_of(TODAY)
FIVE = {"overall": "5", "useful": "4", "often": "3"}


def path(world: World, name: str, *arguments: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *arguments])


def rated(mentor: Person, world: World, quarter: str, *ratings: int) -> list[Person]:
    """Mentees of a mentor, each with a rating of the quarter."""
    mentees = []
    for number, rating in enumerate(ratings):
        mentee = make_person(world.organization, f"Mentee{number}", world.unit)
        make_satisfaction(make_mentorship(mentor, mentee), quarter, overall=rating)
        mentees.append(mentee)
    return mentees


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (dt.date(2026, 10, 14), "2026Q2"),
        (dt.date(2026, 10, 15), "2026Q3"),
        (dt.date(2026, 12, 31), "2026Q3"),
        (dt.date(2027, 1, 1), "2026Q3"),
    ],
)
def test_a_quarter_is_closed_after_its_days_of_grace(day: dt.date, quarter: str) -> None:
    assert last_closed_quarter(day) == quarter


def test_both_sides_rate_and_change_while_the_quarter_is_open(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    url = path(mercy, "satisfaction_rate", pair.pk, NOW)
    for person, side in ((mercy.ada, Side.MENTEE), (mercy.mara, Side.MENTOR)):
        client = sign_in(person)
        assert "Rate" in client.get(path(mercy, "satisfaction")).content.decode()
        assert client.post(url, {"overall": "5"}).status_code == 422
        assert client.post(url, FIVE).status_code == 302
        assert client.post(url, FIVE | {"overall": "2"}).status_code == 302
        with tenant_scope(mercy.organization.pk):
            [given] = Satisfaction.objects.filter(side=side)
            assert (given.quarter, given.overall, given.useful, given.often) == (NOW, 2, 4, 3)
        assert "2 of 5" in client.get(path(mercy, "satisfaction")).content.decode()
    assert sign_in(mercy.colin).get(url).status_code == 404


def test_no_side_reads_the_others_rating_and_the_audit_has_no_values(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    sign_in(mercy.ada).post(path(mercy, "satisfaction_rate", pair.pk, NOW), FIVE | {"overall": "1"})
    assert "1 of 5" in sign_in(mercy.ada).get(path(mercy, "satisfaction")).content.decode()
    mentors = sign_in(mercy.mara).get(path(mercy, "satisfaction")).content.decode()
    assert "1 of 5" not in mentors
    assert "fewer than 5 people" in mentors
    with tenant_scope(mercy.organization.pk):
        [entry] = AuditEntry.objects.filter(table_name="mentoring_satisfaction")
        assert not {"overall", "useful", "often"} & {
            name for name, value in entry.change.items() if isinstance(value, int)
        }
        assert '"overall": 1' not in str(entry.change)


def test_a_closed_quarter_and_a_short_mentorship_are_not_rated(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    short = make_mentorship(mercy.colin, mercy.ada, tier="peer", started_on=dt.date(2026, 12, 15))
    ada = member_for(mercy.ada.pk, on=TODAY)
    colin = member_for(mercy.colin.pk, on=TODAY)
    assert ada is not None
    assert colin is not None
    answers = {"overall": 3, "useful": 3, "often": 3}
    with pytest.raises(ValidationError, match="not open"):
        rate_mentorship(pair, "2026Q1", **answers, by=ada, on=TODAY)
    with pytest.raises(ValidationError, match="long enough"):
        rate_mentorship(short, "2026Q4", **answers, by=ada, on=dt.date(2026, 10, 1))
    with pytest.raises(PermissionDenied):
        rate_mentorship(pair, NOW, **answers, by=colin, on=TODAY)
    assert not Satisfaction.objects.exists()


def test_the_database_refuses_answers_beyond_the_scale(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    for wrong in ({"overall": 0}, {"useful": 6}, {"side": "both"}, {"quarter": "2026"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_satisfaction(pair, **{"quarter": "2026Q3", **wrong})


def test_a_mentor_reads_a_mean_of_five_and_the_sixth_changes_nothing(mercy: World, in_mercy: Scope) -> None:
    on = dt.date(2026, 11, 22)
    rated(mercy.mara, mercy, "2026Q2", 4, 4, 3, 3)
    assert told_to_mentor(mercy.mara.pk, on=on) is None
    rated(mercy.mara, mercy, "2026Q2", 2)
    before = told_to_mentor(mercy.mara.pk, on=on)
    assert before is not None
    assert (before.people, before.mean) == (5, 3.2)
    rated(mercy.mara, mercy, "2026Q3", 1)
    assert told_to_mentor(mercy.mara.pk, on=on) == before


def test_the_index_holds_both_sides_apart_and_hides_small_ones(mercy: World, sign_in: SignIn) -> None:
    rated(mercy.mara, mercy, "2026Q2", 4, 4, 4, 4, 4, 3, 3, 2, 2, 1)
    rated(mercy.colin, mercy, "2026Q3", 4, 4, 4, 4)
    with tenant_scope(mercy.organization.pk):
        pair = make_mentorship(mercy.eli, mercy.ada)
        make_satisfaction(pair, "2026Q2", side=Side.MENTOR)
        second, third = satisfaction_index(on=dt.date(2026, 11, 22))
        assert second.mentees is not None
        assert (second.mentees.people, second.mentees.mean, second.mentees.share) == (10, 3.1, (0.5, 0.5))
        assert (second.mentors, third.mentees) == (None, None)
    paula = sign_in(mercy.paula)
    page = paula.get(path(mercy, "satisfaction_index")).content.decode()
    assert "3.1" in page
    assert "not shown: fewer than 5 people" in page
    file = paula.get(path(mercy, "satisfaction_index_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(file.splitlines()))
    assert rows[0][:4] == ["Quarter", "Side", "n", "Mean"]
    assert rows[3][:4] == ["Q2 2026", "Mentees", "10", "3.1"]
    assert all(cell in page for row in rows[1:] for cell in row)


def test_both_sides_are_asked_once_and_only_who_has_not_rated(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    ended = {"state": MentorshipState.ENDED, "over_on": dt.date(2026, 3, 1), "over_reason": "moved"}
    make_mentorship(mercy.colin, mercy.ada, tier="peer", **ended)
    make_satisfaction(pair, "2026Q3", side=Side.MENTOR)
    assert ask_for_ratings("2026Q3", on=dt.date(2026, 10, 15)) == 0  # too late to answer
    assert ask_for_ratings("2026Q3", on=dt.date(2026, 10, 14)) == 1
    assert told() == [({mercy.ada.pk}, "How was your mentorship in Q3 2026? Three questions.")]


def test_the_list_costs_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn) -> None:
    mara, costs = sign_in(mercy.mara), []
    for mentees in ([mercy.ada], [mercy.colin, mercy.eli]):
        for mentee in mentees:
            make_satisfaction(make_mentorship(mercy.mara, mentee), NOW, side=Side.MENTOR)
        costs.append(queries_of(mara, path(mercy, "satisfaction")))
    assert costs[0] == costs[1]
