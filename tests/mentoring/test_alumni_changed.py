"""An alumni hour that is moved, or does not take place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import AlumniHour, AlumniSeat
from mentoring.services.alumni import Recording, cancel_hour, publish_recording, record_consent, take_seat
from people.models import Person
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_scope
from tests.factories.exposure import make_alumni_hour
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
SOON = timezone.now() + dt.timedelta(days=3)
SENT = {
    "title": "From fellow to chair",
    "day": str(timezone.localdate() + dt.timedelta(days=30)),
    "time": "17:00",
    "place": "Room 3",
}


def path(world: World, name: str, hour: AlumniHour) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, hour.pk])


def hour_ahead(world: World) -> AlumniHour:
    """Mara speaks, the cohort is invited, and Colin of no cohort has a seat from before."""
    hour = make_alumni_hour(world.paula, starts_at=SOON, guest="", speaker=world.mara, cohort=world.cohort)
    with tenant_scope(world.organization.pk):
        AlumniSeat.objects.create(hour=hour, person=world.colin)
    return hour


def test_an_hour_is_moved_and_everybody_who_knew_is_told(mercy: World, sign_in: SignIn) -> None:
    hour, paula = hour_ahead(mercy), sign_in(mercy.paula)
    assert "Change" in paula.get(path(mercy, "alumni_hour", hour)).content.decode()
    assert 'value="Lecture hall"' in paula.get(path(mercy, "alumni_edit", hour)).content.decode()
    past = SENT | {"day": str(timezone.localdate() - dt.timedelta(days=1))}
    refused = paula.post(path(mercy, "alumni_edit", hour), past)
    assert refused.status_code == 422
    assert "Choose a time that is still ahead." in refused.content.decode()
    assert paula.post(path(mercy, "alumni_edit", hour), SENT).status_code == 302
    with tenant_scope(mercy.organization.pk):
        hour.refresh_from_db()
        assert (hour.place, str(timezone.localtime(hour.starts_at).date())) == ("Room 3", SENT["day"])
        title = "An alumni hour has another time or place: From fellow to chair"
        assert told() == [({mercy.ada.pk, mercy.mara.pk, mercy.colin.pk}, title)]


def test_another_word_in_the_title_is_no_news(mercy: World, sign_in: SignIn) -> None:
    hour = hour_ahead(mercy)
    begins = timezone.localtime(hour.starts_at)
    same = {"day": str(begins.date()), "time": begins.strftime("%H:%M:%S.%f"), "place": hour.place}
    assert (
        sign_in(mercy.paula)
        .post(path(mercy, "alumni_edit", hour), SENT | same | {"title": "From resident to chair"})
        .status_code
        == 302
    )
    with tenant_scope(mercy.organization.pk):
        assert AlumniHour.objects.get().title == "From resident to chair"
        assert told() == []


def test_an_hour_is_cancelled_with_a_reason_for_all_who_knew(mercy: World, sign_in: SignIn) -> None:
    hour, paula = hour_ahead(mercy), sign_in(mercy.paula)
    assert paula.post(path(mercy, "alumni_cancel", hour), {"because": " "}).status_code == 422
    assert paula.post(path(mercy, "alumni_cancel", hour), {"because": "Mara is ill."}).status_code == 302
    with tenant_scope(mercy.organization.pk):
        title = "An alumni hour is cancelled: From fellow to chair"
        assert told() == [({mercy.ada.pk, mercy.mara.pk, mercy.colin.pk}, title)]
        assert AuditEntry.objects.filter(table_name="mentoring_alumnihour", change__has_key="cancelled_on")
    page = sign_in(mercy.ada).get(path(mercy, "alumni_hour", hour)).content.decode()
    assert "Mara is ill." in page
    assert "Sign up" not in page
    listed = sign_in(mercy.ada).get(reverse("mentoring:alumni", args=[mercy.slug])).content.decode()
    assert "cancelled" in listed


def test_a_cancelled_hour_allows_nothing_more(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    hour = cancel_hour(hour_ahead(mercy), because="Mara is ill.", by=member_of(mercy.paula))
    with pytest.raises(ValidationError, match="cancelled"):
        take_seat(hour, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="cancelled"):
        cancel_hour(hour, because="Again.", by=member_of(mercy.paula))
    with pytest.raises(ValidationError, match="cancelled"):
        publish_recording(hour, Recording("https://video.example/", "", [], []), by=member_of(mercy.paula))
    answer = sign_in(mercy.paula).get(path(mercy, "alumni_edit", hour), follow=True)
    assert "This hour is cancelled." in answer.content.decode()


def test_what_was_cancelled_meanwhile_takes_no_seat_and_no_consent(mercy: World, in_mercy: Scope) -> None:
    hour = hour_ahead(mercy)
    cancel_hour(AlumniHour.objects.get(pk=hour.pk), because="Mara is ill.", by=member_of(mercy.paula))
    with pytest.raises(ValidationError, match="cancelled"):
        take_seat(hour, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="cancelled"):
        record_consent(hour, note="", by=member_of(mercy.mara))


def test_an_hour_that_has_begun_is_not_changed(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    hour, paula = make_alumni_hour(mercy.paula), sign_in(mercy.paula)
    for name, sent in (("alumni_edit", SENT), ("alumni_cancel", {"because": "Too late."})):
        answer = paula.post(path(mercy, name, hour), sent, follow=True)
        assert "This hour has begun already." in answer.content.decode()
    hour.refresh_from_db()
    assert (hour.place, hour.cancelled_on) == ("Lecture hall", None)


def test_the_invited_and_the_speaker_change_nothing(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    hour = hour_ahead(mercy)
    for person in (mercy.ada, mercy.mara):
        client = sign_in(person)
        assert "Cancel the hour" not in client.get(path(mercy, "alumni_hour", hour)).content.decode()
        assert client.post(path(mercy, "alumni_edit", hour), SENT).status_code == 403
        assert client.post(path(mercy, "alumni_cancel", hour), {"because": "No."}).status_code == 403
    with pytest.raises(PermissionDenied):
        cancel_hour(hour, because="No.", by=member_of(mercy.ada))


def test_the_database_keeps_a_reason_and_no_recording(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula)
    for wrong in (
        {"cancelled_on": timezone.localdate()},
        {"cancelled_because": "No day."},
        {
            "cancelled_on": timezone.localdate(),
            "cancelled_because": "Ill.",
            "consented_on": timezone.localdate(),
            "recording": "https://video.example/",
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AlumniHour.objects.filter(pk=hour.pk).update(**wrong)
