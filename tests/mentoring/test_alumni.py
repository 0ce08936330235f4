"""Alumni hours: inviting, sitting in, consent and the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.alumni_words import words_of
from mentoring.models import AlumniHour, AlumniSeat, AlumniTag, AlumniWord
from mentoring.queries.alumni import hours_visible_to, library
from mentoring.services.alumni import (
    Recording,
    publish_recording,
    record_consent,
    take_seat,
    withdraw_consent,
)
from people.models import Person
from surveys.enums import Dimension
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import make_alumni_hour
from tests.factories.mentoring import make_tag
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
LINK = "https://video.example/chair"
SENT = {
    "title": "From fellow to chair",
    "day": str(TODAY + dt.timedelta(days=30)),
    "time": "17:00",
    "place": "Lecture hall",
    "guest": "Prof Amara Okafor",
}


def path(world: World, name: str, *arguments: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *arguments])


def in_the_library(world: World, title: str, *dimensions: str, transcript: str = "") -> AlumniHour:
    """A recording of a guest who agreed."""
    hour = make_alumni_hour(world.paula, title=title, guest="Prof Amara Okafor")
    with tenant_scope(world.organization.pk):
        record_consent(hour, note="letter of 3 March", by=member_of(world.paula))
        shown = Recording(LINK, transcript, dimensions or [Dimension.STRATEGIC_INSIGHT.value], [])
        publish_recording(hour, shown, by=member_of(world.paula))
    return hour


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", str(TODAY + dt.timedelta(days=731))])
def test_a_day_that_no_other_zone_can_tell_is_refused(mercy: World, sign_in: SignIn, day: str) -> None:
    """Stored, it would break the list of hours for everybody."""
    answer = sign_in(mercy.paula).post(path(mercy, "alumni_new"), SENT | {"day": day})
    assert answer.status_code == 422
    assert "Choose a day within two years from today." in answer.content.decode()


def test_an_hour_is_planned_and_the_cohort_invited(mercy: World, sign_in: SignIn) -> None:
    paula = sign_in(mercy.paula)
    sent = SENT | {"cohort": str(mercy.cohort.pk)}
    both = sent | {"speaker": mercy.mara.email}
    assert paula.post(path(mercy, "alumni_new"), both).status_code == 422
    assert paula.post(path(mercy, "alumni_new"), sent | {"guest": ""}).status_code == 422
    assert paula.post(path(mercy, "alumni_new"), sent | {"guest": "", "speaker": "x@y.z"}).status_code == 422
    assert paula.post(path(mercy, "alumni_new"), sent).status_code == 302
    with tenant_scope(mercy.organization.pk):
        [hour] = AlumniHour.objects.all()
        assert (hour.guest, hour.speaker_id, hour.cohort_id) == ("Prof Amara Okafor", None, mercy.cohort.pk)
        assert told() == [({mercy.ada.pk}, "You are invited to an alumni hour: From fellow to chair")]
    assert "Lecture hall" in sign_in(mercy.ada).get(path(mercy, "alumni_hour", hour.pk)).content.decode()


def test_the_invited_sign_up_once_and_off_again(mercy: World, sign_in: SignIn) -> None:
    hour = make_alumni_hour(mercy.paula, starts_at=timezone.now() + dt.timedelta(days=3))
    ada, url = sign_in(mercy.ada), path(mercy, "alumni_seat", hour.pk)
    for _twice in range(2):
        ada.post(url, {"seat": "on"})
    with tenant_scope(mercy.organization.pk):
        assert list(AlumniSeat.objects.values_list("person", flat=True)) == [mercy.ada.pk]
        with pytest.raises(PermissionDenied):
            take_seat(hour, by=member_of(mercy.colin))
    assert "signed up" in ada.get(path(mercy, "alumni")).content.decode()
    ada.post(url, {"seat": "off"})
    with tenant_scope(mercy.organization.pk):
        assert not AlumniSeat.objects.exists()


def test_who_came_is_written_down_after_it_began(mercy: World, sign_in: SignIn) -> None:
    hour = make_alumni_hour(mercy.paula)
    with tenant_scope(mercy.organization.pk):
        for person in (mercy.ada, mercy.colin):
            AlumniSeat.objects.create(hour=hour, person=person)
        with pytest.raises(ValidationError, match="begun already"):
            take_seat(hour, by=member_of(mercy.ada))
    paula = sign_in(mercy.paula)
    url = path(mercy, "alumni_attendance", hour.pk)
    assert paula.post(url, {"came": [mercy.ada.pk, "nobody"]}).status_code == 422
    assert paula.post(url, {"came": [mercy.ada.pk]}).status_code == 302
    with tenant_scope(mercy.organization.pk):
        assert dict(AlumniSeat.objects.values_list("person", "attended")) == {
            mercy.ada.pk: True,
            mercy.colin.pk: False,
        }


def test_no_recording_without_consent(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, guest="", speaker=mercy.mara)
    sent = {"link": LINK, "dimensions": ["strategic_insight"], "transcript": "Budget"}
    paula = sign_in(mercy.paula)
    refused = paula.post(path(mercy, "alumni_recording", hour.pk), sent)
    assert refused.status_code == 422
    assert "has not agreed" in refused.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        AlumniHour.objects.filter(pk=hour.pk).update(recording=LINK)
    assert paula.post(path(mercy, "alumni_consent", hour.pk)).status_code == 403  # Mara says so herself
    assert sign_in(mercy.mara).post(path(mercy, "alumni_consent", hour.pk)).status_code == 302
    bad = paula.post(path(mercy, "alumni_recording", hour.pk), sent | {"link": "http://video.example/"})
    assert bad.status_code == 422
    assert paula.post(path(mercy, "alumni_recording", hour.pk), sent).status_code == 302
    assert LINK in sign_in(mercy.colin).get(path(mercy, "alumni_hour", hour.pk)).content.decode()


def test_a_guests_consent_says_how_it_was_given(mercy: World, sign_in: SignIn) -> None:
    hour = make_alumni_hour(mercy.paula)
    paula, url = sign_in(mercy.paula), path(mercy, "alumni_consent", hour.pk)
    assert paula.post(url, {"note": " "}).status_code == 422
    assert paula.post(url, {"note": "letter of 3 March"}).status_code == 302


def test_withdrawing_takes_the_recording_away_at_once(mercy: World, sign_in: SignIn) -> None:
    hour = in_the_library(mercy, "How budgets are made", transcript="Nobody tells you about reserves.")
    colin = sign_in(mercy.colin)
    found = colin.get(path(mercy, "alumni_library"), {"words": "reserves"}).content.decode()
    assert "How budgets are made" in found
    assert LINK in colin.get(path(mercy, "alumni_hour", hour.pk)).content.decode()
    sign_in(mercy.paula).post(path(mercy, "alumni_withdraw", hour.pk))
    gone = colin.get(path(mercy, "alumni_library")).content.decode()
    assert "How budgets are made" not in gone
    assert colin.get(path(mercy, "alumni_hour", hour.pk)).status_code == 404
    with tenant_scope(mercy.organization.pk):
        [left] = AlumniHour.objects.all()
        assert (left.recording, left.transcript, left.consented_on) == ("", "", None)
        assert not AlumniWord.objects.exists()
        changes = str(list(AuditEntry.objects.filter(table_name="mentoring_alumnihour").values("change")))
        assert "withdrawn_on" in changes
        assert "reserves" not in changes
        assert LINK not in changes
        with pytest.raises(PermissionDenied):
            withdraw_consent(left, by=member_of(mercy.colin))


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Board rooms", "Numbers"}),
        ({"words": "BOARD"}, {"Board rooms"}),
        ({"words": "okaf"}, {"Board rooms", "Numbers"}),
        ({"words": "resérv num"}, {"Numbers"}),
        ({"words": "reserves board"}, set()),
        ({"words": "%"}, {"Board rooms", "Numbers"}),
        ({"dimension": "financial_acumen"}, {"Numbers"}),
        ({"dimension": "financial_acumen", "words": "board"}, set()),
    ],
)
def test_recordings_are_found_by_competency_and_by_beginnings_of_words(
    mercy: World, in_mercy: Scope, asked: dict[str, str], titles: set[str]
) -> None:
    in_the_library(mercy, "Board rooms")
    in_the_library(mercy, "Numbers", "financial_acumen", transcript="Reserves are not profit.")
    make_alumni_hour(mercy.paula, title="Board dinner, never recorded")
    assert {hour.title for hour in library(**asked)} == titles


def test_words_are_different_plain_and_not_too_many() -> None:
    assert words_of("Élan, élan!", "a 42-bed unit_x") == ["elan", "42", "bed", "unit_x"]
    assert words_of("x" * 90) == ["x" * 40]
    assert len(words_of(" ".join(f"w{number}" for number in range(9000)))) == 8000


def test_tags_are_replaced_and_found(mercy: World, in_mercy: Scope) -> None:
    hour = in_the_library(mercy, "Board rooms")
    tags = [make_tag(mercy.organization, "Governance"), make_tag(mercy.organization, "Negotiation")]
    for chosen in ([tags[0]], [tags[1]]):
        publish_recording(hour, Recording(LINK, "", ["team_leadership"], chosen), by=member_of(mercy.paula))
    assert list(AlumniTag.objects.values_list("tag__name", flat=True)) == ["Negotiation"]
    assert [one.title for one in library(words="negotiation")] == ["Board rooms"]
    assert not library(words="governance").exists()


def test_an_hour_is_seen_by_those_it_is_for(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, guest="", speaker=mercy.mara, cohort=mercy.cohort)
    seen = {
        name: hours_visible_to(member_of(mercy.people[name]), on=TODAY).filter(pk=hour.pk).exists()
        for name in ("ada", "mara", "paula", "henry", "colin", "eli")
    }
    assert seen == {
        "ada": True, "mara": True, "paula": True, "henry": True, "colin": False, "eli": False,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["alumni", "alumni_library"])
def test_the_lists_cost_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn, name: str) -> None:
    client, costs = sign_in(mercy.paula), []
    for speakers in ([mercy.eli], [mercy.mara, mercy.henry]):
        for speaker in speakers:
            in_the_library(mercy, f"Hour of {speaker.given_name}")
        costs.append(queries_of(client, path(mercy, name)))
    assert costs[0] == costs[1]
