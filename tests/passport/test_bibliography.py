"""Lists of publications: what is read from BibTeX and DOIs, and what is said where they are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.bibliography import BibliographyError, Reference, plain_doi, read_references
from passport.enums import PublicationKind

ARTICLE = r"""
% exported by a library program
@string{jx = "Journal of X"}
@article{mueller2021,
  title   = {Caf{\'e} visits and {DNA} \& trust},
  author  = {M{\"u}ller, Anna and Lee, Bob},
  journal = jx, year = 2021, doi = {https://doi.org/10.1000/ABC.1},
}
@phdthesis{lee, title = "On rounds", author = {Lee, Bob}, school = {Elsewhere}, date = {2019-05-01}}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BibliographyError) as refused:
        read_references(text)
    return refused.value.problems


def test_bibtex_becomes_plain_words() -> None:
    assert read_references("\ufeff" + ARTICLE) == [
        Reference(
            "Café visits and DNA & trust",
            "Müller, Anna; Lee, Bob",
            "Journal of X",
            2021,
            "10.1000/abc.1",
            PublicationKind.ARTICLE,
        ),
        Reference("On rounds", "Lee, Bob", "Elsewhere", 2019, "", PublicationKind.THESIS),
    ]


def test_lists_pasted_together_repeat_their_keys() -> None:
    assert len(read_references(ARTICLE + ARTICLE)) == 4


def test_dois_stand_one_a_line_however_they_are_written() -> None:
    text = (
        "10.1000/182\n\nhttps://doi.org/10.1000/ABC\nDOI: 10.1000.10/x(1)2\r\nhttp://dx.doi.org/10.1000/y.\n"
    )
    wanted = ["10.1000/182", "10.1000/abc", "10.1000.10/x(1)2", "10.1000/y"]
    assert [each.doi for each in read_references(text)] == wanted


@pytest.mark.parametrize(
    "text", ["", "10.1000", "11.1000/x", "10.1/x", "10.1000/", "10.1000/a b", "javascript:1"]
)
def test_what_is_no_doi(text: str) -> None:
    assert plain_doi(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["There is no publication in it. Paste BibTeX, or DOIs one a line."]),
        ("@comment{nothing}", ["There is no publication in it. Paste BibTeX, or DOIs one a line."]),
        (
            "10.1000/182\nsee my page\n",
            ["Line 2: “see my page” is not a DOI, such as 10.1000/182."],
        ),
        (
            "@article{a, title={No end\n@article{b, title={Fine}}",
            ["Line 1: this entry does not end as BibTeX does; look for a missing brace."],
        ),
        ("@article{a, year=2020}", ["Line 1: the entry has neither a title nor a DOI."]),
        (
            "@article{a, title={T}, doi={none}}",
            ["Line 1: “none” is not a DOI, such as 10.1000/182."],
        ),
        ("10.1000/x\n" * 501, ["501 publications are too many at once; 500 is the limit."]),
        ("ö" * 600_000, ["The list is larger than 1 MB. Bring it in parts."]),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_taken_says_why_and_where(text: str, said: list[str]) -> None:
    assert problems(text) == said


def test_all_problems_are_told_at_once() -> None:
    assert len(problems("one\ntwo\nthree")) == 3


@given(st.text(max_size=80) | st.text('@{}=,"%#ab1\n', max_size=80).map(lambda text: "@" + text))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(each.title or each.doi for each in read_references(text))
    except BibliographyError:
        return
