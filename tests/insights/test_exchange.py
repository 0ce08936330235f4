"""Figures told to other organisations in signed files, and taken from them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights.enums import Measure, Scale
from insights.exchange import Letter, LetterRefusedError, SharedFigure, claims_of, letter_in
from insights.models import ExchangePartner, LeadershipQuarter, ReceivedLetter, SentLetter
from insights.queries.exchange import newest_letters, own_figures
from insights.services.exchange import (
    add_partner,
    keep_letter,
    look_through,
    make_letter,
    own_keys,
    set_exchange,
)
from passport.badges import Algorithm, claims_unverified, make_pair, sign
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 3, 1)
THEIRS = make_pair(Algorithm.ES256, "https://northgate.example/keys/1")
FIGURE = {
    "measure": "leads",
    "group": "nurse",
    "period": "2026Q1",
    "n": 40,
    "value": 0.25,
    "low": 0.14,
    "high": 0.4,
}


def claims(**changes: Any) -> dict[str, Any]:
    said = {"format": "clinicleader-exchange/1", "organization": "Northgate", "issued_on": "2026-03-01"}
    return {**said, "figures": [FIGURE], **changes}


def faults_of(**changes: Any) -> list[str]:
    with pytest.raises(LetterRefusedError) as refused:
        letter_in(claims(**changes), on=DAY)
    return refused.value.faults


def quarter(profession: str, staff: int, leaders: int, holders: int) -> LeadershipQuarter:
    zero = dict.fromkeys(("planned", "hours", "squares", "minutes", "developed"), 0)
    return LeadershipQuarter(
        quarter="2026Q1", profession=profession, staff=staff, leaders=leaders, holders=holders, **zero
    )


class TestReading:
    def test_what_is_written_is_read(self) -> None:
        figures = [
            SharedFigure(Measure.LEADS, "nurse", "2026Q1", 40, 0.25, 0.14, 0.4),
            SharedFigure(Measure.INDEX, "", "2026-01-31", 400, 41.5, 40.25, 42.75),
            SharedFigure(Measure.ROLE, Scale.STRAIN.value, "2026-02-01", 31, 3.4, 3.1, 3.7),
            SharedFigure(Measure.READY, "", "2026-03", 242, 0.5, 0.44, 0.56),
        ]
        letter = Letter("Northgate", DAY, figures)
        assert letter_in(json.loads(json.dumps(claims_of(letter))), on=DAY) == letter

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"measure": "salary"}, "does not know its measure"),
            ({"measure": []}, "does not know its measure"),
            ({"group": "barber"}, "does not know its group"),
            ({"group": ["nurse"]}, "does not know its group"),
            ({"period": "spring"}, "no quarter, month or day"),
            ({"n": 9}, "not of 10 or more"),
            ({"n": True}, "not of 10 or more"),
            ({"n": 1e3}, "not of 10 or more"),
            ({"value": "0.25"}, "no number"),
            ({"low": None}, "no number"),
            ({"value": float("nan")}, "do not fit"),
            ({"high": 1.2}, "do not fit"),
            ({"low": 0.3}, "do not fit"),
        ],
    )
    def test_a_figure_that_is_none_is_refused_at_its_place(self, changes: dict[str, Any], words: str) -> None:
        (fault,) = faults_of(figures=[{**FIGURE, "group": "physician"}, {**FIGURE, **changes}])
        assert fault.startswith("Figure 2: ")
        assert words in fault

    def test_everything_that_is_wrong_is_said_at_once(self) -> None:
        said = faults_of(organization="", issued_on="2026-03-03", figures=[FIGURE, FIGURE, "x"])
        assert [each.split(":")[0] for each in said] == [
            "It does not name its organisation.",
            "It has no day, or one to come.",
            "Figure 3",
            "It tells a figure twice.",
        ]
        assert len(faults_of(figures=[FIGURE] * 201)) == 1
        assert len(faults_of(figures=None)) == 1
        assert len(faults_of(format="another")) == 1


class TestTelling:
    def test_small_groups_are_in_no_file(self, mercy: World, in_mercy: object) -> None:
        """Of 40 nurses 10 lead; of 12 pharmacists 2. Of the positions 8, 6 and 1 are held: the one would
        follow from the whole, so that the next smallest is left out as well."""
        LeadershipQuarter.objects.bulk_create(
            [
                quarter("physician", 60, 20, 8),
                quarter("nurse", 40, 10, 6),
                quarter("pharmacist", 12, 2, 1),
            ]
        )
        told = {(each.measure, each.group): (each.n, each.value) for each in own_figures()}
        assert told == {
            (Measure.LEADS, "physician"): (60, pytest.approx(1 / 3)),
            (Measure.LEADS, "nurse"): (40, 0.25),
            (Measure.POSITIONS, "physician"): (15, pytest.approx(8 / 15)),
        }

    def test_nothing_leaves_before_hr_switches_it_on(self, mercy: World, in_mercy: object) -> None:
        LeadershipQuarter.objects.create(**_fields(quarter("nurse", 40, 10, 6)))
        hr = member_of(mercy.henry)
        with pytest.raises(ValidationError, match="switched off"):
            make_letter(mercy.organization, by=hr)
        with pytest.raises(ValidationError, match="for what"):
            set_exchange(is_on=True, purpose=" ", by=hr)
        with pytest.raises(PermissionDenied):
            set_exchange(is_on=True, purpose="To learn.", by=member_of(mercy.eli))
        set_exchange(is_on=True, purpose="To learn.", by=hr)
        said = claims_unverified(make_letter(mercy.organization, by=hr))
        (kept,) = SentLetter.objects.all()
        assert kept.figures == said["figures"]
        assert said["organization"] == mercy.organization.name
        assert len(said["figures"]) == 1
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            SentLetter.objects.update(figures=[])

    def test_with_nothing_to_tell_there_is_no_file(self, mercy: World, in_mercy: object) -> None:
        set_exchange(is_on=True, purpose="To learn.", by=member_of(mercy.henry))
        with pytest.raises(ValidationError, match="enough people"):
            make_letter(mercy.organization, by=member_of(mercy.henry))


def _fields(row: LeadershipQuarter) -> dict[str, Any]:
    names = ("quarter", "profession", "staff", "leaders", "holders", "planned", "hours", "squares")
    return {name: getattr(row, name) for name in (*names, "minutes", "developed")}


class TestTaking:
    @pytest.fixture
    def northgate(self, mercy: World, in_mercy: object) -> ExchangePartner:
        return add_partner("Northgate", [THEIRS.public_jwk], by=member_of(mercy.henry))

    def test_what_a_partner_signed_is_kept_once(self, mercy: World, northgate: ExchangePartner) -> None:
        token, hr = sign(claims(), THEIRS), member_of(mercy.henry)
        assert look_through(token).partner == northgate
        assert not ReceivedLetter.objects.exists()
        keep_letter(token, by=hr)
        with pytest.raises(ValidationError, match="already"):
            keep_letter(token, by=hr)
        older = sign(claims(issued_on="2025-03-01", figures=[{**FIGURE, "n": 30}]), THEIRS)
        keep_letter(older, by=hr)
        ((letter, figures),) = newest_letters()
        assert (letter.issued_on, [each.n for each in figures]) == (DAY, [40])

    def test_what_was_changed_or_signed_by_another_is_refused(
        self, mercy: World, northgate: ExchangePartner
    ) -> None:
        head, _payload, signature = sign(claims(), THEIRS).split(".")
        other = sign(claims(figures=[{**FIGURE, "value": 0.3}]), THEIRS).split(".")[1]
        stranger = make_pair(Algorithm.ES256, THEIRS.key_id)
        for token in (f"{head}.{other}.{signature}", sign(claims(), stranger), "no.token", "", "a.b.c"):
            with pytest.raises(LetterRefusedError, match="No key of a partner"):
                look_through(token)
        with pytest.raises(LetterRefusedError, match="no file of an exchange"):
            look_through(sign({"vc": {}}, THEIRS))

    def test_ones_own_file_and_keys_are_none_of_a_partner(
        self, mercy: World, northgate: ExchangePartner
    ) -> None:
        hr = member_of(mercy.henry)
        LeadershipQuarter.objects.create(**_fields(quarter("nurse", 40, 10, 6)))
        set_exchange(is_on=True, purpose="To learn.", by=hr)
        with pytest.raises(LetterRefusedError, match="your own file"):
            look_through(make_letter(mercy.organization, by=hr))
        with pytest.raises(ValidationError, match="your own keys"):
            add_partner("Us", own_keys(mercy.organization)["keys"], by=hr)

    def test_new_keys_take_the_place_of_the_old(self, mercy: World, northgate: ExchangePartner) -> None:
        keep_letter(sign(claims(), THEIRS), by=member_of(mercy.henry))
        new = make_pair(Algorithm.ES256, "https://northgate.example/keys/2")
        again = add_partner("Northgate", [new.public_jwk], by=member_of(mercy.henry))
        assert again.pk == northgate.pk
        assert len(newest_letters()) == 1
        with pytest.raises(LetterRefusedError):
            look_through(sign(claims(), THEIRS))


class TestPages:
    def at(self, name: str, *arguments: object) -> str:
        return reverse(f"insights:{name}", args=["mercy", *arguments])

    def file(self, text: str | bytes, name: str = "x.jwt") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())

    def test_from_keys_to_figures_side_by_side(self, mercy: World, in_mercy: object, sign_in: SignIn) -> None:
        LeadershipQuarter.objects.create(**_fields(quarter("nurse", 40, 10, 6)))
        hr, page = sign_in(mercy.henry), self.at("exchange")
        assert "switched off" in hr.get(page).content.decode()
        assert hr.post(page, {"is_on": "on", "purpose": ""}).status_code == 422
        hr.post(page, {"is_on": "on", "purpose": "To learn from others."})
        out = hr.post(self.at("exchange_letter_out"))
        assert out.headers["Content-Type"] == "application/jwt"
        assert claims_unverified(out.content.decode())["figures"][0]["n"] == 40
        assert hr.post(self.at("exchange_keys_out")).json()["keys"]
        keys = json.dumps({"keys": [THEIRS.public_jwk]})
        new = self.at("exchange_partner_new")
        assert hr.post(new, {"name": "Northgate", "file": self.file("{}")}).status_code == 422
        assert hr.post(new, {"name": "Northgate", "file": self.file(keys)}).url == page  # type: ignore[attr-defined]
        token, bring = sign(claims(), THEIRS), self.at("exchange_letter_in")
        looked = hr.post(bring, {"file": self.file(token)}).content.decode()
        assert "Nothing is kept yet" in looked
        assert not ReceivedLetter.objects.exists()
        hr.post(bring, {"token": token, "keep": "yes"})
        shown = sign_in(mercy.eli).get(page).content.decode()
        assert '<ul class="intervals" aria-label="Staff who lead, by profession, percent">' in shown
        assert "Nurse: Northgate" in shown
        assert f"Nurse: {mercy.organization.name}" in shown
        assert "Make a file" not in shown
        rows = sign_in(mercy.eli).get(self.at("exchange_csv")).content.decode().splitlines()
        assert [row.split(",")[0] for row in rows[1:]] == [mercy.organization.name, "Northgate"]
        partner = ExchangePartner.objects.get()
        hr.post(self.at("exchange_partner_remove", partner.pk))
        assert not ReceivedLetter.objects.exists()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"\xff\xfe\x00", "no text"),
            (b"", "empty"),
            (b"x" * 1000, "No key of a partner"),
            (b"[" * 5000, "No key of a partner"),
            (b"x" * (256 * 1024 + 1), "larger than 256 kB"),
        ],
    )
    def test_what_is_no_file_is_refused_at_its_place(
        self, mercy: World, in_mercy: object, sign_in: SignIn, content: bytes, words: str
    ) -> None:
        answer = sign_in(mercy.henry).post(self.at("exchange_letter_in"), {"file": self.file(content)})
        assert answer.status_code == 422
        assert any(words in each for each in answer.context["form"].errors["file"])

    def test_a_private_key_is_not_taken(self, mercy: World, in_mercy: object, sign_in: SignIn) -> None:
        private = {**THEIRS.key.as_dict(private=True), "kid": THEIRS.key_id}
        typed = {"name": "Northgate", "file": self.file(json.dumps({"keys": [private]}))}
        answer = sign_in(mercy.henry).post(self.at("exchange_partner_new"), typed)
        assert "A private key is in it" in answer.content.decode()
        assert not ExchangePartner.objects.exists()

    def test_it_takes_as_many_statements_for_many(
        self, mercy: World, in_mercy: object, sign_in: SignIn
    ) -> None:
        hr, by = sign_in(mercy.henry), member_of(mercy.henry)

        def bring(name: str) -> None:
            pair = make_pair(Algorithm.ES256, f"https://{name}.example/keys")
            add_partner(name, [pair.public_jwk], by=by)
            keep_letter(sign(claims(), pair), by=by)

        bring("one")
        few = queries_of(hr, self.at("exchange"))
        bring("two")
        bring("three")
        assert queries_of(hr, self.at("exchange")) == few


def test_a_partner_of_another_organization_is_not_believed(
    mercy: World, fenwick: World, in_mercy: object
) -> None:
    add_partner("Northgate", [THEIRS.public_jwk], by=member_of(mercy.henry))
    with tenant_scope(fenwick.organization.pk), pytest.raises(LetterRefusedError):
        look_through(sign(claims(issued_on=timezone.localdate().isoformat()), THEIRS))
