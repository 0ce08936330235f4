"""Somebody's archive: everything of theirs is in it, and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passport.permissions import Subject
from passport.services import Evidence, submit_evidence
from people.archive import archive_of
from people.models import Person
from people.services.demographics import declare_demographics
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import Scope, tenant_scope
from tests.factories.mentoring import make_mentorship
from tests.factories.passport import make_claim, make_holder, make_milestone, make_stage, make_stamp
from tests.factories.readiness import make_pulse
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = dt.date(2026, 11, 2)
PDF = b"%PDF-1.7 evidence"


@pytest.fixture
def stage(mercy: World, in_mercy: Scope) -> Any:
    make_holder(mercy.ada)
    return make_stage(mercy.organization)


def read(person: Person) -> dict[str, bytes]:
    with (
        tenant_scope(person.organization_id, actor_id=person.pk),
        archive_of(member_of(person), organization="Mercy", on=TODAY) as file,
    ):
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def rows(person: Person, name: str) -> Any:
    return json.loads(read(person)[name])


def test_it_says_what_is_in_it(mercy: World, in_mercy: Scope) -> None:
    parts = read(mercy.ada)
    about = parts["README.txt"].decode()
    assert mercy.ada.name in about
    assert "2026-11-02" in about
    for folder in {name.split("/")[0] + "/" for name in parts if "/" in name}:
        assert f"\n{folder}" in about  # every folder is explained
    assert {"me.json", "score/recompute.py", "score/scores.json", "passport/stamps.json"} <= set(parts)


def test_what_one_wrote_and_what_was_attested_is_in_it(mercy: World, stage: Any) -> None:
    make_stamp(mercy.ada, make_milestone(stage, title="Led a project"), mercy.mara)
    make_claim(mercy.ada, make_milestone(stage, title="Shadowed"), statement="I sat at the back.")
    make_pulse(mercy.ada, [50, 60, 70, 80, 90])
    stamps = rows(mercy.ada, "passport/stamps.json")
    assert {each["milestone__title"]: each["state"] for each in stamps} == {
        "Led a project": "verified",
        "Shadowed": "submitted",
    }
    assert "I sat at the back." in [each["statement"] for each in stamps]
    assert rows(mercy.ada, "surveys/pulses.json")[0]["financial_acumen"] == 60


def test_of_others_there_is_nothing(mercy: World, stage: Any) -> None:
    make_stamp(mercy.ada, make_milestone(stage, title="Led a project"), mercy.mara)
    make_pulse(mercy.ada)
    make_mentorship(mercy.mara, mercy.ada)
    for name in ("passport/stamps.json", "surveys/pulses.json", "mentoring/mentorships.json"):
        assert rows(mercy.ada, name)
        assert rows(mercy.colin, name) == []


def test_files_are_in_it_once_they_are_clean(mercy: World, stage: Any) -> None:
    evidence = Evidence(TODAY, "Mine.", file=ContentFile(PDF, name="Report.PDF"))
    claim = submit_evidence(Subject(mercy.ada.pk), make_milestone(stage), evidence, by=member_of(mercy.ada))
    path = f"passport/evidence/{claim.pk}.pdf"
    assert path not in read(mercy.ada)
    work_all_steps(mercy.organization.pk)  # a job looks at it
    assert read(mercy.ada)[path] == PDF


def test_what_one_declared_of_oneself_is_in_it(mercy: World, in_mercy: Scope) -> None:
    with tenant_scope(mercy.organization.pk, actor_id=mercy.ada.pk):
        declare_demographics("woman", "", by=member_of(mercy.ada))
    assert rows(mercy.ada, "me.json")["declared"]["gender"] == "woman"
    assert rows(mercy.colin, "me.json")["declared"] is None


def test_more_rows_take_no_more_queries(mercy: World, stage: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(mercy.ada)
        return len(queries)

    make_stamp(mercy.ada, make_milestone(stage, title="One"), mercy.mara)
    before = asked()
    for number in range(5):
        make_stamp(mercy.ada, make_milestone(stage, title=f"More {number}"), mercy.mara)
        make_pulse(mercy.ada, quarter=f"202{number}Q1")
    assert asked() == before


def test_it_is_downloaded_from_the_settings(mercy: World, sign_in: SignIn) -> None:
    ada, address = sign_in(mercy.ada), reverse("access:archive", args=[mercy.slug])
    assert address in ada.get(reverse("access:settings", args=[mercy.slug])).content.decode()
    assert ada.get(address).status_code == 405  # no link starts it
    answer = ada.post(address)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="clinicleader-mercy-')
    content = answer.content
    assert "me.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
