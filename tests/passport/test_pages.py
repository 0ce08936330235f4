"""The pages of the Passport as people use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from passport.enums import ReadOf, StampState
from passport.models import Milestone, PassportRead, Stage, Stamp
from people.models import Person
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.held_files import zipped
from tests.factories.passport import find_milestone, make_claim, make_holder, make_presets, make_stamp
from tests.factories.people import make_line, make_person
from tests.world import World

SignIn = Callable[[Person], Client]
PDF = b"%PDF-1.7 evidence"
OFFICE = zipped("word/document.xml", "word/vbaProject.bin")


@pytest.fixture
def milestone(mercy: World) -> Milestone:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def milestone_url(world: World, milestone: Milestone) -> str:
    return reverse("passport:milestone", args=[world.slug, world.ada.pk, milestone.pk])


def stamps(world: World) -> list[Stamp]:
    with tenant_scope(world.organization.pk):
        return list(Stamp.objects.order_by("submitted_on"))


def looks_at_evidence(world: World) -> int:
    with tenant_scope(world.organization.pk):
        return PassportRead.objects.filter(what=ReadOf.EVIDENCE).count()


def test_the_passport_shows_card_map_stamps_and_helper(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    make_stamp(mercy.ada, milestone, mercy.mara)
    page = sign_in(mercy.ada).get(reverse("passport:mine", args=[mercy.slug])).content.decode()
    assert "CL-2024-00001" in page
    assert "P&lt;MERMERCY&lt;&lt;ADA&lt;" in page
    assert "verified by Mara Mercy" in page
    assert "1 of 5 required" in page
    assert "4 required milestones left in this stage" in page
    assert "Immediate leader" in page
    assert "<c-" not in page


def test_a_stage_that_is_done_says_what_comes_next(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    client, url = sign_in(mercy.ada), reverse("passport:mine", args=[mercy.slug])
    assert "when HR records" not in client.get(url).content.decode()
    with tenant_scope(mercy.organization.pk):
        required = list(Milestone.objects.filter(stage__key="resident", required=True))
        ahead = Milestone.objects.filter(stage__key="fellow", required=True).order_by("position").first()
    for one in required:
        make_stamp(mercy.ada, one, mercy.mara)
    _before, _title, card = client.get(url).content.decode().partition("What is next for me")
    card = card.partition("</section>")[0]
    assert "Your stage changes when HR records your new post." in card
    assert ahead is not None
    assert milestone_url(mercy, ahead) in card
    assert "Optional" in card


def test_without_a_passport_one_opens_it(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.mara)
    assert "Open my Passport" in client.get(reverse("passport:mine", args=[mercy.slug])).content.decode()
    page = client.post(reverse("passport:open", args=[mercy.slug]), follow=True).content.decode()
    assert "CL-" in page


def test_the_holder_sees_who_looked_and_nobody_else_does(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    looked = sign_in(mercy.mara).get(reverse("passport:person", args=[mercy.slug, mercy.ada.pk]))
    assert "sees that you looked" in looked.content.decode()
    assert "Who looked at my Passport" not in looked.content.decode()
    page = sign_in(mercy.ada).get(reverse("passport:reads", args=[mercy.slug])).content.decode()
    assert "Mara Mercy" in page
    with tenant_scope(mercy.organization.pk):
        assert PassportRead.objects.count() == 1


@pytest.mark.parametrize("name", ["passport:decide", "passport:revoke"])
def test_a_refused_form_shows_the_page_and_so_is_a_read(
    mercy: World, milestone: Milestone, sign_in: SignIn, name: str
) -> None:
    claim = make_claim(mercy.ada, milestone)
    url = reverse(name, args=[mercy.slug, claim.pk])
    assert sign_in(mercy.mara).post(url, {"decision": "decline"}).status_code == 422
    with tenant_scope(mercy.organization.pk):
        read = PassportRead.objects.get()
    assert (read.person_id, read.reader_id, read.what) == (mercy.ada.pk, mercy.mara.pk, "evidence")


def test_evidence_goes_from_the_form_to_the_verifier_and_back(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    url = milestone_url(mercy, milestone)
    upload = SimpleUploadedFile("notes.pdf", PDF, content_type="application/pdf")
    form = {"earned_on": "2024-06-01", "statement": "I was there.", "file": upload}
    assert sign_in(mercy.ada).post(url, form).status_code == 302
    (claim,) = stamps(mercy)
    verifier = sign_in(mercy.mara)
    assert (
        "Shadow a chair meeting"
        in verifier.get(reverse("passport:inbox", args=[mercy.slug])).content.decode()
    )
    inbox = reverse("passport:inbox", args=[mercy.slug])
    assert "file being checked" in verifier.get(inbox).content.decode()
    work_all_steps(mercy.organization.pk)
    assert "file being checked" not in verifier.get(inbox).content.decode()
    download = verifier.get(reverse("passport:file", args=[mercy.slug, claim.pk]))
    assert (download.content, download["Content-Disposition"]) == (PDF, 'attachment; filename="notes.pdf"')
    assert download["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in download["Content-Security-Policy"].split("; ")
    decide = reverse("passport:decide", args=[mercy.slug, claim.pk])
    refused = verifier.post(decide, {"decision": "decline", "note": ""})
    assert refused.status_code == 422
    assert "what is missing" in refused.content.decode()
    before = looks_at_evidence(mercy)
    answer = verifier.post(decide, {"decision": "verify", "note": "Well observed."}, follow=True)
    assert "Stamped: Shadow a chair meeting." in answer.content.decode()
    assert looks_at_evidence(mercy) == before > 0  # deciding is no further look
    assert stamps(mercy)[0].state == StampState.VERIFIED
    assert "Well observed." in sign_in(mercy.ada).get(url).content.decode()


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (("virus.exe", b"MZ"), "not a PDF, PNG or JPEG"),
        (("page.html", b"<script>"), "not a PDF, PNG or JPEG"),
        (("fake.pdf", b"<html>"), "not what its name says"),
        (("big.pdf", b"%PDF-" + b"0" * (10 * 2**20)), "10 MB is the limit"),
        (("empty.pdf", b""), "empty"),
        (("letter.docm", OFFICE), "can hold macros"),
        (("letter.pdf", OFFICE), "can hold macros"),
        (("sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), "can hold macros"),
        (("logo.svg", b"<?xml version='1.0'?><svg><script>alert(1)</script></svg>"), "holds scripts"),
        (("logo.png", b"<svg onload='alert(1)'/>"), "holds scripts"),
        (("logo.svg", b"<svg><path d='M0 0'/></svg>"), "not a PDF, PNG or JPEG"),
        (("form.pdf", b"%PDF-1.7 1 0 obj <</S /JavaScript /J#53 (x)>> endobj"), "holds scripts"),
    ],
)
def test_other_files_are_refused_and_the_words_kept(
    mercy: World, milestone: Milestone, sign_in: SignIn, upload: tuple[str, bytes], message: str
) -> None:
    form = {"earned_on": "2024-06-01", "statement": "My words.", "file": SimpleUploadedFile(*upload)}
    answer = sign_in(mercy.ada).post(milestone_url(mercy, milestone), form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "My words." in answer.content.decode()
    assert stamps(mercy) == []


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"earned_on": "2024-06-01"}, "Describe what you did"),
        ({"earned_on": "2199-01-01", "statement": "x"}, "once it is reached"),
        ({"earned_on": "2024-06-01", "link": "javascript:alert(1)"}, "URL"),
        ({"earned_on": "yesterday", "statement": "x"}, "valid date"),
    ],
)
def test_a_claim_that_makes_no_sense_says_why(
    mercy: World, milestone: Milestone, sign_in: SignIn, form: dict[str, str], message: str
) -> None:
    answer = sign_in(mercy.ada).post(milestone_url(mercy, milestone), form)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_claim_is_withdrawn_by_its_person_only(mercy: World, milestone: Milestone, sign_in: SignIn) -> None:
    url = reverse("passport:withdraw", args=[mercy.slug, make_claim(mercy.ada, milestone).pk])
    assert sign_in(mercy.mara).post(url).status_code == 403
    assert sign_in(mercy.colin).post(url).status_code == 404
    assert sign_in(mercy.ada).post(url).status_code == 302
    assert stamps(mercy) == []


def test_a_file_of_another_person_does_not_exist_for_a_colleague(
    mercy: World, milestone: Milestone, sign_in: SignIn
) -> None:
    form = {"earned_on": "2024-06-01", "file": SimpleUploadedFile("notes.pdf", PDF)}
    sign_in(mercy.ada).post(milestone_url(mercy, milestone), form)
    work_all_steps(mercy.organization.pk)
    url = reverse("passport:file", args=[mercy.slug, stamps(mercy)[0].pk])
    assert sign_in(mercy.ada).get(url).status_code == 200
    assert sign_in(mercy.colin).get(url).status_code == 404


def test_hr_renames_a_stage_and_adds_a_milestone(mercy: World, milestone: Milestone, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    with tenant_scope(mercy.organization.pk):
        stage = Stage.objects.get(key="fellow")
    client.post(
        reverse("passport:stage_edit", args=[mercy.slug, stage.pk]), {"name": "Registrar", "focus": "Depth"}
    )
    form = {
        "stage": stage.pk,
        "title": "Chair a journal club",
        "dimension": "team_leadership",
        "points": 5,
        "evidence_rule": "Dates.",
    }
    client.post(reverse("passport:milestone_new", args=[mercy.slug]), form)
    page = client.get(reverse("passport:stages", args=[mercy.slug])).content.decode()
    assert "Registrar" in page
    assert "Chair a journal club" in page
    again = client.post(reverse("passport:milestone_new", args=[mercy.slug]), form)
    assert again.status_code == 422
    assert "of this name" in again.content.decode()


def test_today_names_the_oldest_claims_and_counts_the_rest(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        milestones = list(Milestone.objects.order_by("position")[:7])
    for number, milestone in enumerate(milestones):
        make_claim(mercy.ada, milestone, submitted_on=dt.date(2026, 9, 1) + dt.timedelta(days=number))
    page = sign_in(mercy.mara).get(reverse("today", args=[mercy.slug])).content.decode()
    assert [milestone_url(mercy, milestone) in page for milestone in milestones] == [True] * 5 + [False] * 2
    assert f"Verify {milestones[0].title}" in page
    assert "Ada Mercy waits for an answer." in page
    assert "Verify 2 more milestones" in page
    with tenant_scope(mercy.organization.pk):
        assert PassportRead.objects.get().what == ReadOf.LIST
    assert "Verify" not in sign_in(mercy.colin).get(reverse("today", args=[mercy.slug])).content.decode()


@pytest.mark.parametrize(("name", "current"), [("ada", "Passport"), ("mara", "People")])
def test_ones_own_milestone_is_part_of_ones_passport(
    mercy: World, milestone: Milestone, sign_in: SignIn, name: str, current: str
) -> None:
    page = sign_in(mercy.people[name]).get(milestone_url(mercy, milestone))
    assert [link.label for link in page.context["shell"].nav if link.current] == [current]


def test_passport_inbox_and_api_ask_as_much_for_one_as_for_three(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    titles = ["Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget"]
    ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
    mine, inbox = reverse("passport:mine", args=[mercy.slug]), reverse("passport:inbox", args=[mercy.slug])
    api = f"/api/v1/o/{mercy.slug}/me/passport"
    milestones = [find_milestone(mercy.organization, title) for title in titles]
    make_stamp(mercy.ada, milestones[0], mercy.mara)
    make_claim(mercy.colin, milestones[0])
    one = (queries_of(ada, mine), queries_of(mara, inbox), queries_of(ada, api))
    for milestone in milestones[1:]:
        make_stamp(mercy.ada, milestone, mercy.mara)
        person = make_person(mercy.organization, "New", mercy.unit)
        make_line(person, mercy.mara, start_date=dt.date(2024, 1, 1))
        make_claim(person, milestone)
    assert len(ada.get(api).json()["stamps"]) == 3
    assert (queries_of(ada, mine), queries_of(mara, inbox), queries_of(ada, api)) == one
