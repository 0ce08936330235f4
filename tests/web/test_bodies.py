"""How large bodies may be, and that nothing of one that is too large is read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from people.models import Person
from tests.world import World
from web.bodies import FIELDS_BESIDE_FILES, FORM, MEGABYTE

SignIn = Callable[[Person], Client]
EVIDENCE = 12 * MEGABYTE


class Wire(io.BytesIO):
    """What comes from the browser; remembers how much was taken."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found

    def readline(self, size: int | None = -1, /) -> bytes:
        found = super().readline(size)
        self.taken += len(found)
        return found


def send(client: Client, path: str, size: int | str, **headers: str) -> tuple[Any, Wire]:
    """Post a body that announces a size; of its bytes a few are there."""
    wire = Wire(b"x" * 100_000)
    announced = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return client.post(path, **{"wsgi.input": wire, **announced, **headers}), wire  # type: ignore[arg-type]


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern.callback


def test_these_addresses_take_files_and_no_others() -> None:
    limits = {
        name: view.files_up_to() / MEGABYTE
        for name, view in addresses(get_resolver().url_patterns)
        if hasattr(view, "files_up_to")
    }
    assert limits == {
        "people:import_new": 100,
        "surveys:import": 100,
        "succession:set_up_file": 1,
        "insights:exchange_letter_in": 0.25,
        "insights:exchange_partner_new": 0.25,
        "insights:requirements_file": 1,
        "insights:pilot_values_file": 2,
        "surveys:instrument_import": 1,
        "mentoring:calendar_file": 2,
        "badge_check:page": 4,
        "passport:milestone": 10,
        "passport:replace": 10,
        "passport:outside_file": 1,
        "passport:pod_new": 0.25,
        "passport:pod_write_on": 0.25,
        "passport:portfolio_import": 1,
        "sponsors:gate_item": 10,
    }


@pytest.mark.parametrize(
    ("path", "limit", "status"),
    [
        ("/accounts/login/", FORM, 400),
        ("/theme/", FORM, 400),
        ("/o/mercy/settings/", FORM, 400),
        ("/o/mercy/people/{ada}/passport/milestones/{ada}/", EVIDENCE, 404),
        ("/o/mercy/imports/new/", 102 * MEGABYTE, 400),
        ("/o/mercy/surveys/import/", 102 * MEGABYTE, 400),
    ],
)
def test_a_larger_body_is_refused_unread(
    mercy: World, sign_in: SignIn, path: str, limit: int, status: int
) -> None:
    client, address = sign_in(mercy.henry), path.format(ada=mercy.ada.pk)
    answer, wire = send(client, address, limit + 1)
    assert (answer.status_code, wire.taken) == (413, 0)
    assert f"What you sent has {limit // MEGABYTE + 1} MB" in answer.content.decode()
    assert "Nothing was kept" in answer.content.decode()
    answer, _ = send(client, address, limit)  # read, and no form; the milestone does not exist
    assert answer.status_code == status


def test_the_page_says_what_the_form_says(mercy: World, sign_in: SignIn) -> None:
    evidence = f"/o/mercy/people/{mercy.ada.pk}/passport/milestones/{mercy.ada.pk}/"
    for path, words in ((evidence, "a file may have 10 MB here"), ("/o/mercy/settings/", "3 MB is the most")):
        assert words in send(sign_in(mercy.ada), path, 200 * MEGABYTE)[0].content.decode()


def test_somebody_who_is_not_signed_in_sends_nothing_large(mercy: World) -> None:
    for path in ("/accounts/login/", "/invitations/mercy/x/", "/accounts/password/reset/"):
        answer, wire = send(Client(enforce_csrf_checks=True), path, FORM + 1)
        assert (answer.status_code, wire.taken) == (413, 0)


@pytest.mark.parametrize(
    ("size", "headers", "status"),
    [(FORM + 1, {}, 413), ("", {"HTTP_TRANSFER_ENCODING": "chunked"}, 411)],
)
def test_programs_are_told_as_problems(
    mercy: World, sign_in: SignIn, size: int | str, headers: dict[str, str], status: int
) -> None:
    answer, wire = send(sign_in(mercy.ada), "/api/v1/o/mercy/me", size, **headers)
    assert (answer.status_code, answer["Content-Type"], wire.taken) == (status, "application/problem+json", 0)
    assert answer.json()["status"] == status


def test_a_body_in_chunks_is_refused_unread(mercy: World, sign_in: SignIn) -> None:
    answer, wire = send(sign_in(mercy.henry), "/o/mercy/imports/new/", "", HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, wire.taken) == (411, 0)
    assert "Content-Length" in answer.content.decode()


@pytest.mark.parametrize("announced", [100, 0, "", "many"])
def test_no_more_is_read_than_was_announced(mercy: World, sign_in: SignIn, announced: int | str) -> None:
    _, wire = send(sign_in(mercy.henry), "/o/mercy/imports/new/", announced)
    assert wire.taken <= (announced if isinstance(announced, int) else 0)


@override_settings(UPLOAD_MAX_BYTES=5 * MEGABYTE)
def test_the_limit_of_imports_is_a_setting(mercy: World, sign_in: SignIn) -> None:
    size = 5 * MEGABYTE + FIELDS_BESIDE_FILES + 1
    assert send(sign_in(mercy.henry), "/o/mercy/imports/new/", size)[0].status_code == 413


def test_sizes_are_looked_at_before_the_csrf_check_reads_the_body() -> None:
    order = settings.MIDDLEWARE
    assert order.index("web.bodies.BodyLimitMiddleware") < order.index(
        "django.middleware.csrf.CsrfViewMiddleware"
    )
