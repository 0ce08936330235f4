"""What no honest program sends is refused in words."""

from __future__ import annotations

from base64 import b64encode

import pytest

from tests.rest import api, path, problem
from tests.world import World


@pytest.mark.parametrize("where", ["me/mentorships", "me/exposure-log", "mentoring/matchings"])
@pytest.mark.parametrize("position", ["p=words", "p=2026-99-99&r=1", "o=9&p=9e999"])
def test_a_place_that_no_row_could_have_is_not_found(mercy: World, where: str, position: str) -> None:
    cursor = b64encode(position.encode()).decode()
    assert (
        "cursor"
        in problem(api(mercy, mercy.paula).get(path(mercy, where), {"cursor": cursor}), 404)["detail"]
    )


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"role": "\\ud800", "colleague": "\\ud800", "tier": 1}'])
def test_a_body_that_nobody_could_answer_is_refused(mercy: World, body: bytes) -> None:
    """Nested deeper than Python follows; with half a character, which the message quotes."""
    ada = api(mercy, mercy.ada)
    problem(ada.post(path(mercy, "me/mentorships"), body, content_type="application/json"), 400)
