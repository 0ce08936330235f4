from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.zone import WIDTH, check_digit, spelled, zone_line


def test_the_line_of_the_design() -> None:
    line = zone_line(
        organization="CLN",
        family_name="Okafor",
        given_name="Adaeze",
        number="CL-2026-00417",
        stage="fellow",
        issued_on=dt.date(2026, 7, 1),
    )
    assert line == "P<CLNOKAFOR<<ADAEZE".ljust(WIDTH, "<") + "CL202600417<3FEL2607"


@pytest.mark.parametrize(
    ("text", "digit"),
    [("D23145890", 7), ("340712", 7), ("950712", 2), ("AB2134<<<", 5)],  # examples of ICAO Doc 9303
)
def test_check_digits_of_the_standard(text: str, digit: int) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Nuñez-Ørsted", "NUNEZ<OERSTED"), ("O'Brien", "O<BRIEN"), ("Groß", "GROSS"), ("李", "")],
)
def test_names_are_spelled_in_capitals(text: str, plain: str) -> None:
    assert spelled(text) == plain


@given(st.text(), st.text())
def test_any_name_makes_a_line_of_one_length(family_name: str, given_name: str) -> None:
    line = zone_line(
        organization="mercy",
        family_name=family_name,
        given_name=given_name,
        number="CL-2026-00001",
        stage="none",
        issued_on=dt.date(2026, 1, 1),
    )
    assert len(line) == WIDTH + 11 + 9
    assert set(line) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
