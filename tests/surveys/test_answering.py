"""Answering a survey in a browser: every way in, every way it can go wrong."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import Morsel

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from people.models import Person
from surveys.ballot_box import Cast, close_box, comments_of, has_answered
from surveys.ballot_links import ballot_path
from surveys.ballots import sums_by_unit
from surveys.models import RollEntry, Wave
from surveys.promise import promise
from surveys.queries import questionnaire_of
from tenancy.models import Membership, Organization
from tenancy.scope import tenant_transaction
from tests.factories.surveys import make_live_wave, make_short_instrument, make_wave
from tests.world import World

SignIn = Callable[[Person], Client]
GIVEN = {"q1": "4", "q2": "5", "burnout": "2"}
TODAY = timezone.localdate()
NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture
def mercy(committed_mercy: World) -> World:
    """What the box holds is told after the transaction of the close alone."""
    return committed_mercy


@pytest.fixture
def wave(mercy: World) -> Wave:
    """Open for a week; it asks Ada and Colin."""
    return asking(mercy, mercy.ada, mercy.colin)


def asking(world: World, *people: Person, **fields: object) -> Wave:
    dates = {"opens_on": TODAY, "closes_on": NEXT_WEEK}
    with tenant_transaction(world.organization.pk):
        instrument = make_short_instrument(world.organization)
        return make_live_wave(instrument, {world.unit: list(people)}, **dates | fields)


def address(wave: Wave, world: World) -> str:
    return reverse("surveys:answer", args=[world.slug, wave.pk])


def link_of(wave: Wave, person: Person, world: World) -> str:
    with tenant_transaction(world.organization.pk):
        entry = RollEntry.objects.get(wave=wave, person=person)
    return ballot_path(world.organization, entry)


def counted(wave: Wave, world: World) -> tuple[int, float]:
    """Close the box and see how many ballots it holds and the sum of their scores."""
    with tenant_transaction(world.organization.pk):
        close_box(wave)
    with tenant_transaction(world.organization.pk):
        sums, left_out = sums_by_unit(wave, [world.unit.pk], questionnaire_of(wave.instrument))
        return int(sums.index.n[0]) + left_out, float(sums.index.total[0])


def test_a_member_answers_and_is_thanked(wave: Wave, mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.ada)
    page = client.get(address(wave, mercy)).content.decode()
    assert page.count("<fieldset") == 3
    assert "checked" not in page
    assert page.index("What we promise you") < page.index("<fieldset")
    sent = client.post(address(wave, mercy), GIVEN | {"comment": " More time for teaching "})
    assert sent.status_code == HTTPStatus.OK
    assert "Your answers are in" in sent.content.decode()
    assert counted(wave, mercy) == (1, 9.0)
    with tenant_transaction(mercy.organization.pk):
        assert [text for _unit, text in comments_of(wave)] == ["More time for teaching"]


def test_the_same_by_the_link_without_signing_in(wave: Wave, mercy: World, client: Client) -> None:
    link = link_of(wave, mercy.colin, mercy)
    page = client.get(link)
    assert page.status_code == HTTPStatus.OK
    assert page.content.decode().count("<fieldset") == 3
    assert mercy.organization.name in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "Your answers are in" in client.post(link, GIVEN).content.decode()
    assert counted(wave, mercy) == (1, 9.0)


def test_the_page_says_whom_it_is_about(mercy: World, sign_in: SignIn) -> None:
    wave = asking(mercy, mercy.ada, leader=mercy.mara)
    page = sign_in(mercy.ada).get(address(wave, mercy)).content.decode()
    assert f"About <b>{mercy.mara.name}</b>" in page


def test_the_page_leads_to_what_the_last_answers_led_to(
    wave: Wave, mercy: World, sign_in: SignIn, client: Client
) -> None:
    led_to = reverse("surveys:led_to", args=[mercy.slug, mercy.unit.pk])
    assert led_to in sign_in(mercy.ada).get(address(wave, mercy)).content.decode()
    # Whoever has the link alone is not signed in: the page would not open.
    assert led_to not in client.get(link_of(wave, mercy.ada, mercy)).content.decode()


def words_of(wave: Wave, *, threshold: int) -> str:
    wave.threshold = threshold
    with tenant_transaction(wave.organization_id):
        return " ".join(str(clause.words) for clause in promise(wave))


def test_what_is_promised_names_the_terms_of_this_wave(wave: Wave) -> None:
    said = words_of(wave, threshold=7)
    assert "At least 7 people for a result" in said
    assert "at least 10 for single questions" in said
    assert "Before any result is shown, the site itself tries to work out answers" in said
    said = words_of(wave, threshold=12)
    assert "at least 12 for single questions" in said


def test_a_replayed_link_and_a_second_tab_count_once(
    wave: Wave, mercy: World, client: Client, sign_in: SignIn
) -> None:
    link = link_of(wave, mercy.ada, mercy)
    assert client.post(link, GIVEN).status_code == HTTPStatus.OK
    again = client.post(link, GIVEN | {"q1": "1"})
    assert again.status_code == HTTPStatus.CONFLICT
    assert "You have answered before" in again.content.decode()
    tab = sign_in(mercy.ada).post(address(wave, mercy), GIVEN)
    assert tab.status_code == HTTPStatus.CONFLICT
    page = client.get(link).content.decode()
    assert "You have answered" in page
    assert "<fieldset" not in page
    assert counted(wave, mercy) == (1, 9.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q1": None}, "Choose one of the answers."),
        ({"q1": "6"}, "6 is none of the answers."),
        ({"q1": "0"}, "0 is none of the answers."),
        ({"q1": "x"}, "x is none of the answers."),
        ({"comment": "x" * 1_001}, "at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_the_rest_is_kept(
    wave: Wave, mercy: World, sign_in: SignIn, change: dict[str, str | None], message: str
) -> None:
    given = {key: value for key, value in (GIVEN | change).items() if value is not None}
    answer = sign_in(mercy.ada).post(address(wave, mercy), given)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert message in page
    assert page.count("checked") == len(
        [key for key in ("q1", "q2", "burnout") if GIVEN[key] == given.get(key)]
    )
    assert counted(wave, mercy) == (0, 0.0)


def test_where_nothing_is_answered_it_is_said_once(wave: Wave, mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.ada).post(address(wave, mercy), {})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "3 questions have no answer" in page
    assert "Choose one of the answers." not in page
    some = sign_in(mercy.ada).post(address(wave, mercy), {"q1": "3"}).content.decode()
    assert "2 questions have no answer" in some
    assert some.count("Choose one of the answers.") == 2
    assert counted(wave, mercy) == (0, 0.0)


def test_the_whole_promise_stands_before_the_first_question(
    wave: Wave, mercy: World, sign_in: SignIn
) -> None:
    page = sign_in(mercy.ada).get(address(wave, mercy)).content.decode()
    before, _, _ = page.partition("<fieldset")
    _, _, folded = before.partition('<details class="promises">')
    for clause in promise(wave):
        assert escape(str(clause.term)) in folded
        assert escape(str(clause.words)) in folded
    assert f"Read all {len(promise(wave))} promises" in folded


def test_nothing_of_what_somebody_sent_stands_on_the_page_of_another(
    wave: Wave, mercy: World, client: Client
) -> None:
    """The questions are made once for all who answer."""
    wrong = client.post(link_of(wave, mercy.ada, mercy), GIVEN | {"q1": "6"}).content.decode()
    assert wrong.count("checked") == 2
    assert "6 is none of the answers." in wrong
    page = client.get(link_of(wave, mercy.colin, mercy)).content.decode()
    assert page.count("<fieldset") == 3
    assert "checked" not in page
    assert "none of the answers" not in page


def test_a_ballot_by_link_takes_two_statements(wave: Wave, mercy: World, client: Client) -> None:
    client.get(link_of(wave, mercy.ada, mercy))
    link = link_of(wave, mercy.colin, mercy)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(link, GIVEN).status_code == HTTPStatus.OK
    frame = ("SAVEPOINT", "BEGIN", "COMMIT", "set_config")
    statements = [query["sql"] for query in captured if not any(word in query["sql"] for word in frame)]
    assert ["surveys_cast_ballot" in sql for sql in statements] == [False, True]


def test_a_page_that_cannot_be_shown_counts_nothing(
    wave: Wave, mercy: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ballot and thanks are one transaction: who sees an error can send again."""
    link = link_of(wave, mercy.ada, mercy)
    monkeypatch.setattr("surveys.views.answering.LINKS_PAGE", "surveys/no_such_page.html")
    client.raise_request_exception = False
    assert client.post(link, GIVEN).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    monkeypatch.undo()
    assert "Your answers are in" in client.post(link, GIVEN).content.decode()
    assert counted(wave, mercy) == (1, 9.0)


def test_cannot_say_is_an_answer_that_is_left_out_of_the_score(
    wave: Wave, mercy: World, sign_in: SignIn
) -> None:
    sign_in(mercy.ada).post(address(wave, mercy), GIVEN | {"q1": "none"})
    assert counted(wave, mercy) == (1, 0.0)  # this instrument wants both of its items


def test_answers_are_saved_on_the_device_alone(wave: Wave, mercy: World, client: Client) -> None:
    link = link_of(wave, mercy.ada, mercy)
    saved = client.post(link, {"q1": "4", "burnout": "9", "comment": "not kept", "save": "1"}, follow=True)
    assert "Saved on this device only" in saved.content.decode()
    cookie = kept_cookie(client)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", link)
    page = client.get(link).content.decode()
    assert page.count("checked") == 1
    assert "answers you saved on this device" in page
    with tenant_transaction(mercy.organization.pk, actor_id=mercy.ada.pk):
        assert not has_answered(wave)
    assert "checked" not in Client().get(link).content.decode()
    sent = client.post(link, GIVEN)
    assert sent.cookies[cookie.key]["max-age"] == 0


def kept_cookie(client: Client) -> Morsel[str]:
    return next(value for name, value in client.cookies.items() if name.startswith("answers_"))


@pytest.mark.parametrize("forged", ["", "eyJxMSI6IjQifQ:forged", "gAAAAA"])
def test_a_cookie_that_somebody_else_wrote_is_ignored(
    wave: Wave, mercy: World, client: Client, forged: str
) -> None:
    link = link_of(wave, mercy.ada, mercy)
    client.post(link, {"q1": "4", "save": "1"})
    client.cookies[kept_cookie(client).key] = forged
    page = client.get(link)
    assert page.status_code == HTTPStatus.OK
    assert "checked" not in page.content.decode()


def test_the_next_person_at_the_same_computer_finds_nothing(wave: Wave, mercy: World, client: Client) -> None:
    """Ada saves and leaves; Colin signs in where she sat."""
    client.force_login(Membership.objects.get(person_id=mercy.ada.pk).user)
    client.post(address(wave, mercy), {"q1": "4", "q2": "5", "save": "1"})
    cookie = kept_cookie(client)
    assert client.get(address(wave, mercy)).content.decode().count("checked") == 2
    assert wave.pk.hex[:12] not in cookie.key
    assert "q1" not in base64.urlsafe_b64decode(cookie.value).decode("latin-1")
    client.logout()
    client.force_login(Membership.objects.get(person_id=mercy.colin.pk).user)
    client.cookies[cookie.key] = cookie.value
    assert "checked" not in client.get(address(wave, mercy)).content.decode()


def test_saved_answers_are_kept_as_long_as_is_said_and_can_be_forgotten(
    wave: Wave, mercy: World, client: Client
) -> None:
    link = link_of(wave, mercy.ada, mercy)
    saved = client.post(link, {"q1": "4", "save": "1"}, follow=True).content.decode()
    assert f"until {date_format(NEXT_WEEK)}" in saved
    assert kept_cookie(client)["max-age"] == 8 * 86_400  # to the end of the last day
    assert "Forget what is saved here" in client.get(link).content.decode()
    client.post(link, {"forget": "1"})
    assert kept_cookie(client)["max-age"] == 0


def test_somebody_who_is_not_asked_is_told_so(wave: Wave, mercy: World, sign_in: SignIn) -> None:
    for answer in (
        sign_in(mercy.mara).get(address(wave, mercy)),
        sign_in(mercy.mara).post(address(wave, mercy), GIVEN),
    ):
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "This survey asks others" in answer.content.decode()
    assert counted(wave, mercy) == (0, 0.0)


@pytest.mark.parametrize("state", ["draft", "imported"])
def test_there_is_nothing_to_answer_before_the_launch_or_in_a_file(
    mercy: World, sign_in: SignIn, state: str
) -> None:
    fields = {"imported": True} if state == "imported" else {"imported": False, "state": "draft"}
    with tenant_transaction(mercy.organization.pk):
        wave = make_wave(make_short_instrument(mercy.organization), **fields)
    assert sign_in(mercy.ada).get(address(wave, mercy)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("how", ["closed", "past its day"])
def test_after_the_end_nothing_is_recorded(mercy: World, client: Client, how: str) -> None:
    last = TODAY - dt.timedelta(days=1) if how == "past its day" else NEXT_WEEK
    wave = asking(mercy, mercy.ada, opens_on=TODAY - dt.timedelta(days=9), closes_on=last)
    link = link_of(wave, mercy.ada, mercy)
    if how == "closed":
        with tenant_transaction(mercy.organization.pk):
            close_box(wave)
    opened = client.get(link).content.decode()
    assert "This survey is closed" in opened
    assert "What was sent before then counts." in opened  # perhaps by whoever opens it again
    assert "Nothing was recorded" not in opened
    answer = client.post(link, GIVEN)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Nothing was recorded" in answer.content.decode()


def test_a_link_that_nobody_was_sent_leads_nowhere(
    wave: Wave, mercy: World, committed_organization: Organization, client: Client
) -> None:
    link, other = link_of(wave, mercy.ada, mercy), committed_organization
    for forged in (
        link[:-2] + "x/",
        link.replace(f"/{mercy.slug}/", f"/{other.slug}/"),
        link.replace(f"/{mercy.slug}/", "/nowhere/"),
        reverse("ballots:answer", args=[mercy.slug, "x"]),
    ):
        for answer in (client.get(forged), client.post(forged, GIVEN)):
            assert answer.status_code == HTTPStatus.NOT_FOUND
            assert "leads to no survey" in answer.content.decode()


def test_whoever_has_left_answers_no_more_by_the_link(mercy: World, wave: Wave, client: Client) -> None:
    link = link_of(wave, mercy.ada, mercy)
    assert client.get(link).status_code == 200
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.ada.pk).update(end_date=TODAY - dt.timedelta(days=1))
    for answer, status in ((client.get(link), 200), (client.post(link, GIVEN), 409)):
        assert answer.status_code == status
        assert "Since then you have left" in answer.content.decode()
        assert "Send my answers" not in answer.content.decode()


@pytest.mark.parametrize("case", [*map(str, Cast), "answered", "left"])
def test_no_case_is_a_blank_page(case: str) -> None:
    said = render_to_string("surveys/questions.html", {"case": case, "wave": {"closes_on": TODAY}})
    assert 'class="empty-title"' in said


@pytest.mark.parametrize("about_leader", [True, False])
def test_a_debrief_is_promised_of_surveys_about_leaders_alone(about_leader: bool) -> None:
    context = {"case": "counted", "wave": {"closes_on": TODAY}, "about_leader": about_leader}
    said = render_to_string("surveys/questions.html", context)
    assert ("Your leader talks about them" in said) is about_leader
