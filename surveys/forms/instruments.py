"""What somebody fills in about a questionnaire and its questions; works without JavaScript.

Questions are rows of one form. An order number moves a row, a tick removes it, and a button gives more blank
rows without losing what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from surveys.built_in import AGREEMENT, CONFIDENCE, FREQUENCY, SATISFACTION, Wording
from surveys.composition import (
    BETWEEN_LABELS,
    FACTS,
    ITEM,
    LONGEST,
    MAX_ITEMS,
    Composition,
    compose,
    read_facts,
    read_item,
    tell_repeated_keys,
)
from surveys.enums import About, Behaviour, ItemPart
from surveys.instrument_files import LARGEST
from surveys.instrument_queries import instruments_to_continue
from surveys.models import Instrument
from web.forms import one_line

BLANK_ROWS: Final = 3
STEP: Final = 10  # between order numbers, so that something fits in between
OWN: Final = "own"
SCALES: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement": AGREEMENT,
    "frequency": FREQUENCY,
    "satisfaction": SATISFACTION,
    "confidence": CONFIDENCE,
}
GROUPS: Final = (*Behaviour.values, "culture", "teamwork", "fulfilment", "engagement", "burnout", "values")


class ItemRow(forms.Form):
    """One question. A row in which nothing is written does not count."""

    order = forms.IntegerField(label=_("Order"), required=False, min_value=0, max_value=9_999)
    text = forms.CharField(
        label=_("Question"),
        required=False,
        max_length=LONGEST["text"],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    section = forms.CharField(label=_("Section"), required=False, max_length=LONGEST["section"])
    part = forms.ChoiceField(label=_("Counts towards"), choices=ItemPart.choices, required=False)
    group = forms.CharField(
        label=_("Measures"),
        required=False,
        max_length=LONGEST["group"],
        widget=forms.TextInput(attrs={"list": "groups"}),
    )
    answers = forms.ChoiceField(
        label=_("Answers"),
        required=False,
        choices=[
            *((name, f"{words[0]} – {words[-1]}") for name, words in SCALES.items()),
            (OWN, _("Others, said below")),
        ],
    )
    low = forms.CharField(label=_("Lowest number"), required=False, max_length=4)
    high = forms.CharField(label=_("Highest number"), required=False, max_length=4)
    labels = forms.CharField(label=_("Words for the answers"), required=False, max_length=800)
    key = forms.CharField(label=_("ID"), required=False, max_length=64)
    reversed = forms.BooleanField(label=_("Worded the other way round"), required=False)
    cannot_say = forms.BooleanField(label=_("“Cannot say” is offered"), required=False)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    WRITTEN = ("text", "section", "group", "low", "high", "labels", "key")
    wording: Wording | None = None

    @property
    def is_new(self) -> bool:
        """Nothing is written here yet: a row to add a question with."""
        return not any(self[name].value() for name in self.WRITTEN)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors or typed["remove"] or not any(typed[name] for name in self.WRITTEN):
            return typed
        self.wording = read_item(self._cells(typed), self.add_error)
        return typed

    def _cells(self, typed: Mapping[str, Any]) -> dict[str, str]:
        cells = {name: str(typed[name]) for name in ITEM if isinstance(typed[name], str)}
        cells |= {name: "yes" if typed[name] else "no" for name in ("reversed", "cannot_say")}
        scale = SCALES.get(typed["answers"])
        if scale is not None:
            cells |= {"low": "1", "high": str(len(scale)), "labels": BETWEEN_LABELS.join(scale)}
        elif typed["answers"] == OWN and not any(typed[name] for name in ("low", "high", "labels")):
            words = _now("Say under “Other answers, ID” which: the lowest and the highest number.")
            self.add_error("answers", words)
        return cells

    @property
    def place(self) -> int:
        """Where it goes among the others; without a number to the end."""
        order: int | None = self.cleaned_data.get("order")
        return 10_000 if order is None else order


class InstrumentForm(forms.Form):
    """A draft: its facts, and its questions as `rows`."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST["title"],
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    about = forms.ChoiceField(
        label=_("Answers speak of"),
        choices=About.choices,
        help_text=_("Answers about the immediate leader become that leader's report."),
    )
    minimum_answered = forms.IntegerField(
        label=_("Questions a response must answer"),
        required=False,
        min_value=1,
        max_value=MAX_ITEMS,
        help_text=_(
            "Of the index. Empty: ten in twelve, rounded up. Responses with fewer are counted, not scored."
        ),
    )
    holder = forms.CharField(
        label=_("Holder of the wording"),
        required=False,
        max_length=LONGEST["holder"],
        help_text=_("For a licensed questionnaire. Copy its questions in only if your licence allows it."),
    )
    licence = forms.CharField(
        label=_("Note of the licence"),
        required=False,
        max_length=LONGEST["licence"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed before the first question, for everybody who answers."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    count = forms.IntegerField(
        required=False, min_value=0, max_value=MAX_ITEMS + 2 * BLANK_ROWS, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.rows = [ItemRow(data, prefix=f"q{place}", initial=dict(row)) for place, row in enumerate(rows)]
        self.initial["count"] = len(self.rows)
        self.composition: Composition | None = None

    @classmethod
    def about_to_change(cls, composition: Composition | None, seen: str = "") -> InstrumentForm:
        """The form for a draft, or for a new one."""
        if composition is None:
            return cls(rows=[_blank()] * BLANK_ROWS)
        written = [_as_row(wording, STEP * n) for n, wording in enumerate(composition.wordings, 1)]
        facts = {name: getattr(composition, name) for name in FACTS}
        return cls(initial={**facts, "seen": seen}, rows=[*written, _blank()])

    @classmethod
    def sent(cls, data: QueryDict) -> InstrumentForm:
        """The form as it was posted."""
        return cls(data, rows=[_blank()] * _rows_of(data))

    @classmethod
    def with_more_rows(cls, data: QueryDict) -> InstrumentForm:
        """What was typed, unchecked, and blank rows below."""
        return cls._as_typed(data, [*_typed_rows(data), *[_blank()] * BLANK_ROWS])

    @classmethod
    def with_row_moved(cls, data: QueryDict, place: str, *, by: int) -> InstrumentForm:
        """What was typed, unchecked, with one row a place further up or down and the order written anew."""
        rows = _typed_rows(data)
        start = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
        end = start + by
        if 0 <= start < len(rows) and 0 <= end < len(rows):
            rows[start], rows[end] = rows[end], rows[start]
        written = [row for row in rows if row["text"]]
        for number, row in enumerate(written, 1):
            row["order"] = STEP * number
        return cls._as_typed(data, rows)

    @classmethod
    def _as_typed(cls, data: QueryDict, rows: Sequence[Mapping[str, Any]]) -> InstrumentForm:
        return cls(initial={name: data.get(name, "") for name in cls.base_fields}, rows=rows)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        facts, _minimum = read_facts({name: str(typed.get(name) or "") for name in FACTS}, self._add_once)
        kept = sorted((row for row in self.rows if row.is_valid() and row.wording), key=lambda row: row.place)
        wordings = [row.wording for row in kept if row.wording is not None]
        tell_repeated_keys(wordings, lambda place, name, words: kept[place].add_error(name, words))
        if len(wordings) > MAX_ITEMS:
            words = _now("A questionnaire has at most %(most)d questions.")
            self.add_error(None, words % {"most": MAX_ITEMS})
        if any(row.errors for row in self.rows):
            self.add_error(None, _now("Some questions are not complete; nothing is saved yet."))
        if not self.errors:
            self.composition = compose(facts, wordings, typed["minimum_answered"])
        return typed

    def _add_once(self, name: str, words: str) -> None:
        """A field that is faulty already has said why."""
        if name not in self.errors:
            self.add_error(name, words)


def _rows_of(data: QueryDict) -> int:
    """How many rows were shown, as far as that can be."""
    count = data.get("count", "")
    return min(int(count), MAX_ITEMS + 2 * BLANK_ROWS) if count.isascii() and count.isdigit() else 0


def _typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """The rows as they were typed, unchecked."""
    rows = []
    for place in range(_rows_of(data)):
        row: dict[str, Any] = {name: data.get(f"q{place}-{name}", "") for name in ItemRow.base_fields}
        rows.append(row | {name: bool(row[name]) for name in ("reversed", "cannot_say", "remove")})
    return rows


def _blank() -> dict[str, Any]:
    return {"cannot_say": True}


def _as_row(wording: Wording, order: int) -> dict[str, Any]:
    question = wording.question
    scale = next(
        (name for name, words in SCALES.items() if words == wording.labels and question.low == 1), OWN
    )
    row: dict[str, Any] = {
        "order": order,
        "text": wording.text,
        "section": wording.section,
        "answers": scale,
        "key": question.key,
        "part": question.part,
        "group": question.group,
        "reversed": question.reversed,
        "cannot_say": wording.cannot_say,
    }
    if scale == OWN:
        labels = f" {BETWEEN_LABELS} ".join(wording.labels)
        row |= {"low": question.low, "high": question.high, "labels": labels}
    return row


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # at run time it takes none
    def label_from_instance(self, obj: Instrument) -> str:
        values = {"title": obj.title, "version": obj.version + 1}
        return _now("Version %(version)d of %(title)s") % values


class InstrumentFileForm(forms.Form):
    """A file with a questionnaire."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JSON as it is exported here, or CSV or XLSX with a row for each question."),
        allow_empty_file=True,  # the reader says what an empty file lacks
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )
    version_of = _VersionField(
        label=_("It becomes"),
        queryset=None,
        required=False,
        empty_label=_("A questionnaire of its own"),
        help_text=_("Results of versions of one questionnaire are shown over time in one line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["version_of"]
        assert isinstance(field, _VersionField)  # noqa: S101 - declared above
        field.queryset = instruments_to_continue()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_now("The file has more than 1 MB. No questionnaire is so long."))
        return file
