"""Questionnaires out of the browser and back in as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from people.models import Person
from surveys.models import Instrument
from tenancy.scope import tenant_scope
from tests.factories.surveys import make_instrument, make_short_instrument
from tests.surveys.reading import address, composed
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def stella(mercy: World, sign_in: SignIn) -> Client:
    return sign_in(mercy.stella)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_what_is_exported_is_imported_again(mercy: World, stella: Client, ending: str) -> None:
    instrument = make_instrument(mercy.organization, key="climate", title="Climate")
    file = stella.get(address(mercy, f"instrument_{ending}", instrument.pk))
    assert file["Content-Disposition"] == f'attachment; filename="climate-1.{ending}"'
    upload = SimpleUploadedFile(f"climate-1.{ending}", file.content)
    data = {"file": upload, "version_of": str(instrument.pk)}
    answer = stella.post(address(mercy, "instrument_import"), data, follow=True)
    assert "This is the draft that it makes." in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        draft = Instrument.objects.get(version=2)
    assert (draft.key, draft.state) == ("climate", "draft")
    assert composed(draft) == composed(instrument)


def imported(world: World, client: Client, content: bytes, **more: Any) -> HttpResponse:
    upload = SimpleUploadedFile("a.csv", content)
    answer: HttpResponse = client.post(address(world, "instrument_import"), {"file": upload, **more})
    return answer


def test_a_faulty_file_lists_row_column_and_value_and_writes_nothing(mercy: World, stella: Client) -> None:
    answer = imported(mercy, stella, b"title,text,low\nA,One?,seven\n")
    assert answer.status_code == 422
    html = answer.content.decode()
    for words in (
        'data-label="Row or question">2<',
        ">low<",
        ">seven<",
        "Expected a whole number from 0 to 100.",
    ):
        assert words in html
    with tenant_scope(mercy.organization.pk):
        assert not Instrument.objects.exists()


def test_a_file_that_is_too_large_or_missing_is_said(mercy: World, stella: Client) -> None:
    answer = imported(mercy, stella, b"title,text\n" + b"x" * (1 << 20))
    assert answer.status_code == 422
    assert "The file has more than 1 MB." in answer.content.decode()
    assert imported(mercy, stella, b"x" * (4 << 20)).status_code == 413
    assert stella.post(address(mercy, "instrument_import"), {}).status_code == 422


def test_a_file_does_not_continue_what_is_not_there(mercy: World, fenwick: World, stella: Client) -> None:
    other = make_short_instrument(fenwick.organization)
    answer = imported(mercy, stella, b"title,text\nA,One?\n", version_of=str(other.pk))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"version_of"}


def test_json_is_sent_as_a_download_with_its_format(mercy: World, stella: Client) -> None:
    instrument = make_short_instrument(mercy.organization)
    content = json.loads(stella.get(address(mercy, "instrument_json", instrument.pk)).content)
    assert (content["format"], content["version"]) == ("clinicleader.instrument.1", 1)
    assert [item["key"] for item in content["items"]] == ["q1", "q2", "burnout"]
