"""The acts of tests/browser/meanwhile.py."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from partnerships.models import Code
from partnerships.queries.coding import analyses, coder_in, comments_of, readings_of
from partnerships.services.analyses import read_comment
from people.models import Person
from people.queries import member_for
from surveys.built_in import CULTURAL_AUDIT
from surveys.models import Instrument, RollEntry, Wave
from surveys.papers import paper_of
from surveys.services.answering import send_answers
from surveys.services.closing import close_wave
from surveys.services.publishing import publish_wave
from surveys.services.waves import open_unasked, write_draft
from tenancy.models import Organization
from tenancy.scope import tenant_scope, tenant_transaction

A_YEAR_AGO = dt.timedelta(days=400)
WEEKS = dt.timedelta(days=14)
ANSWER, WRITE = 60, 12  # of those who are asked, so that every dimension and a theme are told


def hold_first_audit(slug: str, title: str, steward: str) -> None:
    """A cultural audit of the whole organisation, asked, answered and published a year ago."""
    organization = Organization.objects.get(slug=slug)
    closed = timezone.localdate() - A_YEAR_AGO
    with tenant_transaction(organization.pk):
        instrument = Instrument.objects.filter(key=CULTURAL_AUDIT.key).latest("version")
        wave = write_draft(
            Wave(instrument=instrument, title=title, opens_on=closed - WEEKS, closes_on=closed)
        )
        open_unasked(wave, on=wave.opens_on)
        for place, person_id in enumerate(_asked(wave)):
            words = f"I hear of it when it is decided ({place})." if place < WRITE else ""
            with tenant_scope(organization.pk, actor_id=person_id):
                send_answers(wave, _answers(wave, 2 if place % 3 else 3), words)
        by = member_for(Person.objects.get(email=steward).pk, on=timezone.localdate())
        assert by is not None
    with tenant_transaction(organization.pk):
        close_wave(wave, by=by)
    with tenant_transaction(organization.pk):
        publish_wave(wave, by=by, at=timezone.now() - A_YEAR_AGO + WEEKS)


def _asked(wave: Wave) -> list[UUID]:
    roll = RollEntry.objects.filter(wave=wave).order_by("person_id")
    return list(roll.values_list("person_id", flat=True)[:ANSWER])


def _answers(wave: Wave, level: int) -> list[int]:
    """The same to each question, whichever way it is put."""
    return [each.low + each.high - level if each.reversed else level for each in paper_of(wave).items]


def code_comments(slug: str, programme: str, email: str) -> None:
    """Read what is left: every other comment has the code."""
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        person = Person.objects.get(email=email)
    with tenant_transaction(organization.pk, actor_id=person.pk):
        found = analyses().get(audit__programme__title=programme)
        own, by = coder_in(found, person.pk), member_for(person.pk, on=timezone.localdate())
        assert own is not None
        assert by is not None
        read, code = readings_of(own), Code.objects.get(programme__title=programme)
        for place, quote in enumerate(comments_of(found)):
            if quote.pk not in read:
                read_comment(found, quote, [code.pk] if place % 2 else [], by=by)
