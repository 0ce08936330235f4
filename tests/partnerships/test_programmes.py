"""A partnership programme: who begins it, who takes part, who sees it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership, PartnershipProgramme
from partnerships.queries.programmes import partnerships_to_bring, programme_for, programmes
from partnerships.services.programmes import (
    Outline,
    begin_programme,
    bring_partnership,
    bring_sponsor,
    release_participant,
)
from people.enums import Profession
from tests.factories.partnerships import as_loaded, make_partnership, make_programme
from tests.factories.people import make_person, make_unit
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def programme(mercy: World, dyad: Partnership) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def outline(mercy: World) -> Outline:
    return Outline(
        " Leading together ", "One service", mercy.root, mercy.colin, mercy.eli, "Board school 2019", TODAY
    )


@pytest.mark.parametrize("who", ["ada", "mara", "paula", "olga", "colin"])
def test_hr_and_executives_begin_a_programme(mercy: World, dyad: Partnership, who: str) -> None:
    with pytest.raises(PermissionDenied), transaction.atomic():
        begin_programme(outline(mercy), by=member_of(mercy.people[who]))


def test_it_begins_with_an_executive_who_takes_part(mercy: World, dyad: Partnership) -> None:
    made = begin_programme(outline(mercy), by=member_of(mercy.henry))
    bring_partnership(made, dyad, by=member_of(mercy.colin))
    people = programmes().get().participants_by_name
    assert [(each.person.given_name, each.kind, each.done_before) for each in people] == [
        ("Eli", "sponsor", "Board school 2019"),
        ("Ada", "partner", ""),
        ("Mara", "partner", ""),
    ]
    assert made.title == "Leading together"
    assert (made.ends_on, made.looks_back_on) == (
        TODAY.replace(year=TODAY.year + 1),
        TODAY.replace(year=TODAY.year + 2),
    )
    run, taken = "You run the partnership programme", "You take part in the partnership programme"
    assert [(to, title[: len(run)]) for to, title in told()] == [
        ({mercy.colin.pk}, run),
        ({mercy.eli.pk}, taken[: len(run)]),
        ({mercy.ada.pk, mercy.mara.pk}, taken[: len(run)]),
    ]


def test_a_title_is_taken_once(mercy: World, programme: PartnershipProgramme) -> None:
    with pytest.raises(ValidationError, match="Another programme has this title"):
        begin_programme(outline(mercy), by=member_of(mercy.henry))


def test_only_whoever_runs_it_brings_people_in(mercy: World, programme: PartnershipProgramme) -> None:
    for who in ("ada", "mara", "paula", "olga"):
        with pytest.raises(PermissionDenied), transaction.atomic():
            bring_sponsor(programme, mercy.paula, "", by=member_of(mercy.people[who]))
    bring_sponsor(programme, mercy.paula, "", by=member_of(mercy.colin))
    with pytest.raises(ValidationError, match="Paula Mercy takes part already"):
        bring_sponsor(programme, mercy.paula, "", by=member_of(mercy.eli))


def test_a_partnership_comes_from_below_the_programmes_unit_and_goes_on(
    mercy: World, dyad: Partnership
) -> None:
    elsewhere = make_programme(
        make_unit(mercy.organization, "Surgery", parent=mercy.root), mercy.colin, mercy.eli
    )
    by = member_of(mercy.henry)
    assert not partnerships_to_bring(elsewhere, on=TODAY)
    with pytest.raises(ValidationError, match="Cardiology is not below Surgery"), transaction.atomic():
        bring_partnership(elsewhere, dyad, by=by)
    here = make_programme(mercy.unit, mercy.colin, mercy.eli, title="Here")
    assert [each.pk for each in partnerships_to_bring(here, on=TODAY)] == [dyad.pk]
    dyad.end_date = TODAY
    with pytest.raises(ValidationError, match="Cardiology is over"):
        bring_partnership(here, dyad, by=by)


def test_whoever_joins_a_partnership_later_is_brought_in_then(
    mercy: World, dyad: Partnership, programme: PartnershipProgramme
) -> None:
    by = member_of(mercy.colin)
    with pytest.raises(ValidationError, match="take part already"), transaction.atomic():
        bring_partnership(programme, dyad, by=by)
    other = make_person(mercy.organization, "Otto", mercy.unit, profession=Profession.PHYSICIAN)
    second = make_partnership(mercy.unit, other, mercy.mara, start_date=TODAY)
    seated = bring_partnership(programme, as_loaded(second), by=by)
    assert [each.person_id for each in seated] == [other.pk]


def test_one_sponsor_at_least_remains(mercy: World, programme: PartnershipProgramme) -> None:
    by = member_of(mercy.henry)
    eli, ada = programme.participants_by_name[:2]
    with pytest.raises(ValidationError, match="the only executive who takes part"), transaction.atomic():
        release_participant(eli, by=by)
    assert release_participant(ada, by=by).left_on == TODAY
    with pytest.raises(ValidationError, match="left already"), transaction.atomic():
        release_participant(ada, by=by)
    bring_sponsor(programme, mercy.paula, "", by=by)
    assert release_participant(eli, by=by).left_on == TODAY


def test_a_closed_programme_stays_as_it_is(mercy: World, dyad: Partnership) -> None:
    closed = make_programme(mercy.root, mercy.colin, mercy.eli, closed_on=TODAY)
    with pytest.raises(ValidationError, match="stays as it is"):
        bring_partnership(closed, dyad, by=member_of(mercy.henry))


def test_it_is_seen_by_who_takes_part_and_who_runs_it(mercy: World, programme: PartnershipProgramme) -> None:
    seen = {name: programme_for(member_of(person), programme.pk) for name, person in mercy.people.items()}
    assert {name for name, found in seen.items() if found} == {"ada", "mara", "eli", "henry", "colin"}


def test_whoever_left_still_sees_what_they_were_part_of(
    mercy: World, programme: PartnershipProgramme
) -> None:
    release_participant(programme.participants_by_name[1], by=member_of(mercy.henry))
    assert programme_for(member_of(mercy.ada), programme.pk)


def test_29_february_has_its_year() -> None:
    leap = PartnershipProgramme(organization_id=1, start_date=dt.date(2024, 2, 29))
    assert (leap.ends_on, leap.looks_back_on) == (dt.date(2025, 2, 28), dt.date(2026, 2, 28))
