"""What the exposure log and the ratings put on the Today page, and the way to their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import RunOrigin
from people.member import Member
from people.models import Person
from people.today import DueItem
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.exposure import make_exposure, make_exposure_review, make_mentorship, make_satisfaction
from tests.factories.people import make_cohort
from tests.factories.runs import make_finished_run
from tests.members import member_of
from tests.world import World

GRACE = dt.date(2026, 10, 5)


def items(icon: str, member: Member, on: dt.date = GRACE) -> list[DueItem]:
    """Those of one kind, which have an icon of their own."""
    return [each for each in due_items("mentoring", member, "mercy", on) if each.icon == icon]


def logs_due(member: Member, on: dt.date = GRACE) -> list[DueItem]:
    return items("eye", member, on)


def ratings_due(member: Member, on: dt.date = GRACE) -> list[DueItem]:
    return items("mood-smile", member, on)


def test_a_log_is_due_from_its_first_reminder_until_it_is_there(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    mara = member_of(mercy.mara, on=GRACE)
    assert logs_due(mara, dt.date(2026, 9, 15)) == []
    for on in (dt.date(2026, 9, 16), GRACE):
        [item] = logs_due(mara, on)
        assert (item.title, item.due) == ("Log one exposure for Q3 2026", dt.date(2026, 10, 14))
    assert logs_due(member_of(mercy.ada, on=GRACE)) == []
    make_exposure(pair, dt.date(2026, 8, 1))
    assert logs_due(mara) == []


def test_each_side_rates_a_quarter_that_has_ended(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    ada, mara = member_of(mercy.ada, on=GRACE), member_of(mercy.mara, on=GRACE)
    assert ratings_due(ada, dt.date(2026, 9, 30)) == []
    assert [item.title for item in ratings_due(ada)] == ["Rate your mentorship in Q3 2026"]
    assert [item.title for item in ratings_due(mara)] == ["Rate your 2 mentorships in Q3 2026"]
    make_satisfaction(pair, "2026Q3")
    assert ratings_due(ada) == []
    assert len(ratings_due(mara)) == 1


def test_missing_logs_are_on_the_directors_page(mercy: World, in_mercy: Scope) -> None:
    make_exposure_review(mercy.mara, "2026Q2")
    [item] = items("eye-question", member_of(mercy.paula, on=GRACE))
    assert item.title == "An exposure log is missing"
    make_exposure_review(mercy.mara, "2026Q1")
    [item] = items("eye-question", member_of(mercy.paula, on=GRACE))
    assert item.title == "2 exposure logs are missing"
    assert items("eye-question", member_of(mercy.mara, on=GRACE)) == []


def test_the_quarters_matchings_wait_for_the_director(mercy: World, in_mercy: Scope) -> None:
    paula, quarter = member_of(mercy.paula, on=GRACE), {"origin": RunOrigin.QUARTERLY}
    make_finished_run(mercy.cohort)  # asked for by hand: whoever asked has it before them
    make_finished_run(mercy.cohort, cycle="2026Q3", **quarter)
    assert items("topology-star-3", paula) == []
    run = make_finished_run(mercy.cohort, **quarter)
    [item] = items("topology-star-3", paula)
    assert item.title == f"Look at the matching of {mercy.cohort.name}"
    assert str(run.pk) in item.url
    make_finished_run(make_cohort(mercy.programme, "Other"), **quarter)
    [item] = items("topology-star-3", paula)
    assert (item.title, item.detail) == ("Look at the quarter's matchings", f"{mercy.cohort.name}, Other")
    assert items("topology-star-3", member_of(mercy.henry, on=GRACE)) == []


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
