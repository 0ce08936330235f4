"""What counts as a recovered answer: an attack that found something, not one that broke."""

from __future__ import annotations

import pytest

from bench.attack import recovered

CASE = '<testcase classname="tests.attack" name="test_{}">{}</testcase>'
FOUND = '<failure message="assert [Recovered(...)] == []">...</failure>'
BROKEN = '<failure message="django.db.utils.DatabaseError: gone">...</failure>'
ERROR = '<error message="failed on setup with ImportError">...</error>'


def report(*outcomes: str) -> str:
    cases = "".join(CASE.format(number, outcome) for number, outcome in enumerate(outcomes))
    return f"<testsuites><testsuite>{cases}</testsuite></testsuites>"


def test_attacks_that_found_something_are_counted() -> None:
    assert recovered(report("", "")) == 0
    assert recovered(report("", FOUND, FOUND)) == 2


@pytest.mark.parametrize("outcome", [BROKEN, ERROR])
def test_an_attack_that_broke_is_no_result(outcome: str) -> None:
    with pytest.raises(RuntimeError, match="1 attacks broke"):
        recovered(report("", FOUND, outcome))


def test_no_attack_is_no_result() -> None:
    with pytest.raises(RuntimeError, match="No attack"):
        recovered(report())
