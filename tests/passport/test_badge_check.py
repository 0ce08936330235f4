"""The page on which anybody checks a badge, and the file that checks without a network."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from passport.badge_check_file import offline_page
from passport.badge_services import record_of, revoke_award
from passport.badge_words import OUTCOMES, VERDICTS, all_words
from passport.badges import Algorithm, Outcome, Verdict, claims_of, make_pair, sign, sorted_papers
from passport.models import Award
from people.models import Person
from tenancy.scope import tenant_scope
from tests.factories.passport import find_milestone, make_award, make_presets, make_stamp
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
PAGE = "/check-badge/"


@pytest.fixture
def award(mercy: World) -> Award:
    make_presets(mercy.organization)
    milestone = find_milestone(mercy.organization, "Shadow a chair meeting")
    return make_award(make_stamp(mercy.ada, milestone, mercy.mara))


def altered_token(token: str, **changed: Any) -> str:
    header, _claims, signature = token.split(".")
    said = json.dumps(said_by(token) | changed).encode()
    return f"{header}.{base64.urlsafe_b64encode(said).rstrip(b'=').decode()}.{signature}"


def said_by(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def asked(**handed_in: Any) -> str:
    answer = Client().post(PAGE, {"token": "", "email": "", **handed_in})
    assert answer.status_code == 200
    return str(answer.content.decode())


def verdict(page: str) -> str:
    (found,) = re.findall(r'<section class="card" data-verdict="(\w+)"', page)
    return str(found)


def test_a_badge_that_holds(award: Award) -> None:
    page = asked(token=f"  {award.token}\n")
    assert verdict(page) == "holds"
    assert "<dt>What it is</dt><dd>Shadow a chair meeting</dd>" in page
    assert "The issuer is not on this site" not in page


@pytest.mark.parametrize(("whose", "answer"), [("ada", "holds"), ("eli", "broken")])
def test_whose_it_is(mercy: World, award: Award, whose: str, answer: str) -> None:
    assert verdict(asked(token=award.token, email=mercy.people[whose].email)) == answer


def test_an_altered_badge_does_not_hold_and_is_not_repeated(award: Award) -> None:
    page = asked(token=altered_token(award.token, name="Chief of everything"))
    assert verdict(page) == "broken"
    assert str(OUTCOMES[Outcome.ALTERED]) in page
    assert "<dt>What it is" not in page


def test_a_revoked_badge_does_not_hold_from_that_moment(mercy: World, award: Award) -> None:
    with tenant_scope(mercy.organization.pk):
        record = record_of(mercy.organization, mercy.ada.pk) or ""
        revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
    for token in (award.token, record):
        page = asked(token=token)
        assert verdict(page) == "broken"
        assert "The issuer has revoked it." in page
        assert "mistake" not in page
    assert "(Shadow a chair meeting)" in page


def test_another_key_proves_nothing_here(award: Award) -> None:
    """Not even beside its own key set, handed in by whoever forged it."""
    forger = make_pair(Algorithm.ES256, "https://forger.example/key")
    said = said_by(award.token)
    keys = SimpleUploadedFile("jwks.json", json.dumps({"keys": [forger.public_jwk]}).encode())
    page = asked(token=sign(claims_of(said), forger), papers=[keys])
    assert verdict(page) == "broken"
    assert str(OUTCOMES[Outcome.OTHER_KEY]) in page


def test_a_badge_of_elsewhere_needs_its_issuers_keys(award: Award) -> None:
    pair = make_pair(Algorithm.ES256, "https://rival.example/key")
    said = said_by(award.token)
    said["issuer"]["id"] = "https://rival.example/badges/mercy/issuer.json"
    token = sign(claims_of(said), pair)
    assert verdict(asked(token=token)) == "open"
    keys = SimpleUploadedFile("jwks.json", json.dumps({"keys": [pair.public_jwk]}).encode())
    page = asked(papers=[SimpleUploadedFile("badge.jwt", token.encode()), keys])
    assert str(OUTCOMES[Outcome.SIGNED]) in page
    assert "The issuer is not on this site" in page
    assert str(OUTCOMES[Outcome.NO_LIST]) in page


def test_what_a_badge_says_is_shown_as_text(award: Award) -> None:
    pair = make_pair(Algorithm.ES256, "k")
    said = said_by(award.token)
    said |= {"name": "<script>x</script>", "issuer": {"id": "https://r.example/", "name": ["no", "text"]}}
    keys = SimpleUploadedFile("jwks.json", json.dumps({"keys": [pair.public_jwk]}).encode())
    page = asked(token=sign(claims_of(said), pair), papers=[keys])
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize("token", ["a.b.c", "Hello", "{}", "ü.ü.ü", '{"keys": 1}'])
def test_what_is_no_badge(db: None, token: str) -> None:
    assert verdict(asked(token=token)) == "broken"


@pytest.mark.parametrize("given", [{}, {"token": "  "}, {"token": "a.b.c", "email": "no address"}])
def test_a_form_that_says_too_little(db: None, given: dict[str, str]) -> None:
    assert Client().post(PAGE, given).status_code == 422


def test_the_file_is_the_page_for_somebody_without_an_account(db: None) -> None:
    answer = Client().get(reverse("badge_check:file"))
    assert answer["Content-Disposition"] == 'attachment; filename="check-badge.html"'
    assert Client().get(PAGE).status_code == 200


def test_the_files_policy_lets_its_own_script_and_style_run_and_nothing_else() -> None:
    page = offline_page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for element in ("script", "style"):
        (inside,) = re.findall(rf"<{element}>(.+?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{element}-src &#x27;sha256-{digest}&#x27;;" in policy[1]
    assert policy[1].startswith("default-src &#x27;none&#x27;;")
    assert " src=" not in page
    assert "<link" not in page


def test_everything_that_can_be_found_has_words() -> None:
    assert OUTCOMES.keys() == set(Outcome)
    assert VERDICTS.keys() == set(Verdict)
    assert {key for words in all_words().values() for key, text in words.items() if not text} == set()


def test_the_bundle_holds_all_it_takes(mercy: World, award: Award, sign_in: SignIn) -> None:
    client = sign_in(mercy.ada)
    for name, args in (("badge_file", [award.pk, "zip"]), ("badge_record", ["zip"])):
        answer = client.get(reverse(f"passport:{name}", args=[mercy.slug, *args]))
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        assert archive.namelist() == ["badge.jwt", "jwks.json", "status-1.jwt", "check-badge.html"]
        papers = sorted_papers(archive.read(each).decode() for each in archive.namelist()[:3])
        assert (len(papers.keys), len(papers.lists)) == (1, 1)
        assert verdict(asked(token=papers.token)) == "holds"
