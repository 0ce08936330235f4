"""Promotion summaries: what is on the page, its code, its files, and what whoever holds it finds out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from passport.models import PassportRead, PromotionSummary, Stamp
from passport.summaries.issuing import comparison_today, issue_summary, summary_behind
from passport.summaries.items import Item, ItemKind, digest_of_all
from passport.summaries.paper import MOST_ITEMS, drawing_of, sheet_of
from people.models import Person
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import make_claim, make_holder, make_milestone, make_stage, make_stamp
from tests.members import member_of
from tests.world import World
from web.pdf import pdf_page

SignIn = Callable[[Person], Client]


@pytest.fixture
def stamp(mercy: World, in_mercy: Scope) -> Stamp:
    make_holder(mercy.ada)
    stage = make_stage(mercy.organization)
    make_claim(mercy.ada, make_milestone(stage, title="Shadowed"))  # claimed, and nobody has looked
    return make_stamp(mercy.ada, make_milestone(stage, title="Led a project"), mercy.mara)


@pytest.fixture
def summary(mercy: World, stamp: Stamp) -> PromotionSummary:
    return issue_summary(mercy.ada.pk, by=member_of(mercy.ada))


def text_of(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


def test_only_what_is_attested_is_on_it(mercy: World, summary: PromotionSummary) -> None:
    assert [item["title"] for item in summary.content["items"]] == ["Led a project"]
    assert summary.content["items"][0]["attested_by"] == mercy.mara.name
    assert summary.digest == digest_of_all(summary.content["items"])


def test_without_anything_attested_there_is_none(mercy: World, in_mercy: Scope) -> None:
    make_holder(mercy.ada)
    with pytest.raises(ValidationError, match="Nothing is attested yet"):
        issue_summary(mercy.ada.pk, by=member_of(mercy.ada))
    assert not PromotionSummary.objects.exists()


def test_the_same_of_one_day_is_the_same_page(mercy: World, summary: PromotionSummary) -> None:
    assert issue_summary(mercy.ada.pk, by=member_of(mercy.ada)) == summary


def test_a_code_is_read_as_people_copy_it(summary: PromotionSummary) -> None:
    assert summary_behind(summary.code_in_groups.lower().replace("0", "o").replace("1", "l")) == summary
    assert summary_behind(summary.code[:-1]) is None
    assert summary_behind("") is None


def test_the_record_of_today_is_compared_with_the_paper(
    mercy: World, summary: PromotionSummary, stamp: Stamp
) -> None:
    assert comparison_today(summary).matches
    make_stamp(mercy.ada, make_milestone(stamp.milestone.stage, title="Chaired"), mercy.mara)
    later = comparison_today(summary)
    assert (later.printed, later.gone, later.since) == (1, 0, 1)


@pytest.mark.parametrize("change", ["content = '{}'", "code = 'AAAAABBBBBCCCCCDDDDD'", "revoked_at = NULL"])
def test_the_database_keeps_what_was_printed(summary: PromotionSummary, change: str) -> None:
    PromotionSummary.objects.update(revoked_at=summary.made_at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE passport_promotionsummary SET {change}")


def test_the_paper_is_one_tagged_page_with_its_code(summary: PromotionSummary) -> None:
    paper = pdf_page(
        sheet_of(summary, organization="Mercy", address="https://example.org/summaries/mercy/X/")
    )
    read = PdfReader(io.BytesIO(paper))
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "pdfuaid" in (read.xmp_metadata.stream.get_data().decode() if read.xmp_metadata else "")
    words = text_of(paper)
    for expected in ("Led a project", "Mara", summary.code_in_groups, "https://example.org/summaries"):
        assert expected in words.replace("\n", "") or expected in words
    assert "Shadowed" not in words


def test_many_items_fit_on_one_page_and_the_rest_is_counted(summary: PromotionSummary) -> None:
    item = Item(
        ItemKind.STAMP,
        "A title of usual length for it",
        summary.made_at.date(),
        "Mara",
        summary.made_at.date(),
    )
    summary.content["items"] = [item.as_plain()] * (MOST_ITEMS + 7)
    paper = pdf_page(sheet_of(summary, organization="Mercy", address="https://example.org/"))
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
    assert "7 earlier items are left out" in text_of(paper).replace("\n", " ")


def test_the_square_says_the_address() -> None:
    first, second = drawing_of("https://example.org/a/"), drawing_of("https://example.org/b/")
    assert first != second
    assert first == drawing_of("https://example.org/a/")
    assert 'viewBox="0 0 33 33"' in first  # version 2 has 25 modules, and four of quiet on each side


def test_it_is_made_on_the_page_and_carried_away(mercy: World, stamp: Stamp, sign_in: SignIn) -> None:
    ada, place = sign_in(mercy.ada), reverse("passport:summaries", args=[mercy.slug])
    assert "No summary yet" in ada.get(place).content.decode()
    paper = ada.post(place, follow=True)
    assert paper["Content-Type"] == "application/pdf"
    made = PromotionSummary.objects.get()
    assert made.code_in_groups in ada.get(place).content.decode()
    data = ada.get(reverse("passport:summary_file", args=[mercy.slug, made.pk, "json"]))
    assert json.loads(data.content)["items"] == made.content["items"]
    table = ada.get(reverse("passport:summary_file", args=[mercy.slug, made.pk, "csv"]))
    rows = list(
        csv.reader(
            io.StringIO(
                b"".join(table).decode("utf-8-sig") if table.streaming else table.content.decode("utf-8-sig")
            )
        )
    )
    assert rows[-1][:2] == ["Milestones", "Led a project"]
    assert ada.get(reverse("passport:summary_file", args=[mercy.slug, made.pk, "exe"])).status_code == 404


def test_whoever_looks_is_on_record(mercy: World, summary: PromotionSummary, sign_in: SignIn) -> None:
    address = reverse("passport:summary_file", args=[mercy.slug, summary.pk, "pdf"])
    assert sign_in(mercy.mara).get(address).status_code == 200
    assert PassportRead.objects.filter(person=mercy.ada, reader=mercy.mara, what="summary").exists()
    assert sign_in(mercy.colin).get(address).status_code == 404


def checked(world: World, code: str) -> tuple[int, str]:
    answer = Client().get(reverse("summaries:check", args=[world.slug, code]))
    return answer.status_code, " ".join(answer.content.decode().split())


def test_anybody_who_holds_the_paper_checks_it(
    mercy: World, fenwick: World, summary: PromotionSummary
) -> None:
    status, page = checked(mercy, summary.code)
    assert status == 200
    assert "<b>Genuine.</b>" in page
    assert "Led a project" in page
    assert checked(fenwick, summary.code)[0] == 404  # another organisation knows nothing of it
    status, page = checked(mercy, "A" * 20)
    assert status == 404
    assert "has this code" in page


def test_a_typed_code_is_not_in_the_address_of_the_form(mercy: World, summary: PromotionSummary) -> None:
    place = reverse("summaries:page", args=[mercy.slug])
    answer = Client().post(place, {"code": summary.code_in_groups.lower()})
    assert answer["Location"] == reverse("summaries:check", args=[mercy.slug, summary.code])
    for nonsense in ("", "../..", "x" * 100):
        answer = Client().post(place, {"code": nonsense})
        assert answer.status_code == 404
        assert "has this code" in answer.content.decode()


def test_the_holder_takes_it_back_and_nobody_else(
    mercy: World, summary: PromotionSummary, sign_in: SignIn
) -> None:
    address = reverse("passport:summary_revoke", args=[mercy.slug, summary.pk])
    assert sign_in(mercy.mara).post(address).status_code == 404
    assert sign_in(mercy.ada).post(address).status_code == 302
    page = checked(mercy, summary.code)[1]
    assert "Revoked on" in page
    assert "Led a project" not in page
    with tenant_scope(mercy.organization.pk):
        assert issue_summary(mercy.ada.pk, by=member_of(mercy.ada)) != summary
