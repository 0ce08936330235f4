"""What profiling told somebody, by API: theirs, and shown by their own act alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import PartnershipProgramme, ProgrammeParticipant
from tenancy.scope import Scope
from tests.factories.partnerships import (
    make_partnership,
    make_profile,
    make_programme,
    programme_as_loaded,
)
from tests.factories.people import make_person
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()
OTHERS = {"mara": 404, "eli": 403, "colin": 403, "henry": 403, "olga": 404, "paula": 404, "stella": 404}


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def seat_of(programme: PartnershipProgramme, name: str) -> ProgrammeParticipant:
    return next(each for each in programme.participants_by_name if each.person.given_name == name)


def url_of(world: World, programme: PartnershipProgramme, name: str, *more: str) -> str:
    seat = seat_of(programme, name)
    return path(world, "partnership-programmes", programme.pk, "participants", seat.pk, *more)


def keep(client: Client, url: str, **changed: Any) -> Any:
    body = {"instrument": "Traits", "made_on": TODAY.isoformat(), "words": "I listen late", **changed}
    return put(client, url, **body)


def test_one_keeps_changes_and_takes_away_the_own(mercy: World, programme: PartnershipProgramme) -> None:
    url, ada = url_of(mercy, programme, "Ada", "profile"), api(mercy, mercy.ada)
    problem(ada.get(url), 404)
    problem(ada.delete(url), 409)
    made = keep(ada, url).json()
    assert (made["instrument"], made["words"], made["is_shown"]) == ("Traits", "I listen late", False)
    assert get(ada, url) == made
    assert keep(ada, url, instrument="Another").json()["instrument"] == "Another"
    late = (TODAY + dt.timedelta(days=1)).isoformat()
    assert faults(keep(ada, url, made_on=late), 422).keys() == {"/made_on"}
    assert ada.delete(url).status_code == 204
    problem(ada.get(url), 404)


@pytest.mark.parametrize("shown", [False, True])
def test_nobody_else_reads_or_touches_it(mercy: World, programme: PartnershipProgramme, shown: bool) -> None:
    """An executive sponsor and whoever runs it neither; also when partners are shown it."""
    url, ada = url_of(mercy, programme, "Ada", "profile"), api(mercy, mercy.ada)
    keep(ada, url)
    if shown:
        assert post(ada, f"{url}/show").json()["is_shown"]
    before = get(ada, url)
    for who, status in OTHERS.items():
        client = api(mercy, mercy.people[who])
        for answer in (
            client.get(url),
            keep(client, url),
            client.delete(url),
            post(client, f"{url}/show"),
            post(client, f"{url}/hide"),
            client.get(url_of(mercy, programme, "Ada", "shown-profiles")),
        ):
            problem(answer, status)
            assert "I listen late" not in answer.content.decode()
    assert get(ada, url) == before


def test_partners_read_what_is_shown_to_them_until_it_is_taken_back(
    mercy: World, programme: PartnershipProgramme
) -> None:
    url, ada, mara = url_of(mercy, programme, "Ada", "profile"), api(mercy, mercy.ada), api(mercy, mercy.mara)
    shown_to_mara = url_of(mercy, programme, "Mara", "shown-profiles")
    shown_to_eli = url_of(mercy, programme, "Eli", "shown-profiles")
    problem(post(ada, f"{url}/show"), 409)
    keep(ada, url)
    assert get(mara, shown_to_mara) == []
    post(ada, f"{url}/show")
    (told,) = get(mara, shown_to_mara)
    assert (told["person"]["name"], told["words"]) == ("Ada Mercy", "I listen late")
    assert get(api(mercy, mercy.eli), shown_to_eli) == []
    assert not post(ada, f"{url}/hide").json()["is_shown"]
    assert get(mara, shown_to_mara) == []


def test_a_sponsor_leads_with_nobody_to_show_it_to(mercy: World, programme: PartnershipProgramme) -> None:
    url, eli = url_of(mercy, programme, "Eli", "profile"), api(mercy, mercy.eli)
    keep(eli, url)
    problem(post(eli, f"{url}/show"), 409)


@pytest.mark.parametrize(
    ("people", "kept", "told"),
    [(4, 4, (None, None)), (6, 4, (0, 4)), (10, 4, (0, 4)), (10, 5, (5, 5)), (10, 6, (6, 10))],
)
def test_all_that_others_learn_is_a_count_that_singles_out_nobody(
    mercy: World, in_mercy: Scope, people: int, kept: int, told: tuple[int | None, int | None]
) -> None:
    sponsors = [make_person(mercy.organization, f"No{number}", mercy.unit) for number in range(people)]
    programme = make_programme(mercy.root, mercy.colin, sponsors[0])
    for person in sponsors[1:]:
        ProgrammeParticipant.objects.create(programme=programme, person=person, kind="sponsor")
    for seat in programme_as_loaded(programme).participants_by_name[:kept]:
        make_profile(seat)
    url = path(mercy, "partnership-programmes", programme.pk, "profiles-kept")
    answer = get(api(mercy, mercy.colin), url)
    assert answer == {"at_least": told[0], "at_most": told[1]}
    problem(api(mercy, mercy.ada).get(url), 404)
