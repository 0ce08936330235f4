"""How exposure moved, month by month, and the report on paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from people.models import Appointment, Person, Position
from people.terms import months_later
from succession.enums import Flag
from succession.models import ExposureMonth, Pool
from succession.services.exposure_months import figures_on
from succession.tasks import keep_exposure
from tests.factories.people import make_position
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()

pytestmark = pytest.mark.usefixtures("in_mercy")


def test_once_a_month(mercy: World, head: Position, pool: Pool) -> None:
    assert keep_exposure("2026-11-23", "") == {"kept": 1}
    make_position(mercy.unit, "Dean")
    assert keep_exposure("2026-11-24", "") == {"kept": 0}
    kept = ExposureMonth.objects.get()
    assert (kept.month, kept.positions, kept.exposed) == (TODAY.replace(day=1), 1, 1)
    assert (kept.counts[Flag.NO_READY], kept.counts[Flag.VACANT]) == (1, 0)


def test_the_page_shows_how_it_moved(mercy: World, head: Position, pool: Pool, sign_in: SignIn) -> None:
    page = reverse("succession:overview", args=["mercy"])
    keep_exposure("2026-11-23", "")
    client = sign_in(mercy.eli)
    assert "Month by month" not in client.get(page).content.decode()
    ExposureMonth.objects.create(**figures_on(months_later(TODAY.replace(day=1), -1)))
    assert "Month by month" in client.get(page).content.decode()


def test_the_paper_names_what_is_missing_where(mercy: World, head: Position, sign_in: SignIn) -> None:
    make_position(mercy.unit, "Dean of the school")
    Appointment.objects.filter(position=head).update(end_date=months_later(TODAY, 30))
    page = reverse("succession:overview_pdf", args=["mercy"])
    answer = sign_in(mercy.henry).get(page)
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(each.extract_text() for each in PdfReader(BytesIO(answer.content)).pages)
    assert "Dean of the school" in words
    assert "Vacant" in words
    assert "Something urgent missing" in words
    asked = sign_in(mercy.henry).get(f"{page}?flag=vacant")
    words = " ".join(each.extract_text() for each in PdfReader(BytesIO(asked.content)).pages)
    assert head.title not in words
