"""What the exposure log and the ratings put on the Today page, and the way to their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import RunOrigin
from mentoring.today import logs_due, logs_missing, matchings_ready, ratings_due
from people.models import Person
from tenancy.scope import Scope
from tests.factories.exposure import make_exposure, make_exposure_review, make_mentorship, make_satisfaction
from tests.factories.people import make_cohort
from tests.factories.runs import make_finished_run
from tests.members import member_of
from tests.world import World

GRACE = dt.date(2026, 10, 5)


def test_a_log_is_due_from_its_first_reminder_until_it_is_there(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    mara = member_of(mercy.mara, on=GRACE)
    assert logs_due(mara, "mercy", dt.date(2026, 9, 15)) == []
    for on in (dt.date(2026, 9, 16), GRACE):
        [item] = logs_due(mara, "mercy", on)
        assert (item.title, item.due) == ("Log one exposure for Q3 2026", dt.date(2026, 10, 14))
    assert logs_due(member_of(mercy.ada, on=GRACE), "mercy", GRACE) == []
    make_exposure(pair, dt.date(2026, 8, 1))
    assert logs_due(mara, "mercy", GRACE) == []


def test_each_side_rates_a_quarter_that_has_ended(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    ada, mara = member_of(mercy.ada, on=GRACE), member_of(mercy.mara, on=GRACE)
    assert ratings_due(ada, "mercy", dt.date(2026, 9, 30)) == []
    assert [item.title for item in ratings_due(ada, "mercy", GRACE)] == ["Rate your mentorship in Q3 2026"]
    assert [item.title for item in ratings_due(mara, "mercy", GRACE)] == [
        "Rate your 2 mentorships in Q3 2026"
    ]
    make_satisfaction(pair, "2026Q3")
    assert ratings_due(ada, "mercy", GRACE) == []
    assert len(ratings_due(mara, "mercy", GRACE)) == 1


def test_missing_logs_are_on_the_directors_page(mercy: World, in_mercy: Scope) -> None:
    make_exposure_review(mercy.mara, "2026Q2")
    [item] = logs_missing(member_of(mercy.paula, on=GRACE), "mercy", GRACE)
    assert item.title == "An exposure log is missing"
    make_exposure_review(mercy.mara, "2026Q1")
    [item] = logs_missing(member_of(mercy.paula, on=GRACE), "mercy", GRACE)
    assert item.title == "2 exposure logs are missing"
    assert logs_missing(member_of(mercy.mara, on=GRACE), "mercy", GRACE) == []


def test_the_quarters_matchings_wait_for_the_director(mercy: World, in_mercy: Scope) -> None:
    paula, quarter = member_of(mercy.paula, on=GRACE), {"origin": RunOrigin.QUARTERLY}
    make_finished_run(mercy.cohort)  # asked for by hand: whoever asked has it before them
    make_finished_run(mercy.cohort, cycle="2026Q3", **quarter)
    assert matchings_ready(paula, "mercy", GRACE) == []
    run = make_finished_run(mercy.cohort, **quarter)
    [item] = matchings_ready(paula, "mercy", GRACE)
    assert item.title == f"Look at the matching of {mercy.cohort.name}"
    assert str(run.pk) in item.url
    make_finished_run(make_cohort(mercy.programme, "Other"), **quarter)
    [item] = matchings_ready(paula, "mercy", GRACE)
    assert (item.title, item.detail) == ("Look at the quarter's matchings", f"{mercy.cohort.name}, Other")
    assert matchings_ready(member_of(mercy.henry, on=GRACE), "mercy", GRACE) == []


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("colin", {"exposure", "satisfaction", "credit"}),
        ("paula", {"exposure_report", "reviews", "satisfaction_index", "ledger", "accreditation"}),
        ("eli", {"exposure_report", "satisfaction_index", "accreditation"}),
    ],
)
def test_the_page_of_mentoring_leads_to_all_others(
    mercy: World, sign_in: Callable[[Person], Client], name: str, pages: set[str]
) -> None:
    client = sign_in(mercy.people[name])
    page = client.get(reverse("mentoring:mine", args=["mercy"])).content.decode()
    urls = {each: reverse(f"mentoring:{each}", args=["mercy"]) for each in pages}
    assert {each for each, url in urls.items() if f'href="{url}"' in page} == pages
    assert {client.get(url).status_code for url in urls.values()} == {200}
    hidden = reverse("mentoring:ledger", args=["mercy"])
    assert (f'href="{hidden}"' in page) == (name == "paula")
