"""What profiling told somebody: theirs, whatever is asked for, and shown by their own act alone (C17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partner, Partnership, PartnershipProgramme, Profile, ProgrammeParticipant
from partnerships.queries.profiles import profiles_kept
from partnerships.services.profiles import drop_profile, hide_profile, keep_profile, show_profile
from people.models import Person
from surveys.disclosure import THRESHOLD_FLOOR
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_scope
from tests.factories.onboarding import report
from tests.factories.partnerships import (
    make_partnership,
    make_profile,
    make_programme,
    programme_as_loaded,
)
from tests.factories.people import make_person
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
OTHERS = ("mara", "eli", "colin", "henry", "olga", "paula", "stella")
SignIn = Callable[[Person], Client]


@contextmanager
def acting(person: Person) -> Iterator[None]:
    with tenant_scope(person.organization_id, actor_id=person.pk), transaction.atomic():
        yield


def seat_of(programme: PartnershipProgramme, person: Person) -> ProgrammeParticipant:
    return next(each for each in programme.participants_by_name if each.person_id == person.pk)


def seen_by(world: World, person: Person | None) -> set[UUID]:
    """Whose profiles PostgreSQL shows: no filter of ours between."""
    with tenant_scope(world.organization.pk, actor_id=person.pk if person else None), transaction.atomic():
        return set(Profile.objects.values_list("participant__person_id", flat=True))


class TestTheWall:
    @pytest.fixture
    def programme(self, mercy: World, dyad: Partnership) -> PartnershipProgramme:
        return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)

    @pytest.fixture
    def seat(self, mercy: World, programme: PartnershipProgramme) -> ProgrammeParticipant:
        """Ada's."""
        return seat_of(programme, mercy.ada)

    def test_it_is_theirs_alone(self, mercy: World, seat: ProgrammeParticipant) -> None:
        make_profile(seat)
        assert seen_by(mercy, mercy.ada) == {mercy.ada.pk}
        for other in (*map(mercy.people.get, OTHERS), None):
            assert seen_by(mercy, other) == set()

    def test_partners_see_what_is_shown_to_them(self, mercy: World, seat: ProgrammeParticipant) -> None:
        make_profile(seat)
        with acting(mercy.ada):
            show_profile(seat, by=member_of(mercy.ada))
        assert told()[-1] == ({mercy.mara.pk}, "Ada Mercy shows you what profiling told them.")
        assert seen_by(mercy, mercy.mara) == {mercy.ada.pk}
        assert seen_by(mercy, mercy.eli) == seen_by(mercy, mercy.colin) == set()
        with acting(mercy.ada):
            hide_profile(seat, by=member_of(mercy.ada))
        assert seen_by(mercy, mercy.mara) == set()

    def test_no_longer_when_one_of_them_has_left(self, mercy: World, seat: ProgrammeParticipant) -> None:
        make_profile(seat, readers=[mercy.mara.pk])
        assert seen_by(mercy, mercy.mara) == {mercy.ada.pk}
        Partner.objects.filter(person=mercy.mara).update(end_date=TODAY)
        assert seen_by(mercy, mercy.mara) == set()

    def test_readers_from_elsewhere_read_nothing(self, mercy: World, seat: ProgrammeParticipant) -> None:
        make_profile(seat, readers=[mercy.eli.pk, mercy.henry.pk])
        assert seen_by(mercy, mercy.eli) == seen_by(mercy, mercy.henry) == set()

    @pytest.mark.parametrize("who", ["mara", "colin", "henry"])
    def test_nobody_touches_somebody_elses(self, mercy: World, seat: ProgrammeParticipant, who: str) -> None:
        made = make_profile(seat, readers=[mercy.mara.pk])
        with acting(mercy.people[who]):
            assert Profile.objects.filter(pk=made.pk).update(words="Mine now") == 0
            assert Profile.objects.filter(pk=made.pk)._raw_delete("default") == 0
        with acting(mercy.people[who]), pytest.raises(DatabaseError, match="row-level security"):
            Profile.objects.create(participant=seat, instrument="x", made_on=TODAY, kept_on=TODAY)

    def test_the_trail_has_none_of_it(self, mercy: World, seat: ProgrammeParticipant) -> None:
        make_profile(seat, words="Quiet, mostly")
        (change,) = AuditEntry.objects.filter(table_name="partnerships_profile").values_list(
            "change", flat=True
        )
        assert {change[name] for name in ("instrument", "made_on", "words", "readers")} == {"redacted"}

    def test_keeping_it_is_for_themselves(self, mercy: World, seat: ProgrammeParticipant) -> None:
        for who in (mercy.mara, mercy.colin, mercy.henry):
            for act in (show_profile, hide_profile, drop_profile):
                with acting(who), pytest.raises(PermissionDenied):
                    act(seat, by=member_of(who))
            with acting(who), pytest.raises(PermissionDenied):
                keep_profile(seat, "x", TODAY, "", None, by=member_of(who))

    def test_it_is_refused_with_a_reason(
        self, mercy: World, programme: PartnershipProgramme, seat: ProgrammeParticipant
    ) -> None:
        with acting(mercy.ada):
            ada = member_of(mercy.ada)
            with pytest.raises(ValidationError, match="not before"):
                keep_profile(seat, "x", TODAY + dt.timedelta(days=1), "", None, by=ada)
            with pytest.raises(ValidationError, match="Nothing is kept"):
                show_profile(seat, by=ada)
        make_profile(seat_of(programme, mercy.eli))
        with acting(mercy.eli), pytest.raises(ValidationError, match="Nobody who leads with you"):
            show_profile(seat_of(programme, mercy.eli), by=member_of(mercy.eli))

    def test_in_a_closed_programme_it_is_taken_back_and_away(
        self, mercy: World, programme: PartnershipProgramme, seat: ProgrammeParticipant
    ) -> None:
        make_profile(seat, readers=[mercy.mara.pk])
        PartnershipProgramme.objects.update(closed_on=TODAY)
        with acting(mercy.ada):
            ada = member_of(mercy.ada)
            with pytest.raises(ValidationError, match="is closed"):
                keep_profile(seat, "x", TODAY, "", None, by=ada)
            assert not hide_profile(seat, by=ada).is_shown
            drop_profile(seat, by=ada)
        assert seen_by(mercy, mercy.ada) == set()


class TestTheFile:
    @pytest.fixture
    def seat(self, mercy: World, dyad: Partnership) -> ProgrammeParticipant:
        return seat_of(make_programme(mercy.root, mercy.colin, mercy.eli, dyad), mercy.ada)

    def test_a_new_one_takes_the_place_of_the_old_one(
        self, mercy: World, seat: ProgrammeParticipant, django_capture_on_commit_callbacks: object
    ) -> None:
        with acting(mercy.ada), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            ada = member_of(mercy.ada)
            first = keep_profile(seat, "Tool", TODAY, "", report(), by=ada).file.name
            kept = keep_profile(seat, "Tool", TODAY, "Words", None, by=ada)
            assert (kept.file.name, kept.file_name) == (first, "profile.pdf")
            second = keep_profile(seat, "Tool", TODAY, "", report(), by=ada).file.name
        assert first is not None
        assert second is not None
        assert first.startswith(f"{mercy.organization.pk}/profiles/")
        assert [kept.file.storage.exists(name) for name in (first, second)] == [False, True]
        with acting(mercy.ada), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            drop_profile(seat, by=ada)
        assert not kept.file.storage.exists(second)


def address(world: World, name: str, seat: ProgrammeParticipant) -> str:
    return reverse(f"partnerships:programme_{name}", args=[world.slug, seat.programme_id, seat.pk])


class TestThePages:
    @pytest.fixture
    def programme(self, mercy: World) -> PartnershipProgramme:
        dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
        return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)

    def test_it_is_kept_shown_and_taken_back(
        self, mercy: World, programme: PartnershipProgramme, sign_in: SignIn
    ) -> None:
        hers, his = seat_of(programme, mercy.ada), seat_of(programme, mercy.mara)
        ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
        form = {"instrument": "Traits", "made_on": str(TODAY), "words": "Slow to warm", "file": report()}
        assert ada.post(address(mercy, "profile", hers), form).status_code == 302
        page = ada.get(address(mercy, "participant", hers)).content.decode()
        assert "Slow to warm" in page
        assert "being checked" in page
        assert ada.get(address(mercy, "profile_file", hers)).status_code == 403
        work_all_steps(mercy.organization.pk)
        paper = ada.get(address(mercy, "profile_file", hers))
        assert (paper.content, paper["Cache-Control"]) == (b"%PDF-1.7 profile", "private, no-store")
        assert "sandbox" in paper["Content-Security-Policy"]
        for who in (mercy.colin, mercy.henry, mercy.eli):
            client = sign_in(who)
            assert "Slow to warm" not in client.get(address(mercy, "participant", hers)).content.decode()
            assert client.get(address(mercy, "profile_file", hers)).status_code == 404
        ada = sign_in(mercy.ada)
        assert ada.post(address(mercy, "profile_show", hers)).status_code == 302
        mara = sign_in(mercy.mara)
        assert "Slow to warm" in mara.get(address(mercy, "participant", his)).content.decode()
        assert mara.get(address(mercy, "profile_file", hers)).status_code == 200
        sign_in(mercy.ada).post(address(mercy, "profile_hide", hers))
        assert sign_in(mercy.mara).get(address(mercy, "profile_file", hers)).status_code == 404

    def test_what_is_no_report_is_refused_beside_the_field(
        self, mercy: World, programme: PartnershipProgramme, sign_in: SignIn
    ) -> None:
        file = SimpleUploadedFile("mine.exe", b"MZ")
        form = {"instrument": "Traits", "made_on": str(TODAY), "file": file}
        answer = sign_in(mercy.ada).post(address(mercy, "profile", seat_of(programme, mercy.ada)), form)
        assert answer.status_code == 422
        assert "is not a PDF, PNG or JPEG file" in answer.content.decode()


class TestTheCount:
    """All that others learn, in the case report."""

    @pytest.mark.parametrize(
        ("people", "kept", "told"),
        [(4, 4, None), (6, 4, (0, 4)), (6, 6, (2, 6)), (10, 4, (0, 4)), (10, 5, (5, 5)), (10, 6, (6, 10))],
    )
    def test_nobody_is_singled_out(
        self, mercy: World, in_mercy: Scope, people: int, kept: int, told: tuple[int, int] | None
    ) -> None:
        sponsors = [make_person(mercy.organization, f"No{number}", mercy.unit) for number in range(people)]
        programme = make_programme(mercy.root, mercy.colin, sponsors[0])
        for person in sponsors[1:]:
            ProgrammeParticipant.objects.create(programme=programme, person=person, kind="sponsor")
        loaded = programme_as_loaded(programme)
        for seat in loaded.participants_by_name[:kept]:
            make_profile(seat)
        assert profiles_kept(loaded) == told

    def test_the_database_counts_from_the_threshold_on(self, mercy: World, dyad: Partnership) -> None:
        programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
        make_profile(seat_of(programme, mercy.ada))
        with connection.cursor() as cursor:
            cursor.execute("SELECT partnerships_profiles_kept(%s)", [programme.pk])
            assert cursor.fetchone() == (None,)
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'partnerships_profiles_kept'")
            assert f"count(*) >= {THRESHOLD_FLOOR} " in cursor.fetchone()[0]
