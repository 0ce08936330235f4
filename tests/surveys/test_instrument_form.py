"""The editor's form against whatever is posted to it."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from surveys.forms.instruments import InstrumentForm, ItemRow

NAMES = [*InstrumentForm.base_fields, *(f"q{row}-{name}" for row in range(3) for name in ItemRow.base_fields)]
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["on", "3", "-1", "own", "index", "outcome", "leader", "a|b", "trust-1", "comment"]),
)


def posted(values: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_whatever_is_posted_is_a_questionnaire_or_a_message(values: dict[str, str]) -> None:
    form = InstrumentForm.sent(posted(values))
    assert form.is_valid() == (form.composition is not None)
    assert form.is_valid() or any(str(message) for messages in form.errors.values() for message in messages)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_more_rows_keep_whatever_was_typed(values: dict[str, str]) -> None:
    form = InstrumentForm.with_more_rows(posted({**values, "count": "3"}))
    typed = {field.html_name: field.value() for row in form.rows for field in row}
    for name, value in values.items():
        if name.startswith("q"):
            assert typed[name] in (value, bool(value))
    assert len(form.rows) == 6
