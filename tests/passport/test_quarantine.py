"""Files wait until they were looked at, and nobody reads one before."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from passport.enums import FileFinding, FileState, StampState
from passport.evidence_files import check_evidence_file, evidence_response
from passport.models import HeldFile, Milestone, Stamp
from passport.permissions import Subject
from passport.quarantine import hold, require_clean, with_held
from passport.scanning import ask_for_those_left, scan
from passport.services import Evidence, decline_stamp, replace_file, submit_evidence, verify_stamp
from people.models import Person
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import AuditEntry, JobStep
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import find_milestone, make_holder, make_presets
from tests.factories.people import make_organization
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
PDF = b"%PDF-1.7 evidence"
# A scanner as docs/operations.md asks for one, which knows a single virus.
SCANNER = [sys.executable, "-c", "import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())"]


@pytest.fixture
def milestone(mercy: World, in_mercy: Scope) -> Milestone:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def claim(world: World, milestone: Milestone, content: bytes = PDF, statement: str = "I was there.") -> Stamp:
    evidence = Evidence(TODAY, statement, file=ContentFile(content, name="note.pdf"))
    return submit_evidence(Subject(world.ada.pk), milestone, evidence, by=member_of(world.ada))


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_file_waits_is_looked_at_and_is_read_then(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    held = HeldFile.objects.get()
    assert (held.path, held.state, held.readable, held.size) == (stamp.file.name, "waiting", "", len(PDF))
    with pytest.raises(PermissionDenied, match="being checked"):
        evidence_response(stamp.file, "note.pdf")
    work_all_steps(mercy.organization.pk)
    held.refresh_from_db()
    assert (held.state, held.readable, held.scanner) == (FileState.CLEAN, stamp.file.name, "")
    assert evidence_response(stamp.file, "note.pdf").content == PDF


def test_nobody_verifies_by_a_file_that_waits(mercy: World, milestone: Milestone) -> None:
    stamp, mara = claim(mercy, milestone), member_of(mercy.mara)
    with pytest.raises(ValidationError, match="being checked"):
        verify_stamp(stamp, subject=Subject(mercy.ada.pk), by=mara)
    verified = f"state = 'verified', decided_at = now(), verified_by_id = '{mercy.mara.pk}'"
    with pytest.raises(DatabaseError, match="files that are clean"):
        run(f"UPDATE passport_stamp SET {verified}")
    work_all_steps(mercy.organization.pk)
    assert verify_stamp(stamp, subject=Subject(mercy.ada.pk), by=mara).state == StampState.VERIFIED


def test_a_claim_is_declined_at_any_time(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    declined = decline_stamp(
        stamp, reason="Say more.", subject=Subject(mercy.ada.pk), by=member_of(mercy.mara)
    )
    assert declined.state == StampState.DECLINED


@pytest.mark.parametrize(
    "change",
    [
        "state = 'waiting', scanned_at = NULL",
        "state = 'refused', finding = 'kind'",
        "path = 'elsewhere'",
        "sha256 = repeat('0', 64)",
        "size = 1",
    ],
)
def test_what_was_found_of_a_file_stays(mercy: World, milestone: Milestone, change: str) -> None:
    claim(mercy, milestone)
    work_all_steps(mercy.organization.pk)
    with pytest.raises(DatabaseError, match="checked once"):
        run(f"UPDATE passport_heldfile SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "path = 'elsewhere', state = 'clean', scanned_at = now()",
        "readable = path",
        "state = 'clean'",
        "state = 'refused', scanned_at = now()",
    ],
)
def test_no_file_is_readable_in_another_way(mercy: World, milestone: Milestone, change: str) -> None:
    claim(mercy, milestone)
    with pytest.raises(DatabaseError):
        run(f"UPDATE passport_heldfile SET {change}")
    assert HeldFile.objects.get().readable == ""


def test_no_file_comes_in_clean(mercy: World, in_mercy: Scope) -> None:
    with pytest.raises(DatabaseError, match="checked once"), transaction.atomic():
        HeldFile.objects.create(
            path="x",
            state=FileState.CLEAN,
            size=1,
            sha256="0",
            held_at=timezone.now(),
            scanned_at=timezone.now(),
        )


def test_a_file_of_which_nothing_is_held_is_not_handed_out(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    HeldFile.objects.all().delete()
    with pytest.raises(PermissionDenied):
        evidence_response(stamp.file, "note.pdf")
    with pytest.raises(ValidationError):
        require_clean(stamp.file)


def test_other_bytes_than_those_looked_at_are_not_handed_out(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    work_all_steps(mercy.organization.pk)
    with default_storage.open(stamp.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 swapped")
    with pytest.raises(PermissionDenied):
        evidence_response(stamp.file, "note.pdf")


@pytest.mark.parametrize("swapped", [None, b"%PDF-1.7 swapped"])
def test_a_file_that_is_gone_or_another_is_refused(
    mercy: World, milestone: Milestone, swapped: bytes | None
) -> None:
    stamp = claim(mercy, milestone)
    if swapped is None:
        default_storage.delete(stamp.file.name)
    else:
        with default_storage.open(stamp.file.name, "wb") as stored:
            stored.write(swapped)
    work_all_steps(mercy.organization.pk)
    held = HeldFile.objects.get()
    assert (held.state, held.finding) == (FileState.REFUSED, FileFinding.CHANGED)


def test_the_scanner_of_the_installation_is_asked(
    mercy: World,
    milestone: Milestone,
    settings: Settings,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    settings.EVIDENCE_SCANNER = SCANNER
    stamp = claim(mercy, milestone, PDF + b" EICAR")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        work_all_steps(mercy.organization.pk)
    held = HeldFile.objects.get()
    assert (held.state, held.finding, held.readable) == (FileState.REFUSED, FileFinding.MALWARE, "")
    assert held.scanner.startswith("python")
    assert not default_storage.exists(held.path)
    titles = [title for who, title in told() if who == {mercy.ada.pk}]
    assert titles == ["The file you showed for “Shadow a chair meeting” was refused: hand in another one."]
    with pytest.raises(ValidationError, match="was refused"):
        verify_stamp(stamp, subject=Subject(mercy.ada.pk), by=member_of(mercy.mara))


def test_what_the_scanner_finds_clean_is_clean(
    mercy: World, milestone: Milestone, settings: Settings
) -> None:
    settings.EVIDENCE_SCANNER = SCANNER
    claim(mercy, milestone)
    work_all_steps(mercy.organization.pk)
    assert HeldFile.objects.get().state == FileState.CLEAN


@pytest.mark.parametrize(
    "scanner",
    [
        [sys.executable, "-c", "raise SystemExit(2)"],
        ["/nowhere/scanner"],
        [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ],
)
def test_a_scanner_that_cannot_look_keeps_the_file_held(
    mercy: World, milestone: Milestone, settings: Settings, scanner: list[str]
) -> None:
    settings.EVIDENCE_SCANNER = scanner
    claim(mercy, milestone)
    work_all_steps(mercy.organization.pk)
    assert HeldFile.objects.get().state == FileState.WAITING
    step = JobStep.objects.get(run__job="passport.scan")
    assert (step.state, step.attempts, step.error) == (JobStep.State.WAITING, 1, "ScannerError")
    settings.EVIDENCE_SCANNER = SCANNER
    scan(HeldFile.objects.get().pk)
    assert HeldFile.objects.get().state == FileState.CLEAN


def test_a_file_is_looked_at_once(mercy: World, milestone: Milestone) -> None:
    claim(mercy, milestone)
    held = HeldFile.objects.get()
    assert [scan(held.pk), scan(held.pk)] == [FileState.CLEAN, None]


def test_files_from_before_are_asked_for_each_night(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    HeldFile.objects.all().delete()
    HeldFile.objects.create(path=stamp.file.name, size=0, sha256="", held_at=timezone.now())
    assert ask_for_those_left() == 1
    work_all_steps(mercy.organization.pk)
    assert evidence_response(stamp.file, "note.pdf").content == PDF
    assert ask_for_those_left() == 0


def test_the_trail_tells_that_a_file_came_not_which(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    entry = AuditEntry.objects.get(table_name="passport_heldfile")
    assert stamp.file.name not in str(entry.change)
    assert HeldFile.objects.get().sha256 not in str(entry.change)


def test_a_page_without_files_asks_for_none(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    (found,) = with_held([Stamp.objects.get(pk=stamp.pk)])
    assert found.held.state == FileState.WAITING
    assert with_held([Stamp(milestone=milestone)])[0].held is None


class TestReplacing:
    @pytest.fixture
    def refused(self, mercy: World, milestone: Milestone) -> Stamp:
        """A claim whose file turned out to hold scripts."""
        stamp = claim(mercy, milestone, b"%PDF-1.7 <</S /JavaScript>>")
        work_all_steps(mercy.organization.pk)
        return stamp

    def test_another_file_takes_its_place_and_the_words_stay(self, mercy: World, refused: Stamp) -> None:
        replace_file(refused, ContentFile(PDF, name="better.pdf"), by=member_of(mercy.ada))
        stamp = Stamp.objects.get()
        assert (stamp.pk, stamp.statement, stamp.file_name) == (refused.pk, "I was there.", "better.pdf")
        assert HeldFile.objects.get().path == stamp.file.name != refused.file.name
        work_all_steps(mercy.organization.pk)
        assert evidence_response(stamp.file, "better.pdf").content == PDF

    def test_without_it_the_words_remain(self, mercy: World, refused: Stamp) -> None:
        replace_file(refused, None, by=member_of(mercy.ada))
        stamp = verify_stamp(refused, subject=Subject(mercy.ada.pk), by=member_of(mercy.mara))
        assert (stamp.file_name, bool(stamp.file), stamp.state) == ("", False, StampState.VERIFIED)
        assert not HeldFile.objects.exists()

    def test_a_file_that_was_all_is_replaced_by_another(self, mercy: World, milestone: Milestone) -> None:
        stamp = claim(mercy, milestone, b"%PDF-1.7 /Launch", statement="")
        work_all_steps(mercy.organization.pk)
        with pytest.raises(ValidationError, match="all you showed"):
            replace_file(stamp, None, by=member_of(mercy.ada))

    def test_by_its_holder_alone(self, mercy: World, refused: Stamp) -> None:
        with pytest.raises(PermissionDenied):
            replace_file(refused, None, by=member_of(mercy.mara))

    def test_a_clean_file_stays_what_it_was(self, mercy: World, milestone: Milestone) -> None:
        stamp = claim(mercy, milestone)
        work_all_steps(mercy.organization.pk)
        with pytest.raises(ValidationError, match="Only a file that was refused"):
            replace_file(stamp, ContentFile(PDF, name="other.pdf"), by=member_of(mercy.ada))
        with pytest.raises(DatabaseError, match="not changed in this way"):
            run("UPDATE passport_stamp SET file = 'other'")

    def test_on_the_page(self, mercy: World, refused: Stamp, sign_in: SignIn) -> None:
        page = reverse("passport:milestone", args=[mercy.slug, mercy.ada.pk, refused.milestone_id])
        verifier = sign_in(mercy.mara)
        seen = verifier.get(page).content.decode()
        assert "note.pdf: refused." in seen
        assert "nobody can read it" in seen
        inbox = verifier.get(reverse("passport:inbox", args=[mercy.slug])).content.decode()
        assert "file refused" in inbox
        assert verifier.get(reverse("passport:file", args=[mercy.slug, refused.pk])).status_code == 403
        ada, url = sign_in(mercy.ada), reverse("passport:replace", args=[mercy.slug, refused.pk])
        assert "Replace the file" in ada.get(page).content.decode()
        answer = ada.post(url)
        assert answer.status_code == 422
        assert "Choose a file." in answer.content.decode()
        answer = ada.post(url, {"file": SimpleUploadedFile("virus.exe", b"MZ")})
        assert answer.status_code == 422
        assert "not a PDF, PNG or JPEG" in answer.content.decode()
        answer = ada.post(url, {"file": SimpleUploadedFile("note.pdf", PDF)}, follow=True)
        assert "note.pdf: being checked." in answer.content.decode()
        assert "I was there." in answer.content.decode()


def test_a_form_looks_at_the_content_not_at_what_the_browser_says() -> None:
    check_evidence_file(SimpleUploadedFile("note.pdf", PDF, content_type="text/plain"))
    with pytest.raises(ValidationError, match="not what its name says"):
        check_evidence_file(SimpleUploadedFile("note.png", PDF, content_type="image/png"))


def test_another_organisation_holds_its_own_files(mercy: World, milestone: Milestone) -> None:
    stamp = claim(mercy, milestone)
    work_all_steps(mercy.organization.pk)
    with tenant_scope(make_organization("elsewhere").pk):
        assert hold(stamp.file).state == FileState.WAITING
        with pytest.raises(PermissionDenied):
            evidence_response(stamp.file, "note.pdf")
