"""Stamps as an HR system follows them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from passport.models import Milestone, PassportRead, Stamp
from passport.permissions import Subject
from passport.services import decline_stamp, revoke_stamp, verify_stamp
from people.enums import TokenPurpose
from people.models import Person
from people.rest.delta import BEGINNING, DAYS, delta_token
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.passport import make_claim, make_milestone, make_stage, make_stamp
from tests.members import member_of
from tests.rest import api, bearing, faults, get, make_token, path, problem
from tests.world import World


@pytest.fixture
def hr(mercy: World) -> Client:
    """A system with Henry's token for it."""
    return bearing(make_token(mercy, mercy.henry, purpose=TokenPurpose.HR_SYNC))


@pytest.fixture
def milestones(mercy: World) -> list[Milestone]:
    stage = make_stage(mercy.organization)
    return [make_milestone(stage, title=f"Milestone {number}") for number in range(3)]


def changes(client: Client, world: World, delta: str = "", **more: object) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in {"delta": delta, **more}.items() if value)
    body: dict[str, Any] = get(client, f"{path(world, 'changes', 'stamps')}?{asked}")
    return body


def test_everything_comes_first_and_then_what_has_changed(
    mercy: World, hr: Client, milestones: list[Milestone]
) -> None:
    stamp = make_stamp(mercy.ada, milestones[0], mercy.mara)
    waiting = make_claim(mercy.ada, milestones[1])
    first = changes(hr, mercy)
    [entry] = first["results"]
    assert entry["person"] == {
        "id": str(mercy.ada.pk),
        "external_id": mercy.ada.external_id,
        "name": "Ada Mercy",
    }
    assert (entry["id"], entry["state"], entry["revoked_at"]) == (str(stamp.pk), "verified", None)
    assert entry["milestone"]["title"] == "Milestone 0"
    nothing = changes(hr, mercy, first["delta"])
    assert (nothing["results"], nothing["more"]) == ([], False)
    decide(mercy, waiting, revoked=stamp)
    second = changes(hr, mercy, nothing["delta"])
    assert {each["id"]: each["state"] for each in second["results"]} == {
        str(stamp.pk): "revoked",
        str(waiting.pk): "verified",
    }
    assert changes(hr, mercy, second["delta"])["results"] == []


def decide(world: World, waiting: Stamp, *, revoked: Stamp) -> None:
    subject = Subject(world.ada.pk, frozenset())
    with tenant_transaction(world.organization.pk):
        mara = member_of(world.mara)
        revoke_stamp(revoked, reason="A mistake", subject=subject, by=mara)
        verify_stamp(waiting, subject=subject, by=mara)


def test_a_claim_that_waits_or_was_declined_is_nobody_elses(
    mercy: World, hr: Client, milestones: list[Milestone]
) -> None:
    make_claim(mercy.ada, milestones[0])
    declined = make_claim(mercy.ada, milestones[1])
    with tenant_transaction(mercy.organization.pk):
        decline_stamp(
            declined, reason="Too early", subject=Subject(mercy.ada.pk, frozenset()), by=member_of(mercy.mara)
        )
    assert changes(hr, mercy)["results"] == []


def test_pages_follow_each_other_by_the_same_token(
    mercy: World, hr: Client, milestones: list[Milestone]
) -> None:
    given = {str(make_stamp(mercy.ada, milestone, mercy.mara).pk) for milestone in milestones}
    first = changes(hr, mercy, page_size=2)
    second = changes(hr, mercy, first["delta"], page_size=2)
    assert (len(first["results"]), first["more"], second["more"]) == (2, True, False)
    assert {each["id"] for each in first["results"] + second["results"]} == given


def test_the_holder_reads_who_had_it(mercy: World, hr: Client, milestones: list[Milestone]) -> None:
    make_stamp(mercy.ada, milestones[0], mercy.mara)
    changes(hr, mercy)
    with tenant_transaction(mercy.organization.pk):
        read = PassportRead.objects.get()
    assert (read.person_id, read.reader_id, read.what) == (mercy.ada.pk, mercy.henry.pk, "api")


def test_three_stamps_take_as_many_queries_as_one(
    mercy: World, hr: Client, milestones: list[Milestone]
) -> None:
    make_stamp(mercy.ada, milestones[0], mercy.mara)
    address = path(mercy, "changes", "stamps")
    get(hr, address)  # that the token is used is written once a day
    one = queries_of(hr, address)
    for milestone in milestones[1:]:
        make_stamp(mercy.ada, milestone, mercy.mara)
    assert queries_of(hr, address) == one


def test_a_token_for_an_hr_system_opens_nothing_else(mercy: World, hr: Client) -> None:
    for address in ("me", "people", f"people/{mercy.ada.pk}/passport", "key-figures"):
        refused = problem(hr.get(path(mercy, address)), 403)
        assert refused["detail"] == "The token was made for another purpose, and opens nothing else."


@pytest.mark.parametrize("name", ["paula", "olga", "ada"])
def test_it_is_for_hr_admins_also_with_an_older_token(mercy: World, name: str) -> None:
    person: Person = mercy.people[name]
    secret = make_token(mercy, person, purpose=TokenPurpose.HR_SYNC)
    problem(bearing(secret).get(path(mercy, "changes", "stamps")), 403)


def test_other_tokens_are_refused_alike(mercy: World, fenwick: World, hr: Client) -> None:
    good = changes(hr, mercy)["delta"]
    theirs = get(api(fenwick, fenwick.henry), path(fenwick, "changes", "stamps"))["delta"]
    other_list = delta_token("scores", mercy.organization.pk, BEGINNING)
    changed = ("A" if good[0] != "A" else "B") + good[1:]
    said = set()
    for token in (theirs, other_list, changed, "abc", good[:-1]):
        said.add(faults(hr.get(path(mercy, "changes", "stamps"), {"delta": token}), 400)["/delta"])
    assert said == {"This is no delta token of this list. Send the last one as it was given."}
    problem(hr.get(path(mercy, "changes", "stamps"), {"delta": "not a token"}), 400)


def test_whoever_was_away_too_long_begins_again(
    mercy: World, hr: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = timezone.now().timestamp() - DAYS * 24 * 3600 - 60
    with monkeypatch.context() as past:
        past.setattr(signing.time, "time", lambda: then)
        old = delta_token("stamps", mercy.organization.pk, BEGINNING)
    assert time.time() > then
    gone = problem(hr.get(path(mercy, "changes", "stamps"), {"delta": old}), 410)
    assert gone["detail"] == "This delta token is too old. Ask without one and take everything again."


def test_a_page_size_is_bounded(mercy: World, hr: Client) -> None:
    for size in ("0", "1001", "many"):
        assert "/page_size" in faults(hr.get(path(mercy, "changes", "stamps"), {"page_size": size}), 400)
