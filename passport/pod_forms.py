"""What people type about a skill pod: how confident they are, how they mark it, and the text of a case."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passport.cases import Case, Field, Scene
from passport.models import Milestone
from passport.models.pods import LEVELS
from passport.pod_services import Earning, Mark
from surveys.enums import Dimension

LARGEST_CASE = 256 * 1024  # bytes
CONFIDENCE = (_("Not at all"), _("A little"), _("Somewhat"), _("Quite"), _("Very"))


class ConfidenceForm(forms.Form):
    """How confident somebody is in each dimension; nothing is chosen beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dimension in Dimension:
            self.fields[dimension.value] = forms.TypedChoiceField(
                label=dimension.label,
                coerce=int,
                choices=list(enumerate(CONFIDENCE, 1)),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the five answers.")},
            )

    @property
    def answers(self) -> list[int]:
        """In the order of the dimensions, once the form is valid."""
        return [self.cleaned_data[dimension.value] for dimension in Dimension]


class MoveForm(forms.Form):
    """What one can do in a scene. It asks nothing of what is typed: the case itself says what it allows."""

    def __init__(self, shown: Scene, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(each.key, each.label) for each in shown.choices if each.is_open]
        if ways:
            self.fields["choice"] = forms.ChoiceField(
                label=_("What do you do?"), choices=ways, widget=forms.RadioSelect
            )
        for each in shown.fields:
            self.fields[each.name] = self._field_of(each)
        if any(each.kind == "number" for each in shown.fields):  # a sheet is filled in before going on
            self.order_fields([each.name for each in shown.fields])

    @property
    def parts(self) -> list[tuple[bool, list[forms.BoundField]]]:
        """The fields in their order; those of amounts, which need little room, together."""
        grouped = groupby(self, lambda field: isinstance(field.field.widget, forms.NumberInput))
        return [(are_amounts, list(fields)) for are_amounts, fields in grouped]

    @staticmethod
    def _field_of(shown: Field) -> forms.Field:
        if shown.kind == "check":
            return forms.BooleanField(
                label=shown.label, help_text=shown.help, required=False, initial=bool(shown.value)
            )
        if shown.kind == "choice":
            return forms.ChoiceField(
                label=shown.label,
                help_text=shown.help,
                required=shown.is_needed,
                initial=shown.value,
                choices=list(shown.options),
            )
        is_number = shown.kind == "number"
        limits = {"min": shown.low, "max": shown.high, "inputmode": "numeric"}
        widget = forms.NumberInput(limits) if is_number else forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=shown.label,
            help_text=shown.help,
            required=shown.is_needed,
            initial=shown.value,
            widget=widget,
        )

    def refuse(self, name: str, words: str) -> None:
        """Say at its place why a move was not made."""
        self.errors.pop(name, None)  # one message in a place: the case's own
        self.add_error(name if name in self.fields else None, words)


class MarkForm(forms.Form):
    """A level for each criterion, told by its anchors, and words."""

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for criterion in case.rubric:
            self.fields[f"level-{criterion.key}"] = forms.TypedChoiceField(
                label=criterion.title,
                coerce=int,
                choices=[(level, f"{level}: {anchor}") for level, anchor in enumerate(criterion.levels, 1)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the levels.")},
            )
            self.fields[f"words-{criterion.key}"] = forms.CharField(
                label=_("What you saw"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def marks(self) -> dict[str, Mark]:
        """Once the form is valid."""
        values = self.cleaned_data
        return {
            each.key: Mark(values[f"level-{each.key}"], values[f"words-{each.key}"])
            for each in self.case.rubric
        }


class PodForm(forms.Form):
    """The text of a case, typed or as a file, and what an attempt at it earns."""

    content = forms.CharField(
        label=_("Case"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("YAML or JSON. A file, if you choose one, takes the place of this text."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )
    expected_level = forms.TypedChoiceField(
        label=_("Expected level"),
        coerce=int,
        choices=[(each, each) for each in range(1, LEVELS + 1)],
        initial=3,
    )
    milestone: forms.ModelChoiceField[Milestone] = forms.ModelChoiceField(
        None, label=_("Milestone it earns"), required=False
    )
    capstone_milestone: forms.ModelChoiceField[Milestone] = forms.ModelChoiceField(
        None, label=_("Milestone its capstone earns"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("milestone", "capstone_milestone"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = Milestone.objects.filter(retired_on=None).order_by("title")

    def clean_file(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None and (upload.size or 0) > LARGEST_CASE:
            raise forms.ValidationError(gettext("A case has at most 256 kB."))
        return upload

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        upload = values.get("file")
        if upload is not None:
            try:
                values["content"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", gettext("This is not a text in UTF-8."))
        elif not self.errors and not values.get("content", "").strip():
            self.add_error("content", gettext("Write a case, or choose a file."))
        if len(values.get("content", "")) > LARGEST_CASE:
            self.add_error("content", gettext("A case has at most 256 kB."))
        return values

    @property
    def earning(self) -> Earning:
        values = self.cleaned_data
        return Earning(values["expected_level"], values["milestone"], values["capstone_milestone"])
