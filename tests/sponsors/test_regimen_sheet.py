"""A version of a regimen on paper, for each reader."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
from django.test import Client
from django.urls import reverse

from people.models import Person
from sponsors.models import Goal
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def paper(client: Client, world: World, number: int = 1) -> pypdf.PdfReader:
    url = reverse("sponsors:version_pdf", args=[world.slug, world.ada.pk, number])
    return pypdf.PdfReader(io.BytesIO(client.get(url).content))


def words(paper: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def publish(world: World) -> Goal:
    """Ada's: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_sponsor(world.eli)
    make_sponsorship(world.eli, world.ada)
    make_seat(world.ada, world.colin, by=world.eli)
    goal = make_goal(world.ada)
    make_action(goal, title="Speak of leaving", private=True)
    make_action(goal, title="Chair <b> a #meeting", owner=world.ada, evidence="Its minutes")
    make_action(goal, title="Read a budget", domain="finance")
    make_version(world.ada, by=world.eli, cautions=["nobodys"])
    return goal


def test_it_says_who_is_who_and_what_is_to_be_done(mercy: World, sign_in: SignIn) -> None:
    publish(mercy)
    printed = paper(sign_in(mercy.ada), mercy)
    assert "/StructTreeRoot" in printed.root_object  # tagged
    assert round(float(printed.pages[0].mediabox.width)) == 595  # A4
    said = words(printed)
    for each in (
        *("Primary sponsor Eli Mercy", "Immediate leader Mara Mercy", "Finance Colin Mercy"),
        *("Lead a service · to execute", "Chair <b> a #meeting", "Need: To be heard", "Its minutes"),
        *("An action has no owner.", "This copy holds what stays between leader and sponsor."),
    ):
        assert each in said


def test_each_reads_their_part(mercy: World, sign_in: SignIn) -> None:
    publish(mercy)
    titles = ("Speak of leaving", "Chair <b> a #meeting", "Read a budget")
    said = {who: words(paper(sign_in(mercy.people[who]), mercy)) for who in ("eli", "mara", "colin")}
    assert {who: [title in said[who] for title in titles] for who in said} == {
        "eli": [True, True, True],
        "mara": [False, True, True],
        "colin": [False, False, True],
    }
    assert "between leader and sponsor" not in said["mara"]


def test_there_is_no_paper_of_what_is_not_there(mercy: World, sign_in: SignIn) -> None:
    publish(mercy)
    for number in (0, 2, 10**30):
        url = reverse("sponsors:version_pdf", args=[mercy.slug, mercy.ada.pk, number])
        assert sign_in(mercy.ada).get(url).status_code == 404
