from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import ItemPart
from surveys.import_plan import ImportPlan, ItemColumn, PlanError, plan_known_instrument, plan_new_instrument
from surveys.models import Instrument, InstrumentItem, Wave
from surveys.queries import instruments_answered
from surveys.questionnaire import Questionnaire
from surveys.services.imports import Terms
from surveys.survey_file import ColumnGuess
from web.widgets import DateInput

PLACES_FROM_TOP = 2  # new units are put under the organisation, a site or a division


class PlaceForm(forms.Form):
    """Where units of the file that are not here yet are made."""

    units_under: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Units that are not here yet"), queryset=None, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["units_under"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 - declared above
        place.queryset = Unit.objects.filter(depth__lt=PLACES_FROM_TOP).order_by("depth", "name")


class UploadForm(PlaceForm):
    """What a past survey was, and its file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, one row a respondent, column names in the first row."),
        allow_empty_file=True,  # the reader says what an empty file lacks
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    title = forms.CharField(
        label=_("Name of the survey"), max_length=200, help_text=_("For example “Staff survey 2024”.")
    )
    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput)
    threshold = forms.IntegerField(
        label=_("Fewest respondents shown"),
        min_value=THRESHOLD_FLOOR,
        max_value=100,
        initial=THRESHOLD_FLOOR,
        help_text=_("Groups with fewer are not shown. At least five; use what respondents were told."),
    )
    instrument: forms.ModelChoiceField[Instrument] = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=None,
        required=False,
        empty_label=_("Make one from the columns"),
    )
    units_under: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Units that are not here yet"),
        queryset=None,
        required=False,
        empty_label=_("Refuse the file"),
        help_text=_(
            "The file's units are found by their ID. Choose a unit, such as the organisation, and those that "
            "are not found are added under it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instrument = self.fields["instrument"]
        assert isinstance(instrument, forms.ModelChoiceField)  # noqa: S101 - declared above
        instrument.queryset = instruments_answered()

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if Wave.objects.filter(title=title).exists():
            raise forms.ValidationError(_("There is a survey with this name already."))
        return title

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day lies before the first."))
        if last and last > timezone.localdate():
            self.add_error("closes_on", _("A past survey is over: its last day is not to come."))
        return cleaned

    @property
    def terms(self) -> Terms:
        """What was said, once the form is valid."""
        asked = self.cleaned_data
        return Terms(
            asked["title"],
            asked["opens_on"],
            asked["closes_on"],
            asked["threshold"],
            asked["instrument"],
            asked["units_under"],
        )


class ColumnForm(forms.Form):
    """What one column holds. Bound to the column by its place in the file."""

    USES = [
        ("", _("Leave out")),
        ("unit", _("Unit")),
        (ItemPart.INDEX, _("Question of the index")),
        (ItemPart.OUTCOME, _("Outcome")),
    ]
    use = forms.ChoiceField(choices=USES, required=False)
    group = forms.CharField(max_length=64, required=False)
    low = forms.IntegerField(min_value=0, max_value=99, required=False)
    high = forms.IntegerField(min_value=1, max_value=100, required=False)
    reversed = forms.BooleanField(required=False)

    LABELS = {
        "use": _("What %(column)s holds"),
        "group": _("Group of %(column)s"),
        "low": _("Lowest answer of %(column)s"),
        "high": _("Highest answer of %(column)s"),
        "reversed": _("%(column)s is worded the other way round"),
    }

    def __init__(self, guess: ColumnGuess, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"use": guess.use, "group": guess.group, "low": guess.low, "high": guess.high}
        super().__init__(*args, **kwargs)
        self.column, self.examples = guess.column, guess.examples
        for name, label in self.LABELS.items():
            self.fields[name].widget.attrs["aria-label"] = label % {"column": guess.column}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("use") in ItemPart.values:
            for name in ("low", "high"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Say the lowest and the highest answer."))
        return cleaned

    @property
    def item(self) -> ItemColumn:
        asked = self.cleaned_data
        return ItemColumn(
            self.column, asked["use"], asked["group"].strip(), asked["low"], asked["high"], asked["reversed"]
        )


class NewInstrumentForm(forms.Form):
    """The instrument that is made of a file's columns."""

    instrument_title = forms.CharField(label=_("Name of the questionnaire"), max_length=200)
    minimum_answered = forms.IntegerField(
        label=_("Questions a response must answer"),
        min_value=1,
        max_value=400,
        required=False,
        help_text=_("Of the index. Empty: ten in twelve, rounded up. Others are counted and left out."),
    )

    def __init__(self, guesses: Sequence[ColumnGuess], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = [
            ColumnForm(guess, self.data if self.is_bound else None, prefix=f"c{place}")
            for place, guess in enumerate(guesses)
        ]
        self.plan: ImportPlan | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(form.errors for form in self.columns):
            self.add_error(None, _("Please look at the columns marked below."))
            return cleaned
        units = [form.column for form in self.columns if form.cleaned_data["use"] == "unit"]
        items = [form.item for form in self.columns if form.cleaned_data["use"] in ItemPart.values]
        try:
            if len(units) > 1:
                raise PlanError("Only one column can hold the unit.")
            self.plan = plan_new_instrument(
                cleaned.get("instrument_title", ""),
                units[0] if units else "",
                items,
                cleaned.get("minimum_answered"),
            )
        except PlanError as error:
            self.add_error(None, str(error))
        return cleaned


class KnownInstrumentForm(forms.Form):
    """Which column answers each question of an instrument that is there."""

    unit = forms.ChoiceField(label=_("Column with the unit"))

    def __init__(
        self,
        guesses: Sequence[ColumnGuess],
        items: Sequence[InstrumentItem],
        questionnaire: Questionnaire,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaire, self.plan = questionnaire, None
        choices = [("", _("Choose a column")), *((guess.column, guess.column) for guess in guesses)]
        by_name = {guess.column.casefold(): guess.column for guess in guesses}
        unit = next((guess.column for guess in guesses if guess.use == "unit"), "")
        self._offer("unit", choices, unit)
        self.names = []
        for place, item in enumerate(items):
            name = f"item{place}"
            self.fields[name] = forms.ChoiceField(label=item.text, help_text=f"{item.low}–{item.high}")
            self._offer(name, choices, by_name.get(item.key.casefold(), ""))
            self.names.append(name)

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]], initial: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - made by this class
        field.choices, field.initial = list(choices), initial

    plan: ImportPlan | None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.plan = plan_known_instrument(
                self.questionnaire, cleaned["unit"], [cleaned[name] for name in self.names]
            )
        except PlanError as error:
            self.add_error(None, str(error))
        return cleaned
