"""Uploading a file and saying what its columns are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.enums import DateOrder, ImportKind
from people.imports.fields import Kind
from people.models import Import
from web.widgets import DateInput

PREFIX = "column_"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportKind.choices)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the importer says what an empty file lacks
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV or XLSX, with a header row; at most %d MB.") % (
            settings.UPLOAD_MAX_BYTES // 2**20
        )


class ColumnsForm(forms.Form):
    """A select for each field of a kind, over the file's own headings."""

    date_order = forms.ChoiceField(
        label=_("How the file writes dates"),
        choices=DateOrder.choices,
        help_text=_("2026-03-31 is understood always."),
    )
    effective_on = forms.DateField(
        label=_("Changed managers hold from"),
        widget=DateInput,
        help_text=_(
            "Where the file does not say: the old reporting line ends and the new one begins that day."
        ),
    )

    def __init__(
        self,
        kind: Kind,
        header: list[str],
        imported: Import,
        suggested: dict[str, str],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(
            data, initial={"date_order": imported.date_order, "effective_on": imported.effective_on}
        )
        headings = list(dict.fromkeys(heading for heading in header if heading))
        choices = [("", _("not in this file")), *((heading, heading) for heading in headings)]
        self.kind = kind
        if all(field.sql_type != "date" for field in kind.fields):
            del self.fields["date_order"]
        if kind.kind not in {ImportKind.PEOPLE, ImportKind.LINES}:
            del self.fields["effective_on"]
        for field in kind.fields:
            self.fields[PREFIX + field.name] = forms.ChoiceField(
                label=field.label,
                help_text=field.help,
                choices=choices,
                required=field.required,
                initial=suggested.get(field.name, ""),
                error_messages={"required": _("Choose the column that holds this.")},
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[PREFIX + field.name] for field in self.kind.fields]

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """What else there is to say about this kind of file."""
        return [self[name] for name in ("date_order", "effective_on") if name in self.fields]

    @property
    def columns(self) -> dict[str, str]:
        """Field name -> heading, of a valid form."""
        chosen = {field.name: self.cleaned_data[PREFIX + field.name] for field in self.kind.fields}
        return {name: heading for name, heading in chosen.items() if heading}
