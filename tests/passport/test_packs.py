"""Packs for committees: who may make them, of whom, what is in the file, and how long it is kept."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from passport.models import CommitteePack, PackEntry, PackPiece, PassportRead, PromotionSummary
from passport.summaries.packs import KEPT, MOST, draw_pack, drop_old_packs, people_for_packs, request_pack
from people.models import CohortMembership, Person, RoleGrant
from tenancy.jobs.ledger import work_all_steps
from tenancy.pieces import open_pieces
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import make_holder, make_milestone, make_stage, make_stamp
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def attested(mercy: World, in_mercy: Scope) -> World:
    """Colin and Ada have a stamp each; Eli has a Passport and nothing in it."""
    stage = make_stage(mercy.organization)
    milestone = make_milestone(stage, title="Led a project")
    for serial, person in enumerate((mercy.colin, mercy.ada), 1):
        make_holder(person, serial=serial)
        make_stamp(person, milestone, mercy.mara)
    make_holder(mercy.eli, serial=3)
    return mercy


def numbers(*people: Person) -> str:
    return "\n".join(person.external_id for person in people)


def drawn(world: World, *people: Person, by: Person | None = None) -> CommitteePack:
    member = member_of(by or world.henry)
    pack = request_pack("Spring", [person.pk for person in people], by=member)
    work_all_steps(world.organization.pk)
    return CommitteePack.objects.get(pk=pack.pk)


def test_it_holds_a_page_each_in_the_committees_order(attested: World) -> None:
    pack = drawn(attested, attested.colin, attested.eli, attested.ada)
    assert pack.is_kept
    with open_pieces(pack.pieces) as file:  # type: ignore[attr-defined]  # of the pieces' table
        read = PdfReader(io.BytesIO(file.read()))
    assert len(read.pages) == 2
    for page, person in zip(read.pages, (attested.colin, attested.ada), strict=True):
        assert person.name in page.extract_text()
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    left_out = PackEntry.objects.get(pack=pack, person=attested.eli)
    assert left_out.summary is None
    for person in (attested.ada, attested.colin):
        assert PassportRead.objects.filter(person=person, reader=attested.henry, what="summary").exists()


def test_drawing_takes_the_same_queries_for_more_people(attested: World) -> None:
    counts = []
    for people in ([attested.ada], [attested.colin, attested.ada]):
        pack = CommitteePack.objects.create(title="Spring", made_by=attested.henry, made_at=timezone.now())
        PackEntry.objects.bulk_create(
            PackEntry(pack=pack, person=person, place=place) for place, person in enumerate(people)
        )
        with CaptureQueriesContext(connection) as asked:
            assert draw_pack(pack.pk) == len(people)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_of_nobody_with_anything_attested_there_is_no_file(attested: World) -> None:
    pack = drawn(attested, attested.eli)
    assert pack.drawn_at is not None
    assert not pack.is_kept
    assert not PackPiece.objects.exists()


def test_a_director_puts_in_whom_they_look_after(attested: World) -> None:
    RoleGrant.objects.filter(person=attested.paula).update(cohort=attested.cohort)
    CohortMembership.objects.filter(person=attested.colin).delete()
    seen = people_for_packs(member_of(attested.paula), on=timezone.localdate())
    assert attested.ada in seen
    assert attested.colin not in seen
    # Asked for before the rights changed, drawn after it: whom they may not see is left out.
    pack = drawn(attested, attested.colin, attested.ada, by=attested.paula)
    assert set(PromotionSummary.objects.values_list("person", flat=True)) == {attested.ada.pk}
    assert pack.summary_count == 1


def test_whoever_lost_the_role_gets_nothing(attested: World) -> None:
    pack = request_pack("Spring", [attested.ada.pk], by=member_of(attested.henry))
    RoleGrant.objects.filter(person=attested.henry).delete()
    work_all_steps(attested.organization.pk)
    assert not PromotionSummary.objects.exists()
    assert CommitteePack.objects.get(pk=pack.pk).drawn_at is None
    with pytest.raises(PermissionDenied, match="put packs for committees together"):
        request_pack("Spring", [attested.ada.pk], by=member_of(attested.mara))


def test_its_file_is_dropped_when_its_time_is_over(attested: World) -> None:
    pack = drawn(attested, attested.ada)
    now = timezone.now()
    assert drop_old_packs(now=now + KEPT - dt.timedelta(hours=1)) == 0
    assert drop_old_packs(now=now + KEPT + dt.timedelta(hours=1)) == 1
    assert not PackPiece.objects.exists()
    assert not CommitteePack.objects.get(pk=pack.pk).is_kept
    assert PromotionSummary.objects.exists()  # it stays behind its code


def test_it_is_made_and_carried_away_on_the_page(attested: World, sign_in: SignIn) -> None:
    henry, slug = sign_in(attested.henry), attested.slug
    place = reverse("passport:packs", args=[slug])
    assert "No pack yet" in henry.get(place).content.decode()
    sent = henry.post(place, {"title": "Spring 2027", "numbers": numbers(attested.colin, attested.ada)})
    assert sent.status_code == 302
    watched = henry.get(sent["Location"]).content.decode()
    assert "waiting" in watched
    work_all_steps(attested.organization.pk)
    with tenant_scope(attested.organization.pk):
        pack = CommitteePack.objects.get()
    polled = henry.get(reverse("passport:pack_progress", args=[slug, pack.pk]))
    assert polled.status_code == 286  # polling ends

    def carried(kind: str) -> bytes:
        answer = henry.get(reverse("passport:pack_file", args=[slug, pack.pk, kind]))
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]

    assert len(PdfReader(io.BytesIO(carried("pdf"))).pages) == 2
    assert [each["name"] for each in json.loads(carried("json"))] == [attested.colin.name, attested.ada.name]
    rows = list(csv.reader(io.StringIO(carried("csv").decode("utf-8-sig"))))
    assert [row[0] for row in rows[-2:]] == [attested.colin.name, attested.ada.name]
    assert henry.get(reverse("passport:pack_file", args=[slug, pack.pk, "exe"])).status_code == 404


def test_a_pack_is_its_makers(attested: World, sign_in: SignIn) -> None:
    pack = drawn(attested, attested.ada)
    paula = sign_in(attested.paula)
    for name, more in (("pack", []), ("pack_progress", []), ("pack_file", ["pdf"])):
        assert paula.get(reverse(f"passport:{name}", args=[attested.slug, pack.pk, *more])).status_code == 404
    assert sign_in(attested.mara).get(reverse("passport:packs", args=[attested.slug])).status_code == 403


def test_a_cohort_fills_in_its_members(attested: World, sign_in: SignIn) -> None:
    place = reverse("passport:packs", args=[attested.slug])
    page = sign_in(attested.henry).get(f"{place}?cohort={attested.cohort.pk}").content.decode()
    assert attested.ada.external_id in page
    assert attested.mara.external_id not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "This field is required."),
        ("NOBODY-1", "Line 1: nobody who works here has the staff number NOBODY-1."),
        ("{ada}\n{ada}", "stands in line 1 already."),
        (
            "\n".join(map(str, range(MOST + 1))),
            f"There are {MOST + 1} staff numbers; a pack holds at most {MOST}",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(attested: World, sign_in: SignIn, typed: str, words: str) -> None:
    sent = {"title": "Spring", "numbers": typed.format(ada=attested.ada.external_id)}
    answer = sign_in(attested.henry).post(reverse("passport:packs", args=[attested.slug]), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with tenant_scope(attested.organization.pk):
        assert not CommitteePack.objects.exists()
