"""Questionnaires in the browser: written, kept when something is wrong, shown as they are answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from people.models import Person
from surveys.built_in import LEADER_INDEX
from surveys.instrument_queries import composition_of
from surveys.models import Instrument
from surveys.services.instruments import create_draft, ensure_built_in_instruments
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.surveys import (
    make_draft,
    make_instrument,
    make_published_wave,
    make_short_instrument,
    make_wave,
    member_of,
)
from tests.surveys.reading import address, composed
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def stella(mercy: World, sign_in: SignIn) -> Client:
    return sign_in(mercy.stella)


def row(number: int, **fields: str) -> dict[str, str]:
    """A row of the editor as a browser sends it."""
    values = {"part": "index", "answers": "agreement", "cannot_say": "on", **fields}
    return {f"q{number}-{name}": value for name, value in values.items() if value}


def sent(*rows: dict[str, str], **facts: str) -> dict[str, str]:
    values = {"title": "Ward climate", "about": "workplace", "count": str(len(rows)), **facts}
    return {name: value for one in rows for name, value in one.items()} | values


def fields_of(html: HttpResponse) -> dict[str, str]:
    """What the editor would send if nothing were changed."""
    form = html.context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields} | {"count": str(len(form.rows))}
    for one in form.rows:
        for field in one:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = "on" if value is True else str(value)
    return data


def stored(world: World) -> Instrument:
    with tenant_scope(world.organization.pk):
        return Instrument.objects.get()


def test_a_questionnaire_is_written_in_one_form(mercy: World, stella: Client) -> None:
    data = sent(
        row(0, text="Do we learn?", group="culture", section="Culture", order="20"),
        row(1, text="Do we laugh?", group="culture", section="Culture", order="10", reversed="on"),
        row(2, text="How tired?", part="outcome", group="burnout", answers="own", low="0", high="10"),
        row(3),
        holder="Somebody Ltd",
        licence="By permission.",
    )
    answer = stella.post(address(mercy, "instrument_new"), data)
    instrument = stored(mercy)
    assert answer["Location"] == address(mercy, "instrument", instrument.pk)
    written = composed(instrument)
    assert [(one.text, one.question.key) for one in written.wordings] == [
        ("Do we laugh?", "culture-1"),
        ("Do we learn?", "culture-2"),
        ("How tired?", "burnout-1"),
    ]
    assert [one.question.reversed for one in written.wordings] == [True, False, False]
    assert (written.minimum_answered, written.holder, written.licence) == (
        2,
        "Somebody Ltd",
        "By permission.",
    )
    assert written.wordings[2].labels == ()
    assert (written.wordings[2].question.low, written.wordings[2].question.high) == (0, 10)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(mercy: World, stella: Client) -> None:
    data = sent(
        row(0, text="Do we learn?", key="Not a key", section="Culture"),
        row(1, section="Only a section"),
        row(2, text="=1", answers="own", low="5", high="1"),
        row(3, text="Fine?", order="x"),
        row(4, text="How often?", answers="own"),
        title="",
        licence="By permission.",
        minimum_answered="0",
    )
    answer = stella.post(address(mercy, "instrument_new"), data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"title", "holder", "minimum_answered", "__all__"}
    assert [set(one.errors) for one in form.rows] == [
        {"key"},
        {"text"},
        {"text", "high"},
        {"order"},
        {"answers"},
    ]
    html = answer.content.decode()
    for typed in ("Do we learn?", "Not a key", "Only a section", "By permission."):
        assert typed in html
    assert 'id="id_q0-key_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<a href="#id_q0-key_field">Question 1, ID</a>: Expected small letters' in html
    with tenant_scope(mercy.organization.pk):
        assert not Instrument.objects.exists()


def test_arrows_move_a_question_and_lose_nothing(mercy: World, stella: Client) -> None:
    typed = row(0, text="First?", order="10"), row(1, text="Second?", order="20", reversed="on")
    for arrow, value, moved in (
        ("down", "0", True),
        ("up", "1", True),
        ("up", "0", False),
        ("down", "99", False),
        ("down", "x", False),
    ):
        answer = stella.post(address(mercy, "instrument_new"), sent(*typed, title="") | {arrow: value})
        assert answer.status_code == 200
        found = [
            (one["text"].value(), one["order"].value(), one["reversed"].value())
            for one in answer.context["form"].rows
        ]
        if moved:
            assert found == [("Second?", 10, True), ("First?", 20, False)]
        else:
            assert found == [("First?", 10, False), ("Second?", 20, True)]


def test_more_blank_rows_lose_nothing(mercy: World, stella: Client) -> None:
    data = sent(row(0, text="Do we learn?", reversed="on", order="x"), title="", more="1")
    answer = stella.post(address(mercy, "instrument_new"), data)
    assert answer.status_code == 200
    rows = answer.context["form"].rows
    assert [one["text"].value() for one in rows] == ["Do we learn?", None, None, None]
    assert (rows[0]["order"].value(), rows[0]["reversed"].value(), rows[0]["cannot_say"].value()) == (
        "x",
        True,
        True,
    )
    assert "Please check the form" not in answer.content.decode()


@pytest.mark.parametrize("count", ["", "-1", "x", "99999999", "²"])
def test_a_made_up_number_of_rows_breaks_nothing(mercy: World, stella: Client, count: str) -> None:
    for more in ({}, {"more": "1"}):
        answer = stella.post(address(mercy, "instrument_new"), sent(title="", **more) | {"count": count})
        assert answer.status_code == (200 if more else 422)
        assert len(answer.context["form"].rows) <= 129


def test_the_editor_sends_back_what_is_stored(mercy: World, stella: Client) -> None:
    draft = make_draft(mercy.organization, LEADER_INDEX.wordings, minimum_answered=10)
    before = composed(draft)
    url = address(mercy, "instrument_edit", draft.pk)
    assert stella.post(url, fields_of(stella.get(url))).status_code == 302
    assert composed(draft) == before


def test_questions_are_changed_moved_added_and_removed(mercy: World, stella: Client) -> None:
    draft = make_draft(mercy.organization)  # q1, q2 and the outcome burnout
    url = address(mercy, "instrument_edit", draft.pk)
    data = fields_of(stella.get(url))
    data |= {"q0-order": "25", "q1-text": "Changed", "q2-remove": "on"} | row(3, text="New?", order="22")
    assert stella.post(url, data).status_code == 302
    assert [(one.question.key, one.text) for one in composed(draft).wordings] == [
        ("q2", "Changed"),
        ("index-1", "New?"),
        ("q1", "Q1"),
    ]


def test_a_repeated_id_is_said_at_the_later_question(mercy: World, stella: Client) -> None:
    data = sent(row(0, text="One?", key="a"), row(1, text="Two?", key="a"))
    answer = stella.post(address(mercy, "instrument_new"), data)
    assert answer.context["form"].rows[1].errors == {"key": ["Question 1 has this ID already."]}


def test_a_draft_changed_by_somebody_else_is_not_overwritten(
    mercy: World, stella: Client, sign_in: SignIn
) -> None:
    draft = make_draft(mercy.organization)
    url = address(mercy, "instrument_edit", draft.pk)
    data = fields_of(stella.get(url))
    assert sign_in(mercy.henry).post(url, data | {"title": "Henry's"}).status_code == 302
    answer = stella.post(url, data | {"title": "Stella's"})
    assert answer.status_code == 422
    assert "Somebody changed this draft" in answer.content.decode()
    assert "Stella&#x27;s" in answer.content.decode()
    assert stored(mercy).title == "Henry's"


def test_what_is_in_use_is_not_edited(mercy: World, stella: Client) -> None:
    instrument = make_short_instrument(mercy.organization)
    url = address(mercy, "instrument_edit", instrument.pk)
    for answer in (stella.get(url, follow=True), stella.post(url, sent(row(0, text="New?")), follow=True)):
        assert "Only drafts can be changed." in answer.content.decode()
    assert len(composed(instrument).wordings) == 3


def test_the_page_shows_the_questions_as_they_are_answered(mercy: World, stella: Client) -> None:
    instrument = make_instrument(mercy.organization)
    html = stella.get(address(mercy, "instrument", instrument.pk)).content.decode()
    assert html.count("<fieldset") == 12
    assert html.count('type="radio"') == 72  # five answers and "cannot say"
    for words in ("makes everyone in our team feel", "Strongly disagree", "12 to 60 points", "Include"):
        assert words in html
    for act in ("edit", "activate", "discard", "restore"):
        assert address(mercy, f"instrument_{act}", instrument.pk) not in html


def test_the_page_prints_licence_and_sections_and_says_what_is_missing(mercy: World, stella: Client) -> None:
    facts = {"holder": "Somebody Ltd", "licence": "Used by permission.", "minimum_answered": 3}
    draft = make_draft(mercy.organization, **facts)
    html = stella.get(address(mercy, "instrument", draft.pk)).content.decode()
    for words in ("Used by permission.", "Somebody Ltd", "At least 1 and at most 2 items can be demanded."):
        assert words in html
    assert "#activate" not in html


def test_the_page_lists_versions_and_surveys(mercy: World, stella: Client) -> None:
    wave = make_published_wave(mercy, title="Staff survey 2025")
    with tenant_scope(mercy.organization.pk):
        instrument = wave.instrument
        draft = create_draft(composition_of(instrument), by=member_of(mercy.stella), version_of=instrument)
        planned = make_wave(instrument, imported=False, state="draft")
    html = stella.get(address(mercy, "instrument", instrument.pk)).content.decode()
    assert address(mercy, "wave", wave.pk) in html
    assert address(mercy, "wave_run", planned.pk) in html
    assert address(mercy, "instrument", draft.pk) in html
    assert "Version 2" in html


def test_from_draft_to_use_to_the_next_version(mercy: World, stella: Client) -> None:
    draft = make_draft(mercy.organization)
    page = address(mercy, "instrument", draft.pk)
    answer = stella.post(address(mercy, "instrument_activate", draft.pk), follow=True)
    html = answer.content.decode()
    assert "A draft is in use." in html
    assert "Plan a survey with it" in html
    planning = stella.get(address(mercy, "wave_new"), {"instrument": draft.pk})
    assert planning.context["form"].initial["instrument"] == draft
    answer = stella.post(address(mercy, "instrument_copy", draft.pk), {"version": "1"}, follow=True)
    second = answer.redirect_chain[-1][0].split("/")[-3]
    answer = stella.post(address(mercy, "instrument_activate", second), follow=True)
    assert "Version 1 is retired." in answer.content.decode()
    answer = stella.post(address(mercy, "instrument_restore", draft.pk), follow=True)
    assert "Version 2 is in use. Retire it first." in answer.content.decode()
    assert (
        "is retired."
        in stella.post(address(mercy, "instrument_retire", second), follow=True).content.decode()
    )
    answer = stella.post(address(mercy, "instrument_restore", draft.pk), follow=True)
    assert "is in use again." in answer.content.decode()
    assert "Copy" in stella.get(page).content.decode()
    answer = stella.post(address(mercy, "instrument_copy", draft.pk), follow=True)
    assert "Change Copy of A draft" in answer.content.decode()


def test_a_draft_is_deleted_and_what_is_in_use_is_not(mercy: World, stella: Client) -> None:
    draft, used = make_draft(mercy.organization), make_short_instrument(mercy.organization)
    for instrument, words in ((draft, "The draft is deleted."), (used, "not what it was")):
        answer = stella.post(address(mercy, "instrument_discard", instrument.pk), follow=True)
        assert words in answer.content.decode()
    assert stored(mercy) == used


def test_acts_are_not_done_by_looking(mercy: World, stella: Client) -> None:
    draft = make_draft(mercy.organization)
    for act in ("copy", "activate", "retire", "restore", "discard"):
        assert stella.get(address(mercy, f"instrument_{act}", draft.pk)).status_code == 405


def test_the_list_shows_all_or_one_state(mercy: World, stella: Client) -> None:
    with tenant_scope(mercy.organization.pk):
        ensure_built_in_instruments()
    make_draft(mercy.organization, title="In the making")
    url = address(mercy, "instruments")
    everything, drafts = stella.get(url).content.decode(), stella.get(f"{url}?state=draft").content.decode()
    assert "In the making" in everything
    assert "Commitment pulse" in everything
    assert "In the making" in drafts
    assert "Commitment pulse" not in drafts
    assert "No questionnaire is in this state" in stella.get(f"{url}?state=retired").content.decode()
    assert stella.get(f"{url}?state=nonsense").status_code == 200


def test_lists_cost_the_same_whatever_their_length(mercy: World, stella: Client) -> None:
    url = address(mercy, "instruments")
    make_draft(mercy.organization)
    one = queries_of(stella, url)
    for _ in range(2):
        make_short_instrument(mercy.organization)
    assert queries_of(stella, url) == one


def test_a_page_costs_the_same_whatever_its_questions(mercy: World, stella: Client) -> None:
    short, long = make_short_instrument(mercy.organization), make_instrument(mercy.organization)
    one, other = (queries_of(stella, address(mercy, "instrument", found.pk)) for found in (short, long))
    assert one == other


def test_the_surveys_page_leads_to_the_questionnaires_for_those_who_may(
    mercy: World, stella: Client, sign_in: SignIn
) -> None:
    link = f'href="{address(mercy, "instruments")}"'
    assert link in stella.get(address(mercy, "waves")).content.decode()
    assert link not in sign_in(mercy.eli).get(address(mercy, "waves")).content.decode()
